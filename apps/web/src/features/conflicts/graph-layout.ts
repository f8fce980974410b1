import type { ConflictGraph } from "../../data/conflict-graph.ts";
import { parseInstant } from "../../data/wall-clock.ts";

type Node = ConflictGraph["nodes"][number];
type Edge = ConflictGraph["edges"][number];

/** A thing as a bar of a row; `from` and `to` are parts of the group's width, 0 to 1. */
export type Bar = {
  readonly node: Node;
  readonly row: number;
  readonly from: number;
  readonly to: number;
};

/** A clash as a link from one row to another, over the time that both take. */
export type Link = {
  readonly edge: Edge;
  readonly rows: readonly [top: number, bottom: number];
  readonly from: number;
  readonly to: number;
};

/** What hangs together, on a time axis of its own. */
export type Group = {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly bars: readonly Bar[];
  readonly links: readonly Link[];
};

/** Shorter things are drawn as long, so that they can be seen and pressed. */
const PART_MIN = 0.06;

/**
 * A graph that reads as time: what hangs together is a group, groups by their start; in each the things by their start, one a row,
 * on an axis from the first to the last. The same graph is always drawn alike. O(n log n).
 */
export function groupsOf({ nodes, edges }: ConflictGraph): readonly Group[] {
  const rootOf = unite(nodes, edges);
  const edgesBy = Map.groupBy(edges, ({ from }) => rootOf(from));
  return [...Map.groupBy(nodes, ({ id }) => rootOf(id))]
    .map(([key, own]) => groupOf(key, own, edgesBy.get(key) ?? []))
    .sort((one, other) => one.startMs - other.startMs || (one.key < other.key ? -1 : 1));
}

function groupOf(key: string, nodes: readonly Node[], edges: readonly Edge[]): Group {
  const at = (text: string): number => parseInstant(text) ?? 0;
  const inOrder = nodes.toSorted(
    (a, b) => at(a.start) - at(b.start) || at(a.end) - at(b.end) || (a.id < b.id ? -1 : 1),
  );
  const startMs = Math.min(...nodes.map(({ start }) => at(start)));
  const endMs = Math.max(...nodes.map(({ end }) => at(end)), startMs + 1);
  const part = (from: number, to: number) => {
    const [low, high] = [(from - startMs) / (endMs - startMs), (to - startMs) / (endMs - startMs)];
    const length = Math.max(PART_MIN, high - low);
    const first = Math.max(0, Math.min(low, 1 - length));
    return { from: first, to: Math.min(1, first + length) };
  };
  const rowOf = new Map(inOrder.map(({ id }, row) => [id, row]));
  const links = edges.map((edge): Link => {
    const [one, other] = [rowOf.get(edge.from) ?? 0, rowOf.get(edge.to) ?? 0];
    return { edge, rows: [Math.min(one, other), Math.max(one, other)], ...part(at(edge.start), at(edge.end)) };
  });
  return {
    key,
    startMs,
    endMs,
    bars: inOrder.map((node, row) => ({ node, row, ...part(at(node.start), at(node.end)) })),
    links: links.sort((a, b) => a.from - b.from || a.rows[0] - b.rows[0] || a.rows[1] - b.rows[1]),
  };
}

/** Which group each node is of: the least id of all that it hangs together with. */
function unite(nodes: readonly Node[], edges: readonly Edge[]): (id: string) => string {
  const parents = new Map(nodes.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root) ?? root; next !== root; next = parents.get(root) ?? root) root = next;
    for (let each = id; each !== root;) {
      const next = parents.get(each) ?? root;
      parents.set(each, root);
      each = next;
    }
    return root;
  };
  for (const { from, to } of edges) {
    const [low, high] = [rootOf(from), rootOf(to)].sort() as [string, string];
    parents.set(high, low);
  }
  return rootOf;
}
