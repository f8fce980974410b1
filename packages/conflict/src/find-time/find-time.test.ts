import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@hourwright/time";
import { catalogue } from "../catalogue/catalogue.ts";
import { presetOf } from "../catalogue/check.ts";
import { sceneOfExample } from "../catalogue/examples.ts";
import { ATTENDS, NEEDS, OWN } from "../schedule.ts";
import { findTimes } from "./find.ts";
import { MONDAY_MS, officeScene, slowTimes, wishOf, type Office } from "./testing.ts";
import type { FoundTimes, TimeWish } from "./wish.ts";
import { reasonText, relaxationText } from "./words.ts";

const outside = presetOf(catalogue.find(({ id }) => id === "outside")!);
const hours = presetOf(
  catalogue.find(({ id }) => id === "hours")!,
  { from: 540, to: 960 },
);

function found(...args: Parameters<typeof findTimes>): FoundTimes {
  const answer = findTimes(...args);
  assert.ok(!("refused" in answer), "refused" in answer ? answer.refused.sentence : "");
  return answer;
}

const anyOffice: fc.Arbitrary<Office> = fc.record({
  people: fc.integer({ min: 1, max: 5 }),
  rooms: fc.integer({ min: 0, max: 3 }),
  days: fc.integer({ min: 1, max: 3 }),
  fromHours: fc.array(fc.integer({ min: 6, max: 13 }), { minLength: 1, maxLength: 3 }),
  taken: fc.array(
    fc.record({
      subject: fc.nat(7),
      from: fc.integer({ min: 0, max: 4_320 }),
      minutes: fc.integer({ min: 5, max: 700 }),
    }),
    { maxLength: 25 },
  ),
});

