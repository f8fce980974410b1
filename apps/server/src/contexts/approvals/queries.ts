import { refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { cursorOf, pageOf } from "../../platform/operations/pages.ts";
import { organisationOf, scopeOf, subjectsById } from "../identity/public.ts";
import { noApproval, type ApprovalPorts } from "./commands.ts";
import { factsFor } from "./facts.ts";
import type { Approval, EffectLine } from "./model.ts";
import { peopleAsked, seatsOf, stepOf } from "./seats.ts";
import { approvalById, askedNow, listApprovals, wasAsked, type Sought, type Stored } from "./store.ts";
import { sentenceOf, whoWaitsForWhom, type StepView } from "./waits.ts";

/** What approving would do is worked out again when it is older. */
const EFFECT_FRESH_MS = 60_000;
/** Of one page the first so many are worked out again: the rest says when it was. */
const EFFECTS_OF_A_PAGE_MAX = 20;

const text = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

type Asked = {
  readonly view: Sought["view"];
  readonly state?: Approval["state"] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** One page of requests as somebody may see them. */
export async function pageOfApprovals(unit: Unit, ports: ApprovalPorts, caller: Caller, asked: Asked) {
  const after = pageOf<unknown[]>(asked.cursor)?.[0] ?? null;
  if (after !== null && typeof after !== "string") return wrongCursor;
  const found = await listApprovals(unit, await soughtBy(unit, caller, asked), { limit: asked.limit + 1, after });
  const page = found.slice(0, asked.limit);
  return {
    items: await shownApprovals(unit, ports, caller, page),
    nextCursor: found.length > asked.limit ? cursorOf([page.at(-1)!.approval.id]) : null,
  };
}

const wrongCursor: Refused<"request/invalid"> = refuseRequest("invalid", "cursor", {});

async function soughtBy(unit: Unit, caller: Caller, { view, state }: Asked): Promise<Sought> {
  const { personId } = caller;
  if (view === "decide") return { view, personId };
  if (view === "asked") return { view, personId, state: state ?? null };
  const people = rules(caller) ? null : (await scopeOf(unit, personId)).personIds;
  return { view, people, state: state ?? null };
}

const rules = ({ role }: Caller): boolean => role === "owner" || role === "administrator";

/** A request with its steps; 404 for who may not know of it. */
export async function approvalInFull(unit: Unit, ports: ApprovalPorts, caller: Caller, id: string) {
  const stored = await approvalById(unit, id);
  if (stored === null) return noApproval;
  const { approval } = stored;
  const facts = await factsFor(unit, approval, ports.isAway);
  const asked = approval.state === "waiting" ? [...peopleAsked(seatsOf(approval, facts))] : [];
  if (!asked.includes(caller.personId) && !(await maySee(unit, caller, approval))) return noApproval;
  const views = whoWaitsForWhom(approval, facts);
  const names = await namesOf(unit, [...asked, ...peopleOf(stored), ...views.flatMap(peopleOfStep)]);
  const { zone } = await organisationOf(unit);
  const timeOf = (ms: number) => wallTime(ms, zone);
  const [shown] = await shownWith(unit, ports, caller, [stored], names, new Map([[id, asked]]));
  return {
    ...shown!,
    chain: views.map((view, n) => ({
      step: n + 1,
      state: view.state,
      how: view.passed?.how ?? null,
      quorum: view.step.quorum,
      yes: view.yes,
      seats: view.seats.map((seat) => ({
        for: named(names, seat.forId),
        asked: seat.askedIds.map((each) => named(names, each)),
        isAway: seat.isAway,
        hasLeft: seat.hasLeft,
        by: seat.by,
        answer: seat.answer && {
          by: named(names, seat.answer.personId),
          says: seat.answer.says,
          reason: seat.answer.reason,
          at: text(seat.answer.atMs),
        },
      })),
      due: view.dueMs === null ? null : text(view.dueMs),
      atDeadline: view.step.deadlineMinutes === null ? null : view.step.atDeadline.kind,
      says: sentenceOf(view, (each) => named(names, each).name, timeOf),
    })),
  };
}

const wallTime = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** Who asked, whom it concerns, who is or was asked, who manages whom it concerns, and who runs the organisation. */
async function maySee(unit: Unit, caller: Caller, { id, requestedBy, concerns }: Approval): Promise<boolean> {
  const { personId } = caller;
  if (rules(caller) || requestedBy === personId || concerns === personId) return true;
  if (await wasAsked(unit, id, personId)) return true;
  return (await scopeOf(unit, personId)).personIds.includes(concerns);
}

/** Requests as lists and commands show them. */
export async function shownApprovals(unit: Unit, ports: ApprovalPorts, caller: Caller, page: readonly Stored[]) {
  const asked = await askedNow(
    unit,
    page.map(({ approval }) => approval.id),
  );
  const names = await namesOf(unit, [...page.flatMap(peopleOf), ...[...asked.values()].flat()]);
  return shownWith(unit, ports, caller, page, names, asked);
}

type Names = ReadonlyMap<string, string>;

async function shownWith(
  unit: Unit,
  ports: ApprovalPorts,
  { personId }: Caller,
  page: readonly Stored[],
  names: Names,
  askedBy: ReadonlyMap<string, readonly string[]>,
) {
  const effects = await effectsOf(unit, ports, page);
  return page.map((stored) => {
    const { approval, version } = stored;
    const isWaiting = approval.state === "waiting";
    const asked = isWaiting ? (askedBy.get(approval.id) ?? []) : [];
    const endedBy = "endedBy" in approval ? approval.endedBy : null;
    const fresh = effects.get(approval.id);
    return {
      id: approval.id,
      kind: approval.kind,
      subjectId: approval.subjectId,
      label: approval.label,
      requestedBy: named(names, approval.requestedBy),
      concerns: named(names, approval.concerns),
      state: approval.state,
      step: Math.min(stepOf(approval) + 1, approval.policy.steps.length),
      steps: approval.policy.steps.length,
      askedAt: text(approval.askedMs),
      due: isWaiting && approval.dueMs !== null ? text(approval.dueMs) : null,
      endedAt: "endedMs" in approval ? text(approval.endedMs) : null,
      endedBy: endedBy === null ? null : named(names, endedBy),
      reason: "reason" in approval ? approval.reason : null,
      waitsFor: asked.map((id) => named(names, id)),
      mayDecide: asked.includes(personId),
      mayWithdraw: isWaiting && (approval.requestedBy === personId || approval.concerns === personId),
      effect: [...(fresh ?? stored.effect)],
      effectAt: text(fresh === undefined ? stored.effectMs : unit.nowMs),
      version,
    };
  });
}

/** What approving would do, worked out anew of what waits and was worked out a while ago. */
async function effectsOf(unit: Unit, { kinds }: ApprovalPorts, page: readonly Stored[]) {
  const effects = new Map<string, readonly EffectLine[]>();
  const isStale = ({ approval, effectMs }: Stored) =>
    approval.state === "waiting" && unit.nowMs - effectMs > EFFECT_FRESH_MS;
  for (const { approval } of page.filter(isStale).slice(0, EFFECTS_OF_A_PAGE_MAX)) {
    const kind = kinds.find((each) => each.kind === approval.kind);
    if (kind !== undefined) effects.set(approval.id, await kind.effect(unit, approval.subjectId));
  }
  return effects;
}

const peopleOf = ({ approval }: Stored): string[] => [
  approval.requestedBy,
  approval.concerns,
  ...("endedBy" in approval && approval.endedBy !== null ? [approval.endedBy] : []),
];

const peopleOfStep = ({ seats }: StepView): string[] =>
  seats.flatMap(({ forId, askedIds, answer }) => [forId, ...askedIds, ...(answer === null ? [] : [answer.personId])]);

async function namesOf(unit: Unit, ids: readonly string[]): Promise<Names> {
  return new Map((await subjectsById(unit, [...new Set(ids)])).map(({ id, name }) => [id, name]));
}

const named = (names: Names, id: string) => ({ id, name: names.get(id) ?? "Somebody" });
