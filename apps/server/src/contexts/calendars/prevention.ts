import type { Refused } from "@hourwright/contract";
import { dayAndSpanText } from "@hourwright/conflict";
import type { shownBroken } from "../planning/public.ts";

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
