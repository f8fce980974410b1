import type { Weekday } from "../civil.ts";
import { parseBasicTime } from "../wall-time.ts";
import { PLAIN_RULE, WEEKDAY_NAMES, type Frequency, type OrdinalDay, type Rule, type Skip } from "./rule.ts";

export type RuleProblem = {
  readonly code:
    | "rule-too-long"
    | "rule-no-frequency"
    | "rule-part-twice"
    | "rule-part-malformed"
    | "rule-part-unknown"
    | "rule-part-out-of-range"
    | "rule-parts-exclude-each-other"
    | "rule-calendar-unsupported";
  readonly message: string;
};

/** Either a rule, with what a strict reader would object to, or why there is none. */
export type ParsedRule =
  | { readonly rule: Rule; readonly remarks: readonly RuleProblem[]; readonly refused?: undefined }
  | { readonly refused: RuleProblem; readonly rule?: undefined; readonly remarks?: undefined };

/** A rule that names each of 366 year days with sign is 3,000 characters; nothing sensible is longer than this. */
export const RULE_CHARACTERS_MAX = 10_000;
/** Two centuries of seconds: larger counts and intervals are typing errors, and would leave the safe integers. */
const WHOLE_MAX = 9_999_999_999;

/**
 * Reads the value of an RRULE or EXRULE (RFC 5545 §3.3.10, RFC 7529 for GREGORIAN).
 *
 * Lenient where clients differ and the meaning is plain: lower case, blanks, a stray `;`, unknown parts, BY parts with
 * a FREQ that the RFC does not list for them, COUNT beside UNTIL. Each is a remark; `strict` turns remarks into
 * refusals. What has no meaning is always refused: no FREQ, INTERVAL=0, BYMONTH=13, RSCALE=CHINESE.
 */
export function parseRule(text: string, { strict = false }: { strict?: boolean } = {}): ParsedRule {
  if (text.length > RULE_CHARACTERS_MAX) {
    return refuse("rule-too-long", `A rule has at most ${RULE_CHARACTERS_MAX} characters, not ${text.length}.`);
  }
  const remarks: RuleProblem[] = [];
  const parts = new Map<string, string>();
  for (const piece of text.split(";")) {
    const trimmed = piece.trim().toUpperCase();
    if (trimmed === "") {
      if (text !== "") remark("rule-part-malformed", "A ';' stands where no part follows.");
      continue;
    }
    const equals = trimmed.indexOf("=");
    if (equals < 1) return refuse("rule-part-malformed", `"${piece}" is no NAME=VALUE.`);
    const name = trimmed.slice(0, equals).trim();
    const value = trimmed.slice(equals + 1).trim();
    if (parts.has(name)) return refuse("rule-part-twice", `${name} is given twice.`);
    if (!PARTS.has(name)) remark("rule-part-unknown", `${name} is no part of a rule and was left out.`);
    parts.set(name, value);
  }

  const rule: Draft = { ...PLAIN_RULE };
  for (const [name, value] of parts) {
    const problem = PARTS.get(name)?.(rule, value);
    if (problem !== undefined && problem !== null) return { refused: problem };
  }
  if (!parts.has("FREQ")) return refuse("rule-no-frequency", "A rule needs FREQ.");
  if (parts.has("SKIP") && !parts.has("RSCALE")) remark("rule-part-malformed", "SKIP needs RSCALE beside it.");
  remarks.push(...combinations(rule));
  if (strict && remarks.length > 0) return { refused: remarks[0]! };
  return { rule, remarks };

  function remark(code: RuleProblem["code"], message: string): void {
    remarks.push({ code, message });
  }
}

function refuse(code: RuleProblem["code"], message: string): { refused: RuleProblem } {
  return { refused: { code, message } };
}

type Draft = { -readonly [Key in keyof Rule]: Rule[Key] };
type ReadPart = (rule: Draft, value: string) => RuleProblem | null;

