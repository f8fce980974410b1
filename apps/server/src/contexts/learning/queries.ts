import type { Catalogue, OperationAnswer } from "@hourwright/contract";
import {
  entryIn,
  EMPTY_REGISTRY,
  OUTPUTS,
  ROWS_MIN,
  versionFor,
  WATCHED_MIN,
  watchedCount,
  type Entry,
  type Evaluation,
  type Report,
  type Watch,
} from "@hourwright/learn";
import { keyedHash } from "@hourwright/learn/pseudonym";
import type { Unit } from "../../platform/db/database.ts";
import { newestJob } from "../../platform/jobs/jobs.ts";
import { shownJob } from "../../platform/jobs/operations.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { dateFor } from "../calendars/public.ts";
import { organisationOf } from "../identity/public.ts";
import { notLearnedFrom } from "../planning/public.ts";
import { chancesOf, foretellingSentence, historySentence, isEnough } from "./decide.ts";
import type { Setting } from "./model.ts";
import { countPredictions, predictionOf, reportsOf, settingOf } from "./store.ts";
import { historyCount, TRAIN_JOB } from "./training.ts";

type Models = OperationAnswer<Catalogue["models.read"]>;
type Outlook = OperationAnswer<Catalogue["events.outlook"]>;

/** What is learned from the organisation's history, as everybody in it may know: sums and cards, nobody's commitments. */
export async function shownModels(unit: Unit): Promise<Models> {
  const setting = await settingOf(unit);
  const { demo: isMadeUp } = await organisationOf(unit);
  const { isOn = false, consent = "", registry = EMPTY_REGISTRY, watches = {} } = setting ?? {};
  const history = await historyCount(unit, consent, isMadeUp);
  const reports = await reportsOf(unit);
  const job = await newestJob(unit, TRAIN_JOB);
  const { fromMs, toMs, rows, usable, people } = history;
  return {
    isOn,
    consent,
    isMadeUp,
    history: {
      rows,
      usable,
      people,
      needed: ROWS_MIN,
      from: fromMs === null ? null : instantText(fromMs),
      to: toMs === null ? null : instantText(toMs),
      isEnough: isEnough(history),
      sentence: historySentence(history, isMadeUp),
    },
    foretelling: {
      isOn: isOn && (entryIn(registry, "serving") ?? entryIn(registry, "canary")) !== undefined,
      sentence: foretellingSentence(isOn, registry),
      coming: isOn ? await countPredictions(unit) : 0,
    },
    training: job === null ? null : shownJob(job),
    items: registry.entries.toReversed().flatMap((entry) => {
      const report = reports.get(entry.version);
      return report === undefined ? [] : [shownModel(entry, report, watches[entry.version])];
    }),
  };
}

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

function shownModel(entry: Entry, report: Report, watch: Watch | undefined): Models["items"][number] {
  const { version, state, steps, card, schema, verdict } = entry;
  const { at, why } = steps.at(-1)!;
  const { isSimulated, shares, source, consent, rows, people, rowsLeftOut, from, to } = card;
  return {
    version,
    state,
    since: at,
    why,
    madeAt: steps[0]!.at,
    card: {
      source,
      consent,
      rows,
      people,
      rowsLeftOut,
      from,
      to,
      isMadeUp: isSimulated,
      shares: OUTPUTS.map((output) => ({ output, share: shares[output] })),
    },
    schema: { version: schema.version, hash: schema.hash },
    verdict: { isPassed: verdict.isPassed, reasons: [...verdict.reasons] },
    judgedOn: report.rows,
    measures: [
      measured("model", report.model),
      measured("rules", report.baselines.rules),
      measured("logistic regression", report.baselines["logistic regression"]),
      ...(report.limit === null ? [] : [measured("limit", report.limit)]),
    ],
    outputs: report.model.outputs.map(({ output, positives, auc, reliability }, i) => ({
      output,
      happened: positives,
      auc,
      limitAuc: report.limit?.outputs[i]?.auc ?? null,
      calibrationError: reliability.error,
    })),
    watched: { count: watch === undefined ? 0 : watchedCount(watch), needed: WATCHED_MIN },
    steps: steps.map((step) => ({ ...step })),
  };
}

function measured(of: Models["items"][number]["measures"][number]["of"], evaluation: Evaluation) {
  const { auc, f1, calibrationError, worstCalibrationError, classAccuracy } = evaluation;
  return { of, auc, f1, calibrationError, worstCalibrationError, classAccuracy };
}

const SENTENCES: Readonly<Record<Exclude<Outlook["state"], "foretold">, string>> = {
  off: "Nothing is foretold: learning from history is off.",
  "no-model": "Nothing is foretold: no model has been let through and promoted.",
  "not-asked":
    "No model is asked about it: it is in nobody's own calendar, or you may not read it, its owner lets nothing be learned, or a model is tried on others.",
  "not-yet": "Nothing is foretold of it yet. What is new, or was moved, is looked at within minutes, four weeks ahead.",
  over: "It has begun: nothing is foretold of what is over.",
};

/** What is foretold of one event, or of a date of it: nothing where the viewer may only know that somebody is busy; null where not even that. */
export async function outlookOf(
  unit: Unit,
  caller: Caller,
  eventId: string,
  recurrenceId: string | null,
): Promise<Outlook | null> {
  const date = await dateFor(unit, caller, eventId, recurrenceId);
  if (date === null) return null;
  const nothing = (state: keyof typeof SENTENCES): Outlook => ({
    state,
    version: null,
    isTried: false,
    isMadeUp: false,
    chances: [],
    sentence: SENTENCES[state],
  });
  const setting = await settingOf(unit);
  if (setting === null || !setting.isOn) return nothing("off");
  if (date === "busy") return nothing("not-asked");
  const { registry } = setting;
  const [serving, canary] = [entryIn(registry, "serving"), entryIn(registry, "canary")];
  if (serving === undefined && canary === undefined) return nothing("no-model");
  if (date.startMs <= unit.nowMs) return nothing("over");
  if (!(await isAskedOf(unit, setting, date.ownerId))) return nothing("not-asked");
  const found = await predictionOf(unit, eventId, date.date);
  const entry = [serving, canary].find((each) => each !== undefined && each.version === found?.version);
  if (found === null || entry === undefined || found.startMs !== date.startMs || found.endMs !== date.endMs)
    return nothing("not-yet");
  const chances = chancesOf(found.said);
  const common = chances.filter(({ how }) => how !== "seldom");
  return {
    state: "foretold",
    version: entry.version,
    isTried: entry.state === "canary",
    isMadeUp: entry.card.isSimulated,
    chances,
    sentence:
      common.length === 0
        ? "Things like it mostly take place as they were planned."
        : common.map(({ sentence }) => sentence).join(" "),
  };
}

/** Whether a model is asked about what lies in somebody's calendar. */
async function isAskedOf(unit: Unit, { registry, key }: Setting, ownerId: string | null): Promise<boolean> {
  if (ownerId === null || versionFor(registry, ownerId, keyedHash(key)) === null) return false;
  return !(await notLearnedFrom(unit)).has(ownerId);
}
