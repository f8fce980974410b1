import { assert, oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  findZone,
  firstCommonTime,
  interval,
  normalise,
  overlappingPairs,
  timeline,
  workingIntervals,
  type Interval,
  type Spans,
} from "@hourwright/time";
import { below, percentile, type Result } from "./report.ts";
import { beside, cpuMs, timed, type Times } from "./time-report.ts";

/** What we use of flatbush: a packed R-tree, here of one row per person. */
export type Flatbush = new (count: number) => {
  add(fromX: number, fromY: number, toX: number, toY: number): void;
  finish(): void;
  search(fromX: number, fromY: number, toX: number, toY: number): number[];
};

const SEED = 20270319;
const PEOPLE = 300;
const EVENTS = 1_000_000;
const QUARTERS_OF_A_YEAR = 365 * 96;
const YEAR_MS = Temporal.Instant.from("2026-01-01T00:00:00Z").epochMilliseconds;

/** Overlap, free/busy and slots: what every conflict and every offered time stands on. */
export function indexResults(flatbush: Flatbush, say: (text: string) => void): Result[] {
  say(`overlap: ${EVENTS} events of ${PEOPLE} people …`);
  const spans = manyEvents(EVENTS, PEOPLE);
  return [...overlapResults(spans, flatbush), changeOfTimeline(spans), commonSlot()];
}

function manyEvents(count: number, people: number): Spans {
  const random = seededRandom(SEED);
  const spans = {
    subjects: new Int32Array(count),
    startMs: new Float64Array(count),
    endMs: new Float64Array(count),
  };
  for (let i = 0; i < count; i++) {
    spans.subjects[i] = wholeBetween(random, 0, people - 1);
    spans.startMs[i] = YEAR_MS + wholeBetween(random, 0, QUARTERS_OF_A_YEAR - 1) * 15 * MINUTE_MS;
    spans.endMs[i] = spans.startMs[i]! + wholeBetween(random, 1, 4) * 15 * MINUTE_MS;
  }
  return spans;
}

function overlapResults(spans: Spans, flatbush: Flatbush): Result[] {
  const ours = { read: () => [spans], ask: () => overlappingPairs(spans).first };
  const theirs = { read: () => [spans], ask: () => flatbushPairs(spans, flatbush) };
  const [own, other] = timed([ours, theirs]) as [Times, Times];
  const different = ours.ask().length - theirs.ask().length;
  const what = `overlap among ${EVENTS} events of ${PEOPLE} people`;
  return [
    below(what, own.askMs, "ms", 100),
    beside(what, own.askMs, "flatbush", other.askMs, 25),
    below(`${what}: pairs other than flatbush's`, Math.abs(different), "", 1),
  ];
}

/** Both build their index anew: times come from a database, in no order. */
function flatbushPairs({ subjects, startMs, endMs }: Spans, Tree: Flatbush): number[] {
  const tree = new Tree(subjects.length);
  // Boxes that touch count as one there: a millisecond less keeps neighbours apart.
  for (let i = 0; i < subjects.length; i++) tree.add(startMs[i]!, subjects[i]!, endMs[i]! - 1, subjects[i]!);
  tree.finish();
  const pairs: number[] = [];
  for (let i = 0; i < subjects.length; i++) {
    for (const j of tree.search(startMs[i]!, subjects[i]!, endMs[i]! - 1, subjects[i]!)) if (j > i) pairs.push(i);
  }
  return pairs;
}

const CHANGES = 20_000;

/** All events in the timeline of one subject, which is the worst case: one is moved, that is taken out and put in. */
function changeOfTimeline({ startMs, endMs }: Spans): Result {
  const line = timeline();
  for (let i = 0; i < EVENTS; i++) line.insert(startMs[i]!, endMs[i]!, i);
  const random = seededRandom(SEED);
  const beginMs = cpuMs();
  for (let i = 0; i < CHANGES; i++) {
    const id = wholeBetween(random, 0, EVENTS - 1);
    line.remove(startMs[id]!, id);
    line.insert(startMs[id]!, endMs[id]!, id);
  }
  const eachUs = ((cpuMs() - beginMs) * 1000) / CHANGES;
  return below(`one event among ${EVENTS} of one subject, out and in again`, eachUs, "µs", 50);
}

const TEAM = 20;
const DAYS = 60;
const SEARCHES = 51;
const ZONES = ["Europe/Berlin", "Europe/London", "Europe/Lisbon"] as const;

/** Working hours and all, from rows as a database has them: nothing is prepared but the team's events. */
function commonSlot(): Result {
  const random = seededRandom(SEED);
  const whole = interval(YEAR_MS, YEAR_MS + DAYS * DAY_MS);
  const team = Array.from({ length: TEAM }, () => ({ busy: busyWeeks(random), hours: officeHours(random) }));
  const times: number[] = [];
  let found: Interval | null = null;
  for (let i = 0; i < SEARCHES; i++) {
    const beginMs = cpuMs();
    const within = team.map(({ hours }) => workingIntervals(hours, whole));
    found = firstCommonTime({
      busy: team.map(({ busy }) => busy),
      within,
      lengthMs: 2 * HOUR_MS,
      fromMs: whole.startMs,
      toMs: whole.endMs,
    });
    times.push(cpuMs() - beginMs);
  }
  assert(found === null, "the whole of the time has to be looked at");
  return below(
    `a common slot of ${TEAM} people within ${DAYS} days, working hours included`,
    percentile(times, 0.5),
    "ms",
    2,
  );
}

/** So full that no two hours are common: the whole of it has to be looked at. */
function busyWeeks(random: Random): Interval[] {
  const list = Array.from({ length: DAYS * 8 }, (_, i) => {
    const startMs = YEAR_MS + Math.floor(i / 8) * DAY_MS + wholeBetween(random, 28, 68) * 15 * MINUTE_MS;
    return interval(startMs, startMs + wholeBetween(random, 1, 4) * 15 * MINUTE_MS);
  });
  return normalise(list);
}

function officeHours(random: Random) {
  const day = [
    { fromMs: 9 * HOUR_MS, toMs: 12 * HOUR_MS },
    { fromMs: 13 * HOUR_MS, toMs: 17 * HOUR_MS },
  ];
  return { zone: findZone(oneOf(random, ZONES))!, week: [day, day, day, day, day, [], []] };
}
