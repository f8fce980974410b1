import { isRefused, learningProblems, refuseLearning, type Refused } from "@hourwright/contract";
import { decide, ROWS_MIN } from "@hourwright/learn";
import type { Clock } from "../../platform/clock.ts";
import type { Unit } from "../../platform/db/database.ts";
import { enqueue, newestJob, readJob, type Job, type JobHandler } from "../../platform/jobs/jobs.ts";
import { workTold } from "../../platform/jobs/telling.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { organisationOf } from "../identity/public.ts";
import { historySentence, isEnough, surplusOf, type HistoryCount } from "./decide.ts";
import { headOf } from "./lines.ts";
import { agreedBy, LEARNING, MADE_UP, MODEL, MODELS_KEPT_MAX } from "./model.ts";
import { pastLines, readHistory, type HistoryPorts } from "./past.ts";
import { countPast, deleteModels, insertModel, lockSetting, putSetting, settingOf } from "./store.ts";
import type { Trained, TrainInput } from "./train.task.ts";

// A training is a job: its history is read in short units, it learns on a thread of its own, and the registry decides at the end.

export const TRAIN_JOB = "learning.train";

const train: Task<TrainInput, never, Trained | { readonly refused: string }, number> = {
  module: new URL("train.task.ts", import.meta.url),
  name: "trainTask",
  priority: "train",
  // An epoch of 50,000 takes some seconds, the baselines at the end about as long as ten.
  silentMs: 300_000,
};

const off = refuseLearning("off", "switch", {});
const running = refuseLearning("running", "wait", {});

/** How much there is to learn from; of a demo, the made-up commitments. */
export async function historyCount(unit: Unit, consent: string, isMadeUp: boolean): Promise<HistoryCount> {
  if (!isMadeUp) return countPast(unit, agreedBy(consent));
  return { rows: MADE_UP.rows, usable: MADE_UP.rows, people: 0, fromMs: null, toMs: null };
}

/** Leaves a training to a job. One at a time, and none where there is too little to learn from. */
export async function startTraining(
  unit: Unit,
): Promise<Job | Refused<"learning/off" | "learning/too-little" | "learning/running">> {
  const setting = await lockSetting(unit);
  if (setting === null || !setting.isOn) return off;
  const last = await newestJob(unit, TRAIN_JOB);
  if (last !== null && (last.state === "queued" || last.state === "running")) return running;
  const isMadeUp = (await organisationOf(unit)).demo;
  const history = await historyCount(unit, setting.consent, isMadeUp);
  if (!isEnough(history))
    return learningProblems.refuse("too-little", historySentence(history, isMadeUp), {
      usable: history.usable,
      needed: ROWS_MIN,
    });
  await putSetting(unit, { ...setting, trainedAtMs: unit.nowMs });
  return (await readJob(unit, await enqueue(unit, { kind: TRAIN_JOB, input: {} })))!;
}

export type TrainingPorts = HistoryPorts & { readonly plans: WorkerPool; readonly clock: Clock };

/** Epochs that a training has at most: it ends earlier, once it gets no better. */
const EPOCHS_MAX = 100;
const TOLD_EVERY_MS = 1_000;

export function trainHandler(ports: TrainingPorts): JobHandler {
  const { database, plans, clock } = ports;
  return {
    kind: TRAIN_JOB,
    async run(_input, { context, signal, progress }) {
      const inUnit = <T>(work: (unit: Unit) => Promise<T>) => database.inOrganisation(context, work, { lane: "job" });
      await readHistory(ports, context.organisation, clock.nowMs(), signal);
      const input = await inputFrom(inUnit);
      if (isRefused(input)) return input;
      let epochs = 0;
      const tell = () => progress(epochs, EPOCHS_MAX);
      const trained = await workTold({ signal, clock, everyMs: TOLD_EVERY_MS, tell }, (ending) =>
        plans.run(train, input, {
          signal: ending,
          onWord: (done) => void (epochs = Math.min(EPOCHS_MAX - 1, done)),
        }),
      );
      if ("refused" in trained) return learningProblems.refuse("too-little", trained.refused);
      const added = await inUnit((unit) => addModel(unit, trained));
      return isRefused(added) ? added : { done: null };
    },
  };
}

/** What is learned from: the organisation's own lines, or those of nobody. */
async function inputFrom(
  inUnit: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>,
): Promise<TrainInput | Refused<"learning/off">> {
  const { setting, organisation } = await inUnit(async (unit) => ({
    setting: await settingOf(unit),
    organisation: await organisationOf(unit),
  }));
  if (setting === null || !setting.isOn) return off;
  const seed = 1;
  if (organisation.demo) return { history: MADE_UP, seed };
  const parts = [headOf(organisation.name, setting.consent)];
  for await (const part of pastLines(inUnit, setting.consent)) parts.push(part);
  return { history: { text: parts.join("") }, seed };
}

/** Adds what was learned to the registry, which says whether it may be tried. The oldest that nobody needs go. */
async function addModel(unit: Unit, { add, bytes, report, trial }: Trained): Promise<{ id: string } | Refused> {
  const setting = await lockSetting(unit);
  if (setting === null || !setting.isOn) return off;
  const at = Temporal.Instant.fromEpochMilliseconds(unit.nowMs).toString();
  const added = decide(setting.registry, add, at);
  if ("refused" in added) return learningProblems.refuse("model-refused", added.refused);
  let { registry } = added;
  const { version } = registry.entries.at(-1)!;
  await insertModel(unit, version, bytes, report);
  const surplus = surplusOf(registry, MODELS_KEPT_MAX).filter((each) => each !== version);
  for (const each of surplus) {
    const removed = decide(registry, { do: "remove", version: each }, at);
    if (!("refused" in removed)) registry = removed.registry;
  }
  await deleteModels(unit, surplus);
  const watches = trial === null ? setting.watches : { ...setting.watches, [version]: { ...trial, version } };
  await putSetting(unit, { ...setting, registry, watches });
  recordModel(unit, version, "created");
  unit.wake(LEARNING);
  return { id: `${version}` };
}

/** That something became of a model, without what: nothing that undo has a part in. */
export function recordModel(unit: Unit, version: number, kind: "created" | "updated" | "removed"): void {
  unit.record({ kind, thing: { type: MODEL, id: `${version}` }, fields: ["state"] });
}
