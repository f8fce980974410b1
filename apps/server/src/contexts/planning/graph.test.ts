// Strategy: a few conflicts by hand, then any: each is in exactly one edge, degrees are what the edges say.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { graphOf } from "./graph.ts";
import type { ShownConflict } from "./tell.ts";

const event = (id: string | null, start = "2027-03-01T09:00:00Z") => ({
  eventId: id,
  recurrenceId: null,
  uid: id ?? "",
  start,
  end: "2027-03-01T10:00:00Z",
  calendar: "",
  calendarId: null,
  summary: id ?? "Busy",
});
const conflict = (id: string, kind: string, sides: readonly (string | null)[], more: object = {}): ShownConflict => ({
  id,
  kind,
  start: "2027-03-01T09:00:00Z",
  end: "2027-03-01T10:00:00Z",
  severity: "must",
  subjects: ["Ana"],
  subjectIds: ["per_a"],
  explanation: "",
  events: sides.map((side) => event(side)),
  repairs: [],
  kept: null,
  ...more,
});
const move = (eventId: string) => ({
  id: "rep",
  what: "",
  why: "",
  confidence: 1,
  moves: [{ eventId, uid: eventId, recurrenceId: null, start: "", end: "" }],
});

describe("conflicts as a graph", () => {
  test("have one edge for a pair, with every kind that holds", () => {
    const { nodes, edges } = graphOf([
      conflict("1", "overlap", ["a", "b"], { severity: "look" }),
      conflict("2", "resource", ["b", "a"], { subjects: ["Hall"], kept: { by: "", byId: "", at: "", note: null } }),
      conflict("3", "overlap", ["b", "c"]),
    ]);
    assert.deepEqual(
      edges.map(({ kinds, severity, subjects, isKept }) => [kinds, severity, subjects, isKept]),
      [
        [["overlap", "resource"], "must", ["Ana", "Hall"], false],
        [["overlap"], "must", ["Ana"], false],
      ],
    );
    assert.deepEqual(
      nodes.map(({ title, conflicts }) => [title, conflicts]),
      [
        ["a", 1],
        ["b", 2],
        ["c", 1],
      ],
    );
  });

  test("say how well a thing could move, by the conflict in which it can best", () => {
    const repairs = [move("a"), move("a"), move("b"), move("a")];
    const { nodes } = graphOf([
      conflict("1", "overlap", ["a", "b"], { repairs }),
      conflict("2", "overlap", ["b", "c"]),
    ]);
    assert.deepEqual(
      nodes.map(({ title, flexibility }) => [title, Math.round(flexibility * 3)]),
      [
        ["a", 3],
        ["b", 1],
        ["c", 0],
      ],
    );
  });

  test("do not tell of two things that may only be known as busy whether they are one", () => {
    assert.equal(
      graphOf([conflict("1", "overlap", ["a", null]), conflict("2", "overlap", ["a", null])]).nodes.length,
      3,
    );
  });

  test("are each in exactly one edge, and degrees are what the edges say", () => {
    const side = fc.constantFrom("a", "b", "c", "d", "e");
    fc.assert(
      fc.property(fc.array(fc.tuple(side, side).filter(([one, other]) => one !== other)), (pairs) => {
        const { nodes, edges } = graphOf(pairs.map((sides, i) => conflict(String(i), "overlap", sides)));
        assert.deepEqual(edges.flatMap(({ conflictIds }) => conflictIds).sort(), pairs.map((_, i) => String(i)).sort());
        for (const { id, conflicts } of nodes)
          assert.equal(conflicts, edges.filter(({ from, to }) => from === id || to === id).length);
        assert.deepEqual(new Set(nodes.map(({ title }) => title)), new Set(pairs.flat()));
      }),
    );
  });
});
