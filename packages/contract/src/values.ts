import { z } from "zod";

/** The words that many operations share. Lengths are bounds of the whole system: nothing longer is stored. */

export const TITLE_CHARACTERS_MAX = 1_000;
export const TEXT_CHARACTERS_MAX = 64_000;
export const PAGE_ITEMS_MAX = 1_000;
export const PAGE_ITEMS_DEFAULT = 100;

export const thingId = z
  .string()
  .regex(/^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/, "an id looks like evt_01J8Z3K4M5N6P7Q8R9S0T1V2W3")
  .describe("Prefixed, time-ordered identifier");

export const instant = z.iso
  .datetime({ offset: true })
  // RFC 3339 allows any number of digits; no clock here reads more than nanoseconds.
  .refine((text) => !/\.\d{10}/.test(text), "a time is told to the nanosecond at most: nine digits after the point")
  .describe("RFC 3339 instant with its offset: 2027-03-25T15:30:00+01:00");

/** An instant, a local time that the operation's zone completes, or a whole day. */
export const when = z
  .string()
  .max(40)
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/,
    "a time looks like 2027-03-25T15:30:00+01:00, a local time like 2027-03-25T15:30:00, a day like 2027-03-25",
  )
  .describe("An instant with offset, a local time (read in `timeZone`), or a day (all-day)");

export const zoneId = z.string().min(1).max(64).describe("IANA time zone: Europe/Prague");

export const plainText = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax)
    // Outside text with NUL or half a surrogate pair cannot be stored faithfully: refused, never repaired in silence.
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "text may not hold NUL or half a surrogate pair");

export const title = plainText(TITLE_CHARACTERS_MAX);

export const pageQuery = {
  limit: z.int().min(1).max(PAGE_ITEMS_MAX).default(PAGE_ITEMS_DEFAULT).describe("Items of one page"),
  cursor: z.string().max(500).optional().describe("`nextCursor` of the page before"),
};

export const fieldsQuery = {
  fields: z.array(z.string().max(64)).max(64).optional().describe("Only these fields of each item: fields=id,title"),
};

export const nextCursor = z.string().nullable().describe("Asks for the next page; null on the last one");

export const version = z.int().min(1).describe("Rises with each change; send it as If-Match");

export const idParams = z.strictObject({ id: thingId });

export const nothing = z.null();

/** What is wrong with a file, by line. */
export const lineProblem = z.object({
  line: z.int().describe("In the file, from 1"),
  column: z.string(),
  why: z.string(),
  code: z.string().optional().describe("What it was refused for; `files/line` where left out"),
  reason: z.string().optional().describe("Of the code, where it is known"),
  facts: z.record(z.string(), z.unknown()).optional().describe("Of which the sentence is made"),
});

/** Of what a sentence for or against a schedule is made, so that pages say it in their language. */
export const objectionFacts = z
  .record(z.string(), z.unknown())
  .optional()
  .describe("Of which the sentence is made: `kind` says which");

/** Why one of many was refused; null where it was not. */
export const itemProblem = z
  .object({
    code: z.string(),
    detail: z.string(),
    reason: z.string().optional().describe("Why of several, where there is more than one"),
    facts: z.record(z.string(), z.unknown()).optional().describe("Of which the sentence is made"),
  })
  .nullable()
  .describe("Why it was refused");
