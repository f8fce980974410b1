import type { ShownConflict } from "./tell.ts";

// Pure: conflicts as a graph. What clashes is a node, that it clashes an edge.

export type ConflictGraph = {
  readonly nodes: {
    id: string;
    eventId: string | null;
    recurrenceId: string | null;
    title: string;
    start: string;
    end: string;
    /** 0: none of the repairs that are looked at moves it; 1: `FLEXIBLE_FROM` of them do, or more. */
    flexibility: number;
    conflicts: number;
  }[];
  readonly edges: {
    from: string;
    to: string;
    kinds: string[];
    severity: ShownConflict["severity"];
    conflictIds: string[];
    subjects: string[];
    start: string;
    end: string;
    isKept: boolean;
  }[];
};

/** Repairs looked at for each conflict, and from how many on something is as flexible as can be. */
export const REPAIRS_FOR_FLEXIBILITY = 5;
const FLEXIBLE_FROM = 3;

const SEVERITIES: readonly ShownConflict["severity"][] = ["must", "should", "look"];

/** The graph of some conflicts: one edge for each pair, with every kind that holds. O(conflicts). */
export function graphOf(conflicts: readonly ShownConflict[]): ConflictGraph {
  const nodes = new Map<string, ConflictGraph["nodes"][number]>();
  const edges = new Map<string, ConflictGraph["edges"][number]>();
  for (const conflict of conflicts) {
    const ids = conflict.events.map((event, i) => nodeOf(conflict, event, i));
    const [from, to] = [...ids].sort() as [string, string];
    const key = `${from} ${to}`;
    const edge = edges.get(key);
    if (edge === undefined) {
      const { kind, severity, id, subjects, start, end, kept } = conflict;
      edges.set(key, {
        from,
        to,
        kinds: [kind],
        severity,
        conflictIds: [id],
        subjects: [...subjects],
        start,
        end,
        isKept: kept !== null,
      });
      for (const node of ids) nodes.get(node)!.conflicts++;
    } else {
      edge.kinds.push(conflict.kind);
      edge.conflictIds.push(conflict.id);
      edge.subjects = [...new Set([...edge.subjects, ...conflict.subjects])];
      edge.isKept &&= conflict.kept !== null;
      if (SEVERITIES.indexOf(conflict.severity) < SEVERITIES.indexOf(edge.severity)) edge.severity = conflict.severity;
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };

  function nodeOf(
    conflict: ShownConflict,
    { eventId, recurrenceId, start, end, summary }: ShownConflict["events"][number],
    side: number,
  ): string {
    // What may only be known as busy has no id: it is told apart by the conflict that it is in.
    const id = eventId === null ? `${conflict.id}/${side}` : [eventId, recurrenceId ?? "", start].join("/");
    const moving = conflict.repairs.filter(({ moves }) =>
      moves.some((move) => move.eventId === eventId && move.recurrenceId === recurrenceId),
    ).length;
    const flexibility = Math.min(1, moving / FLEXIBLE_FROM);
    const known = nodes.get(id);
    if (known === undefined)
      nodes.set(id, { id, eventId, recurrenceId, title: summary, start, end, flexibility, conflicts: 0 });
    else known.flexibility = Math.max(known.flexibility, flexibility);
    return id;
  }
}
