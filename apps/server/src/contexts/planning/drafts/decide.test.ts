// Strategy: a table of sentences for what may be proposed and who decides what; then properties of what becomes of a proposal, and
// of moves that are made as one.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { catalogue, isRefused, type Operation } from "@hourwright/contract";
import { accepting, asKept, ending, eventsOf, expiryOf, stateOf, stepsOf, whyNotProposable } from "./decide.ts";
import type { Draft, DraftChange } from "./model.ts";

const NOW = Temporal.Instant.from("2035-03-06T10:00:00Z").epochMilliseconds;
const DAY_MS = 86_400_000;
const nothing = { params: {}, query: {} };
const move = (eventId: string, recurrenceId: string | null = null, preventConflicts = true) =>
  ({
    id: "events.move",
    input: { ...nothing, body: { moves: [{ eventId, recurrenceId, start: "s", end: "e" }], preventConflicts } },
  }) as const;
const change = (call: DraftChange["call"] = move("evt_1")): DraftChange => ({ call, reason: null, based: [] });
const taken = (personId: string, atMs = NOW) => ({ requestId: `req_${personId}`, personId, atMs });
const draft = (more: Partial<Draft> = {}): Draft => ({
  id: "drf_1",
  title: "Week 12",
  note: null,
  source: "hand",
  makerId: "maker",
  reviewers: ["reviewer"],
  changes: [change(), change(), change()],
  taken: [null, null, null],
  ended: null,
  madeSeq: 1,
  madeMs: NOW - DAY_MS,
  expiresMs: NOW + DAY_MS,
  ...more,
});
const codeOf = (answer: unknown): string => (isRefused(answer) ? answer.refused.code : "fits");
const by = (personId: string) => ({ requestId: "req_new", personId, nowMs: NOW });

describe("what may be proposed", () => {
  const table: [string, string, unknown, string | null][] = [
    ["a move", "events.move", {}, null],
    ["an event", "events.create", {}, null],
    ["a rule", "rules.create", {}, null],
    ["nothing that there is", "events.dance", {}, "There is no operation events.dance."],
    ["looking", "events.list", {}, "events.list cannot be proposed."],
    ["a proposal", "proposals.create", {}, "proposals.create cannot be proposed."],
    ["accepting a proposal", "proposals.accept", {}, "proposals.accept cannot be proposed."],
    ["what undo is made of", "objects.put", {}, "objects.put cannot be proposed."],
    ["signing out", "auth.signOut", {}, "auth.signOut cannot be proposed."],
    ["a property of objects", "constructor", {}, "There is no operation constructor."],
    ["a book", "events.create", { body: "x".repeat(20_000) }, "Its input is longer than 16384 bytes."],
  ];
  for (const [what, id, input, why] of table)
    test(`${what}: ${why ?? "yes"}`, () => assert.equal(whyNotProposable({ id, input }), why));

  test("is a command that assistants may propose, and nothing from within", () => {
    const entries = (Object.values(catalogue) as Operation[]).filter(({ proposable }) => proposable === true);
    assert.ok(entries.length > 3);
    for (const { id, kind, mcp, internal, mayLast, upload, publicBy } of entries)
      assert.deepEqual(
        [kind, mcp, internal, mayLast, upload, publicBy],
        ["command", "propose", undefined, undefined, undefined, undefined],
        id,
      );
  });

  test("never goes where it does not say", () => {
    const body = { title: "Yoga", conflictResolution: "auto" };
    assert.deepEqual(asKept({ id: "events.create", input: { ...nothing, body } }).input.body, {
      title: "Yoga",
      conflictResolution: "manual",
    });
  });

  test("is over in fourteen days, or when somebody says, within thirty", () => {
    assert.equal(expiryOf(null, NOW), NOW + 14 * DAY_MS);
    assert.equal(expiryOf(NOW + DAY_MS, NOW), NOW + DAY_MS);
    assert.equal(codeOf(expiryOf(NOW, NOW)), "planning/proposal-invalid");
    assert.equal(codeOf(expiryOf(NOW + 31 * DAY_MS, NOW)), "planning/proposal-invalid");
  });
});

