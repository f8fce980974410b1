import { oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import type { PluginScore } from "./algorithm.ts";
import {
  breachSentence,
  changedQuestion,
  unitsOf,
  type PluginBreach,
  type PluginChange,
  type PluginQuestion,
  type PluginTaking,
} from "./constraint.ts";
import type { Plugin } from "./folder.ts";
import { openPluginHost, type Answer, type ConstraintRun, type PluginHost } from "./host.ts";
import {
  valuesOf,
  type AlgorithmExample,
  type ConstraintManifest,
  type ExampleTaking,
  type Values,
} from "./manifest.ts";
import { LIMITS, type Limits } from "./process.ts";

/** One thing that was tried: whether it is as it should be, and what came of it. */
export type CheckLine = { readonly tried: string; readonly isRight: boolean; readonly says: string };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Monday, 1 March 2027. */
const MONDAY_MS = 20_513 * DAY_MS;
const SAMPLES = 60;
const SEED = 1;

/**
 * Runs a plug-in, allowed or not, as a host would: against its own worked examples; a constraint also against lines made up from a
 * seed, where each delta must be what two full answers differ by. Takes about a second.
 */
export async function checkPlugin(plugin: Plugin, limits: Limits = LIMITS): Promise<CheckLine[]> {
  const { manifest, source, hash } = plugin;
  const host = openPluginHost({ allowed: new Set([hash]), limits });
  if (manifest.kind === "constraint") return checkConstraint({ manifest, source, hash }, host);
  const lines: CheckLine[] = [];
  for (const example of manifest.examples) {
    const { domains, reaches } = example;
    const problem = {
      values: valuesOf(manifest.parameters, {}, "values"),
      domains,
      start: domains.map(() => 0),
      seed: SEED,
    };
    const answer = await host.search({ manifest, source, hash }, problem, (values) => scoreIn(example, values));
    if ("off" in answer) return [...lines, { tried: example.says, isRight: false, says: answer.off.sentence }];
    const { score, turns } = answer.value;
    const isRight = score.hard < reaches.hard || (score.hard === reaches.hard && score.soft <= reaches.soft);
    const says = `It reaches ${score.hard} hard, ${score.soft} soft points in ${turns} turns; ${reaches.hard} and ${reaches.soft} are asked for.`;
    lines.push({ tried: example.says, isRight, says });
  }
  return lines;
}

function scoreIn({ costs, differ }: AlgorithmExample, values: readonly number[]): PluginScore {
  return {
    hard: differ.filter(([a, b]) => values[a] === values[b]).length,
    soft: values.reduce((sum, value, variable) => sum + costs[variable]![value]!, 0),
  };
}

async function checkConstraint(plugin: Plugin<ConstraintManifest>, host: PluginHost): Promise<CheckLine[]> {
  await using run = host.openConstraint(plugin);
  const lines: CheckLine[] = [];
  for (const [i, example] of plugin.manifest.examples.entries()) {
    const question = questionOf(example.there.map(takingOf), example.values);
    const wished = await run.breaches(changedQuestion(question, { gone: null, come: takingOf(example.wish) }));
    const before = await run.breaches(question);
    if ("off" in wished) return [...lines, wrongLine(example.says, wished)];
    if ("off" in before) return [...lines, wrongLine(example.says, before)];
    const isBroken = unitsOf(wished.value) > unitsOf(before.value);
    const first = wished.value.at(-1);
    const says = isBroken ? `Broken: ${told(plugin.manifest, first!)}` : "Kept.";
    lines.push({ tried: example.says, isRight: isBroken === (i === 1), says });
  }
  return [...lines, await shadowLine(plugin.manifest, run)];
}

const wrongLine = (tried: string, { off }: { readonly off: { readonly sentence: string } }): CheckLine => ({
  tried,
  isRight: false,
  says: off.sentence,
});

const told = (manifest: ConstraintManifest, breach: PluginBreach): string =>
  breachSentence(manifest, breach, { who: "Ana", what: "“Wish”", when: momentText(breach.startMs) });

const momentText = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO("UTC")
    .toPlainTime()
    .toString({ smallestUnit: "minute" });

/** Lines and changes made up from a seed: each delta beside two full answers, and each question asked twice. */
async function shadowLine(manifest: ConstraintManifest, run: ConstraintRun): Promise<CheckLine> {
  const tried = `${SAMPLES} changes of weeks made up by chance`;
  const random = seededRandom(SEED);
  let broken = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const question = questionByChance(manifest, random);
    const change = changeByChance(question, random);
    const before = await run.breaches(question);
    const again = await run.breaches(question);
    const after = await run.breaches(changedQuestion(question, change));
    const delta = await run.delta(question, change);
    const off = firstOff([before, again, after, delta]);
    if (off !== null) return wrongLine(tried, off);
    const [was, is, said] = [unitsOf(valueOf(before)), unitsOf(valueOf(after)), valueOf(delta)];
    if (was !== unitsOf(valueOf(again))) return { tried, isRight: false, says: `It answers one question in two ways.` };
    if (Math.abs(is - was - said) > 1e-6) {
      const says = `A delta of ${said} is said in change ${sample + 1}, but ${was} units become ${is}.`;
      return { tried, isRight: false, says };
    }
    if (is > 0) broken++;
  }
  return { tried, isRight: true, says: `Each delta is what two full answers differ by; ${broken} of them break it.` };
}

