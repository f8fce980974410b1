// What one field of a component is: the lines it is read from, and the lines it is written as. A field is declared once,
// and reads and writes by the same declaration.

import { parseBasicTime, parseRule, printRule, type Rule } from "@hourwright/time";
import {
  escapeText,
  newProperty,
  parameterOf,
  parametersOf,
  rawValue,
  readText,
  readTexts,
  withValue,
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
  write(value: Value, before: readonly Property[], zones: Zones): readonly Property[];
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
  return many(name, {
    readLine: (line) => [readText(rawValue(line))],
    key: (value) => value,
    text: ([value]) => escapeText(value!),
    lines: (values) => values.map((value) => newProperty(name, namedType(name), escapeText(value))),
  });
}

/** A list of texts, wherever the lines are broken. */
export function texts(name: string): Field<readonly string[]> {
  const text = (values: readonly string[]) => values.map(escapeText).join(",");
  return many(name, {
    readLine: (line) => readTexts(rawValue(line)).filter((value) => value !== ""),
    key: (value) => value,
    text,
    lines: (values) => (values.length === 0 ? [] : [newProperty(name, namedType(name), text(values))]),
  });
}

/** How lines hold values: those of one line, what tells them apart, their text on a line, and new lines for them. */
type Holding<Value> = {
  readLine(line: Property, zones: Zones): readonly Value[];
  key(value: Value): string;
  text(values: readonly Value[]): string;
  lines(values: readonly Value[]): readonly Property[];
  /** Whether a line can say another value without other parameters; every one can unless said. */
  fits?(line: Property, value: Value): boolean;
};

/**
 * Values on any number of lines. A line whose values are all still there keeps its bytes, one that loses some keeps the
 * rest, and one that held the only value that was changed takes the new one. Where that would give another order, all
 * lines are written anew. Linear.
 */
export function many<Value>(name: string, holding: Holding<Value>): Field<readonly Value[]> {
  const { readLine, key, text, lines, fits = () => true } = holding;
  const read = (all: readonly Property[], zones: Zones) =>
    all.flatMap((line) => readLine(line, zones)).slice(0, FIELD_VALUES_MAX);
  return {
    name,
    read,
    write(values, before, zones) {
      const wanted = new Map<string, number>();
      for (const value of values) wanted.set(key(value), (wanted.get(key(value)) ?? 0) + 1);
      const take = (value: Value): boolean => {
        const left = wanted.get(key(value)) ?? 0;
        if (left > 0) wanted.set(key(value), left - 1);
        return left > 0;
      };
      const held = before.map((line) => readLine(line, zones).map((value) => ({ value, isKept: take(value) })));
      const added = values.filter(take);
      const isOpen = (own: (typeof held)[number]) => own.length === 1 && !own[0]!.isKept;
      const open = before.filter((_, i) => isOpen(held[i]!));
      const replaces = open.length === added.length && open.every((line, i) => fits(line, added[i]!));
      const kept = before.flatMap((line, i): Property[] => {
        const own = held[i]!;
        if (own.every(({ isKept }) => isKept)) return [line];
        if (replaces && isOpen(own)) return [withValue(line, text([added.shift()!]))];
        const left = own.filter(({ isKept }) => isKept).map(({ value }) => value);
        return left.length === 0 ? [] : [withValue(line, text(left))];
      });
      const patched = [...kept, ...lines(added)];
      const keys = (all: readonly Value[]) => all.map(key).join("\n");
      return keys(read(patched, zones)) === keys(values) ? patched : lines(values);
    },
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
    write(value, [line]) {
      if (value === null) return [];
      const made = timeLine(name, value);
      return [newProperty(name, [...parametersOf(made), ...othersOf(line, "TZID", "VALUE")], rawValue(made))];
    },
  };
}

/** The parameters of a line that are not among those which its value decides. */
export function othersOf(line: Property | undefined, ...names: readonly string[]): Parameter[] {
  return line === undefined ? [] : parametersOf(line).filter(({ name }) => !names.includes(name));
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

/** The rules that can be read; a line that cannot stays as it is. */
export function rules(name: string): Field<readonly Rule[]> {
  return many(name, {
    readLine(line) {
      const { rule } = parseRule(rawValue(line));
      return rule === undefined ? [] : [rule];
    },
    key: printRule,
    text: ([value]) => printRule(value!),
    lines: (values) => values.map((value) => newProperty(name, [], printRule(value))),
  });
}

/** Dates, times and periods of all lines; new ones are written as a line for each form and zone. */
export function times(name: string): Field<readonly PeriodValue[]> {
  return many(name, {
    readLine: (line, zones) => timesOf(line, zones).values,
    key: (value) => `${periodText(value)} ${value.start.tzid ?? value.start.zone?.id ?? ""}`,
    text: (values) => values.map(periodText).join(","),
    lines(values) {
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
    fits(line, { start, end }) {
      const type = end !== null ? "PERIOD" : start.form === "date" ? "DATE" : "DATE-TIME";
      return (parameterOf(line, "VALUE")?.toUpperCase() ?? "DATE-TIME") === type;
    },
  });
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
