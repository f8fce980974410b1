import {
  expand,
  findZone,
  parseBasicTime,
  parseRule,
  type Expansion,
  type Series,
  type Window,
  type Zone,
} from "@hourwright/time";
import { loadPeer } from "./peers.ts";
import type { Bench, Result } from "./report.ts";
import { icalResults, type IcalJs } from "./time-ical.ts";
import { indexResults, type Flatbush } from "./time-index.ts";
import { beside, rounded, timed, type Side, type Times } from "./time-report.ts";
import { mixedSeries, printSeries, type SeriesText } from "./time-corpus.ts";

/**
 * The numbers of time: recurrence beside its two strongest peers, overlap beside a spatial index. CPU time, since the
 * machine is shared; all sides in one process and one run, in turns. Every side gets the same texts and answers with
 * epoch milliseconds.
 */
export const time: Bench = {
  name: "time",
  async run(say) {
    const peers = await loadPeers();
    const texts = mixedSeries(SERIES, SEED);
    return [
      ...expansions(texts, peers, say),
      centuryAway(texts),
      ...indexResults(peers.flatbush, say),
      ...icalResults(peers.icalJs, say),
    ];
  },
};

const SERIES = 1000;
const SEED = 20270318;
const YEAR: Window & { readonly kind: "between" } = {
  kind: "between",
  fromMs: epochMsOf("20260101T000000Z"),
  toMs: epochMsOf("20270101T000000Z"),
};
function epochMsOf(text: string): number {
  return parseBasicTime(text)!.localMs;
}

// What we use of the peers, so that the bench compiles where they are not installed.
type RustTime = { toTimestamp(): number };
type RustSet = {
  readonly cache: { disable(): void };
  between(after: RustTime, before: RustTime, inclusive: boolean): readonly RustTime[];
};
type Rust = {
  readonly RRuleSet: { fromString(text: string): RustSet };
  readonly DateTime: {
    utc(year: number, month: number, day: number, hour: number, minute: number, second: number): RustTime;
  };
};
type TemporalRule = {
  between(after: Temporal.ZonedDateTime, before: Temporal.ZonedDateTime, inclusive: boolean): Temporal.ZonedDateTime[];
};
type TemporalRules = {
  readonly RRuleTemporal: new (options: { rruleString: string; maxIterations: number }) => TemporalRule;
};
type Peers = {
  readonly rust: Rust;
  readonly temporal: TemporalRules;
  readonly flatbush: Flatbush;
  readonly icalJs: IcalJs;
};

async function loadPeers(): Promise<Peers> {
  const rust = (await loadPeer("rrule-rust")) as Rust;
  const temporal = (await loadPeer("rrule-temporal")) as TemporalRules;
  const { default: flatbush } = (await loadPeer("flatbush")) as { default: Flatbush };
  const { default: icalJs } = (await loadPeer("ical.js")) as { default: IcalJs };
  return { rust, temporal, flatbush, icalJs };
}

function expansions(texts: readonly SeriesText[], { rust, temporal }: Peers, say: (text: string) => void): Result[] {
  const printed = texts.map(printSeries);
  const [after, before] = [rust.DateTime.utc(2026, 1, 1, 0, 0, 0), rust.DateTime.utc(2026, 12, 31, 23, 59, 59)];
  const [from, to] = [utc(YEAR.fromMs), utc(YEAR.toMs - 1)];
  const ours: Side<Series> = { read: () => texts.map(readSeries), ask: (series) => expand(series, YEAR).epochMs };
  const oursAsTemporal: Side<Series> = { read: ours.read, ask: (series) => zoned(expand(series, YEAR), series.zone) };
  const theirs: Side<RustSet> = {
    read: () => printed.map((text) => withoutCache(rust.RRuleSet.fromString(text))),
    ask: (set) => set.between(after, before, true).map((each) => each.toTimestamp()),
  };
  const temporals: Side<TemporalRule> = {
    read: () => printed.map((rruleString) => new temporal.RRuleTemporal({ rruleString, maxIterations: PERIODS_MAX })),
    ask: (rule) => rule.between(from, to, true).map((each) => each.epochMilliseconds),
  };

  say(`recurrence: ${texts.length} series over a year …`);
  const sides = [ours, oursAsTemporal, theirs, temporals] as readonly Side<unknown>[];
  const [own, ownTemporal, rustTimes, temporalTimes] = timed(sides) as [Times, Times, Times, Times];
  const what = `${texts.length} series over a year`;
  return [
    beside(`${what}: expansion`, own.askMs, "rrule-rust", rustTimes.askMs, 20),
    beside(`${what}: expansion`, own.askMs, "rrule-temporal", temporalTimes.askMs, 35),
    beside(`${what}: with Temporal values`, ownTemporal.askMs, "rrule-temporal", temporalTimes.askMs, 1),
    beside(`${what}: parsing and expansion`, own.bothMs, "rrule-rust", rustTimes.bothMs, 15),
    none(`${what}: answers other than rrule-temporal's`, disagreements(texts, ours, temporals, say)),
  ];
}

