import { isRefused, type Refused } from "@hourwright/contract";
import { dayAndSpanText } from "@hourwright/conflict";
import type { Unit } from "../../platform/db/database.ts";
import type { RequestContext } from "../../platform/operations/context.ts";
import { asksPlugins, claimsOf, foreseenBy, type Foreseen } from "../planning/public.ts";
import type { shownBroken } from "../planning/pure.ts";
import type { EventWritten, WriteProblem } from "./events.ts";
import { objectById } from "./store.ts";
import type { SuggestInput } from "./suggest.task.ts";

type Written = EventWritten | Refused<WriteProblem>;

/**
 * Tries a write: what it would have written, or why it would be refused. And, where plug-ins are asked, what would stand around it
 * then: only for them it is written to the end, and taken back.
 */
export function foresee(
  context: RequestContext,
  mayAskPlugins: boolean,
  { eventId, title }: { readonly eventId: string | null; readonly title: string | null },
  write: (unit: Unit) => Promise<Written>,
  around: (unit: Unit) => Promise<SuggestInput | null>,
): Promise<{
  readonly tried: Written;
  readonly foreseen: Foreseen | null;
  /** What other times are found by, where this one is refused. */
  readonly instead: SuggestInput | null;
}> {
  const barred = async (unit: Unit, tried: Refused<WriteProblem>) => {
    return { tried, foreseen: null, instead: isForTime(tried) ? await around(unit) : null };
  };
  const tryOut = async (unit: Unit) => {
    if (!mayAskPlugins || !(await asksPlugins(unit))) {
      const tried = await write(unit);
      return isRefused(tried) ? barred(unit, tried) : { tried, foreseen: null, instead: null };
    }
    const stood = eventId === null ? null : await objectById(unit, eventId);
    const was = stood === null ? [] : await claimsOf(unit, [stood.uid]);
    const tried = await write({ ...unit, isTrial: false });
    if (isRefused(tried)) return barred(unit, tried);
    const uids = [tried.object, tried.following].flatMap((object) => object?.uid ?? []);
    return { tried, foreseen: await foreseenBy(unit, was, { uids, title }), instead: null };
  };
  return context.attempt(tryOut, { isShared: !mayAskPlugins });
}

/** Whether another time might do. */
export const isForTime = ({ refused: { code } }: Refused): boolean =>
  code === "claims/taken" || code === "planning/rule-broken";

type Clashed = { readonly subjectId: string; readonly subject: string; readonly start: string; readonly end: string };

/** What a refusal for time is made of: whose time is taken, and which hard rules would not hold. */
export function barringOf({ refused: { detail, extra } }: Refused) {
  const { clashes = [], broken = [] } = extra as {
    readonly clashes?: readonly Clashed[];
    readonly broken?: readonly ReturnType<typeof shownBroken>[];
  };
  const taken = clashes.map(({ subjectId, subject, start, end }) => ({
    kind: "taken",
    severity: "must" as const,
    subjectId,
    subject,
    start,
    end,
    sentence: `${subject} is taken on ${dayAndSpanText(msOf(start), msOf(end), "UTC")} (UTC).`,
    relaxations: [],
  }));
  const rules = broken.map(({ constraintId, severity, subjectId, subject, start, end, sentence, relaxations }) => ({
    kind: constraintId,
    severity,
    subjectId,
    subject,
    start,
    end,
    sentence,
    relaxations,
  }));
  const all = [...taken, ...rules];
  // Somebody took it in the very moment: nothing is known but that.
  if (all.length > 0) return all;
  return [
    {
      kind: "taken",
      severity: "must" as const,
      subjectId: "",
      subject: "",
      start: "",
      end: "",
      sentence: detail,
      relaxations: [],
    },
  ];
}

const msOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
