// Rules AD* are in ../SPEC.md. Strategy: a table of what is asked and refused, with its sentence; then anything that is
// asked: what is not refused is what the schedule says afterwards.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { exactly } from "@hourwright/availability";
import { findZone } from "@hourwright/time";
import type { Adjustment, Deviation } from "./adjustment.ts";
import { decideAdjustment, type Before } from "./decide.ts";
import { anyDeviation, anySchedule, approved, contract, dayOf, shift } from "./testing.ts";
import { adjustmentOf, unify } from "./unify.ts";

const zone = findZone("Europe/Berlin")!;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const absence = (type: "leave" | "sick" | "training", fromDay: string, toDay: string): Deviation => ({
  kind: "absence",
  type,
  span: { fromDay: dayOf(fromDay), toDay: dayOf(toDay) },
});
const extra = (day: string, from: string, to: string, interrupts = false): Deviation => ({
  kind: "extra",
  day: dayOf(day),
  shift: shift("stocktaking", from, to),
  from: null,
  interrupts,
});
const key = (day: string, fromMinute = 540) => ({ day: dayOf(day), fromMinute });
const said = (asked: Deviation, ...standing: Adjustment[]) => {
  const before: Before = { zone, contracts: [contract()], holidays: [], adjustments: standing };
  return decideAdjustment(before, approved("new", asked)).map(({ sentence }) => sentence);
};
const vacation = approved("a1", absence("leave", "2027-03-08", "2027-03-13"));

