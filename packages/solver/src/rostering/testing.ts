import * as fc from "fast-check";
import type { CurtoisRoster } from "./curtois/model.ts";
import { BOUNDS, type Bound, type BoundName, type Inrc1Roster } from "./inrc1/model.ts";
import type { Inrc2Roster } from "./inrc2/model.ts";

const weight = fc.integer({ min: 0, max: 9 });

/** Small rosters of schedulingbenchmarks.org, also such as cannot be kept. */
export const anyCurtois: fc.Arbitrary<CurtoisRoster> = fc
  .record({
    days: fc.integer({ min: 1, max: 17 }),
    minutes: fc.array(fc.constantFrom(480, 600, 720), { minLength: 1, maxLength: 3 }),
    notBefore: fc.array(fc.uniqueArray(fc.nat(2), { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
    people: fc.array(
      fc.record({
        most: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }),
        minutesLeast: fc.integer({ min: 0, max: 4_000 }),
        wide: fc.integer({ min: 0, max: 2_000 }),
        inRow: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 5 })),
        offInRowLeast: fc.integer({ min: 0, max: 3 }),
        weekendsMost: fc.nat(3),
        daysOff: fc.uniqueArray(fc.nat(16), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    wishes: fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.nat(16), fc.nat(2), weight), { maxLength: 12 }),
    cover: fc.array(fc.tuple(fc.nat(16), fc.nat(2), fc.nat(3), weight, weight), { maxLength: 20 }),
  })
  .map(({ days, minutes, notBefore, people, wishes, cover }) => {
    const shifts = minutes.length;
    const requests = wishes.map(([isOn, person, day, shift, points]) => ({
      isOn,
      person: person % people.length,
      day: day % days,
      shift: shift % shifts,
      weight: points,
    }));
    return {
      days,
      shifts: minutes.map((length, i) => ({
        id: `s${i}`,
        minutes: length,
        notBefore: notBefore[i]!.filter((shift) => shift < shifts),
      })),
      staff: people.map((person, i) => ({
        id: `p${i}`,
        shiftsMost: person.most.slice(0, shifts),
        minutesLeast: person.minutesLeast,
        minutesMost: person.minutesLeast + person.wide,
        inRowLeast: person.inRow[0],
        inRowMost: person.inRow[1],
        offInRowLeast: person.offInRowLeast,
        weekendsMost: person.weekendsMost,
        daysOff: person.daysOff.filter((day) => day < days),
      })),
      onRequests: requests.filter(({ isOn }) => isOn),
      offRequests: requests.filter(({ isOn }) => !isOn),
      cover: cover.map(([day, shift, need, underWeight, overWeight]) => ({
        day: day % days,
        shift: shift % shifts,
        need,
        underWeight,
        overWeight,
      })),
    };
  });

const anyBound = (most: number): fc.Arbitrary<Bound> =>
  fc.option(fc.record({ value: fc.integer({ min: 0, max: most }), weight: fc.integer({ min: 1, max: 9 }) }));

const anyContract = fc.record({
  bounds: fc
    .array(anyBound(6), { minLength: BOUNDS.length, maxLength: BOUNDS.length })
    .map((list) => Object.fromEntries(BOUNDS.map((name, i) => [name, list[i]!])) as Record<BoundName, Bound>),
  weekend: fc.constantFrom([5, 2] as const, [4, 3] as const, [5, 3] as const),
  completeWeekends: weight,
  identicalWeekends: weight,
  alternativeSkill: weight,
  patterns: fc.uniqueArray(fc.nat(2), { maxLength: 3 }),
});

