import type { Entry } from "./registry.ts";

/** What is seen of a model while it is asked: sums only, nothing about anybody. */
export type Watch = {
  readonly version: number;
  /** What was said of labels in ten steps of probability: how often, the sum of what was said, and how often it happened. */
  readonly said: readonly Seen[];
  /** Proposals that followed it, and of these the accepted ones; and of those that did not follow it. */
  readonly proposals: { readonly shown: number; readonly accepted: number };
  readonly others: { readonly shown: number; readonly accepted: number };
};

export type Seen = { readonly count: number; readonly said: number; readonly happened: number };

const SCORE_STEPS = 10;

export const newWatch = (version: number): Watch => ({
  version,
  said: Array.from({ length: SCORE_STEPS }, () => ({ count: 0, said: 0, happened: 0 })),
  proposals: { shown: 0, accepted: 0 },
  others: { shown: 0, accepted: 0 },
});

/** The step, 0 to 9, in which a probability lies. */
export const stepOf = (probability: number): number => Math.min(SCORE_STEPS - 1, Math.floor(probability * SCORE_STEPS));

/** One label of one commitment that is over: what had been said, and whether it happened. */
export function noteOutcome(watch: Watch, said: number, happened: boolean): Watch {
  const at = stepOf(said);
  const add = (seen: Seen): Seen => ({
    count: seen.count + 1,
    said: seen.said + said,
    happened: seen.happened + (happened ? 1 : 0),
  });
  return { ...watch, said: watch.said.map((seen, i) => (i === at ? add(seen) : seen)) };
}

/** One answered proposal, of those that followed the model or of the others. */
export function noteAnswer(watch: Watch, side: "proposals" | "others", isAccepted: boolean): Watch {
  const { shown, accepted } = watch[side];
  return { ...watch, [side]: { shown: shown + 1, accepted: accepted + (isAccepted ? 1 : 0) } };
}

/** Fewer labels than these say nothing yet; so many are needed before a canary may serve. */
export const WATCHED_MIN = 1_000;
const ANSWERS_MIN = 200;
const CALIBRATION_ERROR_MAX = 0.02;
/** How far chance alone may carry a number that is watched day after day: about one false alarm in a thousand. */
const SURE = 3;
/** The usual limit of the population stability index: above it, other things are asked about than were learned from. */
const DRIFT_MAX = 0.25;

export const watchedCount = ({ said }: Watch): number => said.reduce((sum, { count }) => sum + count, 0);

/** What speaks against a model, a sentence a monitor: calibration, drift, acceptance [LN11]. Empty while there is too little. */
export function alarmsOf(watch: Watch, entry: Entry): string[] {
  const alarms = [calibrationAlarm(watch), driftAlarm(watch, entry), acceptanceAlarm(watch)];
  return alarms.filter((alarm) => alarm !== null);
}

function calibrationAlarm(watch: Watch): string | null {
  const all = watchedCount(watch);
  if (all < WATCHED_MIN) return null;
  let [error, variance] = [0, 0];
  for (const { count, said, happened } of watch.said) {
    if (count === 0) continue;
    error += Math.abs(said - happened) / all;
    variance += said * (1 - said / count);
  }
  const limit = CALIBRATION_ERROR_MAX + (SURE * Math.sqrt(variance)) / all;
  if (error <= limit) return null;
  return `Calibration: what it says is off by ${text(error)} over ${all} labels; ${text(limit)} is let pass.`;
}

function driftAlarm(watch: Watch, { scores }: Entry): string | null {
  const all = watchedCount(watch);
  const known = scores.reduce((sum, count) => sum + count, 0);
  if (all < WATCHED_MIN || known === 0) return null;
  let drift = 0;
  for (const [i, { count }] of watch.said.entries()) {
    // Half a row each, so that an empty step has a logarithm.
    const [now, then] = [(count + 0.5) / (all + 5), ((scores[i] ?? 0) + 0.5) / (known + 5)];
    drift += (now - then) * Math.log(now / then);
  }
  if (drift <= DRIFT_MAX) return null;
  return `Drift: its answers spread otherwise than when it was judged (index ${text(drift)}; ${DRIFT_MAX} is let pass).`;
}

function acceptanceAlarm({ proposals, others }: Watch): string | null {
  if (proposals.shown < ANSWERS_MIN || others.shown < ANSWERS_MIN) return null;
  const [own, theirs] = [proposals.accepted / proposals.shown, others.accepted / others.shown];
  const both = (proposals.accepted + others.accepted) / (proposals.shown + others.shown);
  const error = Math.sqrt(both * (1 - both) * (1 / proposals.shown + 1 / others.shown));
  if (theirs - own <= SURE * error) return null;
  return `Acceptance: ${percent(own)} of what it proposes is accepted, and ${percent(theirs)} of the rest.`;
}

const text = (value: number): string => value.toFixed(3);
const percent = (part: number): string => `${Math.round(part * 100)} %`;
