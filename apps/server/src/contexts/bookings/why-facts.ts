import type { Change, Reason, SubjectReason } from "@hourwright/availability";
import type { Catalogue, OperationAnswer } from "@hourwright/contract";
import { shownBroken } from "../planning/pure.ts";
import type { ClosedBecause } from "../workforce/public.ts";
import { ageMinutes } from "./sources.ts";
import type { ToldObjection } from "./slot-question.ts";

// Pure: what the sentences of an explanation are made of, for who says them in another language.

type Told = OperationAnswer<Catalogue["services.why"]>;
export type ReasonFacts = Told["reasons"][number]["facts"];
export type ChangeFacts = NonNullable<Told["relaxation"]>[number]["facts"];
type SubjectFacts = Extract<ReasonFacts, { kind: "subjects" }>["unable"][number]["why"][number];

/** Names and times by the numbers of a question. `objection`: the first of a subject's with a rule, and a sentence where one is given. */
export type Naming = {
  readonly who: (subject: number) => { readonly id: string; readonly name: string };
  readonly role: (role: number) => string;
  readonly taken: (subject: number, taken: number) => string | null;
  readonly time: (ms: number) => string;
  readonly closed: (subject: number) => ClosedBecause | null;
  readonly objection: (subject: number, ruleId: string, sentence?: string | null) => ToldObjection;
  readonly staleAfterMinutes: number;
  readonly nowMs: number;
};

export function reasonFacts(reason: Reason, naming: Naming): ReasonFacts {
  switch (reason.kind) {
    case "past":
      return { kind: "past" };
    case "notice":
      return { kind: "notice", noticeMinutes: reason.noticeMinutes, earliest: naming.time(reason.earliestMs) };
    case "window":
      return { kind: "window", end: naming.time(reason.endMs) };
    case "raster":
      return { kind: "raster", everyMinutes: reason.everyMinutes, from: reason.from };
    case "closed":
      return { kind: "closed" };
    case "limit":
      return { kind: "limit", per: reason.per, max: reason.max };
    case "subjects":
      return {
        kind: "subjects",
        roles: reason.roles.map(naming.role),
        needed: reason.needed,
        able: reason.able.length,
        unable: reason.unable.map(({ subject, why }) => ({
          subject: naming.who(subject),
          why: why.map((each) => subjectFacts(subject, each, naming)),
        })),
      };
  }
}

function subjectFacts(subject: number, reason: SubjectReason, naming: Naming): SubjectFacts {
  switch (reason.kind) {
    case "closed":
      return { kind: "closed", because: naming.closed(subject) };
    case "taken":
      return { kind: "taken", what: naming.taken(subject, reason.taken) };
    case "buffer":
    case "way":
      return {
        kind: reason.kind,
        what: naming.taken(subject, reason.taken),
        missingMinutes: reason.missingMinutes,
      };
    case "rule": {
      const { source, broken } = naming.objection(subject, reason.ruleId, reason.sentence);
      if (broken !== undefined) return { kind: "rule", broken: shownBroken(broken) };
      return {
        kind: "calendar",
        calendar: source!.calendar,
        ageMinutes: ageMinutes(source!, naming.nowMs),
        afterMinutes: naming.staleAfterMinutes,
      };
    }
  }
}

export function changeFacts(change: Change, naming: Naming): ChangeFacts {
  switch (change.kind) {
    case "notice":
    case "raster":
    case "limit":
    case "buffer":
      return change;
    case "window": {
      const { bookable } = change;
      return {
        kind: "window",
        days: bookable?.kind === "days" ? bookable.days : null,
        end: bookable?.kind === "until" ? naming.time(bookable.endMs) : null,
      };
    }
    case "hours":
      return { kind: "hours", start: naming.time(change.startMs), end: naming.time(change.endMs) };
    case "open": {
      const [start, end] = [naming.time(change.startMs), naming.time(change.endMs)];
      return { kind: "open", subject: naming.who(change.subject), start, end };
    }
    case "guard":
    case "free": {
      const { kind, subject, taken } = change;
      return { kind, subject: naming.who(subject), what: naming.taken(subject, taken) };
    }
    case "rule": {
      const subject = naming.who(change.subject);
      const { source, broken } = naming.objection(change.subject, change.ruleId);
      if (broken !== undefined) return { kind: "rule", subject, broken: shownBroken(broken) };
      const minutes = ageMinutes(source!, naming.nowMs);
      return {
        kind: "calendar",
        subject,
        calendar: source!.calendar,
        afterMinutes: minutes === null ? null : minutes + 1,
      };
    }
  }
}