/** Small rosters of the competition of 2010. */
export const anyInrc1: fc.Arbitrary<Inrc1Roster> = fc
  .record({
    days: fc.integer({ min: 1, max: 16 }),
    firstWeekday: fc.nat(6),
    contracts: fc.array(anyContract, { minLength: 2, maxLength: 2 }),
    patterns: fc.array(
      fc.record({
        weight,
        weekday: fc.option(fc.nat(6)),
        entries: fc.array(fc.constantFrom(1, 2, "off" as const, "any" as const), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 3, maxLength: 3 },
    ),
    people: fc.array(fc.record({ contract: fc.nat(1), isHead: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    demand: fc.array(fc.nat(2), { minLength: 32, maxLength: 32 }),
    requests: fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.nat(15), fc.option(fc.nat(1)), weight), { maxLength: 8 }),
  })
  .map(({ days, firstWeekday, contracts, patterns, people, demand, requests }) => ({
    id: "any",
    firstDate: "2010-01-01",
    days,
    firstWeekday,
    shifts: [
      { id: "E", skills: [] },
      { id: "H", skills: ["head"] },
    ],
    patterns,
    contracts: contracts.map(({ weekend: [weekendStart, weekendDays], ...contract }, i) => ({
      ...contract,
      id: `${i}`,
      weekendStart,
      weekendDays,
    })),
    people: people.map(({ contract, isHead }, i) => ({ id: `${i}`, contract, skills: isHead ? ["head"] : [] })),
    demand: Int32Array.from(demand.slice(0, days * 2)),
    requests: requests.map(([isOn, person, day, shift, points]) => ({
      isOn,
      person: person % people.length,
      day: day % days,
      shift,
      weight: points,
    })),
  }));

const anyRange = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).map(([least, wide]) => ({
  least,
  most: Math.max(1, least + wide),
}));

/** Small rosters of the second competition. */
export const anyInrc2: fc.Arbitrary<Inrc2Roster> = fc
  .record({
    weeks: fc.integer({ min: 1, max: 2 }),
    shifts: fc.array(fc.record({ inRow: anyRange, notBefore: fc.uniqueArray(fc.nat(1), { maxLength: 1 }) }), {
      minLength: 2,
      maxLength: 2,
    }),
    contracts: fc.array(
      fc.record({
        assignments: anyRange,
        workInRow: anyRange,
        offInRow: anyRange,
        weekendsMost: fc.nat(2),
        hasWholeWeekends: fc.boolean(),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    people: fc.array(
      fc.record({
        contract: fc.nat(1),
        skills: fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 }),
        assignments: fc.nat(4),
        weekends: fc.nat(2),
        lastShift: fc.option(fc.nat(1)),
        inRow: fc.integer({ min: 1, max: 6 }),
        shiftInRow: fc.integer({ min: 1, max: 6 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    demand: fc.array(fc.tuple(fc.nat(1), fc.nat(2)), { minLength: 56, maxLength: 56 }),
    requests: fc.array(fc.tuple(fc.nat(3), fc.nat(13), fc.option(fc.nat(1))), { maxLength: 6 }),
  })
  .map(({ weeks, shifts, contracts, people, demand, requests }) => ({
    name: "any",
    weeks,
    skills: ["Nurse", "Head"],
    shifts: shifts.map((shift, i) => ({ ...shift, id: `s${i}` })),
    contracts: contracts.map((contract, i) => ({ ...contract, id: `c${i}` })),
    people: people.map(({ contract, skills, assignments, weekends, lastShift, inRow, shiftInRow }, i) => ({
      id: `n${i}`,
      contract: contract % contracts.length,
      skills,
      history: {
        assignments,
        weekends,
        lastShift,
        shiftInRow: lastShift === null ? 0 : shiftInRow,
        workInRow: lastShift === null ? 0 : inRow,
        offInRow: lastShift === null ? inRow : 0,
      },
    })),
    least: Int32Array.from(demand.slice(0, weeks * 28), ([least]) => least),
    best: Int32Array.from(demand.slice(0, weeks * 28), ([least, more]) => least + more),
    requests: requests.map(([person, day, shift]) => ({
      person: person % people.length,
      day: day % (weeks * 7),
      shift,
    })),
  }));
