import * as fc from "fast-check";
import type { TeamDay, TeamShift } from "./team-cells.ts";
import type { DraftItem } from "./team-draft.ts";
import type { WallShift } from "./team-shift.ts";

const QUARTERS_OF_DAY = 96;

/** A shift of some hours, by quarters, now and then with a break. */
export const anyShift: fc.Arbitrary<WallShift> = fc
  .tuple(
    fc.integer({ min: 0, max: QUARTERS_OF_DAY - 1 }),
    fc.integer({ min: 4, max: 48 }),
    fc.boolean(),
    fc.constantFrom(null, "Pool", "Desk"),
  )
  .map(([start, length, hasBreak, site]) => {
    const [fromMinute, toMinute] = [start * 15, (start + length) * 15];
    const breaks = hasBreak ? [{ fromMinute: fromMinute + 15, toMinute: fromMinute + 45, isPaid: false }] : [];
    return { name: "", kind: "work" as const, fromMinute, toMinute, breaks, site };
  });

const standing = (shift: WallShift): TeamShift => ({ ...shift, layer: "contract", sourceId: null, isChanged: false });

/** A cell with shifts that begin at different times. */
export const anyCell: fc.Arbitrary<TeamDay> = fc
  .uniqueArray(anyShift, { maxLength: 3, selector: ({ fromMinute }) => fromMinute })
  .map((shifts) => ({
    shifts: shifts.map(standing),
    pending: [],
    absence: null,
    pendingAbsence: null,
    holiday: null,
    workedMinutes: 0,
    creditedMinutes: 0,
  }));

/** Items of a draft in one cell: some of what stands is dropped, something else is added. */
export const itemsIn = (cell: TeamDay): fc.Arbitrary<readonly DraftItem[]> =>
  fc.tuple(fc.subarray([...cell.shifts]), fc.array(anyShift, { maxLength: 3 })).map(([dropped, added]) => [
    ...dropped.map(({ fromMinute }, index): DraftItem => ({
      id: `drop ${index}`,
      kind: "drop",
      ...PLACE,
      fromMinute,
    })),
    ...added.map((shift, index): DraftItem => ({ id: `add ${index}`, kind: "add", ...PLACE, shift, skillId: null })),
  ]);

export const PLACE = { personId: "per_1", day: 20_000 } as const;
