import { isBetter, readPlans, VARIABLES_MAX, type PluginProblem, type PluginScore } from "./algorithm.ts";
import {
  changedQuestion,
  readBreaches,
  readDelta,
  TAKEN_MAX,
  unitsOf,
  type PluginBreach,
  type PluginChange,
  type PluginQuestion,
} from "./constraint.ts";
import { readPlugin, type Plugin } from "./folder.ts";
import type { AlgorithmManifest, ConstraintManifest } from "./manifest.ts";
import { LIMITS, PluginFailure, startPlugin, type Limits, type PluginProcess } from "./process.ts";
import { Wrong } from "./reading.ts";

/** A plug-in that was switched off, and why: for whoever stores and shows it. */
export type Notice = {
  readonly plugin: string;
  readonly version: string;
  readonly hash: string;
  readonly sentence: string;
};

/** What a plug-in says, or that it is off. What it does is never thrown at whoever asks. */
export type Answer<Value> = { readonly value: Value } | { readonly off: Notice };

/** A constraint at work, in a process of its own until it is disposed of. One question at a time. */
export type ConstraintRun = AsyncDisposable & {
  /** Every breach that begins in the part. */
  breaches(question: PluginQuestion): Promise<Answer<PluginBreach[]>>;
  /**
   * How many units more there would be. The first, and then every 16th, is compared with two full answers: a constraint for which
   * they disagree is switched off.
   */
  delta(question: PluginQuestion, change: PluginChange): Promise<Answer<number>>;
};

/** The best of all plans that an algorithm asked about, the one that stands among them. */
export type Found = {
  readonly values: readonly number[];
  readonly score: PluginScore;
  readonly turns: number;
  /** It ended, its time or turns did, or somebody wanted the best so far. */
  readonly stopped: "ended" | "time" | "turns" | "cancelled";
};

export type PluginHost = {
  /** Reads a plug-in; refuses one whose hash is not allowed. Nothing of it runs. */
  load(folder: string): Promise<{ readonly read: Plugin } | { readonly refused: string }>;
  openConstraint(plugin: Plugin<ConstraintManifest>): ConstraintRun;
  search(
    plugin: Plugin<AlgorithmManifest>,
    problem: PluginProblem,
    score: (values: readonly number[]) => PluginScore,
    signal?: { readonly aborted: boolean },
  ): Promise<Answer<Found>>;
  /** Those that were switched off, in order. They stay so for as long as this host lives. */
  notices(): readonly Notice[];
};

const SAMPLE_EVERY = 16;
/** Units are added up in another order: as much as doubles may differ by. */
const UNITS_APART = 1e-6;
const TURNS_MAX = 10_000;

/** Runs plug-ins of `allowed` hashes. None of them can harm whoever asks: a broken one is switched off with a notice. */
export function openPluginHost({
  allowed,
  limits = LIMITS,
  onNotice,
}: {
  readonly allowed: ReadonlySet<string>;
  readonly limits?: Limits;
  readonly onNotice?: (notice: Notice) => void;
}): PluginHost {
  const off = new Map<string, Notice>();

  function switchOff({ manifest, hash }: Plugin, what: string): Notice {
    const known = off.get(hash);
    if (known !== undefined) return known;
    const { name: plugin, version } = manifest;
    const notice = { plugin, version, hash, sentence: `The plug-in ${plugin} ${version} is switched off: it ${what}.` };
    off.set(hash, notice);
    onNotice?.(notice);
    return notice;
  }

  /** What a plug-in does wrong switches it off; what is wrong with us goes on as it is. */
  async function guarded<Value>(plugin: Plugin, work: () => Promise<Value>): Promise<Answer<Value>> {
    const known = off.get(plugin.hash);
    if (known !== undefined) return { off: known };
    if (!allowed.has(plugin.hash)) return { off: switchOff(plugin, "is not allowed") };
    try {
      return { value: await work() };
    } catch (error) {
      if (error instanceof PluginFailure) return { off: switchOff(plugin, error.message) };
      if (error instanceof Wrong) return { off: switchOff(plugin, `cannot be understood: ${error.message}`) };
      throw error;
    }
  }

  return {
    notices: () => [...off.values()],
    async load(folder) {
      const plugin = await readPlugin(folder);
      if ("refused" in plugin || allowed.has(plugin.read.hash)) return plugin;
      const { manifest, hash } = plugin.read;
      return { refused: `${manifest.name} ${manifest.version} is not allowed; its hash is ${hash}.` };
    },
    openConstraint: (plugin) => openConstraint(plugin, limits, (work) => guarded(plugin, work)),
    search: (plugin, problem, score, signal) =>
      guarded(plugin, () => searchWith(plugin, limits, problem, score, signal)),
  };
}

function openConstraint(
  plugin: Plugin<ConstraintManifest>,
  limits: Limits,
  guarded: <Value>(work: () => Promise<Value>) => Promise<Answer<Value>>,
): ConstraintRun {
  let starting: Promise<PluginProcess> | null = null;
  const ask = async (...order: Parameters<PluginProcess["ask"]>) =>
    (await (starting ??= startPlugin(plugin, limits))).ask(...order);
  let deltas = 0;

  async function breaches(question: PluginQuestion): Promise<PluginBreach[]> {
    if (question.taken.length > TAKEN_MAX) throw new RangeError(`a line has at most ${TAKEN_MAX} takings`);
    return readBreaches(await ask("breaches", question), question, plugin.manifest);
  }

  async function delta(question: PluginQuestion, change: PluginChange): Promise<number> {
    const said = readDelta(await ask("delta", { question, change }));
    if (deltas++ % SAMPLE_EVERY !== 0) return said;
    const before = unitsOf(await breaches(question));
    const after = unitsOf(await breaches(changedQuestion(question, change)));
    const isSame = Math.abs(after - before - said) <= UNITS_APART * Math.max(1, before, after);
    if (!isSame) throw new PluginFailure(`says a delta of ${said}, but ${before} units become ${after}`);
    return said;
  }

  return {
    breaches: (question) => guarded(() => breaches(question)),
    delta: (question, change) => guarded(() => delta(question, change)),
    async [Symbol.asyncDispose]() {
      const running = await starting?.catch(() => null);
      await running?.[Symbol.asyncDispose]();
    },
  };
}

async function searchWith(
  plugin: Plugin<AlgorithmManifest>,
  limits: Limits,
  problem: PluginProblem,
  score: (values: readonly number[]) => PluginScore,
  signal: { readonly aborted: boolean } = { aborted: false },
): Promise<Found> {
  const { domains, start } = problem;
  if (domains.length > VARIABLES_MAX) throw new RangeError(`an algorithm is given at most ${VARIABLES_MAX} variables`);
  await using running = await startPlugin(plugin, limits);
  let best = { values: start, score: score(start) };
  await running.ask("begin", problem);
  let scores: (readonly [hard: number, soft: number])[] = [];
  for (let turns = 0; turns < TURNS_MAX; turns++) {
    if (signal.aborted) return { ...best, turns, stopped: "cancelled" };
    if (running.leftMs() <= limits.callMs) return { ...best, turns, stopped: "time" };
    const yielded = await running.ask("next", scores);
    if (yielded === null) return { ...best, turns, stopped: "ended" };
    scores = readPlans(yielded, domains).map((values) => {
      const own = score(values);
      if (isBetter(own, best.score)) best = { values, score: own };
      return [own.hard, own.soft];
    });
  }
  return { ...best, turns: TURNS_MAX, stopped: "turns" };
}
