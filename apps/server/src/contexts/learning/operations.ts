import { isRefused, refuseLearning, refuseRequest } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { shownJob } from "../../platform/jobs/operations.ts";
import { FileAnswer } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import { organisationOf } from "../identity/public.ts";
import { changeModel, forgetLearning, switchLearningFrom } from "./commands.ts";
import { headOf, madeUpHead } from "./lines.ts";
import { MADE_UP } from "./model.ts";
import { pastLines } from "./past.ts";
import { outlookOf, shownModels } from "./queries.ts";
import { settingOf } from "./store.ts";
import { startTraining } from "./training.ts";

type LearningIds =
  | "models.read"
  | "models.switch"
  | "models.history"
  | "models.train"
  | "models.change"
  | "models.forget"
  | "events.outlook";

export type LearningPorts = {
  /** A key that nobody can guess. */
  readonly newKey: () => string;
  readonly plans: WorkerPool;
};

const madeUp: Task<typeof MADE_UP, string, null> = {
  module: new URL("train.task.ts", import.meta.url),
  name: "madeUpTask",
};

const noEvent = refuseRequest("not-found", "past-event", {});

export function learningOperations({ newKey, plans }: LearningPorts): Handlers<LearningIds> {
  return {
    "models.read": (_input, context) => context.read(shownModels),

    "models.switch": ({ body }, context) => context.write((unit) => switchLearningFrom(unit, body, newKey)),

    "models.history": async (_input, context) => {
      const { setting, organisation } = await context.read(async (unit) => ({
        setting: await settingOf(unit),
        organisation: await organisationOf(unit),
      }));
      if (setting === null || !setting.isOn) return refuseLearning("off", "switch", {});
      const lines = organisation.demo
        ? madeUpLines(plans)
        : ownLines(context.read, headOf(organisation.name, setting.consent), setting.consent);
      return new FileAnswer("application/x-ndjson", "history.jsonl", encoded(lines));
    },

    "models.train": async (_input, context) => {
      const job = await context.write(startTraining);
      if (isRefused(job)) return job;
      context.reply.headers["location"] = `/v1/jobs/${job.id}`;
      return shownJob(job);
    },

    "models.change": ({ params, body }, context) =>
      context.write((unit) => changeModel(unit, Number(params.version), body.do)),

    "models.forget": (_input, context) => context.write(forgetLearning),

    "events.outlook": async ({ params, query }, context) =>
      (await context.read((unit) => outlookOf(unit, context.caller!, params.id, query.recurrenceId ?? null))) ??
      noEvent,
  };
}

async function* ownLines(
  inUnit: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>,
  head: string,
  consent: string,
): AsyncGenerator<string> {
  yield head;
  yield* pastLines(inUnit, consent);
}

/** Parts of a thread, one after the other, each when it is asked for. */
async function* madeUpLines(plans: WorkerPool): AsyncGenerator<string> {
  yield madeUpHead();
  const parts: string[] = [];
  // Some megabytes: the thread ends before the download does.
  await plans.run(madeUp, MADE_UP, { onPart: async (part) => void parts.push(part) });
  yield* parts;
}

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const line of lines) if (line !== "") yield encoder.encode(line);
}
