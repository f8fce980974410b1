// Values of jCal as values of iCalendar: the reverse of read-value.ts. Null for what is no value of jCal.

import { escapeText } from "../content-line.ts";
import { isRulePart } from "./read-value.ts";

/** Writes one value of a type; null when it is none. Texts of types that are no text are written as they stand. */
export function writeValue(type: string, value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return writeText(type, value);
    case "number":
      return Number.isFinite(value) ? writeNumber(value) : null;
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "object":
      if (type === "period") return Array.isArray(value) ? writePeriod(value) : null;
      return type === "recur" && value !== null && !Array.isArray(value) ? writeRule(value) : null;
    default:
      return null;
  }
}

/** Writes a value of several parts, or the one that stands for all. */
export function writeParts(type: string, value: unknown): string | null {
  if (!Array.isArray(value)) return writeValue(type, value);
  const parts = value.map((part: unknown) => (typeof part === "object" ? null : writeValue(type, part)));
  return parts.includes(null) || parts.length === 0 ? null : parts.join(";");
}

function writeText(type: string, text: string): string {
  switch (type) {
    case "text":
    case "uid":
      return escapeText(text);
    case "date":
    case "date-time":
    case "period":
      return writeDate(text);
    case "time":
      return TIME.test(text) ? text.replaceAll(":", "") : text;
    case "utc-offset":
      return OFFSET.test(text) ? text.replaceAll(":", "") : text;
    default:
      return text;
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z?)?$/;
const TIME = /^\d{2}:\d{2}:\d{2}Z?$/;
const OFFSET = /^[+-]\d{2}:\d{2}(?::\d{2})?$/;

/** `2026-03-29T02:30:00` as `20260329T023000`; what has another form as it stands. */
function writeDate(text: string): string {
  return DATE.test(text) ? text.replace(/[-:]/g, "") : text;
}

/** RFC 5545 §3.3.7 knows no exponents. */
function writeNumber(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  return Math.abs(value) < 1 ? value.toFixed(20).replace(/\.?0+$/, "") : BigInt(value).toString();
}

function writePeriod(parts: readonly unknown[]): string | null {
  const [start, end] = parts;
  if (parts.length !== 2 || typeof start !== "string" || typeof end !== "string") return null;
  return `${writeDate(start)}/${writeDate(end)}`;
}

function writeRule(rule: object): string | null {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(rule) as [string, unknown][]) {
    const values = (Array.isArray(value) ? value : [value]).map((each: unknown) => writeRuleValue(name, each));
    if (!isRulePart(name.toLowerCase()) || values.length === 0 || values.includes(null)) return null;
    parts.push(`${name.toUpperCase()}=${values.join(",")}`);
  }
  return parts.length === 0 ? null : parts.join(";");
}

/** A text with ';' in it would be another part. */
function writeRuleValue(name: string, value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== "string" || value.includes(";")) return null;
  return name.toLowerCase() === "until" ? writeDate(value) : value;
}
