import {
  ABSENCES,
  isoDayText,
  minuteText,
  minutesText,
  objectionText,
  weekdayText,
  type AbsenceKind,
  type ObjectionFacts,
  type Rule,
} from "@hourwright/schedule";

/** Why so many people who could count somewhere do not. `type`: of an absence, where it is known. */
export type UnmetReasonFacts = { readonly count: number } & (
  | { readonly kind: "unmet-locked" | "unmet-no-contract" | "unmet-costly" }
  | { readonly kind: "unmet-away"; readonly type: AbsenceKind | null }
  | { readonly kind: "unmet-busy"; readonly meets: "time" | "day" | "shift" }
  | { readonly kind: "unmet-rule"; readonly rule: Rule; readonly measured: number }
  | { readonly kind: "unmet-no-shift"; readonly isBefore: boolean }
);

/**
 * A stretch below its minimum, by the wall of the organisation, in minutes after midnight of its day. `able`: who counts there and may be
 * planned; `reasons`: why nobody more of them is there, null where that is not told.
 */
export type UnmetFacts = {
  readonly kind: "unmet";
  readonly site: string;
  readonly skill: string | null;
  readonly levelMin: number | null;
  readonly day: string;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly have: number;
  readonly able: number;
  readonly there: number;
  readonly reasons: readonly UnmetReasonFacts[] | null;
};

/** Of whom; null: of somebody whose name is not known any more. */
type Whom = { readonly name: string | null };

/** What is said of a plan, by what its sentence is made of, in any language: days as 2027-03-01. As JSON has it. */
export type PlanFacts =
  | UnmetFacts
  | UnmetReasonFacts
  | ({ readonly kind: "wish-off" | "wish-work"; readonly day: string } & Whom)
  | ({ readonly kind: "draft-changed" | "open-shift-changed" | "contract-gone" | "not-planned" } & Whom)
  | ({ readonly kind: "left-out"; readonly of: ObjectionFacts } & Whom);

/** More reasons than these say nothing more. */
export const UNMET_REASONS_TOLD_MAX = 4;

/** What is said, in English: one sentence. */
export function planText(facts: PlanFacts): string {
  switch (facts.kind) {
    case "unmet":
      return unmetText(facts);
    case "wish-off":
      return `${nameOf(facts)} works on ${isoDayText(facts.day)}, and wishes to be off.`;
    case "wish-work":
      return `${nameOf(facts)} does not work as they wish on ${isoDayText(facts.day)}.`;
    case "draft-changed":
      return `The shifts of ${nameOf(facts)} in the draft were changed meanwhile.`;
    case "open-shift-changed":
      return `The open shift for ${nameOf(facts)} was changed meanwhile.`;
    case "contract-gone":
      return `${nameOf(facts)} has no contract any more, and so no roster.`;
    case "not-planned":
      return `${nameOf(facts)} may not be planned here any more by whoever asked.`;
    case "left-out": {
      const [name, sentence] = [nameOf(facts), objectionText(facts.of)];
      return sentence.startsWith(name) ? sentence : `${name}: ${sentence}`;
    }
    default:
      return `${facts.count} ${unmetReasonText(facts)}.`;
  }
}

const nameOf = ({ name }: Whom): string => name ?? "Somebody";

/** "No second person with First aid at Ward 3 on Sunday 7 March 2027, 22:00–06:00. Of 2 who have it 1 is there, 1 is on leave." */
function unmetText({
  site,
  skill,
  levelMin,
  day,
  fromMinute,
  toMinute,
  have,
  able,
  there,
  reasons,
}: UnmetFacts): string {
  const who = have === 0 ? "Nobody" : `No ${ORDINALS[have + 1] ?? `${have + 1}th`} person`;
  const level = levelMin === null ? "" : ` (at least level ${levelMin})`;
  const having = skill === null ? "" : ` with ${skill}${level}`;
  const when = `${weekdayText(day)} ${isoDayText(day)}, ${minuteText(fromMinute)}–${minuteText(toMinute)}`;
  const what = `${who}${having} at ${site} on ${when}.`;
  if (reasons === null) return what;
  if (able === 0)
    return `${what} ${skill === null ? "Nobody may be planned there." : "Nobody who may be planned there has it."}`;
  const parts = [
    ...(there === 0 ? [] : [`${there} ${there === 1 ? "is" : "are"} there`]),
    ...reasons
      .slice(0, UNMET_REASONS_TOLD_MAX)
      .map((each) => plural(`${each.count} ${unmetReasonText(each)}`, each.count)),
  ];
  return `${what} Of ${able} who ${skill === null ? "work there" : `${able === 1 ? "has" : "have"} it`} ${parts.join(", ")}.`;
}

const ORDINALS = ["", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

const plural = (text: string, count: number): string =>
  count === 1 ? text : text.replace(/^(\d+) is /, "$1 are ").replace(/^(\d+) has /, "$1 have ");

/** "is on sick leave", of one. */
export function unmetReasonText(facts: UnmetReasonFacts): string {
  switch (facts.kind) {
    case "unmet-locked":
      return "is kept as they are";
    case "unmet-no-contract":
      return "has no contract then";
    case "unmet-costly":
      return "could, and hours, fairness, wishes or changes weigh more";
    case "unmet-away":
      return facts.type === null ? "is away then" : `is on ${ABSENCES[facts.type].text}`;
    case "unmet-busy":
      return BUSY[facts.meets];
    case "unmet-rule":
      return wouldText(facts);
    case "unmet-no-shift":
      return facts.isBefore ? "could by a shift that begins before the draft alone" : "has no shift that fits then";
  }
}

const BUSY = {
  time: "has another shift then",
  day: "has another shift that day",
  shift: "has a shift that meets it",
} as const;

/** "would have 9 h of rest of 11 h" */
function wouldText({ rule, measured }: UnmetReasonFacts & { readonly kind: "unmet-rule" }): string {
  switch (rule.kind) {
    case "rest":
      return `would have ${minutesText(measured)} of rest of ${minutesText(rule.minutesMin)}`;
    case "week-rest":
      return `would have ${minutesText(measured)} of rest that week of ${minutesText(rule.minutesMin)}`;
    case "days":
      return `would work ${measured} days in a row of at most ${rule.max}`;
    case "nights":
      return `would work ${measured} nights in a row of at most ${rule.max}`;
    case "weekends":
      return `would have ${measured} free of ${rule.of} weekends in a row, and needs ${rule.freeMin}`;
    case "curfew":
      return `may not work from ${minuteText(rule.fromMinute)} to ${minuteText(rule.toMinute)}`;
    case "rolling":
      return `would work ${minutesText(measured)} within ${rule.days} days, of at most ${minutesText(rule.minutesMax)}`;
    default:
      return `would work ${minutesText(measured)} in a ${rule.kind}, of at most ${minutesText(rule.minutesMax)}`;
  }
}
