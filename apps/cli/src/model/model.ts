// `hourwright model train|evaluate|list|promote|features`: what is uncertain, learned from a history, without a server.

import { isDeepStrictEqual } from "node:util";
import {
  addCommandOf,
  collect,
  decide,
  entryOf,
  FEATURES,
  judgeModel,
  parseHistory,
  rowsOf,
  SCHEMA,
  simulateHistory,
  trainAndJudge,
  truthOf,
  watchOver,
  type Collected,
  type Command,
  type Registry,
} from "@hourwright/learn";
import { readArguments, type Question, type Source } from "./arguments.ts";
import { readModel, readRegistry, readText, Refusal, writeModel, writeRegistry, type ModelPorts } from "./folder.ts";
import { featuresText, listText, reportText } from "./show.ts";

const USAGE =
  "Usage: hourwright model train HISTORY.jsonl|--simulated SEED [--rows 20000] [--seed 1] [--epochs 100]\n" +
  "       hourwright model evaluate VERSION HISTORY.jsonl|--simulated SEED [--rows 20000]\n" +
  '       hourwright model history --out FILE --consent "TEXT" [--organisation NAME]\n' +
  "       hourwright model list\n" +
  "       hourwright model promote VERSION [HISTORY.jsonl|--simulated SEED [--rows 20000]]\n" +
  "       hourwright model features\n" +
  "       each with [--folder models] [--json]";

/** Status 0 done, 1 when the gate or a monitor says no, 2 unreadable input or wrong use. */
export async function model(args: readonly string[], io: ModelPorts): Promise<number> {
  const question = readArguments(args);
  if ("wrong" in question) {
    io.err(`${question.wrong}\n${USAGE}\n`);
    return 2;
  }
  try {
    switch (question.kind) {
      case "train":
        return await train(question, io);
      case "evaluate":
        return await evaluate(question, io);
      case "list":
        return await list(question, io);
      case "features":
        return listFeatures(question.json, io);
      case "promote":
        return await promote(question, io);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}

type Asked<Kind extends Question["kind"]> = Extract<Question, { kind: Kind }>;

async function train({ source, seed, epochs, folder, json }: Asked<"train">, io: ModelPorts): Promise<number> {
  const { examples, card, truth } = await collected(source, io);
  const registry = await readRegistry(folder, io);
  const learned = trainAndJudge(examples, { seed, epochsMax: epochs }, truth);
  const command = addCommandOf(learned.model, examples, card, learned.report);
  const { version, said } = await apply(registry, command, folder, io, async (version) =>
    writeModel(folder, version, learned.model, io),
  );
  const { report, epochs: epochsDone, bestEpoch } = learned;
  if (json) io.out(`${JSON.stringify({ version, said, card, epochs: epochsDone, bestEpoch, report })}\n`);
  else io.out(`${reportText(report, card)}\n\n${said}\n`);
  return report.verdict.isPassed ? 0 : 1;
}

async function evaluate({ version, source, folder, json }: Asked<"evaluate">, io: ModelPorts): Promise<number> {
  const model = await readModel(folder, version, io);
  const { examples, card, truth } = await collected(source, io);
  const learnedFrom = entryOf(await readRegistry(folder, io), version)?.card;
  if (learnedFrom !== undefined && card.from <= learnedFrom.to && !isDeepStrictEqual(card, learnedFrom))
    io.err(
      `Model ${version} was learned and judged on ${learnedFrom.from} to ${learnedFrom.to}: ` +
        "it may have learned from what it is judged on here, and look better than it is.\n",
    );
  const report = judgeModel(model, examples, truth);
  if (json) io.out(`${JSON.stringify({ version, card, report })}\n`);
  else io.out(`${reportText(report, card)}\n\n${report.verdict.reasons.join("\n")}\n`);
  return report.verdict.isPassed ? 0 : 1;
}

function listFeatures(json: boolean, io: ModelPorts): number {
  io.out(json ? `${JSON.stringify({ schema: SCHEMA, features: FEATURES })}\n` : `${featuresText(FEATURES)}\n`);
  return 0;
}

async function list({ folder, json }: Asked<"list">, io: ModelPorts): Promise<number> {
  const { entries } = await readRegistry(folder, io);
  io.out(json ? `${JSON.stringify({ models: entries })}\n` : `${listText(entries)}\n`);
  return 0;
}

async function promote({ version, source, folder, json }: Asked<"promote">, io: ModelPorts): Promise<number> {
  const registry = await readRegistry(folder, io);
  const watch = source === null ? null : await watched(registry, version, source, folder, io);
  const decision = decide(registry, { do: "promote", version, watch }, io.now());
  if ("refused" in decision) {
    if (json) io.out(`${JSON.stringify({ refused: decision.refused })}\n`);
    else io.err(`${decision.refused}\n`);
    return 1;
  }
  await writeRegistry(folder, decision.registry, io);
  const { state } = entryOf(decision.registry, version)!;
  io.out(json ? `${JSON.stringify({ version, state, said: decision.said })}\n` : `${decision.said}\n`);
  return state === "rolled back" ? 1 : 0;
}

async function apply(
  registry: Registry,
  command: Command,
  folder: string,
  io: ModelPorts,
  before: (version: number) => Promise<void>,
): Promise<{ version: number; said: string }> {
  const decision = decide(registry, command, io.now());
  if ("refused" in decision) throw new Refusal(decision.refused);
  const { version } = decision.registry.entries.at(-1)!;
  await before(version);
  await writeRegistry(folder, decision.registry, io);
  return { version, said: decision.said };
}

/** How the model did on what happened after the days that it was learned from and judged on. */
async function watched(registry: Registry, version: number, source: Source, folder: string, io: ModelPorts) {
  const entry = entryOf(registry, version);
  if (entry === undefined) return null;
  const { examples } = await collected(source, io);
  const until = Temporal.PlainDate.from(entry.card.to).add({ days: 1 }).toZonedDateTime("UTC").epochMilliseconds;
  const since = examples.startMs.findIndex((ms) => ms >= until);
  if (since < 0) return null;
  return watchOver(await readModel(folder, version, io), version, rowsOf(examples, since, examples.count));
}

/** What may be learned from of a source, and, where it is made up, its truth. */
async function collected(source: Source, io: ModelPorts): Promise<Collected & { truth: Float64Array | null }> {
  if (source.kind === "simulated") {
    const { history, truth } = simulateHistory(source.seed, source.rows);
    const found = refuseNothing(collect(history), "");
    return { ...found, truth: truthOf(truth, found) };
  }
  const text = await readText(source.path, io);
  if (text === null) throw new Refusal(`${source.path}: there is no such file.`);
  const history = refuseNothing(parseHistory(text), `${source.path}: `);
  return { ...refuseNothing(collect(history), `${source.path}: `), truth: null };
}

function refuseNothing<T extends object>(answer: T | { readonly refused: string }, where: string): T {
  if ("refused" in answer) throw new Refusal(`${where}${answer.refused}`);
  return answer;
}
