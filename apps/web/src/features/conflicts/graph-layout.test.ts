import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { ConflictGraph } from "../../data/conflict-graph.ts";
import { groupsOf } from "./graph-layout.ts";

const at = (minute: number) => Temporal.Instant.from("2027-03-01T00:00:00Z").add({ minutes: minute }).toString();

/** Things from minute to minute, and which of them clash. */
function graph(
  spans: readonly (readonly [number, number])[],
  pairs: readonly (readonly [number, number])[],
): ConflictGraph {
  return {
    nodes: spans.map(([from, minutes], i) => ({
      id: `n${String(i).padStart(2, "0")}`,
      eventId: null,
      recurrenceId: null,
      title: `Thing ${i}`,
      start: at(from),
      end: at(from + minutes),
      flexibility: 0,
      conflicts: 1,
    })),
    edges: pairs.map(([one, other]) => ({
      from: `n${String(one).padStart(2, "0")}`,
      to: `n${String(other).padStart(2, "0")}`,
      kinds: ["overlap"],
      severity: "must" as const,
      conflictIds: [`${one}-${other}`],
      subjects: ["Ana"],
      start: at(spans[other]![0]),
      end: at(spans[other]![0] + 10),
      isKept: false,
    })),
    isCut: false,
  };
}

const anyGraph = fc
  .array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 600 })), { minLength: 2, maxLength: 15 })
  .chain((spans) => {
    const node = fc.nat(spans.length - 1);
    const pairs = fc.array(
      fc.tuple(node, node).filter(([one, other]) => one !== other),
      { maxLength: 15 },
    );
    return pairs.map((given) => ({ spans, pairs: given }));
  });

describe("conflicts laid out by time", () => {
  test("stand in groups of what hangs together, each thing and each clash once, groups by their start", () => {
    fc.assert(
      fc.property(anyGraph, ({ spans, pairs }) => {
        const given = graph(spans, pairs);
        const groups = groupsOf(given);
        assert.equal(groups.flatMap(({ bars }) => bars).length, spans.length);
        assert.equal(groups.flatMap(({ links }) => links).length, pairs.length);
        for (const { bars, links } of groups) {
          const ids = bars.map(({ node }) => node.id);
          // Whoever can be reached is in it: an obvious walk.
          const reached = new Set([ids[0]!]);
          for (let before = -1; before !== reached.size;) {
            before = reached.size;
            for (const { from, to } of given.edges) if (reached.has(from) || reached.has(to)) reached.add(from).add(to);
          }
          assert.deepEqual([...reached].sort(), ids.toSorted());
          assert.deepEqual(
            bars.map(({ row }) => row),
            bars.map((_, row) => row),
          );
          for (const { from, to } of [...bars, ...links]) assert.ok(from >= 0 && to <= 1 && to - from >= 0.0599);
          for (const { rows } of links) assert.ok(rows[0] < rows[1] && rows[1] < bars.length);
        }
        const starts = groups.map(({ startMs }) => startMs);
        assert.deepEqual(
          starts,
          starts.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  test("are drawn alike in whatever order they come", () => {
    fc.assert(
      fc.property(anyGraph, ({ spans, pairs }) => {
        const given = graph(spans, pairs);
        const turned = { ...given, nodes: given.nodes.toReversed(), edges: given.edges };
        assert.deepEqual(groupsOf(turned), groupsOf(given));
      }),
    );
  });

  test("lie on an axis from the first to the last", () => {
    const [group] = groupsOf(
      graph(
        [
          [0, 60],
          [30, 60],
        ],
        [[0, 1]],
      ),
    );
    const parts = group!.bars.map(({ from, to }) => [from, to].map((each) => Math.round(each * 90)));
    assert.deepEqual(parts, [
      [0, 60],
      [30, 90],
    ]);
  });
});
