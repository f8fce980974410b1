import { seededRandom, wholeBetween, type Random } from "@hourwright/std";
import {
  brokenIn,
  groundOf,
  objectionsIn,
  rowsOf,
  type Demand,
  type Person,
  type RosterQuestion,
} from "@hourwright/roster";
import { USUAL_WEIGHTS, planRoster, type PlanQuestion, type RosterPlan } from "@hourwright/roster/planning";
import type { Rule, Shift } from "@hourwright/schedule";
import { timeBudget } from "@hourwright/solver";
import { findZone } from "@hourwright/time";
import { above, below, type Bench, type Result } from "./report.ts";

/** An empty draft of a month planned for 30, 100 and 300 people: how much stays short, and how fast it is looked. CPU time. */
export const plan: Bench = {
  name: "plan",
  run(say) {
    return Promise.resolve(SIZES.flatMap((size) => measured(size, say)));
  },
};

const SIZES = [
  { people: 30, seconds: 3, firstMs: 1_000, stepsMin: 100_000 },
  { people: 100, seconds: 5, firstMs: 2_000, stepsMin: 100_000 },
  { people: 300, seconds: 10, firstMs: 5_000, stepsMin: 50_000 },
] as const;
/** A plan is useful once a tenth of what was missing is left. */
const USEFUL = 0.1;

const nowMs = (): number => process.cpuUsage().user / 1_000;

function measured(
  { people, seconds, firstMs, stepsMin }: (typeof SIZES)[number],
  say: (line: string) => void,
): Result[] {
  const question = questionOf(people, seededRandom(SEED));
  const beganMs = nowMs();
  let named = 0;
  const budget = timeBudget(seconds * 1_000, nowMs);
  const slices = planRoster(question, { seed: 1, budget, newId: () => `new ${++named}` });
  const needed = neededMinutes(question);
  let usefulMs = Infinity;
  let walkingMs = 0;
  for (;;) {
    const { done, value } = slices.next();
    const ms = nowMs() - beganMs;
    if (done === true) {
      say(toldOf(people, value, ms));
      return [
        below(`${people} people × ${DAYS} days: a useful plan`, usefulMs, "ms", firstMs),
        above(`${people} people × ${DAYS} days: steps`, Math.round(value.steps / (walkingMs / 1_000)), "/s", stepsMin),
      ];
    }
    if (value.score.hard <= USEFUL * needed) usefulMs = Math.min(usefulMs, ms);
    walkingMs = ms;
  }
}

function neededMinutes({ ground }: PlanQuestion): number {
  return SITES_OF(ground.question.people.length) * DAYS * SHIFTS.reduce((sum, _, i) => sum + NEED[i]![0] * 480, 0);
}

function toldOf(people: number, value: RosterPlan, ms: number): string {
  const { counted, steps, given, evaluation, unmetCount, mended } = value;
  const hours = (name: keyof RosterPlan["counted"]["after"]) =>
    `${Math.round(counted.before[name].units / 60)} → ${Math.round(counted.after[name].units / 60)}`;
  const wrong = `${objectionsIn(evaluation).length} objections, ${brokenIn(evaluation).length} rules broken, ${mended} mended`;
  return (
    `plan: ${people} people × ${DAYS} days, ${SITES_OF(people)} sites: ${given} shifts, hours below minimum ${hours("minimum")}, ` +
    `below ideal ${hours("ideal")}, over ${hours("over")}, beside contracts ${hours("hours")}; ${unmetCount} stretches short, ` +
    `${steps} steps, ${Math.round(ms)} ms; ${wrong}`
  );
}

const DAYS = 31;
const SEED = 20_270_301;
const PEOPLE_OF_A_SITE = 15;
const FROM_DAY = Temporal.PlainDate.from("1970-01-01").until("2027-03-01").days;
const zone = findZone("Europe/Berlin")!;
const SITES_OF = (people: number): number => Math.ceil(people / PEOPLE_OF_A_SITE);

const RULES: readonly Rule[] = [
  { kind: "shift", minutesMax: 600 },
  { kind: "day", minutesMax: 600 },
  { kind: "week", minutesMax: 2_880 },
  { kind: "rolling", days: 28, minutesMax: 10_560 },
  { kind: "rest", minutesMin: 660 },
  { kind: "week-rest", minutesMin: 2_160 },
  { kind: "days", max: 6 },
  { kind: "nights", max: 4 },
  { kind: "weekends", of: 4, freeMin: 1 },
];

