import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { hoursByList } from "../testing.ts";
import {
  DEEDS,
  hourScoreOf,
  hourScores,
  likedStretches,
  NO_HOURS,
  noteHour,
  QUARTERS,
  takeBackHour,
  type Deed,
  type HourSeen,
} from "./hours.ts";

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;

const seen = (deed: Deed, day: number, hour: number, lengthMinutes = 60, atDay = 0): HourSeen => ({
  deed,
  fromMinute: day * DAY_MINUTES + hour * 60,
  lengthMinutes,
  atMs: atDay * DAY_MS,
});
const learned = (...list: readonly HourSeen[]) => list.reduce(noteHour, NO_HOURS);
/** The score of an hour, in hundredths. */
const at = (hours: ReturnType<typeof learned>, day: number, hour: number): number =>
  Math.round(100 * hourScoreOf(hourScores(hours), day * DAY_MINUTES + hour * 60, 60));

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe("preferred hours", () => {
  test("are a half while nothing is known [LA5]", () => {
    assert.ok(hourScores(NO_HOURS).every((score) => score === 0.5));
  });

  test("rise where things are made, and fall where they are never made", () => {
    const hours = learned(...times(20, seen("created", 1, 10)));
    assert.ok(at(hours, 1, 10) > 85, `${at(hours, 1, 10)}`);
    assert.ok(at(hours, 1, 3) < 45);
  });

  test("learn little from little", () => {
    const one = learned(seen("accepted", 0, 9));
    assert.ok(at(one, 0, 9) > 50 && at(one, 0, 9) < 80);
    assert.ok(at(one, 0, 15) > 45);
  });

  test("take an hour of one day for a hint at the same hour of others", () => {
    const hours = learned(...[0, 1, 2, 3].flatMap((day) => times(5, seen("created", day, 10))));
    assert.ok(at(hours, 4, 10) > at(hours, 4, 15) + 15);
    assert.ok(at(hours, 4, 10) < at(hours, 3, 10));
  });

  test("fall below a half where things are moved away from, more than where they are refused", () => {
    const away = learned(...times(5, seen("moved away", 2, 8)));
    const refused = learned(...times(5, seen("refused", 2, 8)));
    assert.ok(at(away, 2, 8) < at(refused, 2, 8) && at(refused, 2, 8) < 35);
    assert.equal(DEEDS["moved here"].liked, 2 * DEEDS.created.liked);
  });

  test("forget: what was done 60 days ago counts half, and new habits win", () => {
    const hours = noteHour(learned(seen("created", 0, 9, 15)), seen("created", 0, 14, 15, 60));
    assert.equal(hours.liked[36], 0.5);
    assert.equal(hours.liked[56], 1);
    const changed = learned(...times(30, seen("created", 0, 9)), ...times(30, seen("created", 0, 14, 60, 240)));
    assert.ok(at(changed, 0, 14) > at(changed, 0, 9) + 15);
  });

  test("reach over the end of the week", () => {
    const hours = learned(seen("created", 6, 23.5, 60));
    assert.deepEqual(
      hours.liked.flatMap((sum, quarter) => (sum > 0 ? [quarter] : [])),
      [0, 1, QUARTERS - 2, QUARTERS - 1],
    );
  });

  test("are what the whole list gives, in whatever order it is told, and scores lie between 0 and 1", () => {
    const anySeen = fc.record({
      deed: fc.constantFrom(...(Object.keys(DEEDS) as Deed[])),
      fromMinute: fc.integer({ min: 0, max: 10_079 }),
      lengthMinutes: fc.integer({ min: 1, max: 600 }),
      atMs: fc.integer({ min: 0, max: 400 * DAY_MS }),
    });
    fc.assert(
      fc.property(fc.array(anySeen, { minLength: 1, maxLength: 12 }), (list) => {
        const hours = learned(...list);
        const expected = hoursByList(list);
        for (const side of ["liked", "disliked"] as const)
          for (const [quarter, sum] of hours[side].entries())
            assert.ok(Math.abs(sum - expected[side][quarter]!) < 1e-9);
        for (const score of hourScores(hours)) assert.ok(score > 0 && score < 1);
      }),
      { numRuns: 50 },
    );
  });

  test("are what they were once something is taken back, whenever it was done [LA5]", () => {
    const list = [seen("created", 1, 10), seen("moved away", 3, 9, 60, 10), seen("accepted", 1, 10, 30, 20)];
    const all = learned(...list);
    const taken = takeBackHour(all, list[1]!);
    const never = learned(list[0]!, list[2]!);
    assert.equal(taken.seen, never.seen);
    for (const [quarter, sum] of taken.disliked.entries()) assert.ok(Math.abs(sum - never.disliked[quarter]!) < 1e-9);
    for (const [quarter, sum] of taken.liked.entries()) assert.ok(Math.abs(sum - never.liked[quarter]!) < 1e-9);
    assert.ok(takeBackHour(learned(list[0]!), seen("created", 4, 4)).liked.every((sum) => sum >= 0));
    assert.deepEqual(takeBackHour(NO_HOURS, list[0]!), NO_HOURS);
  });

  test("are shown as stretches that are liked or avoided, which end with their day", () => {
    const hours = learned(
      ...times(20, seen("created", 0, 22, 240)),
      ...times(20, seen("created", 3, 9, 90)),
      ...times(20, seen("moved away", 3, 14)),
    );
    const shown = (side: "liked" | "avoided") =>
      likedStretches(hourScores(hours), side).map(({ fromMinute, toMinute }) => [
        Math.floor(fromMinute / DAY_MINUTES),
        (fromMinute % DAY_MINUTES) / 60,
        (toMinute - fromMinute) / 60,
      ]);
    assert.deepEqual(shown("liked"), [
      [0, 22, 2],
      [1, 0, 2],
      [3, 9, 1.5],
    ]);
    assert.ok(shown("avoided").some(([day, hour]) => day === 3 && hour! <= 14));
    assert.deepEqual(likedStretches(hourScores(NO_HOURS), "liked"), []);
    assert.deepEqual(likedStretches(hourScores(NO_HOURS), "avoided"), []);
  });

  test("refuse what is no time of a week", () => {
    assert.throws(() => learned(seen("created", 7, 0)), /a minute of the week/);
    assert.throws(() => learned(seen("created", 0, 0, 0)), /at most a week long/);
  });

  test("of a stretch are the mean of its quarters, and of a moment its quarter's", () => {
    const scores = hourScores(learned(...times(9, seen("created", 0, 9))));
    assert.equal(hourScoreOf(scores, 540, 0), scores[36]);
    assert.equal(hourScoreOf(scores, 585, 30), (scores[39]! + scores[40]!) / 2);
  });
});