describe("what becomes of a proposal", () => {
  const all = [taken("a"), taken("b", NOW + 5), taken("a", NOW + 1)];
  const states: [string, Partial<Draft>, string][] = [
    ["nobody has said anything", {}, "open"],
    ["some of it is accepted", { taken: [taken("a"), null, null] }, "open"],
    ["all of it is accepted", { taken: all }, "accepted"],
    ["all of it is accepted and its time is over", { taken: all, expiresMs: NOW }, "accepted"],
    ["its time is over", { expiresMs: NOW }, "expired"],
    ["somebody has declined it", { ended: { how: "declined", personId: "reviewer", atMs: NOW } }, "declined"],
    ["it was taken back", { ended: { how: "withdrawn", personId: "maker", atMs: NOW } }, "withdrawn"],
  ];
  for (const [what, more, is] of states)
    test(`${what}: ${is}`, () => {
      assert.equal(stateOf(draft(more), NOW).is, is);
      assert.equal(
        codeOf(accepting(draft(more), null, by("reviewer"))),
        is === "open" ? "fits" : "planning/proposal-over",
      );
      assert.equal(
        codeOf(ending(draft(more), "declined", by("reviewer"))),
        is === "open" ? "fits" : "planning/proposal-over",
      );
    });

  test("who accepted the last of it is named", () => {
    assert.deepEqual(stateOf(draft({ taken: all }), NOW), { is: "accepted", personId: "b" });
  });

  const refusals: [string, () => unknown, string][] = [
    ["its maker declines it", () => ending(draft(), "declined", by("maker")), "planning/proposal-not-yours"],
    ["somebody else takes it back", () => ending(draft(), "withdrawn", by("reviewer")), "planning/proposal-not-yours"],
    ["a change is named that is none", () => accepting(draft(), [3], by("maker")), "planning/proposal-invalid"],
    [
      "a change is accepted a second time",
      () => accepting(draft({ taken: [taken("a"), null, null] }), [0, 1], by("maker")),
      "planning/proposal-over",
    ],
    ["its maker takes it back", () => ending(draft(), "withdrawn", by("maker")), "fits"],
    ["its maker accepts", () => accepting(draft(), [2, 0, 2], by("maker")), "fits"],
  ];
  for (const [what, run, code] of refusals) test(`${what}: ${code}`, () => assert.equal(codeOf(run()), code));

  test("accepting in parts, in any order, accepts each change once, and all in the end", () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(2), { minLength: 1 }), { maxLength: 6 }), (parts) => {
        let now = draft();
        const done = new Set<number>();
        for (const part of parts) {
          const state = stateOf(now, NOW);
          const answer = accepting(now, part, by("reviewer"));
          const isNew = state.is === "open" && part.every((index) => !done.has(index));
          assert.equal(codeOf(answer), isNew ? "fits" : "planning/proposal-over");
          if (isRefused(answer)) continue;
          assert.deepEqual(
            answer.indexes,
            part.toSorted((one, other) => one - other),
          );
          now = { ...now, ...answer.fate };
          for (const index of part) done.add(index);
        }
        const left = [0, 1, 2].filter((index) => !done.has(index));
        const state = stateOf(now, NOW);
        assert.deepEqual(state.is === "open" ? state.left : [], left);
      }),
    );
  });
});

describe("changes as calls", () => {
  test("name the events that they touch", () => {
    const id = "evt_1";
    const update = {
      id: "events.update",
      input: { params: { id }, query: {}, body: { recurrenceId: "20350306" } },
    } as const;
    const scoped = (scope: string) =>
      ({
        id: "events.remove",
        input: { params: { id }, query: { recurrenceId: "20350306", scope }, body: undefined },
      }) as const;
    const [following, date] = [scoped("following"), scoped("this")];
    const remove = { id: "events.remove", input: { params: { id }, query: {}, body: undefined } } as const;
    const create = { id: "events.create", input: { ...nothing, body: { title: "Yoga" } } } as const;
    assert.deepEqual(
      [update, following, date, remove, create, move(id), move(id, "20350306")].map((call) => eventsOf(call)),
      [
        [{ id, recurrenceId: null, isWhole: true }],
        [{ id, recurrenceId: "20350306", isWhole: true }],
        [{ id, recurrenceId: "20350306", isWhole: false }],
        [{ id, recurrenceId: null, isWhole: true }],
        [],
        [{ id, recurrenceId: null, isWhole: true }],
        [{ id, recurrenceId: "20350306", isWhole: false }],
      ],
    );
  });

  test("make neighbouring moves in one taking of time, as long as each event is moved once and in one way", () => {
    const ids = fc.constantFrom("evt_1", "evt_2", "evt_3", "evt_4");
    const dates = fc.constantFrom(null, "20350306", "20350307");
    const create = { id: "events.create", input: { ...nothing, body: {} } } as const;
    const calls = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(ids, dates, fc.boolean()).map(([id, date, is]) => move(id, date, is)) },
      { weight: 1, arbitrary: fc.constant(create) },
    );
    fc.assert(
      fc.property(fc.array(calls, { maxLength: 12 }), (list) => {
        const steps = stepsOf(list.map((call, index) => ({ call, index })));
        assert.deepEqual(
          steps.flatMap(({ indexes }) => indexes),
          list.map((_, index) => index),
        );
        for (const { call, indexes } of steps) {
          if (indexes.length === 1) continue;
          const { moves } = call.input.body as { moves: { eventId: string; recurrenceId: string | null }[] };
          assert.deepEqual(
            moves,
            indexes.flatMap((index) => (list[index]!.input.body as { moves: object[] }).moves),
          );
          const keys = moves.map(({ eventId, recurrenceId }) => `${eventId} ${recurrenceId}`);
          assert.equal(new Set(keys).size, keys.length);
          for (const { eventId, recurrenceId } of moves)
            if (recurrenceId === null) assert.equal(moves.filter((each) => each.eventId === eventId).length, 1);
        }
      }),
    );
  });
});