/** Each part of the grammar: how its value is read into the rule, or what is wrong with it. */
const PARTS = new Map<string, ReadPart>([
  ["FREQ", (rule, value) => (FREQUENCIES.has(value) ? set(rule, "frequency", value as Frequency) : bad("FREQ", value))],
  ["INTERVAL", (rule, value) => whole("INTERVAL", value, (count) => (rule.interval = count))],
  ["COUNT", (rule, value) => whole("COUNT", value, (count) => (rule.count = count))],
  [
    "UNTIL",
    (rule, value) => {
      const until = parseBasicTime(value);
      return until === null ? bad("UNTIL", value) : set(rule, "until", until);
    },
  ],
  [
    "WKST",
    (rule, value) => {
      const index = WEEKDAY_NAMES.indexOf(value as (typeof WEEKDAY_NAMES)[number]);
      return index < 0 ? bad("WKST", value) : set(rule, "weekStart", (index + 1) as Weekday);
    },
  ],
  ["BYSECOND", (rule, value) => numbers("BYSECOND", value, 0, 60, false, (list) => (rule.bySecond = leapless(list)))],
  ["BYMINUTE", (rule, value) => numbers("BYMINUTE", value, 0, 59, false, (list) => (rule.byMinute = list))],
  ["BYHOUR", (rule, value) => numbers("BYHOUR", value, 0, 23, false, (list) => (rule.byHour = list))],
  ["BYDAY", readDays],
  ["BYMONTHDAY", (rule, value) => numbers("BYMONTHDAY", value, 1, 31, true, (list) => (rule.byMonthDay = list))],
  ["BYYEARDAY", (rule, value) => numbers("BYYEARDAY", value, 1, 366, true, (list) => (rule.byYearDay = list))],
  ["BYWEEKNO", (rule, value) => numbers("BYWEEKNO", value, 1, 53, true, (list) => (rule.byWeekNumber = list))],
  ["BYMONTH", (rule, value) => numbers("BYMONTH", value, 1, 12, false, (list) => (rule.byMonth = list))],
  ["BYSETPOS", (rule, value) => numbers("BYSETPOS", value, 1, SET_MAX, true, (list) => (rule.bySetPosition = list))],
  ["RSCALE", (_, value) => (value === "GREGORIAN" ? null : unsupported(value))],
  ["SKIP", (rule, value) => (SKIPS.has(value) ? set(rule, "skip", value as Skip) : bad("SKIP", value))],
]);

