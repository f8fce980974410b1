import type { Answer } from "../../data/api.ts";
import { printClosed } from "../../data/printed-layers.ts";
import { printBroken, printRelaxations, printTitle } from "../../data/printed-rules.ts";
import { parseInstant } from "../../data/wall-clock.ts";
import type { Messages } from "../../messages/index.tsx";
import type { Formats } from "../../messages/format.ts";
import type { LanguageName } from "../../messages/language.ts";
import type { WhyWords } from "./why-words-en.ts";

// Why there is no slot, in the reader's language, from the facts; in the server's words what this page does not know yet.

type Told = Answer<"services.why">;
type Reason = Told["reasons"][number];
type Change = NonNullable<Told["relaxation"]>[number];
type Unable = Extract<Reason["facts"], { kind: "subjects" }>["unable"][number];
type SubjectReason = Unable["why"][number];

export type WhyLanguage = {
  readonly words: Messages;
  readonly why: WhyWords;
  readonly format: Formats;
  readonly locale: LanguageName;
};

/** What stands against a start: one sentence; of people and things a line each below what is needed. */
export function printReason({ facts, sentence }: Reason, language: WhyLanguage): string {
  const { why } = language;
  const { reason } = why;
  switch (facts.kind) {
    case "past":
    case "closed":
      return reason[facts.kind];
    case "notice":
      return reason.notice(printSpan(facts.noticeMinutes, language), printMoment(facts.earliest, language));
    case "window":
      return reason.window(printMoment(facts.end, language));
    case "raster":
      return reason.raster(why.start[facts.from](facts.everyMinutes));
    case "limit":
      return reason.limit[facts.per](facts.max);
    case "subjects":
      return [
        reason.subjects(facts.roles, facts.needed, facts.able),
        ...facts.unable.flatMap((each) => printUnable(each, language)),
      ].join("\n");
    default:
      return sentence;
  }
}

/** Somebody's reasons in one sentence; a rule says itself whom it is about. */
function printUnable({ subject, why }: Unable, language: WhyLanguage): string[] {
  const own = why.flatMap((each) => (each.kind === "rule" ? [] : [printOwn(each, language)]));
  const rules = why.flatMap((each) => (each.kind === "rule" ? [printBroken(each.broken, language)] : []));
  return own.length === 0 ? rules : [language.why.reason.of(printName(subject, language), own), ...rules];
}

function printOwn(facts: Exclude<SubjectReason, { kind: "rule" }>, language: WhyLanguage): string {
  const { why, format } = language;
  const { subject } = why;
  switch (facts.kind) {
    case "closed":
      return facts.because === null ? subject.closed : subject.closedFor(printClosed(facts.because, language));
    case "taken":
      return subject.taken(facts.what);
    case "buffer":
    case "way":
      return subject[facts.kind](facts.what, format.duration(facts.missingMinutes));
    case "calendar":
      return facts.ageMinutes === null
        ? subject.unread(facts.calendar)
        : subject.calendar(
            facts.calendar,
            printSpan(facts.ageMinutes, language),
            printSpan(facts.afterMinutes, language),
          );
  }
}

/** One thing that would have to be otherwise, to stand in a list. */
export function printChange({ facts, sentence }: Change, language: WhyLanguage): string {
  const { why, format, words } = language;
  const { change } = why;
  switch (facts.kind) {
    case "notice":
      return change.notice(printSpan(facts.minutes, language));
    case "window":
      if (facts.days !== null) return change.days(why.days(facts.days));
      return facts.end === null ? change.ever : change.until(printMoment(facts.end, language));
    case "raster":
      return change.raster(why.start[facts.from](facts.everyMinutes));
    case "hours":
      return change.hours(printStretch(facts, language));
    case "limit":
      return change.limit[facts.per](facts.max);
    case "buffer":
      return change.buffer(format.duration(facts.beforeMinutes), format.duration(facts.afterMinutes));
    case "open":
      return change.open(printName(facts.subject, language), printStretch(facts, language));
    case "guard":
    case "free":
      return change[facts.kind](printName(facts.subject, language), facts.what);
    case "rule": {
      const title = printTitle(facts.broken.constraintId, words);
      if (title === null) return sentence;
      return change.rule(printName(facts.subject, language), title, printRelaxations(facts.broken, language));
    }
    case "calendar": {
      const { subject, calendar, afterMinutes } = facts;
      const who = printName(subject, language);
      return afterMinutes === null
        ? change.unread(who, calendar)
        : change.calendar(who, calendar, printSpan(afterMinutes, language));
    }
    default:
      return sentence;
  }
}

/** How old what is known of a calendar elsewhere is. */
export function printAge(
  { whose, calendar, ageMinutes }: Pick<Told["calendars"][number], "whose" | "calendar" | "ageMinutes">,
  language: WhyLanguage,
): string {
  const { why } = language;
  const who = whose ?? why.gone;
  return ageMinutes === null ? why.neverRead(who, calendar) : why.age(who, calendar, printSpan(ageMinutes, language));
}

const printName = ({ name }: { readonly name: string }, { why }: WhyLanguage): string =>
  name === "" ? why.gone : name;

/** Whole days as days, all else as a clock counts. */
const printSpan = (minutes: number, { why, format }: WhyLanguage): string =>
  minutes > 0 && minutes % DAY_MINUTES === 0 ? why.days(minutes / DAY_MINUTES) : format.duration(minutes);

const DAY_MINUTES = 1_440;
const DAY_MS = 86_400_000;

/** By the clock whose offset the text has. */
function wallOf(text: string): { readonly day: number; readonly ms: number } {
  const wall = parseInstant(`${text.slice(0, 16)}:00Z`) ?? 0;
  const day = Math.floor(wall / DAY_MS);
  return { day, ms: wall - day * DAY_MS };
}

function printMoment(text: string, { why, format }: WhyLanguage): string {
  const { day, ms } = wallOf(text);
  return why.moment(format.dayWithYear(day), format.wallTime(ms));
}

function printStretch({ start, end }: { readonly start: string; readonly end: string }, language: WhyLanguage): string {
  const { why, format } = language;
  const [from, to] = [wallOf(start), wallOf(end)];
  if (from.day !== to.day) return why.span(printMoment(start, language), printMoment(end, language));
  return why.moment(format.dayWithYear(from.day), `${format.wallTime(from.ms)}–${format.wallTime(to.ms)}`);
}
