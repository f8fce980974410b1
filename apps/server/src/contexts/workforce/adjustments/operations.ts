import { isRefused, itemProblemOf, refuseRequest, type ItemProblem, type Refused } from "@hourwright/contract";
import { findZone, MINUTE_MS, UTC } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, isDayKey, pageOf } from "../../../platform/operations/pages.ts";
import {
  answerApproval,
  askApproval,
  waitingFor,
  withdrawApproval,
  type ApprovalPorts,
} from "../../approvals/public.ts";
import { subjectsById } from "../../identity/public.ts";
import { isAdministrator, knownTo, personKnown } from "../access.ts";
import { dayText } from "../contracts/terms.ts";
import { adjustmentApproval, APPROVED_KIND, effectLines, labelOf } from "./approval.ts";
import {
  askForAdjustment,
  decided,
  decideRequested,
  lockGroup,
  mayDecide,
  mayWithdraw,
  noAdjustment,
  putAdjustmentBack,
  type Answer,
  type Objected,
} from "./commands.ts";
import { effectOf } from "./decide.ts";
import { missedBy, type MissedThere } from "./missed.ts";
import type { StoredAdjustment } from "./model.ts";
import { groupsOf, pageOfAdjustments } from "./store.ts";
import { shownAdjustment } from "./wish.ts";

type AdjustmentIds =
  `adjustments.${"list" | "read" | "check" | "create" | "approve" | "decline" | "withdraw" | "decide" | "put"}`;

/** What differs from contracts: asked for, decided by who manages, taken back. */
export const adjustmentOperations = (ports: ApprovalPorts): Handlers<AdjustmentIds> => ({
  "adjustments.list": async ({ query }, context) => {
    const after = pageOf<unknown>(query.cursor);
    if (query.cursor !== undefined && !isPlace(after)) return badCursor;
    return context.read(async (unit) => {
      const known = query.person === undefined ? null : await personKnown(unit, context.caller!, query.person);
      if (known !== null && isRefused(known)) return known;
      const people = known === null ? await knownTo(unit, context.caller!) : [known.id];
      const filter = { people, states: query.states ?? null, from: query.from ?? null, to: query.to ?? null };
      const found = await pageOfAdjustments(unit, filter, isPlace(after) ? after : null, query.limit + 1);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return {
        items: await shownAll(unit, page),
        nextCursor: found.length > page.length ? cursorOf([dayText(last!.firstDay), last!.id]) : null,
      };
    });
  },

  "adjustments.read": ({ params }, context) =>
    context.read(async (unit) => {
      const own = await adjustmentKnown(unit, context.caller!, params.id);
      return isRefused(own) ? own : shown(unit, context, own);
    }),

  "adjustments.check": ({ params }, context) =>
    context.read(async (unit) => {
      const own = await adjustmentKnown(unit, context.caller!, params.id);
      if (isRefused(own)) return own;
      const group = (await groupsOf(unit, [own.id])).filter(({ state }) => state === "requested");
      if (group.length === 0) return { objections: [], broken: [], missed: [], paidMinutes: 0, cost: null };
      const { objections, before, after } = await decided(unit, group, { by: context.caller!.name, onDay: 0 });
      const { cost, broken, paidMinutes } = effectOf(group, before, after);
      return {
        objections: [...objections],
        broken: [...broken],
        missed: (await missedBy(unit, group, { before, after })).map(shownMissed),
        paidMinutes,
        cost: isAdministrator(context.caller!) ? [...cost] : null,
      };
    }),

  "adjustments.create": async ({ body }, context) => {
    const created = await context.write(async (unit) => {
      const asked = await askForAdjustment(unit, context.caller!, body);
      if (isRefused(asked)) return asked;
      const waits = await askForApproval(unit, context.caller!.personId, asked);
      return isRefused(waits) ? waits : shown(unit, context, asked);
    });
    if (!isRefused(created)) context.reply.headers["location"] = `/v1/adjustments/${created.id}`;
    return created;
  },

  "adjustments.approve": ({ params, body }, context) =>
    context.write((unit) =>
      decide(
        unit,
        context,
        ports,
        params.id,
        "approved",
        { reason: "", insists: !body.preventConflicts },
        context.ifMatch,
      ),
    ),

  "adjustments.decline": ({ params, body }, context) =>
    context.write((unit) =>
      decide(unit, context, ports, params.id, "declined", { reason: body.reason, insists: false }, context.ifMatch),
    ),

  "adjustments.withdraw": ({ params, body }, context) =>
    context.write((unit) =>
      decide(
        unit,
        context,
        ports,
        params.id,
        "withdrawn",
        { reason: "", insists: !body.preventConflicts },
        context.ifMatch,
      ),
    ),

  "adjustments.decide": async ({ body }, context) => {
    const { ids, verdict, atomic } = body;
    if (verdict === "declined" && body.reason.trim() === "") return refuseRequest("invalid", "decline-reason", {});
    const more = { reason: body.reason, insists: !body.preventConflicts };
    const one = (unit: Unit, id: string) => decide(unit, context, ports, id, verdict, more, null);
    if (atomic) return decideAll(context, ids, one);
    const items: { id: string; state: StoredAdjustment["state"] | null; problem: ItemProblem | null }[] = [];
    for (const id of new Set(ids)) {
      const answer = await context.write((unit) => one(unit, id));
      items.push(
        isRefused(answer)
          ? { id, state: null, problem: itemProblemOf(answer) }
          : { id, state: answer.state, problem: null },
      );
    }
    return { items };
  },

  "adjustments.put": ({ params, body }, context) =>
    context.write((unit) => {
      const was = body.was === null ? null : (JSON.parse(body.was) as StoredAdjustment);
      return putAdjustmentBack(unit, context.caller!, params.id, was);
    }),
});