/** Our default budget in their words: a step of theirs is a period. */
const PERIODS_MAX = 1_000_000;

function withoutCache(set: RustSet): RustSet {
  set.cache.disable();
  return set;
}

function utc(ms: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("UTC");
}

function zoned({ epochMs }: Expansion, { id }: Zone): readonly Temporal.ZonedDateTime[] {
  return epochMs.map((ms) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(id));
}

function readSeries({ zoneId, startLocalMs, rule, excluded, added }: SeriesText): Series {
  const zone = findZone(zoneId)!;
  const rrules = [parseRule(rule).rule!];
  const exdatesMs = excluded.map((ms) => zone.toEpochMs(ms));
  return { startLocalMs, zone, rrules, exdatesMs, rdatesMs: added.map((ms) => zone.toEpochMs(ms)) };
}

/**
 * How many series the two answer differently. In one thing we differ on purpose: what falls into a gap of the clocks
 * happens after it (SPEC RC2), where rrule-temporal leaves it out; those few are said, and not compared.
 */
function disagreements(
  texts: readonly SeriesText[],
  ours: Side<Series>,
  theirs: Side<TemporalRule>,
  say: (text: string) => void,
): number {
  let different = 0;
  let occurrences = 0;
  let inGaps = 0;
  const others = theirs.read();
  for (const [i, series] of ours.read().entries()) {
    const { epochMs, localMs } = expand(series, YEAR);
    const real = epochMs.filter((ms, at) => series.zone.toLocalMs(ms) === localMs[at]);
    occurrences += epochMs.length;
    inGaps += epochMs.length - real.length;
    if (real.join() === Array.from(theirs.ask(others[i]!)).join()) continue;
    different++;
    say(`different: ${printSeries(texts[i]!)}`);
  }
  say(`recurrence: ${occurrences} occurrences, ${inGaps} of them in a gap of the clocks and not compared`);
  return different;
}

/** A month a century after the start beside the same month at the start: it is reached by division, not by walking. */
function centuryAway(texts: readonly SeriesText[]): Result {
  const endless = texts.filter(({ rule }) => !/COUNT|UNTIL/.test(rule)).map(readSeries);
  const month = (text: string): Window => {
    const fromMs = epochMsOf(text);
    return { kind: "between", fromMs, toMs: fromMs + 31 * 86_400_000 };
  };
  const side = (window: Window): Side<unknown> => ({
    read: () => endless,
    ask: (series) => expand(series as Series, window).epochMs,
  });
  const [near, far] = timed([side(month("20270101T000000Z")), side(month("21270101T000000Z"))]) as [Times, Times];
  const ratio = far.askMs / near.askMs;
  return {
    what: `${endless.length} endless series, a month 100 years on`,
    value: rounded(far.askMs),
    unit: "ms",
    peer: "the same month at the start",
    peerValue: rounded(near.askMs),
    ratio: rounded(1 / ratio),
    promise: "≤ 2 × the month at the start",
    kept: ratio <= 2,
  };
}

function none(what: string, value: number): Result {
  return { what, value, unit: "", peer: null, peerValue: null, ratio: null, promise: "0", kept: value === 0 };
}
