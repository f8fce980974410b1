// What one field of a component is: the lines it is read from, and the lines it is written as. A field is declared once,
// and reads and writes by the same declaration.

import { parseBasicTime, parseRule, printRule, type Rule } from "@hourwright/time";
import {
  escapeText,
  newProperty,
  parametersOf,
  rawValue,
  readText,
  readTexts,
  type Parameter,
} from "../content-line.ts";
import { parseDuration, printDuration, type Duration } from "../duration.ts";
import { personLine, timeLine, type NewPerson, type When } from "../property-lines.ts";
import { readPerson } from "../event-view.ts";
import { printTime, timeOf, timesOf, type PeriodValue, type TimeValue } from "../time-value.ts";
import { propertyType } from "../jcal/property-types.ts";
import type { Property } from "../tree.ts";
import type { Zones } from "../zones.ts";

/**
 * A field as values of type `Value`. `read` takes all lines of that name, in order; what cannot be read is as good as
 * missing (`checkFile` says what is wrong with it). `write` gives the lines that say the value, none when there is
 * nothing to say; parameters of the old lines that still hold are kept.
 */
export type Field<Value> = {
  readonly name: string;
  read(lines: readonly Property[], zones: Zones): Value;
  write(value: Value, before: readonly Property[]): readonly Property[];
};

/** Values in one field: every day of fifty years. More are left unread. */
export const FIELD_VALUES_MAX = 20_000;

/** One text; "" when there is none. */
export function text(name: string): Field<string> {
  return {
    name,
    read: ([line]) => (line === undefined ? "" : readText(rawValue(line))),
    write: (value, [line]) => (value === "" ? [] : [newProperty(name, keptOf(name, line), escapeText(value))]),
  };
}

/** Texts on a line each, as of several paragraphs or languages. */
export function textLines(name: string): Field<readonly string[]> {
  return {
    name,
    read: (lines) => lines.slice(0, FIELD_VALUES_MAX).map((line) => readText(rawValue(line))),
    write: (values, before) => values.map((value, i) => newProperty(name, keptOf(name, before[i]), escapeText(value))),
  };
}

/** A list of texts, wherever the lines are broken; written as one line. */
export function texts(name: string): Field<readonly string[]> {
  return {
    name,
    read: (lines) =>
      lines.flatMap((line) => readTexts(rawValue(line)).filter((value) => value !== "")).slice(0, FIELD_VALUES_MAX),
    write: (values, [line]) =>
      values.length === 0 ? [] : [newProperty(name, keptOf(name, line), values.map(escapeText).join(","))],
  };
}

/** One word in upper case; `missing` when it is missing or none of `words`. */
export function word<Word extends string, Missing extends Word | null>(
  name: string,
  words: readonly Word[],
  missing: Missing,
): Field<Word | Missing> {
  return {
    name,
    read([line]) {
      const given = line === undefined ? "" : rawValue(line).trim().toUpperCase();
      return words.find((each) => each === given) ?? missing;
    },
    write: (value, [line]) =>
      value === null || value === missing ? [] : [newProperty(name, keptOf(name, line), value)],
  };
}

/** A URI, or a text that is one in practice; null when there is none. */
export function uri(name: string): Field<string | null> {
  return {
    name,
    read: ([line]) => (line === undefined ? null : rawValue(line).trim() || null),
    write: (value, [line]) => (value === null ? [] : [newProperty(name, keptOf(name, line), value)]),
  };
}

/** A whole number within bounds; `missing` when there is none. */
export function whole<Missing extends number | null>(
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
  missing: Missing,
): Field<number | Missing> {
  return {
    name,
    read([line]) {
      const given = line === undefined ? "" : rawValue(line).trim();
      const number = given === "" ? Number.NaN : Number(given);
      return Number.isInteger(number) && number >= min && number <= max ? number : missing;
    },
    write: (value, [line]) =>
      value === null || value === missing ? [] : [newProperty(name, keptOf(name, line), String(value))],
  };
}

/** A date or time; null when there is none. */
export function time(name: string): Field<When | null> {
  return {
    name,
    read: ([line], zones) => (line === undefined ? null : timeOf(line, zones)),
    write: (value) => (value === null ? [] : [timeLine(name, value)]),
  };
}

