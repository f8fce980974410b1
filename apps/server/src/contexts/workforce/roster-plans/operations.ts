import { isRefused, limits, refuseWork, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { enqueue, readJob } from "../../../platform/jobs/jobs.ts";
import { shownJob } from "../../../platform/jobs/operations.ts";
import { shownPlan, whyNotPlanned } from "../../../platform/jobs/plans.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { dayText } from "../contracts/terms.ts";
import { demandsOf } from "../demand/store.ts";
import { draftKnown, draftToChange, peopleOfDraft } from "../drafts/commands.ts";
import { type Invalid } from "../drafts/decide.ts";
import type { Draft } from "../drafts/model.ts";
import { entriesOf } from "../drafts/store.ts";
import { knownTo } from "../access.ts";
import { resultTold } from "./decide.ts";
import { fairnessOf, rollingYear } from "./fairness.ts";
import { plannable, ROSTER_PLAN_JOB, type RosterPlanInput } from "./handler.ts";
import { askedOf, lowered, type PlanAsked } from "./model.ts";
import { planOf, putPlan } from "./store.ts";
import { versionsOf } from "../contracts/store.ts";

type PlanIds = `drafts.${"plan" | "planned" | "fairness"}`;

/** Drafts planned by a search, and how fair they are. */
export const rosterPlanOperations: Handlers<PlanIds> = {
  "drafts.plan": async ({ params, body }, context) => {
    const job = await context.write((unit) => startPlan(unit, context, params.id, askedOf(body)));
    if (isRefused(job)) return job;
    context.reply.headers["location"] = `/v1/jobs/${job.id}`;
    return shownJob(job);
  },

  "drafts.planned": ({ params }, context) =>
    context.read(async (unit) => {
      const draft = await draftKnown(unit, context.caller!, params.id);
      if (isRefused(draft)) return draft;
      const plan = await planOf(unit, draft.id);
      if (plan === null) return { id: draft.id, version: draft.version, plan };
      const [known, people] = [await knownTo(unit, context.caller!), await peopleOfDraft(unit, draft)];
      const told = known === null ? null : new Set(known);
      const isAll = told === null || (people?.every((id) => told.has(id)) ?? false);
      const result = plan.result === null || isAll ? plan.result : resultTold(plan.result, (id) => told.has(id));
      return { id: draft.id, version: draft.version, plan: await shownPlan(unit, { ...plan, result }) };
    }),

  "drafts.fairness": async ({ params, query }, context) => {
    const read = await context.read(async (unit) => {
      const draft = await draftKnown(unit, context.caller!, params.id);
      if (isRefused(draft)) return draft;
      return {
        draft,
        entries: await entriesOf(unit, draft.id),
        people: await peopleTold(unit, context.caller!, draft),
      };
    });
    if (isRefused(read)) return read;
    const { draft, entries, people } = read;
    if (people.length > limits.ROSTER_PLAN_PEOPLE_MAX) return tooManyPeople;
    const unpopular = lowered(query.unpopular ?? []);
    const counted = await fairnessOf(context.read, draft, people, { entries, unpopular });
    const year = rollingYear(draft);
    return { id: draft.id, from: dayText(year.fromDay), to: dayText(year.toDay), people: shownFairness(counted) };
  },
};

const tooManyPeople = refuseWork("bad-window", "people", { most: limits.ROSTER_PLAN_PEOPLE_MAX });

async function startPlan(unit: Unit, context: RequestContext, id: string, asked: PlanAsked) {
  const caller = context.caller!;
  const draft = await draftToChange(unit, caller, id, context.ifMatch);
  if (isRefused(draft)) return draft;
  const last = await planOf(unit, id);
  const plans = {
    kind: ROSTER_PLAN_JOB,
    userId: caller.userId,
    most: limits.ROSTER_PLANS_OF_ONE_MAX,
  };
  const why = await whyNotPlanned(unit, last, plans);
  if (why !== null) return refuseWork("roster-plan-refused", why, { most: plans.most });
  const people = await plannable(unit, caller, draft);
  if (isRefused(people)) return people;
  const wrong = (await wrongWish(unit, draft, people, asked)) ?? (await withoutDemand(unit, draft));
  if (wrong !== null) return wrong;
  const input: RosterPlanInput = { sessionId: caller.sessionId, draftId: id };
  const jobId = await enqueue(unit, { kind: ROSTER_PLAN_JOB, input });
  const by = { by: caller.personId, name: caller.name, atMs: unit.nowMs };
  await putPlan(unit, { draftId: id, jobId, asked: by, wish: asked });
  return (await readJob(unit, jobId))!;
}

/** What is named and is not there. */
async function wrongWish(
  unit: Unit,
  draft: Draft,
  people: readonly string[],
  asked: PlanAsked,
): Promise<Invalid | null> {
  const { keep, wishes } = asked;
  const items = keep.items.length === 0 ? [] : await entriesOf(unit, draft.id, keep.items);
  if (items.length < new Set(keep.items).size) return refuseWork("draft-invalid", "kept", {});
  const planned = new Set(people);
  if (wishes.some(({ personId }) => !planned.has(personId))) return refuseWork("draft-invalid", "wish", {});
  const outside = [...keep.days, ...wishes.map(({ day }) => day)].find(
    (day) => day < draft.fromDay || day >= draft.toDay,
  );
  if (outside !== undefined)
    return refuseWork("draft-invalid", "outside", {
      day: dayText(outside),
      from: dayText(draft.fromDay),
      to: dayText(draft.toDay),
    });
  return null;
}

async function withoutDemand(
  unit: Unit,
  { id, fromDay, toDay }: Draft,
): Promise<Refused<"workforce/roster-plan-refused"> | null> {
  const demands = await demandsOf(unit);
  if (demands.some((each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay)) return null;
  const isOpen = (await entriesOf(unit, id)).some(({ personId }) => personId === null);
  return isOpen ? null : refuseWork("roster-plan-refused", "no-demand", {});
}

/** Those whom a draft is for and the caller may know all of, with a contract in the rolling year. */
async function peopleTold(unit: Unit, caller: Caller, draft: Draft): Promise<string[]> {
  const [named, known] = [await peopleOfDraft(unit, draft), await knownTo(unit, caller)];
  const year = rollingYear(draft);
  const told = known === null ? null : new Set(known);
  return [...(await versionsOf(unit, named))].flatMap(([id, own]) =>
    (told?.has(id) ?? true) && own.some((each) => each.fromDay < year.toDay && (each.toDay ?? Infinity) > year.fromDay)
      ? [id]
      : [],
  );
}

type Counted = Awaited<ReturnType<typeof fairnessOf>>;
const KINDS = ["nights", "weekends", "holidays", "unpopular"] as const;

/** Shares by days with a contract and part time, of all that is worked with the draft. */
function shownFairness(counted: Counted) {
  const fullDays = counted.reduce((sum, each) => sum + each.fullDays, 0);
  const totals = KINDS.map((kind) => counted.reduce((sum, each) => sum + each.with[kind], 0));
  return counted.map(({ personId, name, days, fullDays: own, without, with: drafted }) => ({
    personId,
    name,
    days,
    partPermille: days === 0 ? 0 : Math.round((own / days) * 1_000),
    without: { ...without },
    with: { ...drafted },
    fair: fairShares(totals, fullDays === 0 ? 0 : own / fullDays),
  }));
}

function fairShares(totals: readonly number[], part: number) {
  const [nights, weekends, holidays, unpopular] = totals.map((total) => Math.round(total * part * 10) / 10) as [
    number,
    number,
    number,
    number,
  ];
  return { nights, weekends, holidays, unpopular };
}