/** Asks whoever approves adjustments, with what approving it would do. */
export async function askForApproval(unit: Unit, requestedBy: string, asked: StoredAdjustment) {
  const group = await groupsOf(unit, [asked.id]);
  const [person] = await subjectsById(unit, [asked.personId]);
  return askApproval(unit, {
    kind: APPROVED_KIND,
    subjectId: asked.groupId,
    label: labelOf(person?.name ?? "", asked),
    requestedBy,
    concerns: asked.personId,
    effect: await effectLines(unit, group),
  });
}

const shownMissed = ({ row, name, day, startMs, endMs, before, after, minimum }: MissedThere) => ({
  site: row.site,
  skillId: row.skillId,
  levelMin: row.levelMin,
  name,
  day: dayText(day),
  start: Temporal.Instant.fromEpochMilliseconds(startMs).toString(),
  minutes: Math.round((endMs - startMs) / MINUTE_MS),
  before,
  after,
  minimum,
});

/** All or none, in one unit; of a swap one half is enough to name both. */
async function decideAll(
  context: RequestContext,
  ids: readonly string[],
  one: (unit: Unit, id: string) => ReturnType<typeof decide>,
) {
  return context.write(async (unit) => {
    const states = new Map<string, StoredAdjustment["state"]>();
    for (const id of ids) {
      if (states.has(id)) continue;
      const answer = await one(unit, id);
      if (isRefused(answer)) return answer;
      for (const each of [id, ...answer.together]) states.set(each, answer.state);
    }
    return { items: ids.map((id) => ({ id, state: states.get(id)!, problem: null })) };
  });
}

