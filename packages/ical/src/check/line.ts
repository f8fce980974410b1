// A property as the checks see it: every line is decoded once, and every problem finds its place.

import { Lru } from "@hourwright/std";
import { parseRule, type ParsedRule } from "@hourwright/time";
import { parametersOf, rawValue, type Parameter } from "../content-line.ts";
import { propertyType } from "../jcal/property-types.ts";
import { split } from "../jcal/read-value.ts";
import { problemLog, type ProblemLog } from "../problem.ts";
import type { Property } from "../tree.ts";

/** A content line, decoded. */
export type Line = {
  readonly property: Property;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** In lower case: what VALUE says, else the default of the name; "unknown" when nobody knows it. */
  readonly type: string;
  readonly raw: string;
  /** The values of a list, else the one. */
  readonly values: readonly string[];
};

export function lineOf(property: Property): Line {
  const { name } = property;
  const known = propertyType(name);
  const parameters = parametersOf(property);
  const value = parameters.find((parameter) => parameter.name === "VALUE")?.values[0];
  const type = value?.trim().toLowerCase() || (known?.type ?? "unknown");
  const raw = rawValue(property);
  return { property, name, parameters, type, raw, values: known?.shape === "list" ? split(raw, 44) : [raw] };
}

/** Rules remembered: each is asked for several times, and calendars repeat few in many events. */
const RULES_REMEMBERED = 100;
const rules = new Lru<string, ParsedRule>(RULES_REMEMBERED);

/** The rule that a text says, or what is wrong with it. */
export function ruleOf(raw: string): ParsedRule {
  const known = rules.get(raw);
  if (known !== undefined) return known;
  const rule = parseRule(raw);
  rules.set(raw, rule);
  return rule;
}

/** The first value of a parameter; null when there is none. */
export function parameterIn({ parameters }: Line, name: string): string | null {
  const found = parameters.find((parameter) => parameter.name === name);
  return found === undefined ? null : (found.values[0] ?? "");
}

/** Reports something about the line as a whole, or with `value` about what stands after its colon. */
export function reportLine(
  log: CheckLog,
  { property }: Line,
  [severity, code, message]: Finding,
  about: "line" | "value" = "line",
): void {
  const { line, from, valueFrom } = property;
  const column = about === "value" && valueFrom > from ? valueFrom - from + 1 : 1;
  log[severity](line, code, message, column);
}

/** What is wrong, before anybody knows where. */
export type Finding = readonly [severity: "error" | "formal" | "warn", code: string, message: string];

/** Where findings go. What is *formal* breaks the letter of an RFC, and every reader gets along with it. */
export type CheckLog = ProblemLog & { formal: ProblemLog["error"] };

/** A log in which formal findings are errors when it is strict, else warnings. */
export function checkLog(isStrict: boolean): CheckLog {
  const log = problemLog(isStrict);
  return Object.assign(log, { formal: isStrict ? log.error : log.warn });
}
