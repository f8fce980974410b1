import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { stepBudget } from "../budget.ts";
import { shadowCheck } from "../shadow.ts";
import { solve } from "../solve.ts";
import { meetsOf } from "./model.ts";
import { planRefusal, type Meeting, type MeetingPlan } from "./plan.ts";
import { meetingProblem } from "./problem.ts";

const anyPlan: fc.Arbitrary<MeetingPlan> = fc
  .record({
    dayGrains: fc.array(fc.integer({ min: 4, max: 12 }), { minLength: 1, maxLength: 3 }),
    rooms: fc.array(fc.integer({ min: 4, max: 20 }), { minLength: 1, maxLength: 3 }),
    meetings: fc.array(
      fc.record({
        grains: fc.integer({ min: 1, max: 4 }),
        people: fc.uniqueArray(fc.nat(7), { maxLength: 4 }),
        must: fc.nat(4),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ dayGrains, rooms, meetings }) => ({
    dayGrains,
    rooms: rooms.map((seats, i) => ({ name: `Room ${i + 1}`, seats })),
    people: Array.from({ length: 8 }, (_, i) => `Person ${i + 1}`),
    meetings: meetings.map(({ grains, people, must }, i) => ({
      name: `Meeting ${i + 1}`,
      grains,
      required: people.slice(0, must),
      preferred: people.slice(must),
    })),
  }));

describe("the meeting problem", () => {
  test("[SV4] its deltas agree with a full count", () => {
    fc.assert(
      fc.property(anyPlan, fc.integer(), (plan, seed) => {
        assert.deepEqual(shadowCheck(meetingProblem(plan), { seed, steps: 100, every: 10 }), []);
      }),
    );
  });

  test("[SV15] without hard points no room is taken twice, nobody is required twice, all fit in their room and day", () => {
    let feasible = 0;
    fc.assert(
      fc.property(anyPlan, fc.integer(), (plan, seed) => {
        const { values, score } = solve(meetingProblem(plan), { seed, budget: stepBudget(1_000) });
        const isBroken = breaches(plan, values);
        assert.equal(score.hard > 0, isBroken);
        feasible += isBroken ? 0 : 1;
      }),
    );
    assert.ok(feasible > 10, `${feasible} of 100 were feasible`);
  });

  const plan: MeetingPlan = {
    dayGrains: [8],
    rooms: [{ name: "Hall", seats: 3 }],
    people: ["Ana", "Ben", "Cleo", "Dan"],
    meetings: [{ name: "Plan", grains: 4, required: [0, 1], preferred: [] }],
  };
  const withMeeting = (change: Partial<Meeting>): MeetingPlan => ({
    ...plan,
    meetings: [{ ...plan.meetings[0]!, ...change }],
  });
  const refused: [name: string, plan: MeetingPlan, sentence: RegExp][] = [
    ["no rooms", { ...plan, rooms: [] }, /no rooms/],
    ["no meetings", { ...plan, meetings: [] }, /no meetings/],
    ["no time", { ...plan, dayGrains: [] }, /no times/],
    ["a meeting longer than a day", withMeeting({ grains: 9 }), /"Plan" takes 9 grains; the longest day has 8/],
    ["more people than any room has seats", withMeeting({ preferred: [2, 3] }), /4 people; the largest room has 3/],
    ["a million grains", { ...plan, dayGrains: [1_000_000] }, /1000000 grains/],
  ];
  for (const [name, given, sentence] of refused) {
    test(`[SV15] is refused with ${name}`, () => {
      assert.match(planRefusal(given) ?? "", sentence);
    });
  }
  test("[SV15] is not refused otherwise", () => assert.equal(planRefusal(plan), null));
});

/** The hard rules looked at grain by grain: the obvious judge. */
function breaches({ meetings, dayGrains, rooms }: MeetingPlan, values: Int32Array): boolean {
  const meets = meetsOf({ meetings, dayGrains, rooms, people: [] }, values);
  const taken = new Set<string>();
  let isBroken = false;
  const take = (key: string) => {
    isBroken ||= taken.has(key);
    taken.add(key);
  };
  for (const [i, { grain, room }] of meets.entries()) {
    const { grains, required, preferred } = meetings[i]!;
    assert.ok(required.length + preferred.length <= rooms[room]!.seats);
    const days = new Set(Array.from({ length: grains }, (_, at) => dayOf(dayGrains, grain + at)));
    assert.equal(days.size, 1);
    for (let at = grain; at < grain + grains; at++) {
      take(`room ${room} ${at}`);
      for (const person of required) take(`person ${person} ${at}`);
    }
  }
  return isBroken;
}

function dayOf(dayGrains: readonly number[], grain: number): number {
  let first = 0;
  const day = dayGrains.findIndex((count) => grain < (first += count));
  assert.ok(day >= 0, `grain ${grain} is beyond the last day`);
  return day;
}
