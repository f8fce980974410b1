import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { planningProblems } from "@hourwright/contract";
import { systemClock } from "../../platform/clock.ts";
import type { Unit } from "../../platform/db/database.ts";
import { eventually } from "../../testing/eventually.ts";
import { postgres } from "../../testing/filled-database.ts";
import { listen, ticketOf } from "../../interfaces/live/testing.ts";
import { COORDINATOR, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { systemContext } from "../identity/public.ts";
import { askApproval, withdrawApproval, type ApprovalKind } from "./public.ts";

const PASSWORD = "a long sentence of mine";
const NAMES = ["Rita", "Ana", "Ben", "Cid", "Dan", "Dora", "Olga"] as const;
type Name = (typeof NAMES)[number];

const kinds = [
  {
    name: "the embedded database",
    skip: false,
    open: async () => ({ url: null, [Symbol.asyncDispose]: async () => {} }),
  },
  postgres,
] as const;

for (const kindOfDatabase of kinds)
  describe(`approvals on ${kindOfDatabase.name}`, { skip: kindOfDatabase.skip }, () => {
    let database: { readonly url: string | null } & AsyncDisposable;
    let server: TestServer;
    let head: Client;
    let organisation: number;
    let aheadMs = 0;
    const clients = new Map<Name, Client>();
    const ids = new Map<Name, string>();
    /** What the kind of the tests was told, and what it answers. */
    const done: string[] = [];
    let cannot = false;
    const leave: ApprovalKind = {
      kind: "leave",
      name: "Leave",
      effect: async () => [{ label: "Coverage on Monday", before: "3 of 3", after: "2 of 3", worse: true }],
      async decided(_unit, { subjectId, state }) {
        if (cannot && state === "approved") return planningProblems.refuse("repair-stale", "Rita has a duty then.");
        done.push(`${subjectId} ${state}`);
        return null;
      },
    };

    before(async () => {
      database = await kindOfDatabase.open();
      const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
      const settings = database.url === null ? {} : { DATABASE_URL: database.url };
      server = await startTestServer(settings, clock, { approvalKinds: [leave] });
      head = await server.signedIn(COORDINATOR);
      organisation = Number((await head("me.read", {})).organisation.id);
      for (const name of NAMES) {
        const { link } = await head("invitations.create", { body: { role: "member" } });
        const body = { token: link.split("/join/")[1]!, name, email: emailOf(name), password: PASSWORD };
        const { me } = await server.stranger("join.accept", { body });
        ids.set(name, me!.personId);
      }
      await signIn();
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    const emailOf = (name: Name) => `${name.toLowerCase()}@approvals.example`;
    async function signIn(): Promise<void> {
      head = await server.signedIn(COORDINATOR);
      for (const name of NAMES) if (!left.has(name)) clients.set(name, await server.signedIn(emailOf(name), PASSWORD));
    }
    const left = new Set<Name>();
    const as = (name: Name): Client => clients.get(name)!;
    const id = (name: Name): string => ids.get(name)!;
    async function travel(hours: number): Promise<void> {
      aheadMs += hours * 3_600_000;
      await signIn();
    }
    const inUnit = <T>(work: (unit: Unit) => Promise<T>): Promise<T> =>
      server.application.database.inOrganisation(
        systemContext(organisation, "test", () => `req_test${++requests}`),
        work,
      );
    let requests = 0;
    let subjects = 0;
    /** Asks as the context that keeps the thing does. Answers the id once those who are asked are known. */
    async function ask(more: Partial<Parameters<typeof askApproval>[1]> = {}): Promise<string> {
      const subjectId = `leave ${++subjects}`;
      const asked = await inUnit((unit) =>
        askApproval(unit, {
          kind: "leave",
          subjectId,
          label: `Leave ${subjects}`,
          requestedBy: id("Rita"),
          effect: [],
          ...more,
        }),
      );
      assert.ok(!("refused" in asked), JSON.stringify(asked));
      await eventually("somebody is asked", async () => (await waitsFor(asked.id)).length > 0);
      return asked.id;
    }
    const listed = async (approvalId: string) =>
      (await head("approvals.list", { query: { view: "scope" } })).items.find((each) => each.id === approvalId)!;
    const waitsFor = async (approvalId: string) => (await listed(approvalId)).waitsFor.map(({ name }) => name).sort();
    const says = async (approvalId: string) =>
      (await as("Rita")("approvals.read", { params: { id: approvalId } })).chain.map((step) =>
        step.says.replace(/Until [^;]+;/, "Until then;"),
      );
    const say = (name: Name, approvalId: string) =>
      as(name)("approvals.approve", { params: { id: approvalId }, body: {} });
    const mine = async (name: Name) => (await as(name)("approvals.list", {})).items.map((each) => each.id);
    const policy = async (steps: object[], more: object = {}) =>
      head("approvalPolicies.put", { params: { kind: "leave" }, body: { steps, ...more } as never });
    const people = (...names: Name[]) => [{ kind: "people", ids: names.map(id) }];

    test("the scenario: two steps, two of three, a deputy during leave, a deadline, escalation, one who left, no self-approval", async () => {
      await policy([
        { who: people("Ana", "Ben", "Cid"), quorum: 2, deadlineMinutes: 2_880, atDeadline: { kind: "decline" } },
        {
          who: people("Dora"),
          quorum: 1,
          deadlineMinutes: 1_440,
          atDeadline: { kind: "escalate", to: people("Olga") },
        },
      ]);
      await as("Ben")("deputies.create", { body: { deputyId: id("Dan") } });
      const approval = await ask();
      assert.deepEqual(await waitsFor(approval), ["Ana", "Ben", "Cid"]);
      const { layers } = await as("Ben")("availability.layers", { params: { id: id("Ben") } });
      const [today, later] = [0, 5].map((days) =>
        Temporal.Instant.fromEpochMilliseconds(systemClock.nowMs() + aheadMs)
          .toZonedDateTimeISO("UTC")
          .toPlainDate()
          .add({ days: days - 1 })
          .toString(),
      ) as [string, string];
      const away = { kind: "away" as const, start: today, end: later, reason: "Secret" };
      await as("Ben")("availability.putLayers", { params: { id: id("Ben") }, body: { layers: [...layers, away] } });
      assert.deepEqual(await says(approval), [
        "Ana, Dan for Ben (away), and Cid; 0 of 2 said yes. Until then; then it is declined.",
        "Then asks Dora.",
      ]);
      await say("Dan", approval);
      assert.equal(
        (await refusalOf(say("Ben", approval))).detail,
        "Somebody who stands in for you has answered already.",
      );
      assert.equal((await refusalOf(say("Rita", approval))).code, "approvals/not-asked");
      assert.equal(
        (await refusalOf(say("Dora", approval))).code,
        "request/not-found",
        "who is not asked yet knows nothing of it",
      );
      left.add("Cid");
      await head("people.remove", { params: { id: id("Cid") } });
      assert.deepEqual(await says(approval), [
        "Dan said yes for Ben and Ana; 1 of 2 said yes. Until then; then it is declined.",
        "Then asks Dora.",
      ]);
      await say("Ana", approval);
      assert.deepEqual(await waitsFor(approval), ["Dora"]);
      await travel(25);
      await eventually(
        "Olga is asked",
        () => waitsFor(approval),
        (who) => who.includes("Olga"),
      );
      assert.equal(
        (await says(approval))[1],
        "Dora and Olga (handed on); 0 of 1 said yes. Until then; then it is handed on.",
      );
      assert.deepEqual(await mine("Olga"), [approval]);
      const decided = await say("Olga", approval);
      assert.deepEqual([decided.state, done.at(-1)], ["approved", `leave ${subjects} approved`]);
      assert.equal((await refusalOf(say("Dora", approval))).code, "approvals/over");
      assert.deepEqual([await mine("Olga"), await mine("Dora")], [[], []]);
    });

    test("who asked takes it back, nobody else does, and nobody answers then", async () => {
      await policy([{ who: people("Ana", "Olga"), quorum: 1 }]);
      const approval = await ask();
      const withdraw = (name: Name) => as(name)("approvals.withdraw", { params: { id: approval } });
      assert.equal((await refusalOf(withdraw("Ana"))).code, "request/not-found");
      assert.equal((await withdraw("Rita")).state, "withdrawn");
      assert.equal((await refusalOf(say("Ana", approval))).code, "approvals/over");
      assert.equal(done.at(-1), `leave ${subjects} withdrawn`);
      assert.deepEqual(await says(approval), ["Ended without an answer."]);
    });

    test("is declined with a reason that who asked reads, and is told of", async () => {
      const approval = await ask();
      await using ear = await listen(server.url, await ticketOf(as("Rita")));
      ear.say({ type: "subscribe", topic: "calendar" });
      await ear.until("subscribed");
      const declined = await as("Ana")("approvals.decline", {
        params: { id: approval },
        body: { reason: "Full house." },
      });
      assert.equal(declined.state, "declined");
      assert.equal((await ear.until("approval:completed")).id, approval);
      const [asked] = (await as("Rita")("approvals.list", { query: { view: "asked", state: "declined" } })).items;
      assert.deepEqual([asked?.id, asked?.endedBy?.name, asked?.reason], [approval, "Ana", "Full house."]);
      await travel(0.01);
      await eventually("it is told", async () =>
        (await as("Rita")("notices.list", {})).items.some(
          ({ eventId, kind }) => eventId === approval && kind === "approval-declined",
        ),
      );
    });

    test("who is asked is told, in the name of who asked, and live tells that something is asked", async () => {
      await using ear = await listen(server.url, await ticketOf(as("Ana")));
      ear.say({ type: "subscribe", topic: "calendar" });
      await ear.until("subscribed");
      const approval = await ask();
      assert.equal((await ear.until("approval:requested")).id, approval);
      await travel(0.01);
      const noticed = async () =>
        (await as("Ana")("notices.list", {})).items.find(({ eventId }) => eventId === approval);
      await eventually("who asked is told", noticed);
      assert.deepEqual([(await noticed())?.kind, (await noticed())?.by.name], ["approval", "Rita"]);
      await as("Rita")("approvals.withdraw", { params: { id: approval } });
    });

    test("what cannot be done when it is approved is not approved, and says why", async () => {
      const approval = await ask();
      cannot = true;
      const refused = await refusalOf(say("Ana", approval));
      cannot = false;
      assert.deepEqual([refused.code, refused.detail], ["approvals/cannot-be-done", "Rita has a duty then."]);
      assert.equal((await listed(approval)).state, "waiting");
      assert.deepEqual((await as("Ana")("approvals.read", { params: { id: approval } })).chain[0]!.yes, 0);
      await say("Ana", approval);
    });

    test("what time approves and cannot be done lapses with the reason", async () => {
      await policy([{ who: people("Ana"), quorum: 1, deadlineMinutes: 1, atDeadline: { kind: "approve" } }]);
      const approval = await ask();
      cannot = true;
      await travel(0.1);
      await eventually(
        "it is over",
        () => listed(approval),
        ({ state }) => state !== "waiting",
      );
      cannot = false;
      const { state, reason } = await listed(approval);
      assert.deepEqual([state, reason], ["lapsed", "Rita has a duty then."]);
    });

    test("several are answered at once, all or none, or each by itself", async () => {
      await policy([{ who: people("Ana", "Olga"), quorum: 1 }]);
      const [first, second] = [await ask(), await ask()];
      await say("Olga", second);
      const items = [first, second].map((each) => ({ id: each, says: "yes" as const }));
      assert.equal((await refusalOf(as("Ana")("approvals.decide", { body: { items } }))).code, "approvals/over");
      assert.equal((await listed(first)).state, "waiting", "none was answered");
      const { items: each } = await as("Ana")("approvals.decide", { body: { items, atomic: false } });
      assert.deepEqual(
        each.map(({ state, problem }) => state ?? problem?.code),
        ["approved", "approvals/over"],
      );
    });

    test("two who say the last yes in one moment make one approval", async () => {
      const approval = await ask();
      const before = done.length;
      const outcome = (name: Name) =>
        say(name, approval).then(
          () => "said",
          () => "over",
        );
      assert.deepEqual((await Promise.all([outcome("Ana"), outcome("Olga")])).sort(), ["over", "said"]);
      assert.equal(done.length, before + 1);
    });

    test("an answer is undone while its step waits; what was decided is not", async () => {
      await policy([{ who: people("Ana", "Olga"), quorum: 2 }]);
      const approval = await ask();
      const once = await as("Ana").full("approvals.approve", { params: { id: approval }, body: {} });
      assert.deepEqual(await waitsFor(approval), ["Olga"]);
      await as("Ana")("requests.undo", { params: { id: once.requestId! } });
      assert.deepEqual(await waitsFor(approval), ["Ana", "Olga"]);
      await say("Ana", approval);
      const last = await as("Olga").full("approvals.approve", { params: { id: approval }, body: {} });
      const undo = as("Olga")("requests.undo", { params: { id: last.requestId! } });
      assert.equal((await refusalOf(undo)).detail, "What was decided is not undone: ask anew.");
    });

    test("without a policy the managers of the department are asked, then who runs the organisation", async () => {
      await head("approvalPolicies.remove", { params: { kind: "leave" } });
      const department = await head("departments.create", { body: { name: "Hall", managerIds: [id("Dora")] } });
      const place = (departmentId: string | null) =>
        head("departments.place", { body: { people: [{ personId: id("Rita"), departmentId }] } });
      await place(department.id);
      const approval = await ask();
      assert.deepEqual(await waitsFor(approval), ["Dora"]);
      const { items } = await as("Dora")("approvals.list", { query: { view: "scope" } });
      assert.ok(items.some((each) => each.id === approval));
      assert.deepEqual((await as("Dan")("approvals.list", { query: { view: "scope" } })).items, []);
      await place(null);
      await as("Rita")("approvals.withdraw", { params: { id: approval } });
      const other = await ask();
      assert.ok((await waitsFor(other)).includes((await head("me.read", {})).name));
      assert.ok(!(await waitsFor(other)).includes("Rita"));
      const shown = await head("approvals.read", { params: { id: other } });
      assert.equal(shown.mayDecide, true);
      await inUnit((unit) => withdrawApproval(unit, { kind: "leave", subjectId: shown.subjectId, byId: id("Rita") }));
      assert.equal((await listed(other)).state, "withdrawn");
    });

    test("the same is asked once at a time, and what approving would do is worked out again when it is old", async () => {
      await policy([{ who: people("Ana"), quorum: 1 }]);
      const approval = await ask({ subjectId: "the same" });
      const again = await inUnit((unit) =>
        askApproval(unit, {
          kind: "leave",
          subjectId: "the same",
          label: "Again",
          requestedBy: id("Rita"),
          effect: [],
        }),
      );
      assert.equal("refused" in again && again.refused.code, "approvals/already-asked");
      assert.deepEqual((await listed(approval)).effect, []);
      await travel(0.1);
      assert.deepEqual((await listed(approval)).effect[0]?.after, "2 of 3");
      await as("Rita")("approvals.withdraw", { params: { id: approval } });
    });

    test("pages go on where the last ended, and a cursor that is none is refused", async () => {
      const all = [await ask(), await ask(), await ask()];
      const first = await as("Ana")("approvals.list", { query: { limit: 2 } });
      const next = await as("Ana")("approvals.list", { query: { limit: 2, cursor: first.nextCursor! } });
      assert.deepEqual(
        [...first.items, ...next.items].map((each) => each.id),
        all,
      );
      assert.equal(next.nextCursor, null);
      const wrong = as("Ana")("approvals.list", { query: { cursor: Buffer.from("[7]").toString("base64url") } });
      assert.equal((await refusalOf(wrong)).code, "request/invalid");
      for (const each of all) await as("Rita")("approvals.withdraw", { params: { id: each } });
    });

    test("policies say which step cannot be, are kept from who saw an older one, and are undone", async () => {
      const wrong = await refusalOf(policy([{ who: people("Ana"), quorum: 2 }]));
      assert.equal(wrong.detail, "Step 1: it wants 2 to say yes, and names one.");
      assert.equal(
        (await refusalOf(policy([{ who: people("Cid"), quorum: 1 }]))).detail,
        "Step 1: one of those named is nobody here.",
      );
      const { requestId } = await head.full("approvalPolicies.put", {
        params: { kind: "leave" },
        body: { steps: [{ who: [{ kind: "role", role: "administrator" }], quorum: 1 }] },
      });
      await head("requests.undo", { params: { id: requestId! } });
      const shown = (await head("approvalPolicies.list", {})).items.find(({ kind }) => kind === "leave");
      assert.deepEqual([shown?.isDefault, shown?.people.map(({ name }) => name)], [false, ["Ana"]]);
      const unknown = head("approvalPolicies.put", {
        params: { kind: "unknown" },
        body: { steps: [{ who: [{ kind: "role", role: "owner" }], quorum: 1 }] },
      });
      assert.equal((await refusalOf(unknown)).code, "request/not-found");
      assert.equal((await refusalOf(as("Ana")("approvalPolicies.list", {}))).code, "request/forbidden");
    });

    test("deputies are named by oneself, for days, and not twice", async () => {
      const name = (body: object) => as("Ana")("deputies.create", { body: { deputyId: id("Dan"), ...body } });
      const details = [
        { deputyId: id("Ana") },
        { deputyId: id("Cid") },
        { from: "2030-02-02", until: "2030-02-01" },
      ].map(name);
      assert.deepEqual(await Promise.all(details.map(async (each) => (await refusalOf(each)).detail)), [
        "Nobody stands in for themselves.",
        "Who is to stand in is nobody here.",
        "It ends on 2030-02-01, before it begins on 2030-02-02.",
      ]);
      const { value: made, requestId } = await as("Ana").full("deputies.create", {
        body: { deputyId: id("Dan"), from: "2030-02-01", until: "2030-02-10" },
      });
      assert.deepEqual([made.deputy.name, made.isNow], ["Dan", false]);
      assert.equal(
        (await refusalOf(name({ from: "2030-02-10" }))).detail,
        "They stand in on some of these days already.",
      );
      assert.deepEqual((await as("Dan")("deputies.list", {})).items.map(({ person }) => person.name).sort(), [
        "Ana",
        "Ben",
      ]);
      assert.equal(
        (await refusalOf(as("Ben")("deputies.remove", { params: { id: made.id } }))).code,
        "request/not-found",
      );
      assert.equal(
        (await refusalOf(as("Ben")("deputies.list", { query: { personId: id("Ana") } }))).code,
        "request/forbidden",
      );
      await as("Ana")("requests.undo", { params: { id: requestId! } });
      assert.deepEqual((await as("Ana")("deputies.list", {})).items, []);
    });
  });