/** An instant: what is written in UTC alone. Null when there is none. */
export function instant(name: string): Field<number | null> {
  return {
    name,
    read([line]) {
      const parsed = line === undefined ? null : parseBasicTime(rawValue(line).trim());
      return parsed?.form === "utc" ? parsed.localMs : null;
    },
    write: (value) => (value === null ? [] : [timeLine(name, { form: "utc", localMs: value, zone: null })]),
  };
}

/** A length; null when there is none. */
export function duration(name: string): Field<Duration | null> {
  return {
    name,
    read: ([line]) => (line === undefined ? null : parseDuration(rawValue(line).trim())),
    write: (value, [line]) => (value === null ? [] : [newProperty(name, keptOf(name, line), printDuration(value))]),
  };
}

/** The rules that can be read. */
export function rules(name: string): Field<readonly Rule[]> {
  return {
    name,
    read: (lines) => lines.flatMap((line) => parseRule(rawValue(line)).rule ?? []),
    write: (values) => values.map((value) => newProperty(name, [], printRule(value))),
  };
}

/** Dates, times and periods of all lines; written as a line for each form and zone. */
export function times(name: string): Field<readonly PeriodValue[]> {
  return {
    name,
    read: (lines, zones) => lines.flatMap((line) => timesOf(line, zones).values).slice(0, FIELD_VALUES_MAX),
    write(values) {
      const lines = new Map<string, { readonly parameters: Parameter[]; readonly texts: string[] }>();
      for (const { start, end } of values) {
        const parameters = parametersOf(timeLine(name, start));
        if (end !== null) parameters.unshift({ name: "VALUE", values: ["PERIOD"] });
        const key = JSON.stringify([start.form, parameters]);
        const line = lines.get(key);
        if (line === undefined) lines.set(key, { parameters, texts: [periodText({ start, end })] });
        else line.texts.push(periodText({ start, end }));
      }
      return [...lines.values()].map((line) => newProperty(name, line.parameters, line.texts.join(",")));
    },
  };
}

function periodText({ start, end }: PeriodValue): string {
  if (end === null) return printTime(start);
  return `${printTime(start)}/${isDuration(end) ? printDuration(end) : printTime(end)}`;
}

function isDuration(end: TimeValue | Duration): end is Duration {
  return "days" in end;
}

/** A value with parameters that say more about it; their names are in upper case. */
export type Described = { readonly value: string; readonly parameters: Readonly<Record<string, readonly string[]>> };

/** Lines whose parameters matter as much as their value: links, pictures, places of a call, categories by concept. */
export function described(name: string, type: "text" | "uri"): Field<readonly Described[]> {
  return {
    name,
    read: (lines) =>
      lines.slice(0, FIELD_VALUES_MAX).map((line) => ({
        value: type === "text" ? readText(rawValue(line)) : rawValue(line).trim(),
        parameters: Object.fromEntries(parametersOf(line).map(({ name, values }) => [name, values])),
      })),
    write: (values) =>
      values.map(({ value, parameters }) => {
        const written = Object.entries(parameters).map(([key, values]): Parameter => ({ name: key, values }));
        const typed = parameters["VALUE"] === undefined ? namedType(name) : [];
        return newProperty(name, [...typed, ...written], type === "text" ? escapeText(value) : value);
      }),
  };
}

/** ATTENDEE: everybody who takes part. What a line says beyond a person's fields is kept with its address. */
export function people(name: string): Field<readonly NewPerson[]> {
  return {
    name,
    read: (lines) => lines.slice(0, FIELD_VALUES_MAX).map(readPerson),
    write: (values, before) => values.map((value) => personLine(name, value, before)),
  };
}

/** ORGANIZER; null when there is none. */
export function person(name: string): Field<NewPerson | null> {
  return {
    name,
    read: ([line]) => (line === undefined ? null : readPerson(line)),
    write: (value, before) => (value === null ? [] : [personLine(name, value, before)]),
  };
}

/** Parameters that go on to hold when the value changes: the language is still the same, its other forms are not. */
function keptOf(name: string, line: Property | undefined): Parameter[] {
  if (line === undefined) return namedType(name);
  return parametersOf(line).filter((parameter) => !OF_THE_VALUE.has(parameter.name));
}

/** VALUE, for the names that have no default type. */
function namedType(name: string): Parameter[] {
  const known = propertyType(name);
  return known?.namesType === true ? [{ name: "VALUE", values: [known.type.toUpperCase()] }] : [];
}

const OF_THE_VALUE = new Set(["ALTREP", "DERIVED", "ENCODING"]);
