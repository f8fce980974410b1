import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { TimeWish } from "../../data/find-time.ts";
import { askedOf, DAYS_MAX, daysOf, firstWish, namedLike } from "./choice.ts";

const ZONE = "Europe/Prague";
const dayOf = (date: string) =>
  Temporal.PlainDate.from("1970-01-01").until(Temporal.PlainDate.from(date), { largestUnit: "days" }).days;
const dateText = (day: number) => Temporal.PlainDate.from("1970-01-01").add({ days: day }).toString();
const things = [
  { id: "room1", kind: "room" },
  { id: "car", kind: "vehicle" },
] as const;

describe("the days in which a time is looked for", () => {
  const table: [change: Partial<TimeWish>, firstWeekday: number, days: [string, string] | null][] = [
    [{ window: "week" }, 1, ["2027-03-22", "2027-03-29"]],
    [{ window: "week" }, 7, ["2027-03-21", "2027-03-28"]],
    [{ window: "next" }, 1, ["2027-03-29", "2027-04-05"]],
    [{ window: "two" }, 1, ["2027-03-22", "2027-04-05"]],
    [{ window: "dates", fromDate: "2027-03-25", toDate: "2027-03-25" }, 1, ["2027-03-25", "2027-03-26"]],
    [{ window: "dates", fromDate: "2027-03-25", toDate: "2027-03-24" }, 1, null],
    [{ window: "dates", fromDate: "2027-01-01", toDate: "2027-12-31" }, 1, null],
    [{ window: "dates", fromDate: "", toDate: "2027-12-31" }, 1, null],
  ];
  for (const [change, firstWeekday, days] of table)
    test(`${JSON.stringify(change)}, weeks from ${firstWeekday}: ${days?.join(" to ") ?? "none"}`, () => {
      const found = daysOf({ ...firstWish("me", dayOf("2027-03-25")), ...change }, firstWeekday);
      assert.deepEqual(found === null ? null : [dateText(found.fromDay), dateText(found.toDay)], days);
    });

  test("are whole weeks that hold the day or come after it, for any day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 7 }), (day, firstWeekday) => {
        const wish = firstWish("me", day);
        const [week, next, two] = (["week", "next", "two"] as const).map((window) =>
          daysOf({ ...wish, window }, firstWeekday)!,
        );
        assert.ok(week!.fromDay <= day && day < week!.toDay);
        assert.equal(Temporal.PlainDate.from(dateText(week!.fromDay)).dayOfWeek, firstWeekday);
        assert.deepEqual([next!.fromDay, next!.toDay], [week!.toDay, week!.toDay + 7]);
        assert.deepEqual([two!.fromDay, two!.toDay], [week!.fromDay, next!.toDay]);
        assert.ok(two!.toDay - two!.fromDay <= DAYS_MAX);
      }),
    );
  });
});

describe("what is asked", () => {
  const wish = firstWish("me", dayOf("2027-03-25"));

  test("is from midnight to midnight of the organisation, also beside a change of clocks", () => {
    const asked = askedOf(wish, 1, ZONE, things)!;
    const at = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime(ZONE).epochMilliseconds;
    assert.deepEqual([asked.fromMs, asked.toMs], [at("2027-03-22"), at("2027-03-29")]);
  });

  test("is any room, and no car; or the one that is named, however many come", () => {
    const roomOf = (room: string) => askedOf({ ...wish, room }, 1, ZONE, things)!.room;
    assert.equal(roomOf("none"), null);
    assert.deepEqual(roomOf("any"), { among: ["room1"], places: null });
    assert.deepEqual(roomOf("car"), { among: ["car"], places: 1 });
  });

  test("tells who has to come from who may", () => {
    const people = [
      { id: "me", isRequired: true },
      { id: "you", isRequired: false },
    ];
    const { required, optional } = askedOf({ ...wish, people }, 1, ZONE, things)!;
    assert.deepEqual([required, optional], [["me"], ["you"]]);
  });

  test("names the calendar when one is chosen", () => {
    assert.equal(askedOf(wish, 1, ZONE, things)!.calendarId, null);
    assert.equal(askedOf({ ...wish, calendarId: "cal_a" }, 1, ZONE, things)!.calendarId, "cal_a");
  });
});

test("whoever has the name comes first, then of whom a word begins with what is typed, then the others", () => {
  const all = ["Layla Hassan", "Sara Novak", "Rosa", "Sa"].map((name) => ({ name }));
  assert.deepEqual(
    namedLike(all, "sa").map(({ name }) => name),
    ["Sa", "Sara Novak", "Layla Hassan", "Rosa"],
  );
});
