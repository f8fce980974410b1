// Rules RU* are in ../SPEC.md. Strategy: sentences of single breaches; then any three weeks around a change of clocks
// against a model that looks at every minute, by how far beyond each rule is.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, MINUTE_MS, findZone, startOfWeek } from "@hourwright/time";
import { NIGHT, checkRules } from "./check.ts";
import type { Shift } from "./contract.ts";
import { RULES_OF_MINORS, type Rule } from "./rule.ts";
import { anyShift, contract, dayOf, shift } from "./testing.ts";
import { unify, type Unified } from "./unify.ts";

const MONDAY = dayOf("2027-03-15");
const WEEKS = 3;

/** Three weeks from a Monday, the clocks of Berlin being put forward on the second Sunday. */
function weeksOf(days: readonly (readonly Shift[])[], zoneId = "Europe/Berlin"): Unified {
  const turns = Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => days[week * 7 + day] ?? []),
  );
  return unify({
    zone: findZone(zoneId)!,
    contracts: [contract({ turns: { weeks: turns, anchorDay: MONDAY }, fromDay: MONDAY, toDay: MONDAY + WEEKS * 7 })],
    holidays: [],
    adjustments: [],
    fromDay: MONDAY,
    toDay: MONDAY + WEEKS * 7,
  });
}

const said = (days: readonly (readonly Shift[])[], ...rules: Rule[]) =>
  checkRules(weeksOf(days), rules).map(({ sentence }) => sentence);
const early = [shift("early", "06:00", "14:00")];
const late = [shift("late", "14:00", "22:00")];
const night = [shift("night", "22:00", "30:00")];
const many = (count: number, day: readonly Shift[]) => Array.from({ length: count }, () => day);

