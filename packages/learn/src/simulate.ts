import { assert, oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { logistic } from "./network/network.ts";
import type { Commitment, CommitmentType, Place } from "./features/commitment.ts";
import type { History, HistoryRow } from "./history.ts";
import { CLASSES, LABELS, OUTPUT_COUNT, type Label, type Outcome } from "./outputs.ts";

/**
 * An organisation that does not exist, and the probability with which each of its outcomes came about: `truth[row * 9 + output]`,
 * rows as in the history. Nobody can predict better than who knows these: they are the limit beside which a model is shown [LN8].
 */
export type Simulated = { readonly history: History; readonly truth: Float64Array };

/**
 * The process, in words. People have hidden habits (normal, spread 0.6) of moving, cancelling, refusing and missing, which show only
 * in their counts of the past. What happens depends on these and on how facts meet: a customer on a Friday afternoon, a way
 * after a short pause, outsiders early or insiders late, many things on a day of a busy week. Each outcome is then a coin
 * with that probability. The habits and the process do not change over the weeks.
 */
export const PROCESS =
  "A made-up organisation: each outcome is a coin whose probability follows from people's hidden habits and " +
  "from how the facts of a commitment meet (process 1 of packages/learn/src/simulate.ts).";

/** So many things each, but few people at least and many at most. */
const THINGS_EACH = 200;
const PEOPLE_MIN = 5;
const PEOPLE_MAX = 60;
export const SIMULATED_ROWS_MAX = 200_000;
/** Things of the organisation in a week. */
const A_WEEK = 150;
/** 2026-01-05, a Monday. */
const FIRST_MONDAY_MS = 1_767_571_200_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Counts = {
  all: number;
  moved: number;
  cancelled: number;
  missed: number;
  asked: number;
  refused: number;
  conflicts: number;
};
type Person = { readonly habit: Readonly<Record<Label, number>>; readonly early: boolean; readonly counts: Counts };

/** A history of `count` things and its truth, the same for the same seed. `isPlain`: facts only add up, as the plain baseline believes. */
export function simulateHistory(seed: number, count: number, isPlain = false): Simulated {
  assert(count > 0 && count <= SIMULATED_ROWS_MAX, `1 to ${SIMULATED_ROWS_MAX} rows: ${count}`);
  const random = seededRandom(seed);
  const peopleCount = Math.min(PEOPLE_MAX, Math.max(PEOPLE_MIN, Math.floor(count / THINGS_EACH)));
  const people = Array.from({ length: peopleCount }, () => personOf(random));
  const truth = new Float64Array(count * OUTPUT_COUNT);
  const startsMs = Float64Array.from({ length: count }, (_, i) => startOf(Math.floor(i / A_WEEK), random)).sort();
  const rows: HistoryRow[] = [];
  for (const [i, startMs] of startsMs.entries()) {
    const who = wholeBetween(random, 0, peopleCount - 1);
    const person = people[who]!;
    const commitment = commitmentOf(startMs, person, random);
    const chances = chancesOf(commitment, person, isPlain);
    truth.set(chances, i * OUTPUT_COUNT);
    const outcome = drawn(chances, random);
    remember(person.counts, commitment, outcome);
    rows.push({ startMs, who: who.toString(16).padStart(32, "0"), commitment, outcome });
  }
  const consent = "None is needed: nobody of them exists.";
  return { history: { source: PROCESS, consent, isSimulated: true, rows }, truth };
}

function personOf(random: Random): Person {
  const habit = () => 0.6 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return {
    habit: { moved: habit(), cancelled: habit(), refused: habit(), missed: habit() },
    early: random() < 0.5,
    counts: { all: 0, moved: 0, cancelled: 0, missed: 0, asked: 0, refused: 0, conflicts: 0 },
  };
}

/** Some time between 7 and 19 on a weekday, in quarters of an hour. */
const startOf = (week: number, random: Random): number =>
  FIRST_MONDAY_MS + (week * 7 + wholeBetween(random, 0, 4)) * DAY_MS + wholeBetween(random, 28, 75) * 15 * MINUTE_MS;

const PLACE_OF: Readonly<Record<CommitmentType, readonly Place[]>> = {
  focus: ["none", "own site"],
  "one to one": ["remote", "own site", "own site"],
  team: ["remote", "own site", "other site"],
  customer: ["remote", "own site", "outside", "outside"],
  class: ["own site", "other site"],
};

function commitmentOf(startMs: number, { early, counts }: Person, random: Random): Commitment {
  const type = oneOf<CommitmentType>(random, ["focus", "one to one", "team", "team", "customer", "customer", "class"]);
  const place = oneOf(random, PLACE_OF[type]);
  const startMinute = (startMs % DAY_MS) / MINUTE_MS;
  const day = Math.floor((startMs - FIRST_MONDAY_MS) / DAY_MS);
  const lengthMinutes = oneOf(random, [15, 30, 30, 45, 60, 60, 90, 120]);
  const others = type === "focus" ? 0 : type === "one to one" ? 1 : wholeBetween(random, 2, 12);
  const external = type === "customer" ? wholeBetween(random, 1, Math.max(1, others - 1)) : 0;
  const sameDayCount = wholeBetween(random, 0, 8);
  const past = (part: number, all = counts.all) => ({ part, all });
  return {
    startMinute,
    lengthMinutes,
    weekday: (day % 7) + 1,
    weekOfYear: (Math.floor(day / 7) % 52) + 1,
    isHoliday: random() < 0.02,
    leadMinutes: oneOf(random, [60, 240, 1_440, 2_880, 7_200, 14_400, 28_800]),
    place,
    travelMinutes:
      place === "outside" ? wholeBetween(random, 15, 90) : place === "other site" ? wholeBetween(random, 5, 30) : 0,
    zoneDifferenceMinutes: place === "remote" && random() < 0.3 ? 60 * wholeBetween(random, 1, 9) : 0,
    attendees: {
      count: others + 1,
      external,
      vip: random() < 0.1 ? 1 : 0,
      regular: wholeBetween(random, 0, others),
      fresh: wholeBetween(random, 0, external),
      optional: wholeBetween(random, 0, Math.floor(others / 2)),
      accepted: wholeBetween(random, 0, others),
      declined: 0,
    },
    type,
    priority: oneOf(random, [0, 0, 0, 1, 5, 9]),
    isRecurring: type !== "customer" && random() < 0.5,
    bufferBeforeMinutes: oneOf(random, [0, 0, 10, 15]),
    bufferAfterMinutes: oneOf(random, [0, 0, 10, 15]),
    overlapMinutes: 0,
    gapBeforeMinutes: sameDayCount === 0 ? null : wholeBetween(random, 0, 12) * 15,
    gapAfterMinutes: sameDayCount === 0 ? null : wholeBetween(random, 0, 12) * 15,
    sameDayCount,
    sameDayMinutes: sameDayCount * 45,
    history: {
      hourScore: early === startMinute < 720 ? 0.7 : 0.3,
      conflicts: Math.min(50, counts.conflicts),
      moved: past(counts.moved),
      cancelled: past(counts.cancelled),
      attended: past(counts.all - counts.missed),
      seriesMoved: past(0, 0),
      refused: past(counts.refused, counts.asked),
    },
    organisation: {
      load: 0.3 + 0.6 * random(),
      atWork: { part: wholeBetween(random, 6, 10), all: 10 },
      openMinutes: startMinute >= 480 && startMinute < 1_080 ? lengthMinutes : 0,
      rulesBroken: startMinute >= 1_080 ? 1 : 0,
      season: 1 + 0.3 * Math.sin((2 * Math.PI * day) / 364),
    },
  };
}

/** How facts meet: each is 1 where it holds and 0 where it does not. */
function chancesOf(c: Commitment, { habit }: Person, isPlain: boolean): number[] {
  const is = (fact: boolean): number => (fact ? 1 : 0);
  const friday = is(c.weekday === 5 && c.startMinute >= 720);
  const customer = is(c.type === "customer");
  const early = is(c.startMinute < 600);
  const far = is(c.leadMinutes > 5_000);
  const short = is((c.gapBeforeMinutes ?? 480) < 30);
  const way = is(c.travelMinutes > 0);
  const full = is(c.sameDayCount > 5);
  const busy = is(c.organisation.load > 0.6);
  const large = is(c.attendees.count > 7);
  const unlike = (a: number, b: number) => (isPlain ? 0.5 * (a + b) : a === b ? 0 : 1);
  const both = (a: number, b: number) => (isPlain ? 0.5 * (a + b) : a * b);
  const logits: Readonly<Record<Label, number>> = {
    moved: -3.6 + habit.moved + 3.2 * unlike(early, customer) + 1.5 * both(friday, customer) + 0.5 * far,
    cancelled: -4 + habit.cancelled + 3.4 * unlike(far, customer) + 1.2 * both(busy, full),
    refused: -3.8 + habit.refused + 3.2 * unlike(large, early) + 1.2 * both(busy, is(c.history.hourScore < 0.5)),
    missed: -4.6 + habit.missed + 2.4 * both(short, way) + 3.2 * unlike(early, far),
  };
  const weights = [
    1,
    Math.exp(-4 + 3 * unlike(customer, far)),
    Math.exp(-5 + 4.2 * both(short, way)),
    Math.exp(-4.6 + 3.4 * both(busy, full)),
    Math.exp(-4.6 + 3 * unlike(large, is(c.place === "remote"))),
  ];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return [...weights.map((weight) => weight / sum), ...LABELS.map((label) => logistic(logits[label]))];
}

function drawn(chances: readonly number[], random: Random): Outcome {
  let left = random();
  const at = CLASSES.findIndex((_, i) => (left -= chances[i]!) < 0);
  const [moved, cancelled, refused, missed] = LABELS.map((_, i) => random() < chances[CLASSES.length + i]!);
  return {
    conflict: CLASSES[Math.max(0, at)]!,
    moved: moved!,
    cancelled: cancelled!,
    refused: refused!,
    missed: missed!,
  };
}

function remember(counts: Counts, { attendees }: Commitment, outcome: Outcome): void {
  counts.all++;
  if (outcome.moved) counts.moved++;
  if (outcome.cancelled) counts.cancelled++;
  if (outcome.missed) counts.missed++;
  if (outcome.refused) counts.refused++;
  if (attendees.count > 1) counts.asked++;
  if (outcome.conflict !== "no_conflict") counts.conflicts++;
}
