import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, nothing, plainText } from "../values.ts";
import { job } from "./jobs.ts";

/** What is kept of an organisation's history; the oldest goes first. */
export const HISTORY_ROWS_MAX = 50_000;
export const CONSENT_CHARACTERS_MAX = 1_000;

const chance = z.number().min(0).max(1);
const outputs = [
  "no_conflict",
  "time_overlap",
  "travel_conflict",
  "capacity_overload",
  "resource_conflict",
  "moved",
  "cancelled",
  "refused",
  "missed",
] as const;
const states = ["refused", "candidate", "canary", "serving", "retired", "rolled back"] as const;

const measured = z.object({
  of: z
    .enum(["model", "rules", "logistic regression", "limit"])
    .describe("limit: what reaches who knows the true probabilities, of a made-up history alone"),
  auc: z.number().nullable(),
  f1: z.number().nullable(),
  calibrationError: z.number().nullable(),
  worstCalibrationError: z.number().nullable(),
  classAccuracy: z.number().describe("Decides nothing: saying the commonest each time is right nearly as often"),
});

const model = z
  .object({
    version: z.int(),
    state: z.enum(states),
    since: z.string().describe("When it came into this state"),
    why: z.string().describe("Why it is in this state"),
    madeAt: z.string(),
    card: z.object({
      source: z.string(),
      consent: z.string(),
      isMadeUp: z.boolean(),
      rows: z.int(),
      people: z.int(),
      rowsLeftOut: z.int().describe("Of people with too few to be learned from"),
      from: z.string(),
      to: z.string(),
      shares: z.array(z.object({ output: z.enum(outputs), share: chance })),
    }),
    schema: z.object({ version: z.int(), hash: z.string() }),
    verdict: z.object({ isPassed: z.boolean(), reasons: z.array(z.string()) }),
    judgedOn: z.object({
      fit: z.int().describe("Commitments that were learned from"),
      validation: z.int().describe("The weeks after, by which it was stopped and calibrated"),
      heldOut: z.int().describe("The last weeks, on which it was judged"),
    }),
    measures: z.array(measured),
    outputs: z.array(
      z.object({
        output: z.enum(outputs),
        happened: z.int().describe("In the held-out weeks"),
        auc: z.number().nullable(),
        limitAuc: z.number().nullable(),
        calibrationError: z.number(),
      }),
    ),
    watched: z.object({
      count: z.int().describe("Outcomes of what it foretold; four of each commitment that is over"),
      needed: z.int(),
    }),
    steps: z.array(z.object({ at: z.string(), state: z.enum(states), why: z.string() })),
  })
  .meta({ id: "Model" });

const models = z
  .object({
    isOn: z.boolean(),
    consent: z.string().describe("To what the people agreed; empty while nobody has said"),
    isMadeUp: z.boolean().describe("A demo organisation: its history comes from a stated random process"),
    history: z.object({
      rows: z.int(),
      usable: z.int().describe("Of people with enough of them"),
      needed: z.int(),
      people: z.int(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      isEnough: z.boolean(),
      sentence: z.string(),
    }),
    foretelling: z.object({
      isOn: z.boolean(),
      sentence: z.string(),
      coming: z.int().describe("Coming commitments of which something is foretold"),
    }),
    training: job.nullable().describe("The last training that was asked for"),
    items: z.array(model).describe("Newest first"),
  })
  .meta({ id: "Models" });

const shape = {
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "none",
  since: "0.5.0",
  problems: [],
  example: {},
} as const;

export const readModels = operation({
  ...shape,
  id: "models.read",
  kind: "query",
  method: "GET",
  path: "/v1/models",
  summary: "What is learned from the organisation's history: to what people agreed, how much there is, and its models",
  answer: models,
  status: 200,
  permission: "organisation.read",
  rateClass: "read",
});

export const switchModels = operation({
  ...shape,
  id: "models.switch",
  kind: "command",
  method: "PUT",
  path: "/v1/models/setting",
  summary: "Allow learning from the organisation's history, to which its people agreed; or stop it. Off by default",
  body: z.strictObject({
    isOn: z.boolean(),
    consent: plainText(CONSENT_CHARACTERS_MAX).describe("Who agreed to what, and when, in a sentence").optional(),
  }),
  answer: z.object({ isOn: z.boolean(), consent: z.string() }),
  status: 200,
  problems: ["learning/consent-missing"],
  example: { body: { isOn: false } },
});

export const exportHistory = operation({
  ...shape,
  id: "models.history",
  kind: "file",
  method: "GET",
  path: "/v1/models/history",
  summary: "The history as lines of JSON, pseudonymous: what `hourwright model train` reads",
  answer: { mediaType: "application/x-ndjson" },
  status: 200,
  problems: ["learning/off"],
  rateClass: "heavy",
});

export const trainModel = operation({
  ...shape,
  id: "models.train",
  kind: "command",
  method: "POST",
  path: "/v1/models/train",
  summary: "Train a model from the organisation's history, and judge it on the last weeks: a job that can be cancelled",
  answer: job,
  status: 202,
  problems: ["learning/off", "learning/too-little", "learning/running"],
  rateClass: "heavy",
});

export const changeModel = operation({
  ...shape,
  id: "models.change",
  kind: "command",
  method: "POST",
  path: "/v1/models/{version}/change",
  summary: "Try a model on 5 % of people or let it serve (promote), take it back, put it away (retire), or delete it",
  params: z.strictObject({ version: plainText(6).regex(/^[1-9]\d{0,5}$/, "a version is a number from 1 on") }),
  body: z.strictObject({ do: z.enum(["promote", "roll back", "retire", "remove"]) }),
  answer: z.object({ said: z.string() }),
  status: 200,
  problems: ["learning/model-refused"],
  example: { params: { version: "1" }, body: { do: "promote" } },
});

export const forgetModels = operation({
  ...shape,
  id: "models.forget",
  kind: "command",
  method: "DELETE",
  path: "/v1/models",
  summary: "Stop, and delete the history, its key and every model. It cannot be undone",
  answer: nothing,
  status: 204,
});

export const readOutlook = operation({
  ...shape,
  id: "events.outlook",
  kind: "query",
  method: "GET",
  path: "/v1/calendar/events/{id}/outlook",
  summary: "What a model foretells of a coming event, where one is on: it decides nothing",
  params: idParams,
  query: z.strictObject({ recurrenceId: plainText(40).optional() }),
  answer: z
    .object({
      state: z
        .enum(["foretold", "off", "no-model", "not-asked", "not-yet", "over"])
        .describe(
          "not-asked: in nobody's own calendar, or a model is tried on others · not-yet: it is looked at within minutes, four weeks ahead",
        ),
      version: z.int().nullable(),
      isTried: z.boolean().describe("The model is tried on 5 % of people, and may be taken back"),
      isMadeUp: z.boolean().describe("It was learned from a made-up history"),
      chances: z
        .array(
          z.object({
            what: z.enum(["moved", "cancelled", "refused", "missed", "conflict"]),
            chance,
            ofHundred: z.int().describe("About so many of a hundred like it"),
            how: z.enum(["often", "sometimes", "seldom"]).describe("often: at least 30 of 100 · seldom: fewer than 10"),
            sentence: z.string(),
          }),
        )
        .describe("Likeliest first; empty where nothing is foretold"),
      sentence: z.string(),
    })
    .meta({ id: "Outlook" }),
  status: 200,
  permission: "event.read",
  rateClass: "read",
  mcp: "read",
});
