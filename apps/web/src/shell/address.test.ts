import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { LAYERS } from "@hourwright/timeline";
import { LAYERS_SHOWN, parseAddress, PLACES, printAddress, TABS, ZOOMS, type Address } from "./address.ts";

const THIS_YEAR = 2027;
const plain: Address = {
  place: "year",
  year: 2027,
  on: null,
  who: [],
  main: null,
  zones: null,
  conflict: null,
  tab: "open",
  zoom: "year",
  layers: LAYERS_SHOWN,
};

const READ: readonly (readonly [text: string, Address])[] = [
  ["/", plain],
  ["/year/2030", { ...plain, year: 2030 }],
  ["/year/2027?on=2027-03-25", { ...plain, on: { year: 2027, month: 3, day: 25 } }],
  ["/year?on=2026-03-25", { ...plain, year: 2026, on: { year: 2026, month: 3, day: 25 } }],
  ["/conflicts/2027?conflict=cfl_1", { ...plain, place: "conflicts", conflict: "cfl_1" }],
  ["/conflicts/2027?tab=kept", { ...plain, place: "conflicts", tab: "kept" }],
  ["/year/2027?tab=kept", plain],
  ["/year/2027?people=per_1,res_2&calendars=cal_3", { ...plain, who: ["per_1", "res_2", "cal_3"] }],
  ["/year/2027?zoom=month&layer=capacity,focus", { ...plain, zoom: "month", layers: ["capacity", "focus"] }],
  ["/year/2027?zoom=atoms&layer=focus,capacity,dust", { ...plain, layers: ["capacity", "focus"] }],
  ["/year/2027?layer=", { ...plain, layers: [] }],
  ["/week/2027?on=2027-03-18", { ...plain, place: "week", on: { year: 2027, month: 3, day: 18 } }],
  ["/day/2027?zones=America/New_York,UTC", { ...plain, place: "day", zones: ["America/New_York", "UTC"] }],
  ["/week/2027?people=per_1,per_2&main=per_2", { ...plain, place: "week", who: ["per_1", "per_2"], main: "per_2" }],
  ["/week/2027?zones=", { ...plain, place: "week", zones: [] }],
  [
    "/week/2027?zones=Mars/Base,UTC,UTC,Asia/Tokyo,Asia/Dubai,Asia/Seoul",
    { ...plain, place: "week", zones: ["UTC", "Asia/Tokyo", "Asia/Dubai"] },
  ],
  // What is not there is left out, not an error page.
  ["/year/2027?on=2027-02-30", plain],
  ["/year/2028?on=2027-02-03", { ...plain, year: 2028 }],
  ["/year/soon?people=,,", plain],
  ["/somewhere/else", plain],
  ["/year/0001", { ...plain, year: 1900 }],
];

describe("an address", () => {
  for (const [text, expected] of READ)
    test(`${text} is read`, () => assert.deepEqual(parseAddress(text, THIS_YEAR), expected));

  test("says everything that it was printed from", () => {
    const id = fc.constantFrom("per_01", "res_02", "cal_03", "per_04");
    const zone = fc.constantFrom("Europe/Prague", "America/Argentina/Buenos_Aires", "Etc/GMT-14", "UTC");
    const anyAddress = fc
      .record({
        place: fc.constantFrom(...PLACES),
        year: fc.integer({ min: 1900, max: 2199 }),
        month: fc.integer({ min: 1, max: 12 }),
        isOnDay: fc.boolean(),
        who: fc.uniqueArray(id),
        main: fc.option(id),
        zones: fc.option(fc.uniqueArray(zone, { maxLength: 3 })),
        zoom: fc.constantFrom(...ZOOMS),
        layers: fc.subarray([...LAYERS]),
        anyTab: fc.constantFrom(...TABS),
        conflict: fc.option(fc.string({ minLength: 1 }).filter((text) => text.isWellFormed())),
      })
      .map(({ month, isOnDay, who, anyTab, ...rest }): Address => ({
        ...rest,
        tab: rest.place === "conflicts" ? anyTab : "open",
        on: isOnDay ? { year: rest.year, month, day: 17 } : null,
        who: who.toSorted((one, other) => Number(one.startsWith("cal_")) - Number(other.startsWith("cal_"))),
      }));
    fc.assert(
      fc.property(anyAddress, (address) => assert.deepEqual(parseAddress(printAddress(address), THIS_YEAR), address)),
    );
  });
});
