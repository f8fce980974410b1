import { asciiAddress, whyNoAddress } from "@hourwright/contract";
import { faultOf, type Fault } from "../../../platform/sheets/wrong.ts";

// Pure: what people write into the cells of a table.

/** What a cell says, or what is wrong with it. */
export type Read<Value> = { readonly value: Value } | { readonly why: Fault };

/** A cell that cannot be read, as it is told. */
export const cut = (text: string): { readonly cell: string } => ({ cell: text.slice(0, 40) });

export function addressOf(text: string): Read<string> {
  const value = (asciiAddress(text) ?? text).toLowerCase();
  return whyNoAddress(text) === null ? { value } : { why: faultOf("address", { address: text.slice(0, 100) }) };
}

/** `2027-03-01` or `1.3.2027`. With strokes nobody can know what is the month. */
export function dayOf(text: string): Read<string> {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  const [year, month, day] = iso?.slice(1) ?? dotted?.slice(1).toReversed() ?? [];
  if (year === undefined) return { why: faultOf("no-day", cut(text)) };
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    const date = Temporal.PlainDate.from(parts, { overflow: "reject" });
    if (date.year < YEARS.from || date.year > YEARS.to) return { why: faultOf("day-years", YEARS) };
    return { value: date.toString() };
  } catch {
    return { why: faultOf("day-missing", cut(text)) };
  }
}

const YEARS = { from: 1970, to: 2199 } as const;

export const DAY_MINUTES = 1_440;

/** Of the clock: `7`, `7:30`, `07.30 Uhr`; null for what is no time. At most 24:00. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2})(?:[:.]?([0-5]\d))?\s*(?:h|uhr)?$/i.exec(text.trim());
  if (found === null) return null;
  const minute = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return minute > DAY_MINUTES ? null : minute;
}
