// Strategy: on both databases, through the API: who is needed and who is there; a draft that nobody feels until it is published, which is
// one act, once, told to each person, taken back by undo; sight; and what speaks against it, in sentences.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { limits } from "@hourwright/contract";
import { lineText, type LineFacts } from "@hourwright/roster";
import { databases, monday, withoutHolidays } from "../../../testing/school.ts";
import {
  COORDINATOR,
  INSTRUCTOR,
  MANAGER,
  MEMBER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../../testing/server.ts";

const day = (after: number): string => monday.add({ days: after }).toString();
const EARLY = { name: "early shift", starts: "06:00", minutes: 480 };
const LATE = { name: "late shift", starts: "14:00", minutes: 480 };
const DUTY = { ...EARLY, kind: "duty" as const };
const long = (date: string): string => {
  const months = "January February March April May June July August September October November December".split(" ");
  const { day: number, month, year } = Temporal.PlainDate.from(date);
  return `${number} ${months[month - 1]} ${year}`;
};

for (const kind of databases) {
  describe(`rosters on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let base: Awaited<ReturnType<typeof kind.open>>;
    let server: TestServer;
    let owner: Client;
    let ruleSetId: string;
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      await withoutHolidays(owner);
      const rules = [{ kind: "rest" as const, minutesMin: 660 }];
      ({ id: ruleSetId } = await owner("ruleSets.create", { body: { name: "Eleven hours of rest", rules } }));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    type Shift = Parameters<typeof owner<"drafts.edit">>[1]["body"]["edits"][number] extends infer Edit
      ? Edit extends { put: { shift: infer One } }
        ? One
        : never
      : never;
    let made = 0;
    const place = () => `Ward ${++made}`;
    async function hired(site: string, weekdays: readonly number[] = [], shift: Shift = EARLY) {
      const name = `Nurse ${++made}`;
      const { id } = await owner("people.create", { body: { name } });
      const weeks = [weekdays.map((weekday) => ({ weekday, ...shift }))];
      const terms = { nominal: { minutes: 2_400, per: "week" as const }, weeks, anchor: day(0), site, ruleSetId };
      await owner("contracts.create", { body: { personId: id, from: day(-60), ...terms } });
      return { id, name };
    }
    const drafted = (people: readonly string[], more: object = {}) =>
      owner("drafts.create", {
        body: { name: `Draft ${++made}`, from: day(0), to: day(14), people: [...people], ...more },
      });
    const add = (personId: string | null, after: number, shift: Shift = EARLY) => ({
      put: { personId, day: day(after), shift },
    });
    const drop = (personId: string, after: number, starts = "06:00") => ({
      drop: { personId, of: { day: day(after), starts } },
    });
    type Edits = Parameters<typeof owner<"drafts.edit">>[1]["body"]["edits"];
    const edit = (id: string, edits: Edits, by = owner) => by("drafts.edit", { params: { id }, body: { edits } });
    const publish = (id: string, body: object = {}, by = owner) => by("drafts.publish", { params: { id }, body });
    async function told(personId: string, after: number): Promise<string[]> {
      const query = { from: day(after), to: day(after + 1) };
      const { stretches } = await owner("schedules.read", { params: { personId }, query });
      return stretches.filter(({ sentence }) => !sentence.includes("no shift then")).map(({ sentence }) => sentence);
    }
    const covered = async (site: string, draft?: string) => {
      const query = { from: day(0), to: day(2), site, ...(draft === undefined ? {} : { draft }) };
      const { rows } = await owner("coverage.read", { query });
      return rows.flatMap(({ days }) => days.map(({ have, need, level }) => `${have}/${need} ${level}`));
    };
    const demand = (site: string, more: object = {}) =>
      owner("demands.create", {
        body: {
          name: "Early",
          site,
          weekdays: [1, 2, 3, 4, 5, 6, 7],
          from: day(-60),
          stretches: [{ starts: "06:00", minutes: 480, minimum: 2, ideal: 3 }],
          ...more,
        },
      });
    const undo = async () => {
      const [last] = (await owner("requests.mine", {})).undo;
      await owner("requests.undo", { params: { id: last!.id } });
      return last!.summary;
    };
    const by = () => `published by Mara Okafor on ${long(Temporal.Now.plainDateISO("Europe/Prague").toString())}`;

    test("a person has so many shifts in a draft, and as many are judged and tried all the same", async () => {
      const site = place();
      const { id: ben } = await hired(site, [1]);
      const { id: ann } = await hired(site);
      const leave = { kind: "absence" as const, type: "leave" as const, from: day(0), until: day(0) };
      const { id: absence } = await owner("adjustments.create", { body: { personId: ben, what: leave } });
      await owner("adjustments.approve", { params: { id: absence }, body: {} });
      const draft = await drafted([ben, ann]);
      const many = (personId: string, count: number) => Array.from({ length: count }, () => add(personId, 1));
      await edit(draft.id, many(ben, limits.DRAFT_ITEMS_OF_A_PERSON_MAX));
      const refused = await refusalOf(edit(draft.id, [...many(ann, 1), ...many(ben, 1)]));
      assert.deepEqual(
        [refused.code, refused.detail],
        ["workforce/draft-invalid", "One person has at most 2000 shifts in a draft."],
      );
      const read = await owner("drafts.read", { params: { id: draft.id }, query: {} });
      assert.equal(read.items.length, limits.DRAFT_ITEMS_OF_A_PERSON_MAX, "all or none");
      await edit(draft.id, many(ann, 1));
      const tried = await owner("drafts.try", { params: { id: draft.id }, body: { edit: add(ben, 1) } });
      assert.equal(tried.objections[0]?.code, "over-shift");
      const checked = await owner("drafts.check", { params: { id: draft.id }, query: {} });
      assert.equal(checked.objections.length, limits.DRAFT_FINDINGS_MAX);
    });

    test("who is needed is beside who is there, day by day and to the minute; demands are changed, refused and taken back", async () => {
      const site = place();
      const ben = await hired(site, [1, 2]);
      const asked = await demand(site);
      assert.deepEqual(await covered(site.toUpperCase()), ["1/2 short", "1/2 short"]);
      const steps = await owner("coverage.day", { params: { day: day(0) }, query: { site } });
      assert.deepEqual(
        steps.steps.map(({ minutes, have, minimum, ideal, people }) => [minutes, have, minimum, ideal, ...people]),
        [
          [360, 0, 0, 0],
          [480, 1, 2, 3, ben.id],
          [600, 0, 0, 0],
        ],
      );
      const params = { id: asked.id };
      const stretches = [{ starts: "06:00", minutes: 480, minimum: 1, ideal: 1 }];
      const changed = await owner("demands.update", { params, body: { stretches }, ifMatch: asked.version });
      assert.deepEqual([changed.version, changed.name], [2, "Early"]);
      assert.deepEqual(await covered(site), ["1/1 exact", "1/1 exact"]);
      assert.equal(await undo(), "Changed who is needed");
      assert.deepEqual(await covered(site), ["1/2 short", "1/2 short"]);
      const wrong = await refusalOf(
        demand(site, { stretches: [{ starts: "06:00", minutes: 480, minimum: 2, ideal: 1 }] }),
      );
      assert.deepEqual(
        [wrong.code, wrong.detail],
        ["workforce/demand-invalid", "From 06:00 to 14:00 fewer are wished for than are needed."],
      );
      const skill = await owner("skills.create", { body: { name: `First aid ${made}` } });
      const skilled = await demand(site, { skillId: skill.id, stretches });
      assert.equal(skilled.skillName, skill.name);
      assert.deepEqual((await covered(site)).slice(2), ["0/1 short", "0/1 short"]);
      const path = { id: ben.id, skillId: skill.id };
      await owner("personSkills.put", { params: path, body: { from: day(1) } });
      assert.deepEqual((await covered(site)).slice(2), ["0/1 short", "1/1 exact"], "from the day on");
      const named = await refusalOf(owner("skills.remove", { params: { id: skill.id } }));
      assert.equal(named.detail, `“Early” needs “${skill.name}”: change that demand first.`);
      await owner("demands.remove", { params: { id: skilled.id } });
      assert.equal((await owner("demands.list", { query: { site } })).items.length, 1);
      await undo();
      assert.equal((await owner("demands.list", { query: { site } })).items.length, 2);
    });

    test("a draft changes nothing and is judged: coverage, hours, broken rules, and what speaks against it", async () => {
      const site = place();
      const [ben, ana] = [await hired(site, [1]), await hired(site)];
      await demand(site);
      const draft = await drafted([ben.id, ana.id]);
      const { items, version } = await edit(draft.id, [
        add(ana.id, 0, LATE),
        add(ana.id, 1),
        add(ben.id, 0, { ...LATE, starts: "13:00" }),
        add(null, 1),
      ]);
      assert.deepEqual([items.length, version], [4, 2]);
      assert.deepEqual(await told(ana.id, 0), [], "nobody feels a draft");
      assert.deepEqual(await covered(site), ["1/2 short", "0/2 short"]);
      assert.deepEqual(await covered(site, draft.id), ["1/2 short", "1/2 short"]);
      const checked = await owner("drafts.check", { params: { id: draft.id } });
      const overlap = `late shift (13:00–21:00) on ${long(day(0))} overlaps early shift (06:00–14:00) of the contract on ${long(day(0))} of ${ben.name}.`;
      assert.deepEqual(
        checked.objections.map(({ itemId, sentence }) => [itemId, sentence]),
        [[items[2]!.id, overlap]],
      );
      assert.deepEqual(
        checked.broken.map(({ personId, kind: rule }) => [personId, rule]),
        [[ana.id, "rest"]],
      );
      const { plannedMinutes, nominalMinutes } = checked.people.find(({ personId }) => personId === ana.id)!;
      assert.deepEqual([plannedMinutes, nominalMinutes], [960, 4_800]);
      assert.ok(checked.short.some((each) => each.site === site && each.day === day(0)));
      assert.deepEqual([checked.totals.shifts, checked.totals.openShifts], [3, 1]);
      const refused = await refusalOf(publish(draft.id));
      assert.deepEqual([refused.code, refused.detail], ["workforce/draft-refused", overlap]);
      await edit(draft.id, [{ remove: items[2]!.id }]);
      const rules = await refusalOf(publish(draft.id));
      assert.equal(rules.code, "workforce/rules-broken");
      assert.ok(rules.detail.startsWith("8 h of rest from "), rules.detail);
    });

    test("an edit is all or none, and undone in one step whatever others do to other shifts; two edits are undone one after the other", async () => {
      const ben = await hired(place());
      const draft = await drafted([ben.id]);
      const shifts = async () => {
        const { items } = await owner("drafts.read", { params: { id: draft.id } });
        return items.map(({ day: on, shift, of }) => `${on} ${shift?.starts ?? `without ${of!.starts}`}`);
      };
      const outside = await refusalOf(edit(draft.id, [add(ben.id, 0), add(ben.id, 14)]));
      assert.equal(outside.code, "workforce/draft-invalid");
      assert.ok(outside.detail.startsWith(`${day(14)} is none of its days`));
      assert.deepEqual(await shifts(), []);
      const { items } = await edit(draft.id, [add(ben.id, 0), add(ben.id, 1)]);
      const [first, second] = items;
      const moved = await edit(draft.id, [
        { put: { id: first!.id, personId: ben.id, day: day(2), shift: LATE } },
        { remove: second!.id },
      ]);
      assert.deepEqual([moved.items[0]!.id, moved.removed], [first!.id, [second!.id]]);
      assert.deepEqual(await shifts(), [`${day(2)} 14:00`]);
      assert.equal(await undo(), "Changed a draft of a roster");
      assert.deepEqual(await shifts(), [`${day(0)} 06:00`, `${day(1)} 06:00`]);
      await undo();
      assert.deepEqual(await shifts(), []);
      const copied = Array.from({ length: 300 }, (_, i) => add(ben.id, i % 14, { ...EARLY, name: `shift ${i}` }));
      await edit(draft.id, copied);
      assert.equal((await shifts()).length, 300);
      await undo();
      assert.equal((await shifts()).length, 0, "however many in one step");
      const gone = await refusalOf(edit(draft.id, [{ remove: first!.id }]));
      assert.equal(gone.detail, "The draft has no shift with this id: read it again.");
      const nobody = await refusalOf(edit(draft.id, [add((await hired(place())).id, 0)]));
      assert.equal(nobody.code, "workforce/draft-invalid");
      const stale = owner("drafts.edit", { params: { id: draft.id }, body: { edits: [add(ben.id, 0)] }, ifMatch: 1 });
      assert.equal((await refusalOf(stale)).code, "request/version-changed");
    });

    test("is published once, felt at once by schedule and claims, told to each person and acknowledged; undo takes all of it back", async () => {
      const site = place();
      const [ben, ana] = [await hired(site, [1], DUTY), await hired(site)];
      const draft = await drafted([ben.id, ana.id]);
      await edit(draft.id, [
        drop(ben.id, 0),
        add(ben.id, 0, { ...DUTY, starts: "08:00" }),
        add(ana.id, 0, DUTY),
        drop(ben.id, 7),
        add(null, 2),
      ]);
      const preview = await owner("drafts.preview", { params: { id: draft.id } });
      assert.deepEqual(
        preview.people.map((each) => [
          each.name,
          ...[...each.new, ...each.changed, ...each.dropped].map(({ sentence }) => sentence),
        ]),
        [
          [
            ben.name,
            `Changed on ${long(day(0))}: early shift (08:00–16:00), before early shift (06:00–14:00).`,
            `No more on ${long(day(7))}: early shift (06:00–14:00).`,
          ],
          [ana.name, `New on ${long(day(0))}: early shift (06:00–14:00).`],
        ].toSorted(([one], [other]) => (one! < other! ? -1 : 1)),
      );
      assert.deepEqual([preview.openShifts.length, preview.objections, preview.broken], [1, [], []]);
      for (const { facts, sentence } of preview.people.flatMap((each) => [
        ...each.new,
        ...each.changed,
        ...each.dropped,
      ]))
        assert.equal(lineText(facts as LineFacts), sentence);
      const open = async () => {
        const { items } = await owner("openShifts.list", { query: { states: ["open"] } });
        return items.filter((each) => each.day === day(2)).length;
      };
      assert.equal(await open(), 0);
      const busy = async (personId: string) => {
        const query = { subjects: [personId], start: `${day(0)}T00:00:00Z`, end: `${day(1)}T00:00:00Z` };
        const [own] = (await owner("subjects.freeBusy", { query })).items;
        return own!.busy.length;
      };
      const settled = await Promise.allSettled([publish(draft.id, { note: "In time" }), publish(draft.id)]);
      assert.deepEqual(settled.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
      const loser = settled.findIndex(({ status }) => status === "rejected");
      const closed = await refusalOf(Promise.reject((settled[loser] as PromiseRejectedResult).reason as Error));
      assert.equal(closed.code, "workforce/draft-closed");
      const published = (settled[1 - loser] as PromiseFulfilledResult<Awaited<ReturnType<typeof publish>>>).value;
      assert.deepEqual(
        [published.added, published.dropped, published.openShifts, published.told, published.acknowledged],
        [2, 2, 1, 2, 0],
      );
      assert.deepEqual(await told(ben.id, 0), [
        `Off: early shift (06:00–14:00) of the contract is left out of the roster ${by()}.`,
        `Work: early shift (08:00–16:00) of the roster ${by()}.`,
      ]);
      assert.deepEqual(await told(ana.id, 0), [`Work: early shift (06:00–14:00) of the roster ${by()}.`]);
      assert.deepEqual(await Promise.all([busy(ben.id), busy(ana.id), open()]), [1, 1, 1]);
      const edited = await refusalOf(edit(draft.id, [add(ana.id, 1)]));
      assert.equal(edited.code, "workforce/draft-closed");
      const read = await owner("publications.read", { params: { id: published.id } });
      assert.deepEqual(
        [read.people.map(({ personId }) => personId).toSorted(), read.mine],
        [[ana.id, ben.id].toSorted(), null],
      );
      const notMine = await refusalOf(owner("publications.acknowledge", { params: { id: published.id } }));
      assert.equal(notMine.code, "workforce/not-concerned");
      assert.equal(await undo(), "Published a roster");
      assert.deepEqual(await told(ben.id, 0), ["Work: early shift (06:00–14:00) of the contract."]);
      assert.deepEqual(await Promise.all([busy(ben.id), busy(ana.id), open()]), [1, 0, 0]);
      const again = await owner("drafts.read", { params: { id: draft.id } });
      assert.deepEqual([again.state, again.publicationId, again.items.length], ["open", null, 5]);
      const [redone] = (await owner("requests.mine", {})).redo;
      await owner("requests.undo", { params: { id: redone!.id } });
      assert.deepEqual(await told(ana.id, 0), [`Work: early shift (06:00–14:00) of the roster ${by()}.`]);
      assert.deepEqual(await Promise.all([busy(ana.id), open()]), [1, 1]);
    });

    test("published again by redo, what was taken back by itself stays away", async () => {
      const { id: ben } = await hired(place());
      const draft = await drafted([ben]);
      await edit(draft.id, [add(ben, 1), add(ben, 3)]);
      await publish(draft.id);
      const [published] = (await owner("requests.mine", {})).undo;
      const query = { person: ben, from: day(0), to: day(14) };
      const states = async () => (await owner("adjustments.list", { query })).items.map(({ state }) => state);
      const [first] = (await owner("adjustments.list", { query })).items;
      await owner("adjustments.withdraw", { params: { id: first!.id }, body: {} });
      await owner("requests.undo", { params: { id: published!.id } });
      assert.deepEqual(await states(), ["withdrawn", "withdrawn"]);
      const [again] = (await owner("requests.mine", {})).redo;
      await owner("requests.undo", { params: { id: again!.id } });
      assert.deepEqual(await states(), ["withdrawn", "approved"]);
    });

    test("meets what stands: a clash of a duty refuses all of it, with a sentence; insisted on, what may be doubled is", async () => {
      const site = place();
      const [ben, ana] = [await hired(site), await hired(site)];
      const calendar = await owner("calendars.create", { body: { name: `Own ${made}`, ownerSubjectId: ben.id } });
      await owner("events.create", {
        body: {
          title: "Dentist",
          start: `${day(1)}T07:00:00`,
          end: `${day(1)}T08:00:00`,
          timeZone: "Europe/Prague",
          calendarId: calendar.id,
          preventConflicts: false,
        },
      });
      const draft = await drafted([ben.id, ana.id]);
      await edit(draft.id, [add(ana.id, 1, DUTY), add(ben.id, 1, DUTY)]);
      const refused = await refusalOf(publish(draft.id));
      assert.deepEqual(
        [refused.code, refused.detail],
        ["claims/taken", `early shift on ${day(1)} meets an event of ${ben.name} (07:00–08:00).`],
      );
      assert.deepEqual(await told(ana.id, 1), [], "all or nothing");
      assert.equal((await owner("drafts.read", { params: { id: draft.id } })).state, "open");
      await publish(draft.id, { preventConflicts: false });
      assert.equal((await told(ben.id, 1)).length, 1);
    });

    test("why not is one sentence, with what could be done instead, each of which can be taken", async () => {
      const site = place();
      const [ben, ana] = [await hired(site), await hired(site)];
      const draft = await drafted([ben.id, ana.id]);
      await edit(draft.id, [add(ben.id, 0, LATE)]);
      const attempt = (one: Edits[number]) => owner("drafts.try", { params: { id: draft.id }, body: { edit: one } });
      const why = await attempt(add(ben.id, 1));
      assert.deepEqual(why.objections, []);
      assert.ok(why.broken[0]!.sentence.startsWith("8 h of rest from "));
      assert.deepEqual(
        why.alternatives.map(({ label }) => label),
        ["Start at 09:00 instead", `Give it to ${ana.name}`, "Leave it open"],
      );
      for (const { edit: other } of why.alternatives) {
        const again = await attempt(other);
        assert.deepEqual(again, { objections: [], broken: [], alternatives: [] });
      }
      assert.equal((await attempt(drop(ana.id, 0))).objections[0]!.code, "no-such-shift");
      assert.equal((await owner("drafts.read", { params: { id: draft.id } })).items.length, 1, "nothing was changed");
    });

    test("stands beside others: copied, compared, begun from other weeks; what comes after publishing is marked as changed", async () => {
      const site = place();
      const [ben, ana] = [await hired(site), await hired(site)];
      const first = await drafted([ben.id, ana.id], { to: day(7) });
      await edit(first.id, [add(ben.id, 0), add(ana.id, 1)]);
      const second = await drafted([ben.id, ana.id], { to: day(7), copyOf: first.id });
      assert.equal(second.entries, 2);
      const params = { id: second.id };
      await edit(second.id, [add(ana.id, 2, LATE)]);
      const compared = await owner("drafts.compare", { params, query: { with: first.id } });
      assert.deepEqual(
        compared.items.map(({ personId, day: on, here, there }) => [personId, on, here.length, there.length]),
        [[ana.id, day(2), 1, 0]],
      );
      assert.deepEqual([compared.here.shifts, compared.there.shifts], [3, 2]);
      await publish(second.id);
      const next = await drafted([ben.id, ana.id], { from: day(7), weeksFrom: day(0) });
      assert.equal(next.entries, 3);
      const changes = async () => {
        const query = { from: day(0), to: day(7), people: [ana.id] };
        const { sources } = await owner("schedules.list", { query });
        return sources.filter(({ kind: is }) => is === "work").map(({ what, name, changed }) => [what, name, changed]);
      };
      assert.deepEqual(await changes(), [
        ["rostered", "early shift", false],
        ["rostered", "late shift", false],
      ]);
      const later = await drafted([ana.id], { to: day(7) });
      await edit(later.id, [add(ana.id, 4, { ...EARLY, name: "stocktaking" })]);
      await publish(later.id);
      assert.deepEqual((await changes()).at(-1), ["rostered", "stocktaking", true]);
    });

    test("is seen by who plans the people alone; people read what concerns them, are told in their inbox, and say that they know", async () => {
      const [manager, member, instructor] = [
        await server.signedIn(MANAGER),
        await server.signedIn(MEMBER),
        await server.signedIn(INSTRUCTOR),
      ];
      const ines = (await instructor("me.read", {})).personId;
      const weeks = [[{ weekday: 7, ...EARLY }]];
      const held = await owner("contracts.list", { query: { person: ines } });
      if (held.items.length === 0)
        await owner("contracts.create", {
          body: { personId: ines, from: day(-30), nominal: { minutes: 480, per: "week" }, weeks, anchor: day(0) },
        });
      const draft = await manager("drafts.create", {
        body: { name: "Pool", from: day(0), to: day(7), people: [ines] },
      });
      assert.equal((await refusalOf(member("drafts.read", { params: { id: draft.id } }))).status, 404);
      assert.equal((await refusalOf(instructor("drafts.read", { params: { id: draft.id } }))).status, 404);
      assert.deepEqual((await member("drafts.list", {})).items, []);
      const all = { body: { name: "All", from: day(0), to: day(7) } };
      assert.equal((await refusalOf(member("drafts.create", all))).status, 403);
      assert.equal((await refusalOf(manager("drafts.create", all))).code, "workforce/draft-invalid");
      const coverage = { query: { from: day(0), to: day(1) } };
      assert.equal((await refusalOf(member("coverage.read", coverage))).status, 403);
      const sunday = { name: "evening", starts: "19:00", minutes: 60 };
      await edit(draft.id, [add(ines, 5, sunday)], manager);
      const published = await publish(draft.id, { despite: true, note: "See you" }, manager);
      assert.equal((await refusalOf(member("publications.read", { params: { id: published.id } }))).status, 404);
      const mine = await instructor("publications.read", { params: { id: published.id } });
      assert.deepEqual(
        [mine.concernsMe, mine.acknowledgedAt, mine.mine!.new.map(({ sentence }) => sentence), mine.people],
        [true, null, [`New on ${long(day(5))}: evening (19:00–20:00).`], []],
      );
      const evening = { name: "evening", fromMinute: 1_140, toMinute: 1_200 };
      assert.deepEqual(mine.mine!.new[0]!.facts, { kind: "line-new", day: day(5), shift: evening });
      const [request] = (await manager("requests.mine", {})).undo;
      await manager("notices.sendNow", { params: { id: request!.id } });
      const [notice] = (await instructor("notices.list", {})).items;
      assert.deepEqual([notice!.kind, notice!.title, notice!.eventId], ["roster", "Pool (+1 ±0 −0)", published.id]);
      const known = await instructor("publications.acknowledge", { params: { id: published.id } });
      assert.ok(known.acknowledgedAt !== null);
      assert.equal((await manager("publications.read", { params: { id: published.id } })).acknowledged, 1);
      const undone = await manager("requests.undo", { params: { id: request!.id } });
      await manager("notices.sendNow", { params: { id: undone.requestId } });
      const [back] = (await instructor("notices.list", {})).items;
      assert.deepEqual([back!.kind, back!.title], ["roster-withdrawn", "Pool (+1 ±0 −0)"]);
    });

    test("what speaks against the shifts of others is told to those alone who plan them", async () => {
      const site = place();
      const [ill, well] = [await hired(site), await hired(site)];
      const member = await server.signedIn(MEMBER);
      const { personId: managerId } = await member("me.read", {});
      const { id: departmentId } = await owner("departments.create", { body: { name: site, managerIds: [managerId] } });
      const moved = (people: readonly { readonly id: string }[], to: string | null) =>
        owner("departments.place", {
          body: { people: people.map(({ id: personId }) => ({ personId, departmentId: to })) },
        });
      await moved([ill, well], departmentId);
      const what = { kind: "absence" as const, type: "sick" as const, from: day(1), until: day(1) };
      const { id: absence } = await owner("adjustments.create", { body: { personId: ill.id, what } });
      await owner("adjustments.approve", { params: { id: absence }, body: {} });
      const { id } = await member("drafts.create", {
        body: { name: site, from: day(0), to: day(7), people: [ill.id, well.id] },
      });
      await edit(id, [add(ill.id, 1), add(well.id, 1), add(well.id, 1, { ...EARLY, starts: "07:00" })], member);
      const told = async (by: Client) => {
        const [check, preview] = [
          await by("drafts.check", { params: { id } }),
          await by("drafts.preview", { params: { id } }),
        ];
        const objected = [check, preview].map(({ objections }) => new Set(objections.map(({ personId }) => personId)));
        return [...objected.map((people) => people.has(ill.id)), objected.every((people) => people.has(well.id))];
      };
      assert.deepEqual(await told(member), [true, true, true]);
      await moved([ill], null);
      assert.deepEqual(await told(member), [false, false, true]);
      assert.deepEqual(await told(owner), [true, true, true]);
      const { people } = await member("drafts.check", { params: { id } });
      assert.deepEqual(
        people.map(({ personId }) => personId),
        [well.id],
      );
    });
  });
}
