// Arbitraries, and the slow obvious models that judge coverage and drafts: minute by minute. For tests.

import fc from "fast-check";
import { contract, dayOf, shift } from "@hourwright/schedule/testing";
import type { Shift } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, findZone } from "@hourwright/time";
import type { Clocks, Presence } from "./coverage.ts";
import { neededOn, rowsOf, type Demand, type Row } from "./demand.ts";
import type { Entry, Person } from "./draft.ts";
import type { RosterQuestion } from "./evaluate.ts";

/** Days in which the clocks of Berlin are put forward, on 28 March 2027. */
export const FIRST = dayOf("2027-03-26");
export const DAYS = 4;
export const zone = findZone("Europe/Berlin")!;
export const clocks: Clocks = { zone, isHoliday: (day) => day === FIRST + 3 };

export const SITES = ["Ward", "Desk"] as const;
export const SKILLS = ["aid", "lead", "lift"] as const;

/** Two from six to two, three wished for, every day of the week from 2027 on. */
export function demand(more: Partial<Demand> = {}): Demand {
  return {
    id: "d1",
    name: "Early",
    site: "Ward",
    skillId: null,
    levelMin: null,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    onHolidays: true,
    dates: [],
    fromDay: dayOf("2027-01-01"),
    toDay: null,
    stretches: [{ fromMinute: 360, toMinute: 840, minimum: 2, ideal: 3 }],
    ...more,
  };
}

const STARTS = [0, 90, 150, 360, 840, 1_040, 1_320, 1_425];

const anyStretch = fc
  .record({
    fromMinute: fc.constantFrom(...STARTS),
    length: fc.constantFrom(7, 60, 480, 605, 1_440),
    minimum: fc.nat({ max: 3 }),
    more: fc.nat({ max: 2 }),
  })
  .map(({ fromMinute, length, minimum, more }) => ({
    fromMinute,
    toMinute: fromMinute + length,
    minimum,
    ideal: minimum + more,
  }));

