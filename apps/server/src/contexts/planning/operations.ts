import { isRefused, limits, refusePlanning, type Refused } from "@hourwright/contract";
import { RawJson, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import type { Task, WorkerPool } from "../../platform/workers/pool.ts";
import type { Call } from "../../platform/bundle/bundle.ts";
import { windowOfInstants } from "../claims/pure.ts";
import { organisationOf } from "../identity/public.ts";
import { conflictById, conflictsFor, type ConflictPorts, type Describe } from "./conflicts.ts";
import type { GivenInput } from "./conflicts.task.ts";
import type { Strain } from "./effect.ts";
import { timesFor } from "./find-time.ts";
import type { GivenEvent } from "./given.ts";
import { graphOf, REPAIRS_FOR_FLEXIBILITY } from "./graph.ts";
import { keep, putKept, release } from "./kept.ts";
import { draftOperations } from "./drafts/operations.ts";
import type { LookAt } from "./drafts/since.ts";
import { applyRepairs, checkRepairs, effectFor, repairCalls } from "./proposals.ts";
import { resolvedFor } from "./resolved.ts";
import type { RuleFacts } from "./rules/book.ts";
import { changePlace, createPlace, putPlace, removePlace } from "./places/commands.ts";
import type { Place } from "./places/model.ts";
import { placesOf } from "./places/store.ts";
import type { Plugins } from "./plugins/asking.ts";
import { allowPlugin, forgetPlugin, putPlugin } from "./plugins/commands.ts";
import { shownPlugins } from "./plugins/decide.ts";
import { allowedPluginsOf } from "./plugins/store.ts";
import { changeRule, createRule, holderOf, putRule, removeRule, wrongGroup, wrongName } from "./rules/commands.ts";
import { ruleOf } from "./rules/decide.ts";
import { listRules, shownConstraints, shownRules } from "./rules/queries.ts";
import { dismiss, putDismissed, resetLearned, switchLearning } from "./answers/commands.ts";
import { learnedFor } from "./answers/learned.ts";
import { likingsFrom } from "./answers/model.ts";
import { shownLearned } from "./answers/queries.ts";
import { brokenFor, trialOf } from "./rules/standing.ts";
import { optimiseFor } from "./schedules/optimise.ts";
import { PLANS_OF_ONE_MAX, startSearch, tooManyPlans, wishOf } from "./schedules/search.ts";
import { timeStages, type StageTime } from "./stages.ts";
import type { ConflictsText, ShownConflict } from "./tell.ts";
import { whyNotFor } from "./why-not.ts";

type PlanningIds =
  | "ai.detectConflicts"
  | "ai.suggestRepairs"
  | "repairs.apply"
  | "proposals.check"
  | "proposals.apply"
  | "proposals.list"
  | "proposals.read"
  | "proposals.create"
  | "proposals.accept"
  | "proposals.ask"
  | "proposals.decline"
  | "proposals.withdraw"
  | "proposals.put"
  | "conflicts.keep"
  | "conflicts.release"
  | "conflicts.putKept"
  | "conflicts.resolved"
  | "conflicts.whyNot"
  | "ai.findTime"
  | "conflicts.graph"
  | "ai.optimizeSchedule"
  | "constraints.list"
  | "rules.list"
  | "rules.create"
  | "places.list"
  | "places.create"
  | "places.update"
  | "places.remove"
  | "places.put"
  | "plugins.list"
  | "plugins.allow"
  | "plugins.forget"
  | "plugins.put"
  | "rules.update"
  | "rules.remove"
  | "rules.put"
  | "rules.broken"
  | "rules.try"
  | "repairs.dismiss"
  | "repairs.putDismissed"
  | "learned.read"
  | "learned.switch"
  | "learned.reset";

export type PlanningPorts = {
  readonly describe: Describe;
  /** Events as they are, for proposals. */
  readonly lookAt: LookAt;
  readonly call: Call;
  readonly monotonicMs: () => number;
  /** Told of every stage of a detection that took longer than it may. */
  readonly overBudget: (took: StageTime, requestId: string) => void;
  /** A thread for questions, which never wait for the database: a unit may wait for one. */
  readonly questions: WorkerPool;
  readonly ruleFacts: RuleFacts;
  readonly plugins: Plugins;
  /** Threads for plans: they take seconds. */
  readonly plans: WorkerPool;
  /** The window in which claims stand: where a conflict is looked for when nobody says where it was. */
  readonly horizon: (nowMs: number) => { fromMs: number; toMs: number };
};

const given: Task<GivenInput, never, ConflictsText | Refused<"calendars/out-of-range">> = {
  module: new URL("conflicts.task.ts", import.meta.url),
  name: "givenTask",
};

const REPAIRS_SHOWN = 5;

export function planningOperations(ports: PlanningPorts): Handlers<PlanningIds> {
  const plansOf = new Map<string, number>();
  async function fairly<T>(personId: string, plan: () => Promise<T>): Promise<T | Refused<"planning/plan-refused">> {
    const running = plansOf.get(personId) ?? 0;
    if (running >= PLANS_OF_ONE_MAX) return tooManyPlans;
    plansOf.set(personId, running + 1);
    try {
      return await plan();
    } finally {
      const left = plansOf.get(personId)! - 1;
      if (left === 0) plansOf.delete(personId);
      else plansOf.set(personId, left);
    }
  }
  const { describe, questions, ruleFacts } = ports;
  const portsOf = ({ read }: RequestContext): ConflictPorts => ({ read, describe, questions, ruleFacts });

  /** How whoever asks likes the hours of the week: theirs alone, since others' are told to nobody. */
  async function likingsOf(context: RequestContext) {
    const { personId, scores, zone } = await learnedFor(portsOf(context), context.caller!);
    return { of: personId, hours: likingsFrom(scores), zone };
  }

  async function conflictsGiven(
    events: readonly GivenEvent[],
    window: { readonly fromMs: number; readonly toMs: number },
    { read, nowMs }: RequestContext,
  ): Promise<ConflictsText | Refused<"calendars/out-of-range">> {
    const { zone } = await read(organisationOf);
    return questions.run(given, { events, ...window, zone, nowMs }, {});
  }

  const apply = (repairIds: readonly string[], context: RequestContext) =>
    applyRepairs({ ...portsOf(context), call: ports.call }, context, repairIds, ports.horizon(context.nowMs));

  return {
    "ai.detectConflicts": async ({ body }, context) => {
      const startedMs = ports.monotonicMs();
      const window = windowOfInstants(body.timeRange, "timeRange.");
      if (isRefused(window)) return window;
      const { fromMs, toMs } = window;
      const query = { fromMs, toMs, subjects: body.subjects ?? null, repairs: REPAIRS_SHOWN };
      const stages = timeStages(ports.monotonicMs);
      const found =
        body.events === undefined
          ? await conflictsFor(portsOf(context), context.caller!, query, stages)
          : await conflictsGiven(body.events, { fromMs, toMs }, context);
      if (isRefused(found)) return found;
      for (const took of stages.took()) if (took.ms > took.budgetMs) ports.overBudget(took, context.requestId);
      const rest = {
        processingTime: Math.round((ports.monotonicMs() - startedMs) * 10) / 10,
        confidence: 1, // Exact kinds are found exactly; nothing here is guessed.
        metadata: {
          aiModelVersion: "exact",
          featuresUsed: ["overlap", "attendee", "resource"],
          conflictsCut: found.isCut,
          stages: stages.took(),
        },
      };
      return new RawJson(`{"conflicts":${found.text},${JSON.stringify(rest).slice(1)}`);
    },

    "ai.suggestRepairs": async ({ body }, context) => {
      const id = body.conflictId ?? body.conflict?.id;
      const found =
        id === undefined
          ? null
          : await conflictById(
              portsOf(context),
              context.caller!,
              id,
              body.maxSuggestions,
              ports.horizon(context.nowMs),
            );
      if (found === null) return gone;
      const best = found.repairs[0] ?? null;
      return {
        suggestions: found.repairs,
        recommendedSuggestion: best,
        reasoning:
          best === null
            ? "Neither of the two can be moved by you to a time that is free."
            : `${best.why} It disturbs least.`,
        confidence: best?.confidence ?? 0,
      };
    },

    "repairs.apply": ({ params }, context) => apply([params.id], context),

    "proposals.check": async ({ body }, context) => {
      const horizon = ports.horizon(context.nowMs);
      const asking = portsOf(context);
      const { personId } = context.caller!;
      const { steps, solved, made, people } = await checkRepairs(asking, context.caller!, body.repairs, horizon);
      const effect = await effectFor(asking, steps, [...people.keys()]);
      const toldOf = (subjects: readonly string[]) =>
        [...new Set(subjects)].flatMap((id) => (id === personId ? [] : (people.get(id) ?? [])));
      return {
        checkedAt: Temporal.Instant.fromEpochMilliseconds(context.nowMs).toString(),
        repairs: steps.map(({ asked, conflictId, state, repair, before, subjects, made }, i) => ({
          asked,
          conflictId: conflictId === asked ? null : conflictId,
          state,
          repair,
          before: [...before],
          told: toldOf(subjects),
          effect: made === null || effect === null ? null : rounded(effect.steps[i]!),
        })),
        solved: [...solved],
        made,
        told: toldOf(steps.flatMap(({ subjects }) => subjects)),
        effect: effect && {
          overFrom: effect.overFrom,
          before: rounded(effect.before),
          after: rounded(effect.after),
        },
      };
    },

    ...draftOperations({
      call: ports.call,
      lookAt: ports.lookAt,
      callsOfRepairs: (context, repairIds) =>
        repairCalls(portsOf(context), context, repairIds, ports.horizon(context.nowMs)),
    }),

    "proposals.apply": ({ body }, context) => apply(body.repairs, context),

    "conflicts.keep": ({ body: { ids, note } }, context) =>
      keep(portsOf(context), context, { ids, note, horizon: ports.horizon(context.nowMs) }),

    "conflicts.release": ({ body: { ids } }, context) =>
      release(portsOf(context), context, { ids, horizon: ports.horizon(context.nowMs) }),

    "conflicts.putKept": ({ params, body }, context) => putKept(context, params.id, body),

    "conflicts.whyNot": async ({ params, body }, context) => {
      const window = windowOfInstants(body);
      if (isRefused(window)) return window;
      const { eventId, recurrenceId } = body;
      const question = { conflictId: params.id, eventId, recurrenceId, ...window };
      return whyNotFor(portsOf(context), context.caller!, question, ports.horizon(context.nowMs));
    },

    "ai.optimizeSchedule": async ({ body }, context) => {
      const startedMs = ports.monotonicMs();
      const window = windowOfInstants(body.timeRange, "timeRange.");
      if (isRefused(window)) return window;
      const wish = wishOf(body, context.caller!, window, await likingsOf(context));
      if (context.prefersLater || wish.seconds > limits.OPTIMISE_SECONDS_MAX) return startSearch(context, wish);
      const answer = await fairly(context.caller!.personId, () =>
        optimiseFor({ read: context.read, describe, ruleFacts, plans: ports.plans }, context.caller!, wish, {
          signal: context.gone(),
        }),
      );
      if (isRefused(answer)) return answer;
      return { ...answer, processingTime: Math.round(ports.monotonicMs() - startedMs) };
    },

    "ai.findTime": async ({ body }, context) => {
      const window = windowOfInstants(body.timeRange, "timeRange.");
      if (isRefused(window)) return window;
      const { timeRange: _, withinHours, ...asked } = body;
      const likings = await likingsOf(context);
      return timesFor(portsOf(context), context.caller!, { ...asked, ...window, isWithinHours: withinHours, likings });
    },

    "conflicts.graph": async ({ query }, context) => {
      const window = windowOfInstants(query);
      if (isRefused(window)) return window;
      const asked = { ...window, subjects: null, repairs: REPAIRS_FOR_FLEXIBILITY };
      const { text, isCut } = await conflictsFor(portsOf(context), context.caller!, asked);
      return { ...graphOf(JSON.parse(text) as ShownConflict[]), isCut };
    },

    "constraints.list": async () => ({ items: shownConstraints }),

    "places.list": async (_input, context) => ({ items: (await context.read(placesOf)).map(shownPlace) }),

    "places.create": async ({ body }, context) => {
      const created = await context.write((unit) => createPlace(unit, body));
      if (isRefused(created)) return created;
      context.reply.headers["location"] = `/v1/places/${created.id}`;
      return withVersion(context, shownPlace(created));
    },

    "places.update": async ({ params, body }, context) => {
      const changed = await context.write((unit) => changePlace(unit, params.id, body, context.ifMatch));
      return isRefused(changed) ? changed : withVersion(context, shownPlace(changed));
    },

    "places.remove": ({ params }, context) => context.write((unit) => removePlace(unit, params.id, context.ifMatch)),

    "places.put": ({ params, body }, context) => context.write((unit) => putPlace(unit, params.id, body.was)),

    "plugins.list": async (_input, context) => {
      const found = await ports.plugins.read();
      return {
        items: shownPlugins(found, await context.read(allowedPluginsOf)),
        hasFolder: ports.plugins.hasFolder,
      };
    },

    "plugins.allow": async ({ body }, context) => {
      const found = await ports.plugins.read();
      const allowed = await context.write((unit) => allowPlugin(unit, found, body));
      if (isRefused(allowed)) return allowed;
      return withVersion(context, {
        ...shownPlugins(found, [allowed]).find(({ hash }) => hash === body.hash)!,
        version: allowed.version,
      });
    },

    "plugins.forget": ({ params }, context) => context.write((unit) => forgetPlugin(unit, params.id, context.ifMatch)),

    "plugins.put": ({ params, body }, context) => context.write((unit) => putPlugin(unit, params.id, body.was)),

    "rules.list": async (_input, context) => ({
      items: await context.read((unit) => listRules(unit, context.caller!, ruleFacts)),
    }),

    "rules.create": async ({ body }, context) => {
      const created = await context.write(async (unit) => {
        const rule = await createRule(unit, body, ruleFacts);
        return isRefused(rule) ? rule : (await shownRules(unit, [rule], ruleFacts))[0]!;
      });
      if (isRefused(created)) return created;
      context.reply.headers["location"] = `/v1/rules/${created.id}`;
      return withVersion(context, created);
    },

    "rules.update": async ({ params, body }, context) => {
      const changed = await context.write(async (unit) => {
        const rule = await changeRule(unit, params.id, body, context.ifMatch, ruleFacts);
        return isRefused(rule) ? rule : (await shownRules(unit, [rule], ruleFacts))[0]!;
      });
      return isRefused(changed) ? changed : withVersion(context, changed);
    },

    "rules.remove": ({ params }, context) => context.write((unit) => removeRule(unit, params.id, context.ifMatch)),

    "rules.put": ({ params, body }, context) => context.write((unit) => putRule(unit, params.id, body.was)),

    "rules.broken": async ({ query }, context) => {
      const window = windowOfInstants(query);
      if (isRefused(window)) return window;
      return brokenFor({ ...portsOf(context), plugins: ports.plugins }, context.caller!, window);
    },

    "rules.try": async ({ body }, context) => {
      const contents = ruleOf(body.rule);
      if (isRefused(contents)) return contents;
      const wrong = await context.read(async (unit) => {
        const holder = await holderOf(unit, contents, ruleFacts);
        return isRefused(holder)
          ? holder
          : ((await wrongName(unit, contents, ruleFacts)) ?? wrongGroup(unit, contents, ruleFacts));
      });
      if (wrong !== null) return wrong;
      const rule = { id: "rul_tried", version: 1, ...contents };
      return trialOf(portsOf(context), context.caller!, rule, body.replaces);
    },

    "repairs.dismiss": ({ params }, context) =>
      dismiss(portsOf(context), context, params.id, ports.horizon(context.nowMs)),

    "repairs.putDismissed": ({ params, body }, context) => putDismissed(context, params.id, body),

    "learned.read": (_input, context) => shownLearned(portsOf(context), context.caller!),

    "learned.switch": async ({ body }, context) => {
      await context.write((unit) => switchLearning(unit, context.caller!.personId, body.isOn));
      return null;
    },

    "learned.reset": async ({ body: { what, weight } }, context) => {
      const forget = what === "hours" ? ({ hours: true } as const) : { weight };
      await context.write((unit) => resetLearned(unit, context.caller!.personId, forget));
      return null;
    },

    "conflicts.resolved": ({ query }, context) =>
      context.read((unit) => resolvedFor(unit, context.caller!, describe, query)),
  };
}

const shownPlace = ({ ways, ...place }: Place) => ({ ...place, ways: ways.map((way) => ({ ...way })) });

function withVersion<T extends { readonly version: number }>(context: RequestContext, answer: T): T {
  context.reply.headers["etag"] = `"${answer.version}"`;
  return answer;
}

/** Events may begin in the middle of a minute. */
const rounded = ({ overDays, focusMinutes }: Strain): Strain => ({ overDays, focusMinutes: Math.round(focusMinutes) });

const gone = refusePlanning("conflict-gone", "gone", {});