const firstOff = (answers: readonly Answer<unknown>[]) => answers.find((answer) => "off" in answer) ?? null;

function valueOf<Value>(answer: Answer<Value>): Value {
  if ("off" in answer) throw new Error("asked for before it was known");
  return answer.value;
}

/** A week of one subject, from its Monday on. */
function questionOf(taken: readonly PluginTaking[], values: Values): PluginQuestion {
  const days = Array.from({ length: 7 }, (_, day) => {
    const startMs = MONDAY_MS + day * DAY_MS;
    return { startMs, endMs: startMs + DAY_MS, isHoliday: false };
  });
  const open = days.slice(0, 5).map(({ startMs }) => ({
    startMs: startMs + 480 * MINUTE_MS,
    endMs: startMs + 1_020 * MINUTE_MS,
  }));
  const part = { startMs: MONDAY_MS, endMs: MONDAY_MS + 7 * DAY_MS };
  return changedQuestion({ values, part, taken, open, days, zone: "UTC" }, { gone: null, come: null });
}

const takingOf = ({ from, to, ...rest }: ExampleTaking): PluginTaking => ({
  startMs: MONDAY_MS + from * MINUTE_MS,
  endMs: MONDAY_MS + to * MINUTE_MS,
  ...rest,
});

const TAKEN_BY_CHANCE = 12;

function questionByChance({ parameters }: ConstraintManifest, random: Random): PluginQuestion {
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, { from, to, preset }]) => [name, oneOf(random, [from, preset, to])]),
  );
  const count = wholeBetween(random, 0, TAKEN_BY_CHANCE);
  return questionOf(
    Array.from({ length: count }, () => takingByChance(random)),
    values,
  );
}

/** Within two days, so that many meet; quarters of hours. */
function takingByChance(random: Random): PluginTaking {
  const from = wholeBetween(random, 28, 160) * 15;
  return takingOf({
    from,
    to: from + wholeBetween(random, 1, 12) * 15,
    site: oneOf(random, [null, 0, 1, 2]),
    isFocus: random() < 0.2,
    guests: wholeBetween(random, 0, 12),
    skills: [],
  });
}

function changeByChance({ taken }: PluginQuestion, random: Random): PluginChange {
  const isGone = taken.length > 0 && random() < 0.6;
  const gone = isGone ? wholeBetween(random, 0, taken.length - 1) : null;
  return { gone, come: !isGone || random() < 0.7 ? takingByChance(random) : null };
}
