import { refuseWork, type Refused } from "@hourwright/contract";
import { dayOfEntry, type Entry } from "@hourwright/roster";
import { shiftFaults } from "@hourwright/schedule";
import { dayText } from "../contracts/terms.ts";
import { entryOf, type Draft, type WrittenEdit } from "./model.ts";

// Pure: what becomes of the shifts of a draft by some edits.

export type Invalid = Refused<"workforce/draft-invalid">;
export type Closed = Refused<"workforce/draft-closed">;

/** Why a draft is changed no more; null while it is open. */
export function closedOf({ state, name, publishedMs }: Draft): Closed | null {
  if (state === "open") return null;
  const day = publishedMs === null ? null : Temporal.Instant.fromEpochMilliseconds(publishedMs).toString().slice(0, 10);
  return refuseWork("draft-closed", "closed", { name, state, day });
}

/** What edits come to: shifts as they are now, in the order of the edits, and which are gone. */
export type Edited = { readonly put: readonly Entry[]; readonly removed: readonly string[] };

/**
 * Applies edits one after the other. Refused: days outside of the draft, people it is not for, a shift out of order, and what
 * changes a shift that is not there. What speaks against a shift otherwise is told by the check, and refused when publishing.
 */
export function decideEdits(
  draft: Pick<Draft, "fromDay" | "toDay">,
  stands: ReadonlyMap<string, Entry>,
  edits: readonly WrittenEdit[],
  { mayPlan, newId }: { readonly mayPlan: (personId: string) => boolean; readonly newId: () => string },
): Edited | Invalid {
  const now = new Map<string, Entry | null>();
  const standing = (id: string) => (now.has(id) ? now.get(id)! : (stands.get(id) ?? null));
  for (const edit of edits) {
    const named = "remove" in edit ? edit.remove : "put" in edit ? (edit.put.id ?? null) : null;
    const before = named === null ? null : standing(named);
    if (named !== null && before === null) return refuseWork("draft-invalid", "no-shift", {});
    if (before !== null && before.personId !== null && !mayPlan(before.personId)) return notTheirs;
    const entry = entryOf(edit, newId);
    if (entry === null) {
      now.set(named!, null);
      continue;
    }
    const wrong = wrongEntry(draft, entry, before);
    if (wrong !== null) return wrong;
    if (entry.personId !== null && !mayPlan(entry.personId)) return notTheirs;
    now.set(entry.id, entry);
  }
  return {
    put: [...now.values()].filter((entry) => entry !== null),
    removed: [...now].flatMap(([id, entry]) => (entry === null && stands.has(id) ? [id] : [])),
  };
}

const notTheirs = refuseWork("draft-invalid", "not-theirs", {});

function wrongEntry(
  { fromDay, toDay }: Pick<Draft, "fromDay" | "toDay">,
  entry: Entry,
  before: Entry | null,
): Invalid | null {
  const day = dayOfEntry(entry);
  if (day < fromDay || day >= toDay)
    return refuseWork("draft-invalid", "outside", { day: dayText(day), from: dayText(fromDay), to: dayText(toDay) });
  if (before?.kind === "drop") return refuseWork("draft-invalid", "left-out", {});
  if (entry.kind === "drop") return null;
  const [fault] = shiftFaults(entry.shift);
  return fault === undefined
    ? null
    : refuseWork("draft-invalid", fault.code === "break" ? "break" : "shift", { sentence: fault.sentence });
}