/** Where a request waits for approval, approving and declining are answers to it: it is done once enough have agreed. */
async function decide(
  unit: Unit,
  context: RequestContext,
  ports: ApprovalPorts,
  id: string,
  verdict: Answer["verdict"],
  more: Pick<Answer, "reason" | "insists">,
  ifMatch: IfMatch,
) {
  const caller = context.caller!;
  const known = await adjustmentKnown(unit, caller, id);
  if (isRefused(known)) return known;
  const waiting = await waitingFor(unit, APPROVED_KIND, known.groupId);
  const group = await lockGroup(unit, id, ifMatch);
  if (isRefused(group)) return group;
  const barred = await (verdict === "withdrawn" ? mayWithdraw : mayDecide)(unit, caller, group);
  if (barred !== null) return barred;
  if (waiting !== null && verdict !== "withdrawn") {
    const said = await answerWaiting(unit, ports, caller, waiting.id, verdict, more);
    if (isRefused(said)) return said;
    if (said === "answered")
      return shown(
        unit,
        context,
        (await groupsOf(unit, [id])).find((each) => each.id === id)!,
      );
  }
  if (waiting !== null)
    await withdrawApproval(unit, { kind: APPROVED_KIND, subjectId: known.groupId, byId: caller.personId });
  const by = { personId: caller.personId, name: caller.name };
  const after = await decideRequested(unit, id, { verdict, by, ...more });
  return isRefused(after)
    ? after
    : shown(
        unit,
        context,
        after.find((each) => each.id === id)!,
      );
}

/** "not asked": who runs the organisation decides all the same, in the place of those who are. */
async function answerWaiting(
  unit: Unit,
  { isAway, kinds }: ApprovalPorts,
  caller: Caller,
  id: string,
  verdict: "approved" | "declined",
  { reason, insists }: Pick<Answer, "reason" | "insists">,
) {
  let told: Refused | null = null;
  const own = adjustmentApproval({ insists, refused: (refusal) => (told = refusal) });
  const others = kinds.filter(({ kind }) => kind !== APPROVED_KIND);
  const said = { id, says: verdict === "approved" ? "yes" : "no", reason: reason.trim() || null } as const;
  const answered = await answerApproval(unit, { isAway, kinds: [own, ...others] }, caller.personId, said);
  if (!isRefused(answered)) return "answered";
  if (told !== null) return told as Objected;
  if (answered.refused.code === "approvals/not-asked" && isAdministrator(caller)) return "not asked";
  return answered as Refused<"approvals/not-asked" | "approvals/over">;
}

/** One that the caller may know: of what they may not it is not told that it is there. */
async function adjustmentKnown(
  unit: Unit,
  caller: Caller,
  id: string,
): Promise<StoredAdjustment | typeof noAdjustment> {
  const own = (await groupsOf(unit, [id])).find((each) => each.id === id);
  if (own === undefined || isRefused(await personKnown(unit, caller, own.personId))) return noAdjustment;
  return own;
}

async function shown(unit: Unit, context: RequestContext, adjustment: StoredAdjustment) {
  context.reply.headers["etag"] = `"${adjustment.version}"`;
  return (await shownAll(unit, [adjustment]))[0]!;
}

async function shownAll(unit: Unit, adjustments: readonly StoredAdjustment[]) {
  const people = await subjectsById(unit, [...new Set(adjustments.map(({ personId }) => personId))]);
  const zones = new Map(people.map(({ id, zone }) => [id, findZone(zone) ?? UTC]));
  const halves = adjustments.filter(({ what: { kind } }) => kind === "given" || kind === "taken");
  const groups = Map.groupBy(
    halves.length === 0
      ? []
      : await groupsOf(
          unit,
          halves.map(({ id }) => id),
        ),
    ({ groupId }) => groupId,
  );
  return adjustments.map((each) => {
    const together = (groups.get(each.groupId) ?? []).map(({ id }) => id);
    return shownAdjustment(each, zones.get(each.personId) ?? UTC, together);
  });
}

const badCursor = refuseRequest("invalid", "cursor", {});

/** Whether a cursor names a place in such a list: a day, an id. */
const isPlace = (keys: unknown): keys is readonly [string, string] =>
  Array.isArray(keys) && keys.length === 2 && isDayKey(keys[0]) && typeof keys[1] === "string";