describe("what is asked for", () => {
  const table: readonly (readonly [
    title: string,
    asked: Deviation,
    standing: readonly Adjustment[],
    sentences: string[],
  ])[] = [
    ["[AD1] absence over shifts is fine", absence("leave", "2027-03-01", "2027-03-03"), [vacation], []],
    [
      "[AD2] absence beside absence is refused",
      absence("training", "2027-03-12", "2027-03-15"),
      [vacation],
      ["The training overlaps leave approved by Ana on 1 March 2027."],
    ],
    ["[AD2] absence that touches is fine", absence("training", "2027-03-13", "2027-03-15"), [vacation], []],
    ["[AD3] illness in leave is fine", absence("sick", "2027-03-09", "2027-03-11"), [vacation], []],
    [
      "[AD3] illness in illness is refused",
      absence("sick", "2027-03-09", "2027-03-11"),
      [approved("a1", absence("sick", "2027-03-10", "2027-03-12"))],
      ["The sick leave overlaps sick leave approved by Ana on 1 March 2027."],
    ],
    [
      "[AD1] absence of no days is refused",
      absence("leave", "2027-03-03", "2027-03-03"),
      [],
      ["An absence ends after it begins, on whole days or minutes."],
    ],
    [
      "[AD1] absence before there is a contract is refused",
      absence("leave", "2026-12-01", "2026-12-24"),
      [],
      ["No contract holds on 1 December 2026."],
    ],
    ["[AD4] an extra shift on a free day is fine", extra("2027-03-06", "08:00", "12:00"), [], []],
    [
      "[AD4] an extra shift over a shift is refused",
      extra("2027-03-05", "16:59", "20:00"),
      [],
      ["stocktaking (16:59–20:00) on 5 March 2027 overlaps day shift (09:00–17:00) of the contract."],
    ],
    ["[AD4] an extra shift that touches is fine", extra("2027-03-05", "17:00", "20:00"), [], []],
    [
      "[AD5] an extra shift in leave is refused",
      extra("2027-03-08", "18:00", "20:00"),
      [vacation],
      [
        "stocktaking (18:00–20:00) on 8 March 2027 lies in leave approved by Ana on 1 March 2027. It can be agreed on as an interruption.",
      ],
    ],
    ["[AD5] an agreed interruption of leave is fine", extra("2027-03-08", "18:00", "20:00", true), [vacation], []],
    [
      "[AD5] nothing interrupts illness",
      extra("2027-03-08", "18:00", "20:00", true),
      [approved("a1", absence("sick", "2027-03-08", "2027-03-10"))],
      ["stocktaking (18:00–20:00) on 8 March 2027 lies in sick leave approved by Ana on 1 March 2027."],
    ],
    [
      "[AD8] a shift that is longer than a day is refused",
      extra("2027-03-06", "08:00", "32:01"),
      [],
      ["stocktaking (08:00–08:01) is longer than a day."],
    ],
    ["[AD6] a shift that stands can be given away", { kind: "given", of: key("2027-03-05"), to: "Ben" }, [], []],
    [
      "[AD6] a shift that was given away is gone",
      { kind: "given", of: key("2027-03-05"), to: "Cem" },
      [approved("a1", { kind: "given", of: key("2027-03-05"), to: "Ben" })],
      ["No shift begins at 09:00 on 5 March 2027."],
    ],
    [
      "[AD6] a shift that is away in part is not given away",
      { kind: "given", of: key("2027-03-05"), to: "Cem" },
      [
        approved("a1", {
          kind: "absence",
          type: "training",
          span: { startMs: instant("2027-03-05T09:00"), endMs: instant("2027-03-05T10:00") },
        }),
      ],
      ["The shift at 09:00 on 5 March 2027 is away in part: training approved by Ana on 1 March 2027."],
    ],
    [
      "[AD6] a shift can be moved over its own time",
      { kind: "change", of: key("2027-03-05"), day: dayOf("2027-03-05"), shift: shift("day shift", "10:00", "18:00") },
      [],
      [],
    ],
    [
      "[AD7] nobody is called in who is not on call",
      { kind: "activation", time: { startMs: instant("2027-03-05T20:00"), endMs: instant("2027-03-05T21:00") } },
      [],
      ["Not all of that time is on call."],
    ],
  ];
  for (const [title, asked, standing, expected] of table)
    test(title, () => assert.deepEqual(said(asked, ...standing), expected));

  test("[AD9] is not approved twice, and what is only asked for is in nobody's way", () => {
    const asked = approved("a1", absence("leave", "2027-03-08", "2027-03-13"));
    const before: Before = { zone, contracts: [contract()], holidays: [], adjustments: [asked] };
    assert.deepEqual(
      decideAdjustment(before, asked).map(({ code }) => code),
      ["same-id"],
    );
    const pending = { ...before, adjustments: [{ ...asked, id: "a0", approval: null }] };
    assert.deepEqual(decideAdjustment(pending, asked), []);
  });

  test("[AD4] to [AD7] is, unless refused, what the schedule says afterwards, and takes nothing else away", () => {
    const anyCase = anySchedule.chain((question) =>
      anyDeviation(question.fromDay, question.zone)
        .filter(({ kind }) => kind !== "absence")
        .map((what) => ({ question, what })),
    );
    let accepted = 0;
    fc.assert(
      fc.property(anyCase, ({ question, what }) => {
        const adjustments = question.adjustments.slice(0, 2).filter(({ approval }) => approval !== null);
        const asked: Adjustment = { id: "new", approval: { by: "Ana", onDay: 0 }, what };
        const before = { ...question, fromDay: question.fromDay - 8, toDay: question.toDay + 8, adjustments };
        if (what.kind === "absence" || decideAdjustment(before, asked).length > 0) return;
        accepted++;
        const after = unify({ ...before, adjustments: [...adjustments, asked] }).stretches;
        const own = after.filter((stretch) => adjustmentOf(stretch) === asked);
        if (what.kind === "activation")
          assert.ok(own.every(({ startMs, endMs }) => what.time.startMs <= startMs && endMs <= what.time.endMs));
        if (what.kind === "activation" || what.kind === "given" || what.kind === "cancelled") return;
        const exact = exactly(what.shift, what.day, question.zone)!;
        const standing = own.filter(({ why }) => why.kind === "shift");
        const called = after.filter(
          ({ why, shift: placed }) => why.kind === "activated" && placed?.adjustment === asked,
        );
        const minutes = [...standing, ...called].reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
        assert.equal(minutes, exact.endMs - exact.startMs);
      }),
      { numRuns: 600 },
    );
    assert.ok(accepted > 20, `of 600 only ${accepted} were accepted`);
  });
});
