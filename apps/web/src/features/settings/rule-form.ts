import type { Constraint, NewRule, Parameter, Rule } from "../../data/rules.ts";

// Pure: a rule as it is typed, and what of it can be sent.

/** The organisation among those whom a rule may hold for. */
export const ALL = "";
/** As the server has it: beyond, one rule would drown all others. */
export const WEIGHT_MAX = 10_000;
const WHOLE_DAY = 1_440;

export type RuleForm = {
  readonly scope: Rule["scope"];
  /** A person, a thing or a team; `ALL` for the organisation. */
  readonly holderId: string;
  readonly isHard: boolean;
  readonly weight: string;
  readonly values: Readonly<Record<string, string>>;
  /** Whom or what it names. */
  readonly namedIds: readonly string[];
};

/** Whether a rule of a constraint names somebody or something: one at least, some or none, or nobody. */
export function namingOf({ names }: Constraint, { scope }: Pick<RuleForm, "scope">): "must" | "may" | "not" {
  if (names === null) return "not";
  if (names.optionalFor === null) return "must";
  return names.optionalFor.includes(scope) ? "may" : "not";
}

/** The form of a rule, or of a new one of a constraint. */
export function formOf(constraint: Constraint, rule: Rule | null, holderId: string = ALL): RuleForm {
  const given = rule?.values ?? {};
  return {
    ...(rule === null ? holderOf(holderId) : { scope: rule.scope, holderId: rule.holderId ?? ALL }),
    isHard: rule?.isHard ?? constraint.isHard,
    weight: String(rule?.weight ?? constraint.weight),
    namedIds: rule?.named.map(({ id }) => id) ?? [],
    values: Object.fromEntries(
      constraint.parameters.map((parameter) => [
        parameter.name,
        typed(given[parameter.name] ?? parameter.preset, parameter),
      ]),
    ),
  };
}

/** Whether two rules of a constraint cannot stand beside each other: for the same holder, and about the same where they are about something. */
export const isSameRule = (
  { names }: Constraint,
  form: RuleForm,
  { holderId, named }: Pick<Rule, "holderId" | "named">,
): boolean => (holderId ?? ALL) === form.holderId && (names?.most !== 1 || named[0]?.id === form.namedIds[0]);

/** Whom a rule is chosen to hold for. */
export const holderOf = (holderId: string): Pick<RuleForm, "scope" | "holderId"> => ({
  scope: holderId === ALL ? "organisation" : (SCOPES[holderId.slice(0, "tea_".length)] ?? "person"),
  holderId,
});

/** Ids of teams and of calendars begin so. */
const SCOPES: Readonly<Record<string, Rule["scope"] | undefined>> = { tea_: "team", cal_: "calendar", svc_: "service" };

/** A number as its field has it: a time of the day by the clock, a share in per cent. */
export function typed(value: number, { unit }: Pick<Parameter, "unit">): string {
  if (unit === "share") return String(Math.round(value * 1_000) / 10);
  if (unit !== "time of day") return String(value);
  const minute = value % WHOLE_DAY;
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** What stands in a field as the number that is sent; null where it is none, or out of bounds. Midnight ends a day. */
export function numberOf(text: string, { unit, name, from, to }: Parameter): number | null {
  const value = readNumber(text, unit);
  if (value === null || ((unit === "weeks" || unit === "level") && !Number.isInteger(value))) return null;
  const sent = unit === "time of day" && name === "to" && value === 0 ? WHOLE_DAY : value;
  return sent >= from && sent <= to ? sent : null;
}

function readNumber(text: string, unit: Parameter["unit"]): number | null {
  if (unit === "time of day") {
    const clock = /^(\d\d):(\d\d)/.exec(text);
    return clock === null ? null : Number(clock[1]) * 60 + Number(clock[2]);
  }
  const number = text.trim().replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(number)) return null;
  return unit === "share" ? Math.round(Number(number) * 10) / 1_000 : Number(number);
}

export function weightOf(text: string): number | null {
  const weight = readNumber(text, "times");
  return weight !== null && weight > 0 && weight <= WEIGHT_MAX ? weight : null;
}

/** The bounds of a number as its field has it. */
export function boundsOf({ unit, from, to }: Parameter): readonly [from: number, to: number] {
  return unit === "share" ? [from * 100, to * 100] : [from, to];
}

/** Whether a stretch of the day ends before it begins: then its end is what is wrong. */
export function endsFirst(constraint: Constraint, { values }: RuleForm): boolean {
  const numberNamed = (wanted: string) => {
    const parameter = constraint.parameters.find(({ name }) => name === wanted);
    return parameter === undefined ? null : numberOf(values[wanted] ?? "", parameter);
  };
  const [from, to] = [numberNamed("from"), numberNamed("to")];
  return from !== null && to !== null && from >= to;
}

/** The rule as it is sent; null where something in the form is wrong. A hard one has no weight of its own. */
export function ruleOf(constraint: Constraint, form: RuleForm): NewRule | null {
  if (endsFirst(constraint, form)) return null;
  const values: Record<string, number> = {};
  for (const parameter of constraint.parameters) {
    const value = numberOf(form.values[parameter.name] ?? "", parameter);
    if (value === null) return null;
    values[parameter.name] = value;
  }
  const weight = weightOf(form.weight);
  if (weight === null && !form.isHard) return null;
  const naming = namingOf(constraint, form);
  if (naming === "must" && form.namedIds.length === 0) return null;
  return {
    constraintId: constraint.id,
    scope: form.scope,
    holderId: form.holderId === ALL ? null : form.holderId,
    isHard: form.isHard,
    ...(weight === null ? {} : { weight }),
    values,
    ...(naming === "not" ? {} : { namedIds: [...form.namedIds] }),
  };
}
