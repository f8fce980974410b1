import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { draftMinutes, edited, editsBack, editsToHave, withDraft, type DraftItem } from "./team-draft.ts";
import { paidMinutes, sameShift, type WallShift } from "./team-shift.ts";
import { anyCell, anyShift, itemsIn, PLACE } from "./team-testing.ts";

const asMap = (items: readonly DraftItem[]) => new Map(items.map((item) => [item.id, item]));
const counter = () => {
  let made = 0;
  return () => `new ${++made}`;
};
const cellWithItems = anyCell.chain((cell) => itemsIn(cell).map((items) => ({ cell, items })));
const wanted = fc.uniqueArray(anyShift, { maxLength: 4, selector: ({ fromMinute }) => fromMinute });

function assertSame(one: readonly WallShift[], other: readonly WallShift[]): void {
  const left = [...other];
  assert.equal(one.length, other.length);
  for (const shift of one) {
    const found = left.findIndex((each) => sameShift(each, shift));
    assert.notEqual(found, -1);
    left.splice(found, 1);
  }
}

describe("a cell in a draft", () => {
  test("comes to hold exactly what is wanted [TM6]", () => {
    fc.assert(
      fc.property(cellWithItems, wanted, ({ cell, items }, shifts) => {
        const after = edited(asMap(items), editsToHave(PLACE, cell, items, shifts, counter()));
        assertSame(withDraft(cell, [...after.values()]), shifts);
      }),
    );
  });

  test("needs no edit to hold what it holds [TM6]", () => {
    fc.assert(
      fc.property(cellWithItems, ({ cell, items }) => {
        const once = edited(asMap(items), editsToHave(PLACE, cell, items, withDraft(cell, items), counter()));
        const held = [...once.values()];
        assert.deepEqual(editsToHave(PLACE, cell, held, withDraft(cell, held), counter()), []);
      }),
    );
  });

  test("is as it was after the way back [TM7]", () => {
    fc.assert(
      fc.property(cellWithItems, wanted, ({ cell, items }, shifts) => {
        const before = asMap(items);
        const edits = editsToHave(PLACE, cell, items, shifts, counter());
        const back = edited(edited(before, edits), editsBack(before, edits));
        const byId = (all: ReadonlyMap<string, DraftItem>) =>
          [...all.values()].toSorted((one, other) => one.id.localeCompare(other.id));
        assert.deepEqual(byId(back), byId(before));
      }),
    );
  });

  test("counts what it adds and drops [TM5]", () => {
    fc.assert(
      fc.property(cellWithItems, ({ cell, items }) => {
        const sum = (shifts: readonly WallShift[]) => shifts.reduce((all, shift) => all + paidMinutes(shift), 0);
        const dropped = items.flatMap((item) =>
          item.kind === "drop" ? cell.shifts.filter(({ fromMinute }) => fromMinute === item.fromMinute) : [],
        );
        const added = items.flatMap((item) => (item.kind === "add" ? [item.shift] : []));
        assert.equal(draftMinutes(cell, items), sum(added) - sum(dropped));
      }),
    );
  });
});
