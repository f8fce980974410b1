import { assert, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { slotsIn, whyNot, type SlotQuestion, type SubjectTime, type TakenTime } from "@hourwright/availability";
import { DAY_MS, HOUR_MS, MINUTE_MS, findZone, workingIntervals, type Interval } from "@hourwright/time";
import { below, type Bench, type Result } from "./report.ts";
import { beside, timed, type Times } from "./time-report.ts";

/**
 * Slots beside asking row by row, which is how it is mostly done: each start of each person against what they have open
 * and taken. CPU time, in one process, in turns; both have to answer the same.
 */
export const slots: Bench = {
  name: "slots",
  run(say) {
    const results: Result[] = [];
    const oursMs: number[] = [];
    for (const { people, days, msMax, factor } of SIZES) {
      say(`slots: ${people} people × ${days} days …`);
      const asked = organisation(people, days);
      const window = windowOf(days);
      const [ours, peer] = timed([
        { read: () => [asked], ask: () => slotsIn(asked, window, SLOTS) },
        { read: () => [asked], ask: () => rowByRow(asked, window) },
      ]) as [Times, Times];
      const found = slotsIn(asked, window, SLOTS).map(({ startMs }) => startMs);
      const expected = rowByRow(asked, window);
      assert(
        expected.length > 0 && expected.length < SLOTS,
        `a bench that finds something, and all: ${expected.length}`,
      );
      const different = new Set(found).symmetricDifference(new Set(expected)).size;
      const what = `${found.length} slots of ${people} people × ${days} days`;
      oursMs.push(ours.askMs);
      results.push(
        below(what, ours.askMs, "ms", msMax),
        beside(what, ours.askMs, "row by row", peer.askMs, factor),
        below(`${what}: other than row by row`, different, "", 1),
      );
    }
    const growth = oursMs[2]! / oursMs[1]!;
    results.push(below("ten times the people take so many times as long", growth, "×", 15), whyNotResult());
    return Promise.resolve(results);
  },
};

const SIZES = [
  { people: 10, days: 60, msMax: 20, factor: 5 },
  { people: 10, days: 90, msMax: 30, factor: 5 },
  { people: 100, days: 90, msMax: 200, factor: 5 },
] as const;
const SLOTS = 20_000;
const SEED = 20270320;
const EVERY_MINUTES = 15;
/** Of a working day of eight hours some six are taken. */
const TAKEN_A_DAY = 6;
const zone = findZone("Europe/Berlin")!;
const START_MS = Temporal.ZonedDateTime.from("2027-03-01T00:00[Europe/Berlin]").epochMilliseconds;
const RULES = { lengthMinutes: 60, beforeMinutes: 5, afterMinutes: 10 } as const;

const windowOf = (days: number): Interval => ({ startMs: START_MS, endMs: START_MS + days * DAY_MS });

/** An adviser out of all but a tenth, and an assistant of the others: hours, what is taken, buffers, a raster. */
function organisation(people: number, days: number): SlotQuestion {
  const random = seededRandom(SEED);
  const subjects = Array.from({ length: people }, () => subjectTime(random, days));
  const all = Array.from(subjects.keys());
  const advisers = all.slice(Math.ceil(people / 10));
  return {
    subjects,
    nowMs: START_MS,
    booked: [],
    sessions: [],
    rules: {
      lengthMinutes: RULES.lengthMinutes,
      bufferBeforeMinutes: RULES.beforeMinutes,
      bufferAfterMinutes: RULES.afterMinutes,
      noticeMinutes: 0,
      bookable: null,
      raster: { everyMinutes: EVERY_MINUTES, from: "midnight" },
      zone,
      hours: null,
      limits: { perDay: null, perWeek: null, perCustomer: null },
      roles: [
        { anyOf: advisers, count: 1 },
        { anyOf: all.slice(0, Math.ceil(people / 10)), count: 1 },
      ],
      places: 1,
      site: null,
    },
  };
}

function subjectTime(random: Random, days: number): SubjectTime {
  const fromMs = wholeBetween(random, 7, 10) * HOUR_MS;
  const day = [
    { fromMs, toMs: fromMs + 4 * HOUR_MS },
    { fromMs: fromMs + 5 * HOUR_MS, toMs: fromMs + 9 * HOUR_MS },
  ];
  const window = windowOf(days);
  const taken = Array.from({ length: days * TAKEN_A_DAY }, (_, i): TakenTime => {
    const startMs =
      window.startMs + Math.floor(i / TAKEN_A_DAY) * DAY_MS + wholeBetween(random, 28, 72) * EVERY_MINUTES * MINUTE_MS;
    const endMs = startMs + wholeBetween(random, 1, 4) * 15 * MINUTE_MS;
    return { startMs, endMs, guardStartMs: startMs, guardEndMs: endMs, site: null };
  });
  return {
    open: workingIntervals({ zone, week: [day, day, day, day, day, [], []] }, window),
    taken: taken.toSorted((a, b) => a.startMs - b.startMs),
  };
}

/** Every start of every person asked of all their rows; the first who can ends the question. */
function rowByRow({ rules, subjects }: SlotQuestion, { startMs, endMs }: Interval): number[] {
  const starts: number[] = [];
  const lengthMs = RULES.lengthMinutes * MINUTE_MS;
  for (let ms = startMs; ms < endMs; ms += EVERY_MINUTES * MINUTE_MS) {
    const isFree = (subject: number) => {
      const { open, taken } = subjects[subject]!;
      if (!open!.some((stretch) => stretch.startMs <= ms && ms + lengthMs <= stretch.endMs)) return false;
      const [fromMs, toMs] = [ms - RULES.beforeMinutes * MINUTE_MS, ms + lengthMs + RULES.afterMinutes * MINUTE_MS];
      return !taken.some((each) => each.guardStartMs < toMs && fromMs < each.guardEndMs);
    };
    if (rules.roles.every(({ anyOf }) => anyOf.some(isFree))) starts.push(ms);
  }
  return starts;
}

function whyNotResult(): Result {
  const asked = organisation(100, 90);
  const [times] = timed([{ read: () => [asked], ask: () => whyNot(asked, START_MS + 30 * DAY_MS + 12 * HOUR_MS) }]) as [
    Times,
  ];
  return below("why not, of 100 people × 90 days", times.askMs, "ms", 10);
}
