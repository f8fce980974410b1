import { oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { unify, type Adjustment, type Contract, type ScheduleQuestion, type Shift } from "@hourwright/schedule";
import { findZone } from "@hourwright/time";
import { below, type Bench, type Result } from "./report.ts";
import { timed, type Times } from "./time-report.ts";

/** Schedules of an organisation merged one after the other: weeks that take turns with breaks, holidays, and what was approved. CPU time. */
export const schedule: Bench = {
  name: "schedule",
  run(say) {
    const results: Result[] = [];
    const took: number[] = [];
    for (const { people, days, msMax } of SIZES) {
      say(`schedule: ${people} people × ${days} days …`);
      const questions = organisation(people, days);
      const merge = () => questions.reduce((sum, question) => sum + unify(question).stretches.length, 0);
      const [ours] = timed([{ read: () => [questions], ask: () => [merge()] }]) as [Times];
      took.push(ours.askMs);
      results.push(below(`${merge()} stretches of ${people} people × ${days} days`, ours.askMs, "ms", msMax));
    }
    results.push(below("twelve times the days take so many times as long", took[1]! / took[0]!, "×", 15));
    results.push(below("ten times the people take so many times as long", took[2]! / took[0]!, "×", 15));
    return Promise.resolve(results);
  },
};

const SIZES = [
  { people: 300, days: 31, msMax: 30 },
  { people: 300, days: 372, msMax: 360 },
  { people: 3_000, days: 31, msMax: 300 },
] as const;
const SEED = 20_270_301;
const FROM_DAY = Temporal.PlainDate.from("1970-01-01").until("2027-03-01").days;
const HOLIDAYS_A_YEAR = 12;
const zone = findZone("Europe/Berlin")!;

const shiftOf = (name: string, fromHour: number): Shift => ({
  name,
  fromMinute: fromHour * 60,
  toMinute: fromHour * 60 + 480,
  kind: "duty",
  breaks: [{ fromMinute: fromHour * 60 + 240, toMinute: fromHour * 60 + 270, isPaid: false }],
  site: null,
});
const SHIFTS = [shiftOf("early", 6), shiftOf("late", 14), shiftOf("night", 22)];

function organisation(people: number, days: number): ScheduleQuestion[] {
  const random = seededRandom(SEED);
  const holidays = Array.from({ length: Math.ceil((days * HOLIDAYS_A_YEAR) / 365) }, (_, i) => ({
    day: FROM_DAY + i * 30,
    part: null,
    name: "holiday",
    region: "DE-BY",
  }));
  return Array.from({ length: people }, () => ({
    zone,
    contracts: [contractOf(random)],
    holidays,
    adjustments: Array.from({ length: Math.ceil(days / 31) * 2 }, (_, i) => absenceOf(random, i, days)),
    fromDay: FROM_DAY,
    toDay: FROM_DAY + days,
  }));
}

function contractOf(random: Random): Contract {
  const weeks = Array.from({ length: 3 }, () => {
    const shifts = [oneOf(random, SHIFTS)];
    return Array.from({ length: 7 }, (_, day) => (day < 5 ? shifts : []));
  });
  return {
    id: "contract",
    fromDay: FROM_DAY - 400,
    toDay: null,
    nominal: { minutes: 2_400, per: "week" },
    partPermille: 1_000,
    turns: { weeks, anchorDay: FROM_DAY },
    site: null,
    region: "DE-BY",
    holidays: "paid",
    cost: null,
    rules: [],
  };
}

function absenceOf(random: Random, i: number, days: number): Adjustment {
  const fromDay = FROM_DAY + wholeBetween(random, 0, days - 1);
  const span = { fromDay, toDay: fromDay + wholeBetween(random, 1, 4) };
  const type = oneOf(random, ["leave", "sick", "training"] as const);
  return { id: `a${i}`, approval: { by: "Ana", onDay: FROM_DAY }, what: { kind: "absence", type, span } };
}
