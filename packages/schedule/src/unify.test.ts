// Rules US* are in ../SPEC.md. Strategy: sentences of a week as people live it; then any contracts, holidays and
// adjustments, as the clocks change, against a model that asks Temporal of every minute.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, findZone } from "@hourwright/time";
import type { Deviation } from "./adjustment.ts";
import { anySchedule, approved, contract, dayOf, linesOf, obviousMinutes, pause, shift } from "./testing.ts";
import { availabilityOf, dutiesOf } from "./time-of.ts";
import { minutesOf, unify, type ScheduleQuestion, type Unified } from "./unify.ts";
import { explainMinute } from "./words.ts";

const zone = findZone("Europe/Berlin")!;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const march = (...adjustments: ScheduleQuestion["adjustments"]): ScheduleQuestion => ({
  zone,
  contracts: [contract()],
  holidays: [],
  adjustments,
  fromDay: dayOf("2027-03-01"),
  toDay: dayOf("2027-04-01"),
});
const said = (unified: Unified, text: string) => explainMinute(unified, instant(text))?.sentence;
const paidMinutes = ({ stretches }: Unified, day: string) =>
  stretches.filter((each) => each.isPaid && each.day === dayOf(day)).reduce((sum, each) => sum + minutesOf(each), 0);
const everyDay = (...shifts: ReturnType<typeof shift>[]) => ({
  weeks: [Array.from({ length: 7 }, () => shifts)],
  anchorDay: 0,
});
const leave = (fromDay: string, toDay: string): Deviation => ({
  kind: "absence",
  type: "leave",
  span: { fromDay: dayOf(fromDay), toDay: dayOf(toDay) },
});
const extra = (day: string, one: ReturnType<typeof shift>, interrupts = false): Deviation => ({
  kind: "extra",
  day: dayOf(day),
  shift: one,
  from: null,
  interrupts,
});