const shiftOf = (name: string, fromHour: number): Shift => ({
  name,
  fromMinute: fromHour * 60,
  toMinute: fromHour * 60 + 480,
  kind: "duty",
  breaks: [{ fromMinute: fromHour * 60 + 240, toMinute: fromHour * 60 + 270, isPaid: false }],
  site: null,
});
const SHIFTS = [shiftOf("early", 6), shiftOf("late", 14), shiftOf("night", 22)];
/** Of each of them: the minimum and the ideal. */
const NEED = [
  [3, 4],
  [3, 4],
  [2, 2],
] as const;

const siteOf = (i: number): string => `Ward ${Math.floor(i / PEOPLE_OF_A_SITE)}`;

function questionOf(count: number, random: Random): PlanQuestion {
  const people = Array.from({ length: count }, (_, i) => personOf(i, random));
  const sites = Array.from({ length: SITES_OF(count) }, (_, i) => siteOf(i * PEOPLE_OF_A_SITE));
  const question: RosterQuestion = {
    people,
    rows: rowsOf(sites.flatMap(demandsOf)),
    clocks: { zone, isHoliday: () => false },
    skillName: (id) => id,
    fromDay: FROM_DAY,
    toDay: FROM_DAY + DAYS,
  };
  return {
    ground: groundOf(question),
    entries: [],
    people: new Set(people.map(({ personId }) => personId)),
    keep: { items: new Set(), people: new Set(), days: new Set() },
    mayDrop: false,
    otherSites: false,
    asFewChangesAsPossible: false,
    wishes: people.flatMap(({ personId }) =>
      Array.from({ length: 2 }, () => ({
        personId,
        day: FROM_DAY + wholeBetween(random, 0, DAYS - 1),
        want: "off" as const,
        fromMinute: null,
        weight: 5,
      })),
    ),
    past: new Map(
      people.map(({ personId }) => {
        const often = wholeBetween(random, 20, 60);
        return [personId, { nights: often, weekends: 20, holidays: 4, unpopular: 0, fullDays: 365 }];
      }),
    ),
    unpopular: new Set(),
    weights: USUAL_WEIGHTS,
  };
}

function personOf(i: number, random: Random): Person {
  const leaveDay = FROM_DAY + wholeBetween(random, 0, DAYS - 5);
  const free: Shift[][] = [[], [], [], [], [], [], []];
  return {
    personId: `per_${String(i).padStart(4, "0")}`,
    name: `Person ${i}`,
    zone,
    contracts: [
      {
        id: "c",
        fromDay: FROM_DAY - 800,
        toDay: null,
        nominal: { minutes: i % 4 === 0 ? 1_200 : 2_310, per: "week" },
        partPermille: i % 4 === 0 ? 500 : 1_000,
        turns: { weeks: [free], anchorDay: FROM_DAY },
        site: siteOf(i),
        region: null,
        holidays: "paid",
        cost: null,
        rules: RULES,
      },
    ],
    holidays: [],
    adjustments: [
      {
        id: `l${i}`,
        approval: { by: "Ana", onDay: FROM_DAY - 60 },
        what: { kind: "absence", type: "leave", span: { fromDay: leaveDay, toDay: leaveDay + 3 } },
      },
    ],
    skills: ["aid", "lead"]
      .filter(() => wholeBetween(random, 0, 2) === 0)
      .map((skillId) => ({ skillId, level: 2, fromDay: 0, untilDay: null })),
  };
}

function demandsOf(site: string): Demand[] {
  return [null, "aid", "lead"].map((skillId) => ({
    id: `${site} ${skillId}`,
    name: "Day and night",
    site,
    skillId,
    levelMin: null,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    onHolidays: true,
    dates: [],
    fromDay: FROM_DAY - 30,
    toDay: null,
    stretches: SHIFTS.map(({ fromMinute, toMinute }, i) => {
      const [minimum, ideal] = skillId === null ? NEED[i]! : ([skillId === "aid" ? 1 : 0, 1] as const);
      return { fromMinute, toMinute, minimum, ideal };
    }),
  }));
}
