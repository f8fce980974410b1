import type { Glyph as Kind } from "@hourwright/timeline";

/** The sign for a kind of conflict as the server names it. */
export function glyphOf(conflictKind: string): Kind {
  switch (conflictKind) {
    case "resource":
    case "travel":
      return conflictKind;
    case "load":
    case "capacity":
      return "load";
    default:
      return "time";
  }
}