describe("the schedule of a person", () => {
  test("[US1] [US2] says of every minute what it is and why", () => {
    const late = shift("late shift", "14:00", "22:00", {
      breaks: [pause("18:00", "18:30"), pause("20:00", "20:10", true)],
    });
    const unified = unify({
      ...march(),
      contracts: [
        contract({ toDay: dayOf("2027-03-03") }),
        contract({ id: "c2", fromDay: dayOf("2027-03-04"), toDay: dayOf("2027-03-06"), turns: everyDay(late) }),
      ],
    });
    assert.equal(said(unified, "2027-03-01T09:00"), "Work: day shift (09:00–17:00) of the contract.");
    assert.equal(said(unified, "2027-03-01T17:00"), "Off: the contract has no shift then.");
    assert.equal(said(unified, "2027-03-03T09:00"), "Off: no contract holds on this day.");
    assert.equal(said(unified, "2027-03-04T18:29"), "Break (unpaid): late shift (14:00–22:00) of the contract.");
    assert.equal(said(unified, "2027-03-04T18:30"), "Work: late shift (14:00–22:00) of the contract.");
    assert.equal(said(unified, "2027-03-04T20:05"), "Break (paid): late shift (14:00–22:00) of the contract.");
    assert.equal(said(unified, "2027-04-01T00:00"), undefined);
    assert.equal(paidMinutes(unified, "2027-03-04"), 450);
  });

  test("[US4] leaves out what begins on a public holiday, and lets the night before go on", () => {
    const night = shift("night shift", "22:00", "30:00");
    const holidays = [{ day: dayOf("2027-03-02"), part: null, name: "Founding Day", region: "DE-BY" }];
    const unified = unify({ ...march(), contracts: [contract({ turns: everyDay(night) })], holidays });
    assert.equal(said(unified, "2027-03-02T05:59"), "Work: night shift (22:00–06:00) of the contract.");
    assert.equal(said(unified, "2027-03-02T06:00"), "Off: public holiday (Founding Day).");
    const replaced = "Off: public holiday (Founding Day), replaces night shift (22:00–06:00) of the contract.";
    assert.equal(said(unified, "2027-03-02T22:00"), replaced);
    assert.equal(said(unified, "2027-03-03T05:59"), replaced);
    assert.equal(paidMinutes(unified, "2027-03-02"), 480);
    const elsewhere = unify({
      ...march(),
      contracts: [contract({ region: "DE-BE", turns: everyDay(night) })],
      holidays,
    });
    assert.equal(said(elsewhere, "2027-03-02T22:00"), "Work: night shift (22:00–06:00) of the contract.");
  });

  test("[US5] cuts shifts by absences of exact time, and takes whole shifts on whole days", () => {
    const doctor: Deviation = {
      kind: "absence",
      type: "unpaid",
      span: { startMs: instant("2027-03-03T15:00"), endMs: instant("2027-03-03T19:00") },
    };
    const unified = unify(march(approved("a1", leave("2027-03-01", "2027-03-03")), approved("a2", doctor)));
    const off = "Off: leave approved by Ana on 1 March 2027";
    assert.equal(said(unified, "2027-03-01T12:00"), `${off}, replaces day shift (09:00–17:00) of the contract.`);
    assert.equal(said(unified, "2027-03-01T20:00"), `${off}.`);
    assert.equal(said(unified, "2027-03-03T14:59"), "Work: day shift (09:00–17:00) of the contract.");
    assert.equal(
      said(unified, "2027-03-03T15:00"),
      "Off: unpaid leave approved by Ana on 1 March 2027, replaces day shift (09:00–17:00) of the contract.",
    );
    assert.equal(said(unified, "2027-03-03T18:00"), "Off: unpaid leave approved by Ana on 1 March 2027.");
    assert.deepEqual(
      ["2027-03-01", "2027-03-03"].map((day) => paidMinutes(unified, day)),
      [480, 360],
    );
  });

  test("[US6] has illness before leave, and a public holiday before both", () => {
    const sick: Deviation = { ...leave("2027-03-02", "2027-03-04"), type: "sick" } as Deviation;
    const holidays = [{ day: dayOf("2027-03-03"), part: null, name: "Founding Day", region: null }];
    const adjustments = [approved("a1", leave("2027-03-01", "2027-03-05")), approved("a2", sick)];
    const unified = unify({ ...march(...adjustments), holidays });
    const replaces = "replaces day shift (09:00–17:00) of the contract.";
    assert.equal(said(unified, "2027-03-01T12:00"), `Off: leave approved by Ana on 1 March 2027, ${replaces}`);
    assert.equal(said(unified, "2027-03-02T12:00"), `Off: sick leave approved by Ana on 1 March 2027, ${replaces}`);
    assert.equal(said(unified, "2027-03-03T12:00"), `Off: public holiday (Founding Day), ${replaces}`);
    assert.equal(said(unified, "2027-03-04T12:00"), `Off: leave approved by Ana on 1 March 2027, ${replaces}`);
  });

  test("[US7] has extra shifts, shifts at other times, and swaps", () => {
    const of = { day: dayOf("2027-03-02"), fromMinute: 540 };
    const unified = unify(
      march(
        approved("a1", extra("2027-03-06", shift("stocktaking", "08:00", "12:00"))),
        approved("a2", { kind: "change", of, day: of.day, shift: shift("day shift", "11:00", "19:00") }),
        approved("a3", { kind: "given", of: { ...of, day: of.day + 1 }, to: "Ben" }),
        approved("a4", {
          kind: "taken",
          day: of.day + 5,
          shift: shift("early shift", "06:00", "14:00"),
          from: "Ben",
          interrupts: false,
        }),
      ),
    );
    const by = "approved by Ana on 1 March 2027";
    assert.equal(said(unified, "2027-03-06T08:00"), `Work: extra stocktaking (08:00–12:00), ${by}.`);
    assert.equal(
      said(unified, "2027-03-02T10:59"),
      `Off: day shift (09:00–17:00) of the contract was moved to day shift (11:00–19:00) on 2 March 2027, ${by}.`,
    );
    assert.equal(
      said(unified, "2027-03-02T12:00"),
      `Work: day shift (11:00–19:00), moved from 09:00 on 2 March 2027, ${by}.`,
    );
    assert.equal(
      said(unified, "2027-03-03T12:00"),
      `Off: day shift (09:00–17:00) of the contract was given to Ben, ${by}.`,
    );
    assert.equal(
      said(unified, "2027-03-07T06:00"),
      `Work: early shift (06:00–14:00), taken over from Ben in a swap, ${by}.`,
    );
  });

  test("[US7] has what a published roster adds, and not what it leaves out, whichever roster that was of", () => {
    const of = { day: dayOf("2027-03-02"), fromMinute: 540 };
    const rostered = (id: string, day: string, one: ReturnType<typeof shift>) =>
      approved(id, { kind: "rostered", day: dayOf(day), shift: one, from: null, interrupts: false });
    const early = shift("early shift", "06:00", "14:00");
    const unified = unify(
      march(
        approved("a1", { kind: "cancelled", of }),
        rostered("a2", "2027-03-02", early),
        rostered("a3", "2027-03-06", early),
        approved("a4", { kind: "cancelled", of: { day: dayOf("2027-03-06"), fromMinute: 360 } }),
        approved("a5", { kind: "cancelled", of: { ...of, fromMinute: 541 } }),
      ),
    );
    const by = "published by Ana on 1 March 2027";
    assert.equal(said(unified, "2027-03-02T09:00"), `Work: early shift (06:00–14:00) of the roster ${by}.`);
    assert.equal(
      said(unified, "2027-03-02T15:00"),
      `Off: day shift (09:00–17:00) of the contract is left out of the roster ${by}.`,
    );
    assert.equal(
      said(unified, "2027-03-06T09:00"),
      `Off: early shift (06:00–14:00) of the roster is left out of the roster ${by}.`,
    );
    assert.equal(said(unified, "2027-03-03T09:00"), "Work: day shift (09:00–17:00) of the contract.");
  });

  test("[US8] lets an agreed shift interrupt leave, never illness", () => {
    const call = approved("a2", extra("2027-03-06", shift("audit", "08:00", "12:00"), true));
    const sick = { ...leave("2027-03-06", "2027-03-07"), type: "sick" } as Deviation;
    const inLeave = unify(march(approved("a1", leave("2027-03-01", "2027-03-08")), call));
    assert.equal(
      said(inLeave, "2027-03-06T09:00"),
      "Work: extra audit (08:00–12:00), approved by Ana on 1 March 2027.",
    );
    assert.equal(
      said(unify(march(approved("a1", sick), call)), "2027-03-06T09:00"),
      "Off: sick leave approved by Ana on 1 March 2027, replaces extra audit (08:00–12:00).",
    );
  });

  test("[US9] is paid for being called in while on call, and for nothing else of it", () => {
    const call = shift("standby", "18:00", "30:00", { kind: "on-call" });
    const time = { startMs: instant("2027-03-02T02:10"), endMs: instant("2027-03-02T03:25") };
    const unified = unify({
      ...march(approved("a1", { kind: "activation", time })),
      contracts: [contract({ turns: everyDay(call) })],
    });
    assert.equal(said(unified, "2027-03-02T02:09"), "On call: standby (18:00–06:00) of the contract.");
    assert.equal(
      said(unified, "2027-03-02T02:10"),
      "Work: called in while on call, approved by Ana on 1 March 2027, during standby (18:00–06:00) of the contract.",
    );
    assert.equal(paidMinutes(unified, "2027-03-01"), 75);
    assert.deepEqual(availabilityOf(unified), [time]);
    assert.deepEqual(
      dutiesOf(unified).map(({ startMs, endMs }) => ({ startMs, endMs })),
      [time],
    );
  });

  test("[US10] counts a night in which the clocks change as long as it is", () => {
    const night = shift("night shift", "22:00", "30:00", { breaks: [pause("26:00", "26:30")] });
    const contracts = [contract({ turns: everyDay(night) })];
    const spring = unify({ ...march(), contracts });
    assert.equal(paidMinutes(spring, "2027-03-26"), 450);
    assert.equal(paidMinutes(spring, "2027-03-27"), 390);
    const autumn = unify({ ...march(), contracts, fromDay: dayOf("2027-10-30"), toDay: dayOf("2027-11-02") });
    assert.equal(paidMinutes(autumn, "2027-10-30"), 510);
  });

  test("[US11] keeps what is asked for apart, and tells what it would be", () => {
    const asked = { ...approved("a1", leave("2027-03-01", "2027-03-02")), approval: null };
    const unified = unify(march(asked));
    assert.equal(said(unified, "2027-03-01T12:00"), "Work: day shift (09:00–17:00) of the contract.");
    assert.deepEqual(
      unified.pending.map(({ kind, startMs }) => [kind, startMs]),
      [
        ["absence", instant("2027-03-01T00:00")],
        ["absence", instant("2027-03-01T09:00")],
        ["absence", instant("2027-03-01T17:00")],
      ],
    );
    assert.equal(
      explainMinute({ ...unified, stretches: unified.pending }, instant("2027-03-01T12:00"))?.sentence,
      "Off: leave asked for, not approved, replaces day shift (09:00–17:00) of the contract.",
    );
  });

  test("[US13] [US14] can be booked at work, and is taken by duties with their breaks", () => {
    const ward = shift("ward", "06:00", "14:00", { kind: "duty", breaks: [pause("10:00", "10:30")] });
    const desk = shift("desk", "14:00", "16:00", { breaks: [pause("15:00", "15:15")] });
    const unified = unify({
      ...march(),
      contracts: [contract({ turns: everyDay(ward, desk) })],
      toDay: dayOf("2027-03-02"),
    });
    const text = (ms: number) =>
      Temporal.Instant.fromEpochMilliseconds(ms)
        .toZonedDateTimeISO("Europe/Berlin")
        .toPlainTime()
        .toString()
        .slice(0, 5);
    const shown = (list: readonly { startMs: number; endMs: number }[]) =>
      list.map(({ startMs, endMs }) => `${text(startMs)}-${text(endMs)}`).join(" ");
    assert.equal(shown(availabilityOf(unified)), "06:00-10:00 10:30-15:00 15:15-16:00");
    assert.equal(shown(dutiesOf(unified)), "06:00-14:00");
  });

  test("[US1] to [US12] is what the model says of each minute", () => {
    fc.assert(
      fc.property(anySchedule, (question) => {
        const unified = unify(question);
        const approvedOnly = question.adjustments.filter(({ approval }) => approval !== null);
        assert.deepEqual(linesOf(unified.stretches), obviousMinutes({ ...question, adjustments: approvedOnly }));
        for (const [i, { startMs, endMs }] of unified.stretches.entries()) {
          assert.ok(startMs < endMs);
          assert.equal(startMs, unified.stretches[i - 1]?.endMs ?? question.zone.toEpochMs(question.fromDay * DAY_MS));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("[US11] has in what is pending the minutes of which the model says so", () => {
    fc.assert(
      fc.property(anySchedule, (question) => {
        const ids = question.adjustments.filter(({ approval }) => approval === null).map(({ id }) => id);
        const lines = obviousMinutes(question).filter((line) => ids.some((id) => line.endsWith(` ${id}`)));
        assert.deepEqual(linesOf(unify(question).pending), ids.length === 0 ? [] : lines);
      }),
      { numRuns: 60 },
    );
  });

  test("[US12] does not depend on the window", () => {
    fc.assert(
      fc.property(anySchedule, (question) => {
        const { fromDay, toDay } = question;
        const days = Array.from({ length: toDay - fromDay }, (_, i) => fromDay + i);
        const parts = days.flatMap((day) => linesOf(unify({ ...question, fromDay: day, toDay: day + 1 }).stretches));
        assert.deepEqual(parts, linesOf(unify(question).stretches));
      }),
      { numRuns: 100 },
    );
  });
});