describe("finding a time", () => {
  test("[FT1] [FT2] [FT6] offers what an obvious search minute by minute does, in its order", () => {
    fc.assert(
      fc.property(
        anyOffice,
        fc.record({
          required: fc.integer({ min: 0, max: 5 }),
          lengthMinutes: fc.constantFrom(15, 30, 45, 60, 90, 240),
          stepMinutes: fc.constantFrom(15, 30, 60),
          isRoomWanted: fc.boolean(),
          limit: fc.integer({ min: 1, max: 12 }),
          isBoundToHours: fc.boolean(),
          part: fc.constantFrom(undefined, { from: 480, to: 720 }, { from: 780, to: 1_440 }, { from: 0, to: 240 }),
        }),
        (office, { isBoundToHours, part, ...wanted }) => {
          const wish = { ...wishOf(office, wanted), ...(part === undefined ? {} : { part }) };
          const settings = isBoundToHours ? [outside, hours] : [outside];
          const { times } = found(officeScene(office), settings, wish);
          assert.deepEqual(
            times.map(({ startMs, requiredMissing, optionalMissing, room }) => ({
              startMs,
              requiredMissing,
              optionalMissing,
              room,
            })),
            slowTimes(office, wish, isBoundToHours ? [540, 960] : null),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  const office: Office = { people: 3, rooms: 2, days: 2, fromHours: [8], taken: [] };
  const everybody = { required: 3, lengthMinutes: 60, stepMinutes: 30, isRoomWanted: false, limit: 5 };
  const busyAllDay = (subject: number) => [
    { subject, from: 0, minutes: 1_440 },
    { subject, from: 1_440, minutes: 1_440 },
  ];
  const telling = {
    nameOf: (subject: number) => ["Ana", "Ben", "Cleo", "Small room", "Large room"][subject]!,
    titleOf: (occurrence: number) => (occurrence < 0 ? "New" : `Thing ${occurrence}`),
    zone: "UTC",
    settings: [outside],
  };

  test("[FT2] offers full hours first, and no more than three of a day before the next", () => {
    const { times, isPossible, starts } = found(officeScene(office), [outside], wishOf(office, everybody));
    assert.ok(isPossible);
    assert.equal(starts, 95);
    assert.deepEqual(
      times.map(({ startMs }) => (startMs - MONDAY_MS) / HOUR_MS),
      [8, 9, 10, 32, 33],
    );
    assert.deepEqual(reasonText(times[0]!.reasons[0]!, telling), "All 3 can come.");
  });

  test("[FT2] prefers hours that are liked, each by their own clocks", () => {
    const likings = Array.from({ length: 168 }, (_, hour) => (hour % 24 === 16 ? 100 : 0));
    const wish = wishOf(office, { ...everybody, limit: 1 });
    const [first, ...others] = wish.required;
    const liked = { ...wish, required: [{ ...first!, likings, zone: "Asia/Tokyo" }, ...others] };
    // 16:00 in Tokyo is 7:00 UTC, before everybody's hours; in Prague it is 15:00 UTC.
    assert.equal(found(officeScene(office), [outside], liked).times[0]!.startMs, MONDAY_MS + 8 * HOUR_MS);
    const prague = { ...wish, required: [{ ...first!, likings, zone: "Europe/Prague" }, ...others] };
    const [time] = found(officeScene(office), [outside], prague).times;
    assert.deepEqual([time!.startMs, time!.liking], [MONDAY_MS + 15 * HOUR_MS, 100]);
  });

  test("[FT3] says who is missing and why, and whom to do without", () => {
    const busy = { ...office, taken: busyAllDay(1) };
    const { times, isPossible, relaxations } = found(officeScene(busy), [outside], wishOf(busy, everybody));
    assert.equal(isPossible, false);
    assert.deepEqual(times[0]!.requiredMissing, [1]);
    assert.equal(
      reasonText(times[0]!.reasons[0]!, telling),
      "Ben is required and cannot come. Ben is wanted by “New” and “Thing 0” at once on Mon 1 Mar 2027, 08:00–09:00: one person is in one place at a time.",
    );
    assert.equal(
      reasonText(times[0]!.reasons[0]!, { ...telling, titleOf: () => null }),
      "Ben is required and cannot come. Ben is taken then.",
    );
    assert.deepEqual(
      relaxations.map((each) => relaxationText(each, telling)),
      ["Without Ben it is possible on Mon 1 Mar, 08:00."],
    );
  });

  test("[FT3] takes the smallest room that has what is wanted, and says what all lack", () => {
    const wish = wishOf(office, { ...everybody, isRoomWanted: true });
    assert.equal(found(officeScene(office), [outside], wish).times[0]!.room, 3);
    const large = { ...wish, room: { ...wish.room!, places: 5 } };
    assert.equal(found(officeScene(office), [outside], large).times[0]!.room, 4);
    const rare = { ...wish, room: { ...wish.room!, features: ["projector", "piano"] } };
    const { times, relaxations } = found(officeScene(office), [outside], rare);
    assert.equal(
      reasonText(
        times[0]!.reasons.find(({ kind }) => kind === "no-room")!,
        telling,
      ),
      "No room will do. Small room has no piano. Large room has no piano.",
    );
    assert.deepEqual(
      relaxations.map((each) => relaxationText(each, telling)),
      ["Without a room it is possible on Mon 1 Mar, 08:00."],
    );
  });

  test("[FT3] names the rule that would have to go", () => {
    const late = { ...office, fromHours: [8, 17, 8] };
    const { isPossible, relaxations } = found(officeScene(late), [outside], wishOf(late, everybody));
    assert.equal(isPossible, false);
    const rules = relaxations.filter(({ kind }) => kind === "rule").map((each) => relaxationText(each, telling));
    assert.deepEqual(rules, [
      "If it need not hold that nobody and nothing is taken outside their hours, it is possible on Mon 1 Mar, 00:00.",
    ]);
  });

  test("[FT1] gives way to itself: what is moved does not meet itself", () => {
    const one = { ...office, people: 1, taken: [{ subject: 0, from: 480, minutes: 60 }] };
    const wish = wishOf(one, { ...everybody, required: 1, limit: 1 });
    const at = (event: number) => found(officeScene(one), [outside], { ...wish, event }).times[0]!.startMs - MONDAY_MS;
    assert.deepEqual([at(0), at(99)], [8 * HOUR_MS, 9 * HOUR_MS]);
  });

  test("[FT4] keeps every constraint of the catalogue by its examples: the broken wish is refused or costs, the kept is free", () => {
    for (const constraint of catalogue) {
      for (const [i, example] of constraint.examples.entries()) {
        const { scene, wish: change } = sceneOfExample(constraint, example);
        const { startMs, endMs, traits, event, how } = change.come!;
        const setting = presetOf(constraint, example.values, example.named);
        const guest = { subject: 0, how, likings: null, zone: null };
        const wish: TimeWish = {
          window: { startMs, endMs },
          lengthMs: endMs - startMs,
          stepMs: 5 * MINUTE_MS,
          required: [guest],
          optional: [],
          room: null,
          event,
          traits,
          limit: 1,
        };
        const hard = found(scene, [{ ...setting, isHard: true }], wish);
        assert.equal(hard.isPossible, i === 0, `${constraint.id}: ${example.says}`);
        const isPair = ["overlap", "attendee", "resource"].includes(constraint.id);
        const soft = found(scene, [{ ...setting, isHard: false }], wish);
        assert.equal(soft.isPossible, i === 0 || !isPair, `${constraint.id} soft`);
        if (!isPair) assert.equal(soft.times[0]!.points > 0, i === 1, `${constraint.id} costs`);
      }
    }
  });

  const wish = wishOf(office, everybody);
  const [guest] = wish.required;
  const refusals: [name: string, change: Partial<TimeWish>, code: string, says: RegExp][] = [
    ["nobody", { required: [], optional: [] }, "nobody", /one person at least/],
    ["somebody twice", { optional: [guest!] }, "guests", /twice/],
    [
      "10,000 people",
      { required: Array.from({ length: 10_000 }, () => guest!) },
      "guests",
      /At most 1000 people are asked, not 10000/,
    ],
    ["days that are over", { window: { startMs: DAY_MS, endMs: 0 } }, "window", /days are over/],
    ["more than a part of the day has", { part: { from: 480, to: 500 } }, "part", /60 minutes, which that part/],
    [
      "50 years",
      { window: { startMs: 0, endMs: 18_262 * DAY_MS } },
      "window",
      /At most 400 days are looked at, not 18262/,
    ],
    ["a length of nothing", { lengthMs: 0 }, "length", /0 minutes/],
    ["a length that is no number", { lengthMs: Number.NaN }, "length", /NaN/],
    ["steps of a second", { stepMs: 1_000 }, "step", /5 to 1440 minutes/],
    ["a thousand times", { limit: 1_000 }, "limit", /1 to 50 .*1000/],
    [
      "a year in steps of five minutes",
      { window: { startMs: 0, endMs: 366 * DAY_MS }, stepMs: 300_000 },
      "starts",
      /50000/,
    ],
    ["likings of a day", { required: [{ ...guest!, likings: [1] }] }, "likings", /168/],
    ["clocks of nowhere", { required: [{ ...guest!, zone: "Mars/Olympus" }] }, "zone", /Mars/],
    [
      "10,000 rooms",
      {
        room: {
          among: Array.from({ length: 10_000 }, () => ({ subject: 3, places: null, features: [] })),
          places: 1,
          features: [],
        },
      },
      "rooms",
      /At most 1000 rooms/,
    ],
  ];
  for (const [name, change, code, says] of refusals) {
    test(`[FT5] is refused with ${name}`, () => {
      const answer = findTimes(officeScene(office), [], { ...wish, ...change });
      assert.ok("refused" in answer);
      assert.equal(answer.refused.code, code);
      assert.match(answer.refused.sentence, says);
    });
  }

  test("takings of each kind are in the way", () => {
    for (const how of [OWN, ATTENDS, NEEDS]) {
      const one = { ...office, people: 1, taken: [{ subject: 0, from: 480, minutes: 60, how }] };
      const [time] = found(officeScene(one), [outside], wishOf(one, { ...everybody, required: 1, limit: 1 })).times;
      assert.equal(time!.startMs, MONDAY_MS + 9 * HOUR_MS);
    }
  });
});