const FREQUENCIES = new Set(["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
const SKIPS = new Set(["OMIT", "BACKWARD", "FORWARD"]);
/** RFC 5545 bounds a position by the days of a year; positions among times of day may be larger in practice. */
const SET_MAX = 31_622_400;

function set<Key extends keyof Draft>(rule: Draft, key: Key, value: Draft[Key]): null {
  rule[key] = value;
  return null;
}

function bad(part: string, value: string): RuleProblem {
  return { code: "rule-part-malformed", message: `${part} cannot be "${value.slice(0, 40)}".` };
}

function unsupported(calendar: string): RuleProblem {
  return {
    code: "rule-calendar-unsupported",
    message: `RSCALE=${calendar.slice(0, 40)} is not supported; only GREGORIAN is.`,
  };
}

function whole(part: string, value: string, keep: (count: number) => void): RuleProblem | null {
  if (!/^\+?\d{1,12}$/.test(value)) return bad(part, value);
  const count = Number(value);
  if (count < 1 || count > WHOLE_MAX) {
    return { code: "rule-part-out-of-range", message: `${part} is 1 or more, not ${value}.` };
  }
  keep(count);
  return null;
}

const WHOLE = /^ *[+-]?\d{1,8} *$/;

function numbers(
  part: string,
  value: string,
  min: number,
  max: number,
  signed: boolean,
  keep: (list: number[]) => void,
): RuleProblem | null {
  const list: number[] = [];
  for (const text of value.split(",")) {
    if (!WHOLE.test(text)) return bad(part, value);
    const number = Number(text);
    const size = signed ? Math.abs(number) : number;
    if (size < min || size > max) {
      const range = signed ? `${min} to ${max} or -${max} to -${min}` : `${min} to ${max}`;
      return { code: "rule-part-out-of-range", message: `${part} is ${range}, not ${number}.` };
    }
    list.push(number);
  }
  keep(list.length === 1 ? list : list.sort((one, other) => one - other).filter((each, i) => each !== list[i - 1]));
  return null;
}

/** RFC 5545 §3.3.12: second 60 is read as 59 by whoever keeps no leap seconds. */
function leapless(seconds: readonly number[]): number[] {
  return [...new Set(seconds.map((second) => Math.min(second, 59)))];
}

function readDays(rule: Draft, value: string): RuleProblem | null {
  const days: OrdinalDay[] = [];
  for (const text of value.split(",")) {
    const trimmed = text.trim();
    const weekday = WEEKDAY_NAMES.indexOf(trimmed.slice(-2) as (typeof WEEKDAY_NAMES)[number]) + 1;
    const count = trimmed.slice(0, -2);
    if (weekday === 0 || !(count === "" || /^[+-]?\d{1,2}$/.test(count))) return bad("BYDAY", value);
    const ordinal = Number(count);
    if (count !== "" && (ordinal === 0 || Math.abs(ordinal) > 53)) {
      return { code: "rule-part-out-of-range", message: `BYDAY counts weeks 1 to 53 or -53 to -1, not ${count}.` };
    }
    days.push({ weekday: weekday as Weekday, ordinal });
  }
  days.sort((one, other) => one.ordinal - other.ordinal || one.weekday - other.weekday);
  const isNew = ({ weekday, ordinal }: OrdinalDay, last: OrdinalDay | undefined) =>
    last === undefined || weekday !== last.weekday || ordinal !== last.ordinal;
  rule.byDay = days.filter((day, i) => isNew(day, days[i - 1]));
  return null;
}

/** What RFC 5545 §3.3.10 forbids of parts that each are well formed; the meaning we give them stands in SPEC.md. */
function* combinations(rule: Rule): Generator<RuleProblem> {
  const { frequency } = rule;
  const exclude = (message: string): RuleProblem => ({ code: "rule-parts-exclude-each-other", message });
  if (rule.count !== null && rule.until !== null) yield exclude("COUNT and UNTIL must not both be given.");
  if (rule.byWeekNumber.length > 0 && frequency !== "YEARLY") yield exclude("BYWEEKNO is for FREQ=YEARLY only.");
  if (rule.byYearDay.length > 0 && (frequency === "DAILY" || frequency === "WEEKLY" || frequency === "MONTHLY")) {
    yield exclude(`BYYEARDAY is not for FREQ=${frequency}.`);
  }
  if (rule.byMonthDay.length > 0 && frequency === "WEEKLY") yield exclude("BYMONTHDAY is not for FREQ=WEEKLY.");
  if (rule.byDay.some(({ ordinal }) => ordinal !== 0)) {
    if (frequency !== "MONTHLY" && frequency !== "YEARLY") {
      yield exclude(`BYDAY counts days of a month or year only, not with FREQ=${frequency}.`);
    } else if (rule.byWeekNumber.length > 0) yield exclude("BYDAY cannot count days beside BYWEEKNO.");
  }
  const hasOther = BY_LISTS.some((list) => rule[list].length > 0);
  if (rule.bySetPosition.length > 0 && !hasOther) yield exclude("BYSETPOS needs another BY part beside it.");
}

const BY_LISTS = [
  "bySecond",
  "byMinute",
  "byHour",
  "byDay",
  "byMonthDay",
  "byYearDay",
  "byWeekNumber",
  "byMonth",
] as const;
