import type { TeamDay, TeamShift } from "./team-cells.ts";
import { paidMinutes, sameShift, type WallShift } from "./team-shift.ts";

/** What a draft holds: shifts to come (of nobody: open ones), and standing ones that are to go. Days are epoch days. */
export type DraftItem =
  | {
      readonly id: string;
      readonly kind: "add";
      readonly personId: string | null;
      readonly day: number;
      readonly shift: WallShift;
      readonly skillId: string | null;
    }
  | {
      readonly id: string;
      readonly kind: "drop";
      readonly personId: string;
      readonly day: number;
      readonly fromMinute: number;
    };

export type DraftEdit =
  | {
      readonly put: {
        readonly id: string;
        readonly personId: string | null;
        readonly day: number;
        readonly shift: WallShift;
        readonly skillId: string | null;
      };
    }
  | { readonly remove: string }
  | {
      readonly drop: {
        readonly id: string;
        readonly personId: string;
        readonly day: number;
        readonly fromMinute: number;
      };
    };

/** A draft by cell: the same value until one of its items changes. */
export type DraftItems = ReadonlyMap<string, DraftItem>;

export const cellKey = (personId: string | null, day: number): string => `${personId ?? ""} ${day}`;

/** The items of each cell, in the order in which they came. */
export function itemsByCell(items: DraftItems): ReadonlyMap<string, readonly DraftItem[]> {
  const cells = new Map<string, DraftItem[]>();
  for (const item of items.values()) {
    const key = cellKey(item.personId, item.day);
    const known = cells.get(key);
    if (known === undefined) cells.set(key, [item]);
    else known.push(item);
  }
  return cells;
}

const NONE: readonly DraftItem[] = [];

/** What a cell would hold with a draft: standing shifts that are not dropped, then those of the draft, by their begin [TM5]. */
export function withDraft(cell: TeamDay, items: readonly DraftItem[] = NONE): readonly TeamShift[] {
  if (items.length === 0) return cell.shifts;
  const dropped = new Set(items.flatMap((item) => (item.kind === "drop" ? [item.fromMinute] : [])));
  const added = items.flatMap((item): TeamShift[] =>
    item.kind === "add" ? [{ ...item.shift, layer: "draft", sourceId: item.id, isChanged: false }] : [],
  );
  return [...cell.shifts.filter(({ fromMinute }) => !dropped.has(fromMinute)), ...added].toSorted(
    (one, other) => one.fromMinute - other.fromMinute,
  );
}

/** Paid minutes that a draft adds to a cell, or takes from it. */
export function draftMinutes(cell: TeamDay, items: readonly DraftItem[]): number {
  const all = (shifts: readonly WallShift[]) =>
    shifts.reduce((sum, shift) => sum + (shift.kind === "on-call" ? 0 : paidMinutes(shift)), 0);
  return all(withDraft(cell, items)) - all(cell.shifts);
}

/**
 * The fewest edits by which a cell comes to hold exactly the wanted shifts [TM6]: what stands and is wanted stays or comes
 * back, what stands and is not goes, items of the draft are used again before new ones are made. `newId` names those.
 */
export function editsToHave(
  at: { readonly personId: string | null; readonly day: number },
  cell: TeamDay,
  items: readonly DraftItem[],
  wanted: readonly WallShift[],
  newId: () => string,
): readonly DraftEdit[] {
  const edits: DraftEdit[] = [];
  const left = [...wanted];
  const take = (shift: WallShift): boolean => {
    const found = left.findIndex((each) => sameShift(each, shift));
    if (found !== -1) left.splice(found, 1);
    return found !== -1;
  };
  for (const shift of cell.shifts) {
    const drop = items.find((item) => item.kind === "drop" && item.fromMinute === shift.fromMinute);
    if (take(shift)) {
      if (drop !== undefined) edits.push({ remove: drop.id });
    } else if (drop === undefined && at.personId !== null)
      edits.push({ drop: { id: newId(), personId: at.personId, day: at.day, fromMinute: shift.fromMinute } });
  }
  const adds = items.filter((item) => item.kind === "add");
  const free = adds.filter((item) => !take(item.shift));
  for (const shift of left) {
    const again = free.shift();
    edits.push({ put: { ...at, id: again?.id ?? newId(), shift: plain(shift), skillId: again?.skillId ?? null } });
  }
  for (const item of free) edits.push({ remove: item.id });
  return edits;
}

/** What a shift is beside where it stands. */
function plain({ name, kind, fromMinute, toMinute, breaks, site }: WallShift): WallShift {
  return { name, kind, fromMinute, toMinute, breaks, site };
}

/** The draft after edits; what is removed and not there is passed over [TM7]. */
export function edited(items: DraftItems, edits: readonly DraftEdit[]): DraftItems {
  const next = new Map(items);
  for (const edit of edits) {
    if ("remove" in edit) next.delete(edit.remove);
    else if ("drop" in edit) next.set(edit.drop.id, { kind: "drop", ...edit.drop });
    else next.set(edit.put.id, { kind: "add", ...edit.put });
  }
  return next;
}

/** The edits that lead back from what `edits` do to `items` [TM7]. */
export function editsBack(items: DraftItems, edits: readonly DraftEdit[]): readonly DraftEdit[] {
  const touched = new Set(edits.map(idOf));
  const after = edited(items, edits);
  return [...touched].flatMap((id): DraftEdit[] => {
    const was = items.get(id);
    if (was === undefined) return after.has(id) ? [{ remove: id }] : [];
    if (after.get(id) === was) return [];
    const { kind, ...rest } = was;
    return kind === "drop"
      ? [{ drop: rest as Extract<DraftEdit, { drop: unknown }>["drop"] }]
      : [{ put: rest as Extract<DraftEdit, { put: unknown }>["put"] }];
  });
}

const idOf = (edit: DraftEdit): string =>
  "remove" in edit ? edit.remove : "drop" in edit ? edit.drop.id : edit.put.id;
