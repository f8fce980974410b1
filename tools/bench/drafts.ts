import { oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import {
  evaluate,
  groundOf,
  reevaluate,
  rowsOf,
  whyNot,
  type Demand,
  type Entry,
  type Evaluation,
  type Person,
  type RosterQuestion,
} from "@hourwright/roster";
import type { Contract, Rule, Shift } from "@hourwright/schedule";
import { findZone } from "@hourwright/time";
import { below, type Bench, type Result } from "./report.ts";
import { timed, type Times } from "./time-report.ts";

/** A draft of 300 people for a month with 6,000 shifts, judged at once and after one edit, with rules, skills and demand. CPU time. */
export const drafts: Bench = {
  name: "drafts",
  run(say) {
    say(`drafts: ${PEOPLE} people × ${DAYS} days, ${PEOPLE * SHIFTS_EACH} shifts …`);
    const question = questionOf(seededRandom(SEED));
    const entries = entriesOf(seededRandom(SEED + 1));
    const ground = groundOf(question);
    const whole = evaluate(ground, entries);
    const results: Result[] = [
      below(
        "what stands of everybody",
        msOf(() => groundOf(question).byId.size),
        "ms",
        50,
      ),
      below(
        countText(whole),
        msOf(() => evaluate(ground, entries).results.size),
        "ms",
        50,
      ),
    ];
    const edits = editsOf(entries);
    let at = 0;
    const edit = () => reevaluate(whole, edits[at++ % edits.length]!).results.size;
    results.push(below("the same after one edit", msOf(edit), "ms", 2));
    const asked = triedOf(entries);
    const why = () => whyNot(whole, asked[at++ % asked.length]!).alternatives.length;
    results.push(below("why not, with what could be done instead", msOf(why), "ms", 20));
    return Promise.resolve(results);
  },
};

const msOf = (work: () => number): number => (timed([{ read: () => [0], ask: () => [work()] }]) as [Times])[0].askMs;

function countText({ results, coverage }: Evaluation): string {
  const broken = [...results.values()].reduce((sum, each) => sum + each.broken.length, 0);
  const objections = [...results.values()].reduce((sum, each) => sum + each.objections.length, 0);
  return `a draft judged: ${results.size} people, ${coverage.size} rows, ${broken} rules broken, ${objections} objections`;
}

const PEOPLE = 300;
const DAYS = 31;
const SHIFTS_EACH = 20;
const SITES = 10;
const SEED = 20_270_301;
const FROM_DAY = Temporal.PlainDate.from("1970-01-01").until("2027-03-01").days;
const zone = findZone("Europe/Berlin")!;

const RULES: readonly Rule[] = [
  { kind: "shift", minutesMax: 600 },
  { kind: "day", minutesMax: 600 },
  { kind: "week", minutesMax: 2_880 },
  { kind: "rolling", days: 28, minutesMax: 11_520 },
  { kind: "rest", minutesMin: 660 },
  { kind: "week-rest", minutesMin: 1_440 },
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
const siteOf = (i: number): string => `Ward ${i % SITES}`;
const idOf = (i: number): string => `per_${String(i).padStart(4, "0")}`;

function questionOf(random: Random): RosterQuestion {
  const free: Contract["turns"] = { weeks: [[[], [], [], [], [], [], []]], anchorDay: FROM_DAY };
  const people = Array.from({ length: PEOPLE }, (_, i): Person => {
    const leaveDay = FROM_DAY + leaveAfter(i);
    return {
      personId: idOf(i),
      name: `Person ${i}`,
      zone,
      contracts: [
        {
          id: "c",
          fromDay: FROM_DAY - 800,
          toDay: null,
          nominal: { minutes: 2_400, per: "week" },
          partPermille: 1_000,
          turns: free,
          site: siteOf(i),
          region: "DE-BY",
          holidays: "paid",
          cost: { minorUnits: 2_450, currency: "EUR" },
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
  });
  return {
    people,
    rows: rowsOf(Array.from({ length: SITES }, (_, i) => demandsOf(siteOf(i))).flat()),
    clocks: { zone, isHoliday: () => false },
    skillName: (id) => id,
    fromDay: FROM_DAY,
    toDay: FROM_DAY + DAYS,
  };
}

function demandsOf(site: string): Demand[] {
  const stretches = SHIFTS.map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute, minimum: 5, ideal: 7 }));
  const few = stretches.map((stretch) => ({ ...stretch, minimum: 1, ideal: 1 }));
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
    stretches: skillId === null ? stretches : few,
  }));
}

/** Somebody's leave of three days. */
const leaveAfter = (i: number): number => (i * 7) % (DAYS - 5);

/** Five days on and two off, but for leave, of one kind of shift by and large. */
function entriesOf(random: Random): Entry[] {
  return Array.from({ length: PEOPLE }, (_, i) => {
    const shift = oneOf(random, SHIFTS);
    const days = Array.from({ length: DAYS }, (__, day) => day).filter(
      (day) => (day + (i % 4 === 0 ? i : 0)) % 7 < 5 && (day < leaveAfter(i) || day >= leaveAfter(i) + 3),
    );
    return days.slice(0, SHIFTS_EACH).map((day, n): Entry => ({
      id: `e${i} ${n}`,
      kind: "add",
      personId: idOf(i),
      day: FROM_DAY + day,
      shift: wholeBetween(random, 0, 39) === 0 ? oneOf(random, SHIFTS) : shift,
      skillId: null,
    }));
  }).flat();
}

const EDITS = 50;

/** Each with one shift at another time. */
const editsOf = (entries: readonly Entry[]): Entry[][] =>
  Array.from({ length: EDITS }, (_, i) => {
    const at = (i * 113) % entries.length;
    const entry = entries[at]!;
    return entry.kind === "drop" ? [...entries] : entries.with(at, { ...entry, shift: SHIFTS[(i + 1) % 3]! });
  });

/** Shifts that meet others of the same person. */
const triedOf = (entries: readonly Entry[]): Entry[] =>
  Array.from({ length: EDITS }, (_, i) => {
    const entry = entries[(i * 113) % entries.length]!;
    return { ...entry, id: "new" };
  });