describe("rules of shifts", () => {
  const table: readonly (readonly [string, readonly (readonly Shift[])[], Rule, readonly string[]])[] = [
    ["[RU1] a shift may be as long as it may", [early], { kind: "shift", minutesMax: 480 }, []],
    [
      "[RU1] shifts that touch are one",
      [[...early, ...late]],
      { kind: "shift", minutesMax: 600 },
      ["16 h of work on 15 March 2027. The rule is at most 10 h of work a shift."],
    ],
    [
      "[RU2] the week counts what begins in it",
      [...many(6, early), night],
      { kind: "week", minutesMax: 2_880 },
      ["56 h of work from 15 March 2027 to 22 March 2027. The rule is at most 48 h of work a week."],
    ],
    [
      "[RU4] rest over the skipped hour, before and after",
      [...many(12, []), late, early],
      { kind: "rest", minutesMin: 480 },
      ["7 h of rest from 27 March 2027 to 28 March 2027. The rule is at least 8 h of rest between shifts."],
    ],
    [
      "[RU1] what begins on a day that touches a night is one with it, after a pause as well",
      [night, [shift("one", "06:00", "10:00"), shift("other", "11:00", "14:00")]],
      { kind: "rest", minutesMin: 660 },
      [],
    ],
    [
      "[RU6] days in a row",
      many(7, early),
      { kind: "days", max: 6 },
      ["Work on 7 days in a row from 15 March 2027 to 21 March 2027. The rule is work on at most 6 days in a row."],
    ],
    [
      "[RU7] nights in a row",
      many(4, night),
      { kind: "nights", max: 3 },
      ["4 nights in a row from 15 March 2027 to 18 March 2027. The rule is at most 3 nights in a row."],
    ],
    ["[RU7] late shifts are no nights", many(4, late), { kind: "nights", max: 3 }, []],
    [
      "[RU8] free weekends",
      [...many(5, []), early, ...many(6, []), ...many(1, []), early, ...many(7, [])].slice(0, 21),
      { kind: "weekends", of: 2, freeMin: 1 },
      ["0 free weekends from 20 March 2027 to 28 March 2027. The rule is at least 1 free of 2 weekends in a row."],
    ],
    [
      "[RU9] curfew over midnight",
      [late, night],
      { kind: "curfew", fromMinute: 1_320, toMinute: 360 },
      [
        "8 h of work at a time when there may be none from 16 March 2027 to 17 March 2027. The rule is no work from 22:00 to 06:00.",
      ],
    ],
  ];
  for (const [title, days, rule, sentences] of table) test(title, () => assert.deepEqual(said(days, rule), sentences));

  test("[RU10] of minors", () => {
    const kinds = checkRules(weeksOf([night, night, ...many(5, early)]), RULES_OF_MINORS).map(({ rule }) => rule.kind);
    assert.deepEqual(kinds, ["shift", "week", "week-rest", "curfew", "curfew"]);
  });

  const anyRule: fc.Arbitrary<Rule> = fc.oneof(
    fc.record({ kind: fc.constantFrom("shift", "day", "week"), minutesMax: fc.integer({ min: 60, max: 1_440 }) }),
    fc.record({
      kind: fc.constant("rolling"),
      days: fc.integer({ min: 1, max: 9 }),
      minutesMax: fc.integer({ min: 60, max: 1_440 }),
    }),
    fc.record({ kind: fc.constantFrom("rest", "week-rest"), minutesMin: fc.integer({ min: 60, max: 4_000 }) }),
    fc.record({ kind: fc.constantFrom("days", "nights"), max: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant("weekends"), of: fc.integer({ min: 1, max: 3 }), freeMin: fc.constant(1) }),
    fc
      .record({
        kind: fc.constant("curfew"),
        fromMinute: fc.nat({ max: 1_439 }),
        toMinute: fc.constantFrom(0, 360, 1_200),
      })
      .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute),
  );
  const anyDays = fc.array(
    fc.oneof(
      fc.constant([]),
      anyShift.map((one) => [one]),
    ),
    { maxLength: WEEKS * 7 },
  );

  test("[RU1] to [RU9] are broken as far as the model says", () => {
    fc.assert(
      fc.property(anyDays, fc.array(anyRule, { minLength: 1, maxLength: 4 }), (days, rules) => {
        const unified = weeksOf(days);
        for (const rule of rules) {
          const worst = Math.max(0, ...checkRules(unified, [rule]).map(({ by }) => by));
          assert.equal(worst, obviousExcess(unified, rule), JSON.stringify(rule));
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** How far beyond a rule a schedule is, from a list of its minutes. */
function obviousExcess(unified: Unified, rule: Rule): number {
  const { zone } = unified;
  const minutes = unified.stretches.flatMap((stretch) => {
    const isThere = stretch.why.kind === "shift" && (stretch.kind === "work" || stretch.kind === "break");
    const one = { day: stretch.day, isThere, works: isThere && stretch.kind === "work" };
    return Array.from({ length: (stretch.endMs - stretch.startMs) / MINUTE_MS }, (_, i) => {
      const atMs = stretch.startMs + i * MINUTE_MS;
      return { ...one, atMs, localMs: zone.toLocalMs(atMs) };
    });
  });
  const works = minutes.filter((each) => each.works);
  const most = (keys: readonly unknown[]) => {
    const counts = new Map<unknown, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return Math.max(0, ...counts.values());
  };
  const spells: { day: number; first: number; last: number; works: number }[] = [];
  for (const [i, each] of minutes.entries()) {
    if (!each.isThere) continue;
    const before = spells.at(-1);
    if (before !== undefined && (before.last === i - 1 || before.day === each.day)) {
      Object.assign(before, { last: i, day: each.day, works: before.works + Number(each.works) });
    } else spells.push({ day: each.day, first: i, last: i, works: Number(each.works) });
  }
  const run = (days: ReadonlySet<number>) =>
    Math.max(
      0,
      ...[...days].map((day) => {
        let length = 0;
        while (days.has(day + length)) length++;
        return length;
      }),
    );
  switch (rule.kind) {
    case "shift":
      return Math.max(0, ...spells.map((spell) => spell.works - rule.minutesMax));
    case "day":
      return Math.max(0, most(works.map(({ day }) => day)) - rule.minutesMax);
    case "week":
      return Math.max(0, most(works.map(({ day }) => startOfWeek(day, 1))) - rule.minutesMax);
    case "rolling": {
      const before = [0];
      for (const each of minutes) before.push(before.at(-1)! + Number(each.works));
      const length = rule.days * 1_440;
      const sums = minutes.map((_, i) => before[Math.min(i + length, minutes.length)]! - before[i]!);
      return Math.max(0, sums.reduce((a, b) => Math.max(a, b), 0) - rule.minutesMax);
    }
    case "rest":
      return Math.max(0, ...spells.slice(1).map((spell, i) => rule.minutesMin - (spell.first - spells[i]!.last - 1)));
    case "week-rest": {
      const rests = Array.from({ length: WEEKS }, () => ({ longest: 0, now: 0 }));
      const isInSpell = new Set(
        spells.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
      );
      for (const [i, { localMs }] of minutes.entries()) {
        const week = rests[Math.floor((localMs / DAY_MS - MONDAY) / 7)]!;
        week.now = isInSpell.has(i) ? 0 : week.now + 1;
        week.longest = Math.max(week.longest, week.now);
      }
      return Math.max(0, ...rests.map(({ longest }) => rule.minutesMin - longest));
    }
    case "days":
      return Math.max(0, run(new Set(works.map(({ day }) => day))) - rule.max);
    case "nights": {
      const counts = new Map<number, number>();
      for (const { localMs } of works) {
        const minute = (localMs % DAY_MS) / MINUTE_MS;
        const isNight = minute >= NIGHT.fromMinute || minute < NIGHT.toMinute - 1_440;
        const of = Math.floor(localMs / DAY_MS) - Number(minute < NIGHT.fromMinute);
        if (isNight) counts.set(of, (counts.get(of) ?? 0) + 1);
      }
      const nights = [...counts].filter(([, count]) => count > NIGHT.moreThanMinutes).map(([of]) => of);
      return Math.max(0, run(new Set(nights)) - rule.max);
    }
    case "weekends": {
      const busy = new Set(works.map(({ localMs }) => Math.floor(localMs / DAY_MS)));
      const free = Array.from({ length: WEEKS }, (_, week) => ![5, 6].some((day) => busy.has(MONDAY + week * 7 + day)));
      const starts = Array.from({ length: Math.max(0, WEEKS - rule.of + 1) }, (_, i) => i);
      return Math.max(0, ...starts.map((i) => rule.freeMin - free.slice(i, i + rule.of).filter(Boolean).length));
    }
    case "curfew": {
      const isOver = rule.toMinute < rule.fromMinute;
      const within = works.flatMap(({ localMs }) => {
        const [day, minute] = [Math.floor(localMs / DAY_MS), (localMs % DAY_MS) / MINUTE_MS];
        if (!isOver) return rule.fromMinute <= minute && minute < rule.toMinute ? [day] : [];
        if (minute >= rule.fromMinute) return [day];
        return minute < rule.toMinute ? [day - 1] : [];
      });
      return most(within);
    }
  }
}
