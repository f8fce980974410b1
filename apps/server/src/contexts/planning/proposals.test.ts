// Several repairs looked at, and applied, as one; and the list of what was put right.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { clashesOf, type Clashes } from "./testing.ts";

describe("proposals", () => {
  let server: TestServer;
  let coordinator: Client;
  let member: Client;
  let clash: Clashes["clash"];
  before(async () => {
    server = await startTestServer();
    [coordinator, member] = (await Promise.all([COORDINATOR, MEMBER].map((email) => server.signedIn(email)))) as [
      Client,
      Client,
    ];
    ({ clash } = clashesOf(coordinator));
  });
  after(() => server[Symbol.asyncDispose]());

  const check = (repairs: string[]) => coordinator("proposals.check", { body: { repairs } });
  const apply = (repairs: string[]) => coordinator("proposals.apply", { body: { repairs } });
  const undo = (requestId: string) => coordinator("requests.undo", { params: { id: requestId } });
  const resolved = (client = coordinator) => client("conflicts.resolved", { query: { limit: 200 } });

  /** Two conflicts of different weeks, with their first repairs: moves, to another day when that is said. */
  async function two(isElsewhere = false) {
    const halls = [await clash(), await clash()];
    const conflicts = await Promise.all(halls.map(async ({ detect }) => (await detect())[0]!));
    const repairs = conflicts.map(({ start, repairs }) =>
      repairs.find(
        ({ what, moves }) =>
          what.startsWith("Move") && (!isElsewhere || moves[0]!.start.slice(0, 10) !== start.slice(0, 10)),
      )!,
    );
    return { halls, conflicts, repairs, ids: repairs.map(({ id }) => id) };
  }

  test("tell what all of them together would do, and change nothing", async () => {
    const { halls, conflicts, repairs, ids } = await two();
    const before = await Promise.all(halls.map(({ times }) => times()));
    const checked = await check(ids);
    assert.deepEqual(
      checked.repairs.map(({ state, repair, conflictId }) => [state, repair, conflictId]),
      repairs.map((repair, i) => ["ready", repair, conflicts[i]!.id]),
    );
    assert.deepEqual([...checked.solved].sort(), conflicts.map(({ id }) => id).sort());
    assert.equal(checked.made, 0);
    for (const [i, { before }] of checked.repairs.entries()) {
      const side = conflicts[i]!.events.find(({ eventId }) => eventId === repairs[i]!.moves[0]!.eventId)!;
      assert.deepEqual(before, [{ start: side.start, end: side.end }]);
    }
    assert.deepEqual(await Promise.all(halls.map(({ times }) => times())), before);
  });

  test("are applied as one step, undone and redone as one", async () => {
    const { halls, ids } = await two();
    const before = await Promise.all(halls.map(({ times }) => times()));
    const { requestId, summary, changed } = await apply(ids);
    assert.deepEqual([summary, changed.length], ["Applied 2 repairs", 2]);
    for (const { detect } of halls) assert.deepEqual(await detect(), []);
    const standing = (await resolved()).items.filter((each) => each.requestId === requestId);
    assert.equal(standing.length, 2);

    const undone = await undo(requestId);
    assert.deepEqual(await Promise.all(halls.map(({ times }) => times())), before);
    assert.ok(!(await resolved()).items.some(({ id }) => standing.some((each) => each.id === id)));

    const redone = await undo(undone.requestId);
    for (const { detect } of halls) assert.deepEqual(await detect(), []);
    const again = (await resolved()).items.filter((each) => each.requestId === redone.requestId);
    assert.deepEqual(again.map(({ id }) => id).sort(), standing.map(({ id }) => id).sort());
  });

  test("that move two dates of one series are undone and redone as one", async () => {
    const { day, create, detect, times } = await clash({ rrule: "FREQ=WEEKLY;COUNT=3" });
    await create("Judo", "10:30", "11:30", { day: Temporal.PlainDate.from(day).add({ weeks: 1 }).toString() });
    const before = await times();
    const repairs = (await detect()).map(({ repairs }) => repairs.find(({ what }) => what.startsWith("Move “Yoga”"))!);
    const { requestId } = await apply(repairs.map(({ id }) => id));
    assert.deepEqual(await detect(), []);
    const repaired = await times();

    const undone = await undo(requestId);
    assert.deepEqual(await times(), before);
    assert.equal((await detect()).length, 2);
    const redone = await undo(undone.requestId);
    assert.deepEqual(await times(), repaired);
    await undo(redone.requestId);
    assert.deepEqual(await times(), before);
  });

  test("that repair all that can be repaired in the demo's year are undone and redone as one", async () => {
    const timeRange = { start: "2026-09-01T00:00:00Z", end: "2027-09-01T00:00:00Z" };
    const detect = async () => (await coordinator("ai.detectConflicts", { body: { timeRange } })).conflicts;
    const before = await detect();
    const checked = await check(before.flatMap(({ repairs }) => repairs[0]?.id ?? []));
    const ids = checked.repairs.flatMap(({ repair }) => repair?.id ?? []);
    assert.ok(ids.length > 10, `${ids.length} repairs`);
    const { requestId } = await apply(ids);
    const left = await detect();
    assert.ok(left.length <= before.length - ids.length, `${left.length} of ${before.length} conflicts left`);

    const idsOf = (conflicts: typeof before) => conflicts.map(({ id }) => id);
    const undone = await undo(requestId);
    assert.deepEqual(idsOf(await detect()), idsOf(before));
    await undo(undone.requestId);
    assert.deepEqual(idsOf(await detect()), idsOf(left));
  });

  test("say what went meanwhile, what comes instead, and are refused as a whole until that is asked for", async () => {
    const { halls, repairs, ids } = await two(true);
    const { start, end } = repairs[1]!.moves[0]!;
    await member("events.create", {
      body: { title: "Mine now", start, end, resourceIds: [halls[1]!.hall.id], preventConflicts: false },
    });
    const checked = await check(ids);
    assert.deepEqual(
      checked.repairs.map(({ state }) => state),
      ["ready", "changed"],
    );
    const instead = checked.repairs[1]!.repair!;
    assert.notDeepEqual(instead.moves[0]!.start, start);
    const before = await Promise.all(halls.map(({ times }) => times()));
    assert.equal((await refusalOf(apply(ids))).code, "planning/repair-stale");
    assert.deepEqual(await Promise.all(halls.map(({ times }) => times())), before);
    await apply([ids[0]!, instead.id]);
    for (const { detect } of halls) assert.deepEqual(await detect(), []);
  });

  test("leave out what one before them solves, and know what is gone", async () => {
    const { create, detect } = await clash();
    await create("Aikido", "10:30", "11:30");
    const conflicts = await detect();
    assert.equal(conflicts.length, 3);
    // Yoga goes away from both at once: the second of its conflicts needs nothing any more.
    const ofYoga = conflicts.filter(({ events }) => events.some(({ summary }) => summary === "Yoga"));
    const ids = ofYoga.map(({ repairs }) => repairs.find(({ what }) => what.startsWith("Move “Yoga”"))!.id);
    const gone = `rep_${"0".repeat(26)}_00000000`;
    const checked = await check([...ids, gone, "nonsense"]);
    assert.deepEqual(
      checked.repairs.map(({ state, conflictId }) => [state, conflictId !== null]),
      [
        ["ready", true],
        ["solved", true],
        ["gone", true],
        ["gone", false],
      ],
    );
    assert.deepEqual([...checked.solved].sort(), ofYoga.map(({ id }) => id).sort());
    assert.equal((await refusalOf(apply([...ids, gone]))).code, "planning/conflict-gone");
    assert.equal((await apply(ids)).changed.length, 1);
    assert.deepEqual(
      (await detect()).map(({ id }) => id),
      conflicts.filter((each) => !ofYoga.includes(each)).map(({ id }) => id),
    );
  });

  test("are listed when they are applied: what clashed, what went where, who did it, for those who may know", async () => {
    const { halls, repairs, conflicts } = await two();
    await coordinator("repairs.apply", { params: { id: repairs[0]!.id } });
    const { name } = await coordinator("me.read", {});
    const [newest] = (await resolved(member)).items;
    const side = conflicts[0]!.events.find(({ eventId }) => eventId === repairs[0]!.moves[0]!.eventId)!;
    assert.deepEqual([newest!.by, newest!.mine, newest!.kind], [name, false, "resource"]);
    assert.deepEqual(newest!.events.toSorted(), ["Judo", "Yoga"]);
    assert.deepEqual(newest!.moves, [
      {
        eventId: side.eventId,
        summary: side.summary,
        from: { start: side.start, end: side.end },
        to: { start: repairs[0]!.moves[0]!.start, end: repairs[0]!.moves[0]!.end },
        add: [],
        remove: [],
        rest: null,
      },
    ]);
    assert.equal((await resolved()).items[0]!.mine, true);
    await coordinator("calendars.update", { params: { id: halls[0]!.calendar.id }, body: { sharing: "private" } });
    assert.ok(!(await resolved(member)).items.some(({ id }) => id === newest!.id));
  });

  test("are listed page by page, each once", async () => {
    const all = (await resolved()).items.map(({ id }) => id);
    assert.ok(all.length >= 4);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await coordinator("conflicts.resolved", {
        query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) },
      });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(paged, all);
    assert.equal((await refusalOf(coordinator("conflicts.resolved", { query: { cursor: "x" } }))).status, 400);
  });
});
