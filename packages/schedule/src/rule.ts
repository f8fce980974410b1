import { countText, minuteText, minutesText } from "./text.ts";

/**
 * What the shifts of one person may not do. Minutes are of elapsed work without breaks; weeks begin on Monday.
 * `shift`, `day`, `week`: at most so much in a spell, in what begins on a day, in what begins in a week.
 * `rolling`: at most so much within any `days` × 24 hours. `rest`: at least so much between two spells.
 * `week-rest`: one rest of so much within each week. `days`, `nights`: in a row at most. `weekends`: of so many in a row,
 * at least so many free. `curfew`: no work between two times of the wall, over midnight where the first is later.
 */
export type Rule =
  | { readonly kind: "shift" | "day" | "week"; readonly minutesMax: number }
  | { readonly kind: "rolling"; readonly days: number; readonly minutesMax: number }
  | { readonly kind: "rest" | "week-rest"; readonly minutesMin: number }
  | { readonly kind: "days" | "nights"; readonly max: number }
  | { readonly kind: "weekends"; readonly of: number; readonly freeMin: number }
  | { readonly kind: "curfew"; readonly fromMinute: number; readonly toMinute: number };

export const RULES_MAX = 24;
export const ROLLING_DAYS_MAX = 366;
export const WEEKENDS_MAX = 53;

const MINUTES_MAX = { shift: 1_440, day: 2_880, week: 10_080, rest: 7 * 1_440, "week-rest": 7 * 1_440 };

/** Who is under 18, as the directive 94/33/EC asks of adolescents: 8 hours a day, 40 a week, 12 hours of rest, two days a week, not from 22:00 to 06:00. */
export const RULES_OF_MINORS: readonly Rule[] = [
  { kind: "shift", minutesMax: 480 },
  { kind: "day", minutesMax: 480 },
  { kind: "week", minutesMax: 2_400 },
  { kind: "rest", minutesMin: 720 },
  { kind: "week-rest", minutesMin: 2_880 },
  { kind: "curfew", fromMinute: 1_320, toMinute: 360 },
];

/** What is wrong with a list of rules, as sentences; none when it is in order [CV8]. */
export function ruleFaults(rules: readonly Rule[]): string[] {
  if (rules.length > RULES_MAX) return [`there may be ${RULES_MAX} rules, and there are ${rules.length}.`];
  const twice = rules.filter(
    ({ kind }, i) => kind !== "rolling" && rules.findIndex((other) => other.kind === kind) < i,
  );
  return [
    ...rules.filter((rule) => !isInBounds(rule)).map((rule) => `the rule “${ruleText(rule)}” is out of bounds.`),
    ...twice.map((rule) => `the rule “${ruleText(rule)}” stands beside another of its kind.`),
  ];
}

function isInBounds(rule: Rule): boolean {
  const isWhole = (value: number, least: number, most: number) =>
    Number.isSafeInteger(value) && least <= value && value <= most;
  switch (rule.kind) {
    case "shift":
    case "day":
    case "week":
      return isWhole(rule.minutesMax, 1, MINUTES_MAX[rule.kind]);
    case "rolling":
      return isWhole(rule.days, 1, ROLLING_DAYS_MAX) && isWhole(rule.minutesMax, 1, rule.days * 1_440);
    case "rest":
    case "week-rest":
      return isWhole(rule.minutesMin, 1, MINUTES_MAX[rule.kind]);
    case "days":
    case "nights":
      return isWhole(rule.max, 1, 366);
    case "weekends":
      return isWhole(rule.of, 1, WEEKENDS_MAX) && isWhole(rule.freeMin, 1, rule.of);
    case "curfew":
      return (
        isWhole(rule.fromMinute, 0, 1_439) && isWhole(rule.toMinute, 0, 1_439) && rule.fromMinute !== rule.toMinute
      );
  }
}

/** "at least 11 h of rest between shifts" */
export function ruleText(rule: Rule): string {
  switch (rule.kind) {
    case "shift":
    case "day":
    case "week":
      return `at most ${minutesText(rule.minutesMax)} of work a ${rule.kind}`;
    case "rolling":
      return `at most ${minutesText(rule.minutesMax)} of work within ${countText(rule.days, "day")}`;
    case "rest":
      return `at least ${minutesText(rule.minutesMin)} of rest between shifts`;
    case "week-rest":
      return `at least ${minutesText(rule.minutesMin)} of rest in one piece each week`;
    case "days":
      return `work on at most ${countText(rule.max, "day")} in a row`;
    case "nights":
      return `at most ${countText(rule.max, "night")} in a row`;
    case "weekends":
      return `at least ${rule.freeMin} free of ${countText(rule.of, "weekend")} in a row`;
    case "curfew":
      return `no work from ${minuteText(rule.fromMinute)} to ${minuteText(rule.toMinute)}`;
  }
}