export const anyDemands: fc.Arbitrary<Demand[]> = fc
  .array(
    fc.record({
      site: fc.constantFrom("Ward", "ward ", "Desk"),
      skillId: fc.constantFrom(null, ...SKILLS),
      levelMin: fc.constantFrom(null, null, 2),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      onHolidays: fc.boolean(),
      dates: fc.constantFrom([], [], [FIRST + 1]),
      stretches: fc.array(anyStretch, { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.map((each, i) => demand({ ...each, id: `d${i}`, levelMin: each.skillId === null ? null : each.levelMin })),
  );

/** People who are somewhere at some time, with some of the skills of a site's rows. */
export const anyPresences = (skilled: number): fc.Arbitrary<Presence[]> =>
  fc.array(
    fc
      .record({
        from: fc.nat({ max: DAYS * 1_440 }),
        length: fc.constantFrom(1, 30, 480, 1_440),
        skills: fc.nat({ max: (1 << skilled) - 1 }),
        person: fc.nat({ max: 9 }),
      })
      .map(({ from, length, skills, person }) => {
        const startMs = zone.toEpochMs(FIRST * DAY_MS) + from * MINUTE_MS;
        return { startMs, endMs: startMs + length * MINUTE_MS, skills, personId: `p${person}` };
      }),
    { maxLength: 8 },
  );

/** One minute of a site's rows: who counts by matching people to places one after the other, and how many are needed. */
export function obviousMinute(rows: readonly Row[], present: readonly Presence[], ms: number) {
  const here = present.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  const asked = rows.map((row) => {
    let [minimum, ideal] = [0, 0];
    for (let day = FIRST - 4; day < FIRST + DAYS + 4; day++)
      for (const each of neededOn(row, day, clocks))
        if (each.startMs <= ms && ms < each.endMs) {
          minimum += each.minimum;
          ideal += each.ideal;
        }
    return { minimum, ideal };
  });
  const skilled = rows.flatMap((row, i) => (row.skillId === null ? [] : [i]));
  const have = rows.map(({ skillId }) => (skillId === null ? here.length : 0));
  const placeOf = new Map<number, number>(); // Of each person, the row they count for.
  const add = (place: number): boolean => {
    const seen = new Set<number>();
    const seat = (bit: number): boolean =>
      here.some(({ skills }, person) => {
        if (((skills >> bit) & 1) === 0 || seen.has(person)) return false;
        seen.add(person);
        const other = placeOf.get(person);
        if (other !== undefined && !seat(other)) return false;
        placeOf.set(person, bit);
        return true;
      });
    return seat(place);
  };
  const fill = (bit: number, most: number) => {
    for (let i = 0; i < most && add(bit); i++) have[skilled[bit]!]!++;
  };
  for (const [bit, row] of skilled.entries()) fill(bit, asked[row]!.minimum);
  for (const [bit, row] of skilled.entries()) fill(bit, asked[row]!.ideal - have[row]!);
  for (const bit of skilled.keys()) fill(bit, here.length);
  return asked.map((each, i) => ({ ...each, have: have[i]! }));
}

// Drafts

const WORK: readonly Shift[] = [
  shift("early shift", "06:00", "14:00", { site: "Ward" }),
  shift("late shift", "14:00", "22:00", { site: "Desk", kind: "duty" }),
  shift("night shift", "22:00", "30:00", { site: "Ward" }),
  shift("short shift", "12:00", "15:00", { site: "Desk" }),
  shift("standby", "18:00", "30:00", { kind: "on-call" }),
];

export const anyPeople: fc.Arbitrary<Person[]> = fc
  .array(anyPerson(), { minLength: 1, maxLength: 4 })
  .map((list) => list.map((person, i) => ({ ...person, personId: `p${i}`, name: ["Ana", "Ben", "Cem", "Dora"][i]! })));

function anyPerson(): fc.Arbitrary<Person> {
  const anyDay = fc.oneof(
    { weight: 3, arbitrary: fc.constant([] as Shift[]) },
    { weight: 1, arbitrary: fc.constantFrom(...WORK.slice(0, 3)).map((one) => [one]) },
  );
  return fc
    .record({
      week: fc.array(anyDay, { minLength: 7, maxLength: 7 }),
      away: fc.option(
        fc.record({ day: fc.nat({ max: DAYS }), type: fc.constantFrom("leave" as const, "sick" as const) }),
      ),
      ends: fc.option(fc.integer({ min: 1, max: DAYS }), { freq: 4 }),
      skills: fc.subarray([...SKILLS]),
      hasRest: fc.boolean(),
    })
    .map(({ week, away, ends, skills, hasRest }) => ({
      personId: "",
      name: "",
      zone,
      contracts: [
        contract({
          fromDay: FIRST - 60,
          toDay: ends === null ? null : FIRST + ends,
          turns: { weeks: [week], anchorDay: FIRST },
          rules: hasRest
            ? [
                { kind: "rest" as const, minutesMin: 660 },
                { kind: "days" as const, max: 2 },
                { kind: "rolling" as const, days: 3, minutesMax: 1_000 },
              ]
            : [],
          cost: { minorUnits: 2_350, currency: "EUR" },
        }),
      ],
      holidays: [{ day: FIRST + 3, part: null, name: "Easter Monday", region: "DE-BY" }],
      adjustments:
        away === null
          ? []
          : [
              {
                id: "away",
                approval: { by: "Ana", onDay: FIRST - 20 },
                what: {
                  kind: "absence" as const,
                  type: away.type,
                  span: { fromDay: FIRST + away.day, toDay: FIRST + away.day + 1 },
                },
              },
            ],
      skills: skills.map((skillId, i) => ({ skillId, level: i + 1, fromDay: FIRST - 9, untilDay: null })),
    }));
}

export const anyEntry = (id: string): fc.Arbitrary<Entry> => {
  const personId = fc.constantFrom("p0", "p1", "p2");
  const day = fc.integer({ min: FIRST, max: FIRST + DAYS - 1 });
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        id: fc.constant(id),
        kind: fc.constant("add" as const),
        personId: fc.oneof({ weight: 5, arbitrary: personId }, { weight: 1, arbitrary: fc.constant(null) }),
        day,
        shift: fc.constantFrom(...WORK),
        skillId: fc.constantFrom(null, null, null, ...SKILLS),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        id: fc.constant(id),
        kind: fc.constant("drop" as const),
        personId,
        of: fc.record({ day, fromMinute: fc.constantFrom(360, 840, 1_320) }),
      }),
    },
  );
};

export const anyEntries: fc.Arbitrary<Entry[]> = fc
  .nat({ max: 7 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => anyEntry(`e${i}`))));

export const anyQuestion: fc.Arbitrary<RosterQuestion> = fc
  .record({ people: anyPeople, demands: anyDemands })
  .map(({ people, demands }) => ({
    people,
    rows: rowsOf(demands),
    clocks,
    skillName: (id: string) => id,
    fromDay: FIRST,
    toDay: FIRST + DAYS,
  }));
