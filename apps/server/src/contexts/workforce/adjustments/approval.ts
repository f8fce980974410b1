import { isRefused, type Refused } from "@hourwright/contract";
import type { Deviation } from "@hourwright/schedule";
import type { Unit } from "../../../platform/db/database.ts";
import type { ApprovalKind, Decided, EffectLine } from "../../approvals/public.ts";
import { subjectsById } from "../../identity/public.ts";
import { dayText } from "../contracts/terms.ts";
import { decided, decideRequested, type Answer } from "./commands.ts";
import { effectOf } from "./decide.ts";
import { missedBy, missedFacts, missedLabel } from "./missed.ts";
import { ADJUSTMENT, type StoredAdjustment } from "./model.ts";
import { groupsOf } from "./store.ts";

/** Adjustments as something that is approved: by the id of their group. */
export const APPROVED_KIND = ADJUSTMENT;

/** Nobody: time ran out. */
const TIME = { personId: null, name: "the deadline" };

/**
 * `insists`: what may be taken twice is taken though somebody has it. `refused` hears in its own words what `decided` was refused
 * with.
 */
export function adjustmentApproval({
  insists = false,
  refused = () => {},
}: { readonly insists?: boolean; readonly refused?: (refusal: Refused) => void } = {}): ApprovalKind {
  return {
    kind: APPROVED_KIND,
    name: "Changes of schedules",
    isUndoneItself: true,
    effect: async (unit, groupId) => effectLines(unit, await groupsOf(unit, [groupId])),
    async decided(unit, approval) {
      const after = await decideRequested(unit, approval.subjectId, { ...(await answerOf(unit, approval)), insists });
      if (!isRefused(after)) return null;
      if (approval.state !== "approved") return null; // It is gone, or was decided: nothing is left to be taken back.
      refused(after);
      return after;
    },
  };
}

async function answerOf(unit: Unit, approval: Decided): Promise<Omit<Answer, "insists">> {
  switch (approval.state) {
    case "approved": {
      const byTime = approval.passed.at(-1)?.how === "deadline";
      return {
        verdict: "approved",
        by: byTime ? TIME : await named(unit, approval.answers.at(-1)!.personId),
        reason: "",
      };
    }
    case "declined": {
      const { endedBy, reason } = approval;
      return { verdict: "declined", by: await named(unit, endedBy), reason: reason ?? "" };
    }
    case "lapsed":
      return { verdict: "declined", by: TIME, reason: approval.reason ?? "Nobody answered in time." };
    case "withdrawn":
      return { verdict: "withdrawn", by: await named(unit, approval.endedBy), reason: "" };
  }
}

async function named(unit: Unit, personId: string | null): Promise<Answer["by"]> {
  if (personId === null) return TIME;
  return { personId, name: (await subjectsById(unit, [personId]))[0]?.name ?? "somebody" };
}

/** What approving would do: what speaks against it, where people would be missing, rules that it breaks, and how much paid work it adds. */
export async function effectLines(unit: Unit, group: readonly StoredAdjustment[]): Promise<readonly EffectLine[]> {
  if (group.length === 0) return [];
  const { objections, before, after } = await decided(unit, group, { by: "", onDay: 0 });
  const { broken, paidMinutes } = effectOf(group, before, after);
  const missed = await missedBy(unit, group, { before, after });
  const names = new Map((await subjectsById(unit, [...before.keys()])).map(({ id, name }) => [id, name]));
  return [
    ...objections.map(({ facts, sentence }) => ({ ...lineOf(sentence, true), facts })),
    ...missed.map((each) => ({
      label: missedLabel(each),
      before: `${each.before} of ${each.minimum}`,
      after: `${each.after} of ${each.minimum}`,
      worse: true,
      facts: missedFacts(each),
    })),
    ...broken.map(({ personId, facts, sentence }) => {
      const who = names.get(personId) ?? "Somebody";
      return { ...lineOf(`${who}: ${sentence}`, true), who, facts };
    }),
    ...(paidMinutes === 0
      ? []
      : [{ ...lineOf("Paid work", paidMinutes > 0), after: hoursText(paidMinutes), facts: paidWork(paidMinutes) }]),
  ];
}

const lineOf = (label: string, worse: boolean): EffectLine => ({ label, before: null, after: null, worse });

const paidWork = (minutes: number) => ({ kind: "paid-work", minutes });

/** "+8 h", "−30 min" */
function hoursText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [...(hours === 0 ? [] : [`${hours} h`]), ...(rest === 0 ? [] : [`${rest} min`])];
  return `${minutes < 0 ? "−" : "+"}${parts.join(" ")}`;
}

/** "Ana Ruiz: leave, 2027-03-01 to 2027-03-05" */
export function labelOf(name: string, { what, firstDay, lastDay }: StoredAdjustment): string {
  const days = firstDay === lastDay ? dayText(firstDay) : `${dayText(firstDay)} to ${dayText(lastDay)}`;
  return `${name}: ${wordsOf(what)}, ${days}`;
}

function wordsOf(what: Deviation): string {
  switch (what.kind) {
    case "absence":
      return what.type;
    case "change":
      return "another time";
    case "activation":
      return "called in";
    case "given":
    case "taken":
      return "swap";
    case "extra":
      return "extra shift";
    default:
      return what.kind;
  }
}
