// Strategy: on both databases, through the API: drafts are planned as jobs, applied as one step that undo takes back, cancelled, and
// mended after somebody fell ill; what is locked stays; and each refusal has its sentence.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { eventually } from "../../../testing/eventually.ts";
import { databases, monday, withoutHolidays } from "../../../testing/school.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../../testing/server.ts";

const day = (later: number): string => monday.add({ days: later }).toString();
type Plan = NonNullable<Answer<"drafts.planned">["plan"]>;
const EARLY = { name: "early shift", starts: "06:00", minutes: 480 };
const DAYS = 14;
/** A plan ends with its steps, so that it is the same on a busy machine: about half a second of one that is not. */
const STEPS = 150_000;

for (const kind of databases) {
  describe(`planning rosters on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let base: Awaited<ReturnType<typeof kind.open>>;
    let server: TestServer;
    let owner: Client;
    let ruleSetId: string;
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      await withoutHolidays(owner);
      const rules = [
        { kind: "rest" as const, minutesMin: 660 },
        { kind: "days" as const, max: 5 },
      ];
      ({ id: ruleSetId } = await owner("ruleSets.create", { body: { name: "Rest and five days", rules } }));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    let made = 0;
    async function hired(site: string): Promise<string> {
      const { id } = await owner("people.create", { body: { name: `Nurse ${++made}` } });
      const terms = { nominal: { minutes: 2_400, per: "week" as const }, weeks: [[]], anchor: day(0), site, ruleSetId };
      await owner("contracts.create", { body: { personId: id, from: day(-90), ...terms } });
      return id;
    }
    /** A ward that needs one person early and one late, its people, and an empty draft of two weeks. */
    async function ward(count: number) {
      const site = `Planned ward ${++made}`;
      const people: string[] = [];
      for (let i = 0; i < count; i++) people.push(await hired(site));
      const stretches = ["06:00", "14:00"].map((starts) => ({ starts, minutes: 480, minimum: 1, ideal: 1 }));
      const weekdays = [1, 2, 3, 4, 5, 6, 7];
      await owner("demands.create", { body: { name: "Ward", site, weekdays, from: day(-60), stretches } });
      const draft = await owner("drafts.create", {
        body: { name: `Draft ${made}`, from: day(0), to: day(DAYS), people },
      });
      return { site, people, id: draft.id };
    }
    type Body = Parameters<typeof owner<"drafts.plan">>[1]["body"];
    const start = (id: string, body: Partial<Body> = {}, by = owner) =>
      by("drafts.plan", { params: { id }, body: { seconds: 60, ...body } });
    const planned = async (id: string) => (await owner("drafts.planned", { params: { id } })).plan!;
    /** Follows a plan until something is true of it. */
    const until = (id: string, isSo: (plan: Plan) => boolean): Promise<Plan> =>
      eventually("it comes so far", () => planned(id), isSo);
    async function plan(id: string, body: Partial<Body> = {}) {
      await start(id, { steps: STEPS, ...body });
      return ended(id);
    }
    const ended = (id: string) => until(id, ({ state }) => state !== "queued" && state !== "running");
    const read = (id: string) => owner("drafts.read", { params: { id }, query: {} });
    const shortMinutes = async (id: string, site: string) => {
      const { rows } = await owner("coverage.read", { query: { from: day(0), to: day(DAYS), site, draft: id } });
      return rows.flatMap(({ days }) => days).reduce((sum, each) => sum + each.shortMinutes, 0);
    };
    const add = (personId: string, later: number, shift = EARLY) => ({ put: { personId, day: day(later), shift } });
    type Edits = Parameters<typeof owner<"drafts.edit">>[1]["body"]["edits"];
    const edit = (id: string, edits: Edits) => owner("drafts.edit", { params: { id }, body: { edits } });

    test("an empty draft covers its demand, breaks nothing, is one step for undo, and is never published", async () => {
      const { site, id, people } = await ward(5);
      assert.equal(await shortMinutes(id, site), DAYS * 960);
      const job = await start(id, { steps: STEPS });
      assert.equal(job.kind, "workforce.roster-plan");
      const { state, result, askedBy, soFar } = await ended(id);
      assert.equal(result!.before.hard, DAYS * 960);
      assert.deepEqual([state, askedBy.name, soFar], ["done", "Mara Okafor", []]);
      assert.equal(await shortMinutes(id, site), 0);
      assert.equal(result!.score.hard, 0);
      assert.equal(result!.applied.given, 2 * DAYS);
      const checked = await owner("drafts.check", { params: { id }, query: {} });
      assert.deepEqual([checked.objections, checked.broken], [[], []]);
      const draft = await read(id);
      assert.deepEqual([draft.state, draft.items.length, draft.version], ["open", 2 * DAYS, result!.applied.version]);
      assert.ok(draft.items.every(({ personId, shift }) => people.includes(personId!) && shift!.site === site));
      const minimum = result!.constraints.find(({ name }) => name === "minimum")!;
      assert.match(minimum.sentence, /below the minimum, .* before\.$/);

      const [last] = (await owner("requests.mine", {})).undo;
      assert.deepEqual([last!.id, last!.summary], [result!.applied.requestId, "Changed a draft of a roster"]);
      await owner("requests.undo", { params: { id: last!.id } });
      assert.deepEqual((await read(id)).items, []);
      const again = await plan(id, { seed: result!.seed, steps: result!.steps });
      assert.equal(again.result!.steps, result!.steps);
      const said = ({ items }: Awaited<ReturnType<typeof read>>) =>
        items.map(({ personId, day: on, shift }) => `${personId} ${on} ${shift!.starts}`).toSorted();
      assert.deepEqual(said(await read(id)), said(draft), "the seed and the steps repeat it");
    });

    test("what is locked stays; wishes hold where they can, and what is asked for is one", async () => {
      const { id, site, people } = await ward(4);
      const [ana, ben, cem] = people as [string, string, string];
      const NIGHT = { name: "odd shift", starts: "09:00", minutes: 120 };
      const { items } = await edit(id, [add(ana, 0, NIGHT), add(ben, 1, NIGHT)]);
      const leave = { kind: "absence" as const, type: "leave" as const, from: day(4), until: day(5) };
      await owner("adjustments.create", { body: { personId: cem, what: leave } });
      const keep = { items: [items[0]!.id], people: [], days: [day(6)] };
      const { result } = await plan(id, {
        keep,
        wishes: [{ personId: ana, day: day(3), want: "off" }],
      });
      const now = await read(id);
      assert.ok(
        now.items.some((item) => item.id === items[0]!.id && item.personId === ana),
        "it is locked",
      );
      assert.ok(!now.items.some((item) => item.id === items[1]!.id), "nobody needs it");
      assert.deepEqual(
        now.items.filter((item) => item.day === day(6)),
        [],
        "the day is locked",
      );
      const has = (personId: string, on: number) =>
        now.items.some((item) => item.personId === personId && item.day === day(on));
      assert.ok(!has(ana, 3) && !has(cem, 4) && !has(cem, 5));
      assert.deepEqual(result!.wishesRefused, []);
      const [worst] = result!.unmet;
      assert.equal(worst!.day, day(6));
      assert.match(
        worst!.sentence,
        new RegExp(`^Nobody at ${site} on Sunday .* Of 4 who work there 4 are kept as they are\\.$`),
      );
    });

    test("after a sick call as few shifts as possible are others", async () => {
      const { id, site, people } = await ward(5);
      const first = await plan(id);
      await owner("drafts.publish", { params: { id }, body: {} });
      const sick = (await read(id)).items.find((item) => item.day === day(2));
      const what = { kind: "absence" as const, type: "sick" as const, from: day(2), until: day(2) };
      const { id: absence } = await owner("adjustments.create", { body: { personId: sick!.personId!, what } });
      await owner("adjustments.approve", { params: { id: absence }, body: {} });
      const mend = await owner("drafts.create", { body: { name: "Mend", from: day(0), to: day(DAYS), people } });
      assert.equal(await shortMinutes(mend.id, site), 480);
      const { result } = await plan(mend.id, { asFewChangesAsPossible: true });
      assert.equal(first.result!.score.hard - result!.score.hard, 0);
      assert.equal(await shortMinutes(mend.id, site), 0);
      assert.deepEqual([result!.applied.given, result!.applied.taken], [1, 0]);
    });

    test("it is cancelled without a trace, or ends with the best so far", async () => {
      const { id, site } = await ward(3);
      const goesOn = () => until(id, ({ soFar }) => (soFar.at(-1)?.score.hard ?? Infinity) < DAYS * 960);
      await start(id, { seconds: 300 });
      const running = await goesOn();
      assert.ok(running.progress < 1);
      const refused = await refusalOf(start(id));
      assert.deepEqual(
        [refused.code, refused.detail],
        ["workforce/roster-plan-refused", "It is being planned already: wait for that plan, or cancel it."],
      );
      await owner("jobs.cancel", { params: { id: running.jobId } });
      const { state, result } = await ended(id);
      assert.deepEqual([state, result, (await read(id)).items], ["cancelled", null, []]);
      await start(id, { seconds: 300 });
      const { jobId } = await goesOn();
      await edit(id, [{ put: { personId: null, day: day(0), shift: { ...EARLY, site } } }]);
      await owner("jobs.accept", { params: { id: jobId } });
      const best = await ended(id);
      assert.equal(best.state, "done");
      assert.ok(best.result!.applied.given > 20, "what others did meanwhile is beside it");
      assert.ok((await read(id)).items.some(({ personId }) => personId === null));
    });

    test("somebody who changed meanwhile is left out with a sentence, and a draft that was closed is not planned any more", async () => {
      const { id, people } = await ward(3);
      const goesOn = () => until(id, ({ soFar }) => (soFar.at(-1)?.score.hard ?? Infinity) < DAYS * 960);
      await start(id, { seconds: 300 });
      const { jobId } = await goesOn();
      const what = { kind: "absence" as const, type: "sick" as const, from: day(0), until: day(DAYS) };
      const { id: absence } = await owner("adjustments.create", { body: { personId: people[0]!, what } });
      await owner("adjustments.approve", { params: { id: absence }, body: {} });
      await owner("jobs.accept", { params: { id: jobId } });
      const { result } = await ended(id);
      assert.deepEqual(
        result!.leftOut.map(({ personId }) => personId),
        [people[0]!],
      );
      assert.match(result!.leftOut[0]!.sentence, / is away then: .* lies in sick leave approved by Mara Okafor on /);
      assert.ok((await read(id)).items.every(({ personId }) => personId !== people[0]!));
      await start(id, { seconds: 300 });
      const again = await goesOn();
      await owner("drafts.discard", { params: { id } });
      await owner("jobs.accept", { params: { id: again.jobId } });
      const { state, failure, problem } = await ended(id);
      assert.deepEqual([state, problem!.code, problem!.reason], ["failed", "workforce/draft-closed", "closed"]);
      assert.match(failure!, /was discarded: copy it into a new draft to go on\.$/);
    });

    test("who may no longer be planned by whoever asked keeps their shifts", async () => {
      const { people, site, id: other } = await ward(4);
      await owner("drafts.discard", { params: { id: other } });
      const [ana] = people as [string];
      const member = await server.signedIn(MEMBER);
      const { personId: managerId } = await member("me.read", {});
      const { id: departmentId } = await owner("departments.create", {
        body: { name: site, managerIds: [managerId] },
      });
      await owner("departments.place", { body: { people: people.map((personId) => ({ personId, departmentId })) } });
      const { id } = await member("drafts.create", { body: { name: site, from: day(0), to: day(DAYS), people } });
      const ODD = { name: "odd shift", starts: "09:00", minutes: 120 };
      const { items } = await member("drafts.edit", { params: { id }, body: { edits: [add(ana, 0, ODD)] } });
      await start(id, { seconds: 300 }, member);
      const { jobId } = await until(id, ({ soFar }) => (soFar.at(-1)?.score.hard ?? Infinity) < DAYS * 960);
      await owner("departments.place", { body: { people: [{ personId: ana, departmentId: null }] } });
      await member("jobs.accept", { params: { id: jobId } });
      const { state, result } = await ended(id);
      assert.equal(state, "done");
      assert.deepEqual(
        (await read(id)).items.filter(({ personId }) => personId === ana),
        items,
      );
      assert.deepEqual(
        result!.leftOut.map(({ personId }) => personId),
        [ana],
      );
      assert.match(result!.leftOut[0]!.sentence, /^Nurse \d+ may not be planned here any more by whoever asked\.$/);
    });

    test("why somebody is away is told to those alone who may know it", async () => {
      const { people, site, id: other } = await ward(2);
      await owner("drafts.discard", { params: { id: other } });
      const [ana] = people as [string];
      const member = await server.signedIn(MEMBER);
      const { personId: managerId } = await member("me.read", {});
      const { id: departmentId } = await owner("departments.create", { body: { name: site, managerIds: [managerId] } });
      const place = (placed: readonly string[], to: string | null) =>
        owner("departments.place", { body: { people: placed.map((personId) => ({ personId, departmentId: to })) } });
      await place(people, departmentId);
      const what = { kind: "absence" as const, type: "sick" as const, from: day(0), until: day(DAYS) };
      const { id: absence } = await owner("adjustments.create", { body: { personId: ana, what } });
      await owner("adjustments.approve", { params: { id: absence }, body: {} });
      const { id } = await member("drafts.create", { body: { name: site, from: day(0), to: day(DAYS), people } });
      await plan(id);
      const told = async (by: Client) => JSON.stringify((await by("drafts.planned", { params: { id } })).plan!.result);
      assert.match(await told(member), /is on sick leave/);
      await place([ana], null);
      const after = await told(member);
      assert.ok(!after.includes("sick") && !after.includes(ana));
      assert.match(after, /Nobody at Planned ward/);
      assert.match(await told(owner), /is on sick leave/);
    });

    test("who is signed out meanwhile plans nothing any more", async () => {
      const { people, site, id: other } = await ward(2);
      await owner("drafts.discard", { params: { id: other } });
      const leaving = await server.signedIn(COORDINATOR);
      const { id } = await leaving("drafts.create", { body: { name: site, from: day(0), to: day(DAYS), people } });
      await start(id, { seconds: 300 }, leaving);
      const { jobId } = await until(id, ({ soFar }) => (soFar.at(-1)?.score.hard ?? Infinity) < DAYS * 960);
      await leaving("auth.signOut", {});
      await owner("jobs.accept", { params: { id: jobId } });
      const { state, failure } = await ended(id);
      assert.deepEqual([state, failure], ["failed", "Sign in again, and plan once more."]);
      assert.deepEqual((await read(id)).items, []);
    });

    test("wishes that are refused say whose they are, and of which day", async () => {
      const { id, people } = await ward(1);
      const [ana] = people as [string];
      const wishes = Array.from({ length: DAYS }, (_, later) => ({
        personId: ana,
        day: day(later),
        want: "off" as const,
        weight: 1,
      }));
      const { result } = await plan(id, { wishes, weights: { wishes: 1 } });
      const sentences = result!.wishesRefused.map(({ sentence }) => sentence);
      assert.ok(sentences.length > 1, "somebody has to work");
      assert.equal(new Set(sentences).size, sentences.length);
      for (const sentence of sentences)
        assert.match(sentence, /^Nurse \d+ works on \d+ \w+ \d{4}, and wishes to be off\.$/);
    });

    test("shares of nights, weekends and holidays are told of the rolling year, with and without the draft", async () => {
      const { id, people } = await ward(2);
      const NIGHT = { name: "Night", starts: "22:00", minutes: 480 };
      await edit(id, [add(people[0]!, 0, NIGHT), add(people[0]!, 5), add(people[0]!, 6), add(people[1]!, 12)]);
      const query = { unpopular: ["EARLY shift"] };
      const told = await owner("drafts.fairness", { params: { id }, query });
      assert.deepEqual([told.from, told.to], [day(DAYS - 365), day(DAYS)]);
      const none = { nights: 0, weekends: 0, holidays: 0, unpopular: 0 };
      assert.deepEqual(
        told.people.map(({ days, partPermille, without, with: drafted, fair }) => [
          days,
          partPermille,
          without,
          drafted,
          fair,
        ]),
        [
          [
            90 + DAYS,
            1_000,
            none,
            { nights: 1, weekends: 1, holidays: 0, unpopular: 2 },
            { nights: 0.5, weekends: 1, holidays: 0, unpopular: 1.5 },
          ],
          [
            90 + DAYS,
            1_000,
            none,
            { nights: 0, weekends: 1, holidays: 0, unpopular: 1 },
            { nights: 0.5, weekends: 1, holidays: 0, unpopular: 1.5 },
          ],
        ],
      );
    });

    test("what cannot be planned is refused with a sentence, and drafts of others are not there", async () => {
      const { id, people } = await ward(1);
      const refusal = async (body: Partial<Body>) => (await refusalOf(start(id, body))).detail;
      const keep = { items: ["dri_01J8Z3K4M5N6P7Q8R9S0T1V2W3"], people: [], days: [] };
      assert.equal(await refusal({ keep }), "The draft has no shift with an id that is to be kept: read it again.");
      const wish = (personId: string, on: number) => ({ wishes: [{ personId, day: day(on), want: "off" as const }] });
      const { id: stranger } = await owner("people.create", { body: { name: "Stranger" } });
      assert.equal(await refusal(wish(stranger, 0)), "A wish is of somebody who is not planned in the draft.");
      assert.match(await refusal(wish(people[0]!, 40)), /^\d{4}-\d\d-\d\d is none of its days: it is from /);
      const member = await server.signedIn(MEMBER);
      assert.equal((await refusalOf(start(id, {}, member))).code, "request/not-found");
      assert.equal((await refusalOf(member("drafts.planned", { params: { id } }))).code, "request/not-found");
      const nobody = await owner("drafts.create", {
        body: { name: "Nobody", from: day(0), to: day(7), people: [stranger] },
      });
      assert.equal(
        (await refusalOf(start(nobody.id))).detail,
        "Nobody whom you manage has a contract on its days: there is nobody to plan.",
      );
      await owner("drafts.discard", { params: { id } });
      assert.equal((await refusalOf(start(id))).code, "workforce/draft-closed");
    });

    test("the demo's days are planned better than they stand", async () => {
      const [demand] = (await owner("demands.list", { query: {} })).items;
      assert.ok(demand !== undefined, "the demo needs somebody");
      const draft = await owner("drafts.create", { body: { name: "All", from: day(28), to: day(35) } });
      const { result } = await plan(draft.id);
      assert.ok(result!.score.hard <= result!.before.hard);
      const checked = await owner("drafts.check", { params: { id: draft.id }, query: {} });
      assert.deepEqual([checked.objections, checked.broken], [[], []]);
    });
  });
}
