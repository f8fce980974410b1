import { asciiAddress, whyNoAddress } from "@hourwright/contract";

// Pure: what people write into the cells of a table.

/** What a cell says, or what is wrong with it. */
export type Read<Value> = { readonly value: Value } | { readonly why: string };

export function addressOf(text: string): Read<string> {
  const value = (asciiAddress(text) ?? text).toLowerCase();
  return whyNoAddress(text) === null ? { value } : { why: `“${text.slice(0, 100)}” is no address.` };
}

/** `2027-03-01` or `1.3.2027`. With strokes nobody can know what is the month. */
export function dayOf(text: string): Read<string> {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  const [year, month, day] = iso?.slice(1) ?? dotted?.slice(1).toReversed() ?? [];
  if (year === undefined) return { why: `“${text.slice(0, 40)}” is no day: write 2027-03-01 or 01.03.2027.` };
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    const date = Temporal.PlainDate.from(parts, { overflow: "reject" });
    if (date.year < 1970 || date.year > 2199) return { why: "Days lie in the years 1970 to 2199." };
    return { value: date.toString() };
  } catch {
    return { why: `There is no such day: “${text.slice(0, 40)}”.` };
  }
}

export const DAY_MINUTES = 1_440;

/** Of the clock: `7`, `7:30`, `07.30 Uhr`; null for what is no time. At most 24:00. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2})(?:[:.]?([0-5]\d))?\s*(?:h|uhr)?$/i.exec(text.trim());
  if (found === null) return null;
  const minute = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return minute > DAY_MINUTES ? null : minute;
}
