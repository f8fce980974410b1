// Strategy: prices as people write them, as a table.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { priceText } from "./times.ts";

describe("a price", () => {
  for (const [written, shown] of [
    ["1 200 Kč", "1·200·Kč"],
    ["from 30 € per hour", "from 30·€ per hour"],
    ["CHF 30", "CHF·30"],
    ["€ 30", "€·30"],
    ["30 EUR", "30·EUR"],
    ["12 000 000 zł", "12·000·000·zł"],
    ["3 lessons for 90 €", "3 lessons for 90·€"],
    ["Free", "Free"],
    ["", ""],
  ] as const)
    test(`“${written}” keeps its number and its currency on one line`, () =>
      assert.equal(priceText(written).replaceAll("\u00a0", "·"), shown));
});
