import { seededRandom, wholeBetween } from "@hourwright/std";
import { DAY_MS, findZone, HOUR_MS, MINUTE_MS } from "@hourwright/time";
import {
  breachesIn,
  catalogue,
  detect,
  effectOf,
  indexBySubject,
  OWN,
  PLAIN,
  presetOf,
  suggestRepairs,
  takingsOf,
  type Scene,
} from "@hourwright/conflict";
import { below, percentile, type Bench, type Result } from "./report.ts";
import { preventionResults } from "./planning-http.ts";
import { cpuMs } from "./time-report.ts";

/**
 * The numbers of planning: detection, the check of one write, and repairs, in CPU time of one thread, since the machine is shared; and
 * prevention through HTTP, by the clock, which is what writers wait for.
 */
export const planning: Bench = {
  name: "planning",
  async run(say) {
    const results: Result[] = [];
    for (const [events, people, bound] of SIZES) {
      say(`${events.toLocaleString("en")} events of ${people.toLocaleString("en")} people …`);
      results.push(...sizeResults(events, people, bound));
    }
    say("prevention under 50 writers at once …");
    return [...results, ...(await preventionResults())];
  },
};

/** Events, people, and the promised milliseconds of a detection of all kinds; null where only the growth is of interest. */
const SIZES: readonly (readonly [events: number, people: number, boundMs: number | null])[] = [
  [1_000, 10, null],
  [10_000, 40, 50],
  [100_000, 300, 500],
  [1_000_000, 3_000, null],
];
const RUNS = 5;
const WRITES = 2_000;
const CONFLICTS_REPAIRED = 100;

const ZONE = findZone("Europe/Prague")!;
const YEAR_MS = Temporal.Instant.from("2027-01-01T00:00:00Z").epochMilliseconds;
const YEAR = { startMs: YEAR_MS - DAY_MS, endMs: YEAR_MS + 367 * DAY_MS };
const SETTINGS = catalogue.map((constraint) => presetOf(constraint));
/** What is called a kind of conflict; the other constraints are rules that an organisation may set. */
const KINDS: ReadonlySet<string> = new Set(["overlap", "attendee", "resource", "travel", "capacity"]);
const OF_KINDS = SETTINGS.filter(({ constraint }) => KINDS.has(constraint.id));

function sizeResults(events: number, people: number, bound: number | null): Result[] {
  const scene = sceneOf(events, people);
  const size = `${events.toLocaleString("en")} events`;
  const runs = events > 100_000 ? 1 : RUNS;
  const pairs = medianCpu(runs, () => void detect(scene.index, YEAR.startMs, YEAR.endMs));
  const kinds = medianCpu(runs, () => void breachesIn(scene, OF_KINDS, YEAR));
  const all = medianCpu(runs, () => void breachesIn(scene, SETTINGS, YEAR));
  const [check, repair] = [checkTimes(scene, events, people), repairTimes(scene)];
  return [
    measured(`detection of taken time alone, ${size}, median of ${runs}`, pairs, null),
    measured(`detection of all ${KINDS.size} kinds, ${size}, median of ${runs}`, kinds, bound),
    measured(`detection by all ${SETTINGS.length} constraints, ${size}, median of ${runs}`, all, null),
    below(`one write among ${size}, all constraints, p99 of ${WRITES}`, percentile(check, 0.99), "ms", 5),
    below(
      `five repairs of a conflict among ${size}, p99 of ${CONFLICTS_REPAIRED}`,
      percentile(repair, 0.99),
      "ms",
      200,
    ),
  ];
}

/** A value with its bound; without one it shows how the cost grows, and was not promised. */
const measured = (what: string, value: number, bound: number | null): Result =>
  bound === null ? { ...below(what, value, "ms", Infinity), promise: "" } : below(what, value, "ms", bound);

/** A year of working days: meetings of a quarter to an hour and a half, at three places and nowhere. */
function sceneOf(events: number, people: number): Scene {
  const random = seededRandom(7);
  const rows = Array.from({ length: events }, (_, i) => {
    const startMs = YEAR_MS + wholeBetween(random, 0, 364) * DAY_MS + wholeBetween(random, 28, 68) * 15 * MINUTE_MS;
    const endMs = startMs + wholeBetween(random, 1, 6) * 15 * MINUTE_MS;
    return { occurrence: i, event: i, subject: wholeBetween(random, 0, people - 1), startMs, endMs, how: OWN };
  });
  const open = Array.from({ length: 366 }, (_, day) => ({
    startMs: YEAR_MS + day * DAY_MS + 7 * HOUR_MS,
    endMs: YEAR_MS + day * DAY_MS + 16 * HOUR_MS,
  })).filter((_, day) => day % 7 < 5);
  const traits = [0, 1, 2, null].map((site) => ({ ...PLAIN, site }));
  return {
    index: indexBySubject(takingsOf(rows)),
    subjectOf: () => ({ open, skills: [], places: null }),
    traitsOf: (occurrence) => traits[occurrence % traits.length]!,
    world: { zone: ZONE, firstWeekday: 1, nowMs: YEAR_MS, holidays: new Set(), travelMs: () => 20 * MINUTE_MS },
  };
}

function checkTimes(scene: Scene, events: number, people: number): number[] {
  const random = seededRandom(3);
  return Array.from({ length: WRITES }, (_, i) => {
    const startMs = YEAR_MS + wholeBetween(random, 0, 364) * DAY_MS + wholeBetween(random, 28, 68) * 15 * MINUTE_MS;
    const come = {
      occurrence: events + i,
      event: events + i,
      how: OWN,
      startMs,
      endMs: startMs + HOUR_MS,
      traits: PLAIN,
    };
    const subject = wholeBetween(random, 0, people - 1);
    return clockMs(() => void effectOf(scene, SETTINGS, [{ subject, gone: null, come }]));
  });
}

function repairTimes({ index }: Scene): number[] {
  const { found } = detect(index, YEAR.startMs, YEAR.startMs + 60 * DAY_MS, CONFLICTS_REPAIRED);
  const rows = Map.groupBy(index.takings.occurrence.keys(), (row) => index.takings.occurrence[row]!);
  const facts = {
    index,
    rowsOf: (occurrence: number) => rows.get(occurrence) ?? [],
    titleOf: (occurrence: number) => `Thing ${occurrence}`,
    isMovable: () => true,
    zone: "Europe/Prague",
    nowMs: YEAR_MS,
  };
  return found.map((each) => clockMs(() => void suggestRepairs(each, facts, 5)));
}

function medianCpu(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const startedMs = cpuMs();
    work();
    return cpuMs() - startedMs;
  });
  return percentile(times, 0.5);
}

function clockMs(work: () => void): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}
