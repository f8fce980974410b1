import { z } from "zod";
import { decidedBy } from "./areas/availability.ts";
import { brokenRule } from "./areas/rules.ts";
import { thingId } from "./values.ts";

// Why a service cannot be booked then, and what would make it possible: the facts of each sentence, for who says it in another language.

const who = z.object({ id: thingId, name: z.string().describe("Empty of who is gone") });
const what = z.string().nullable().describe("What takes the time, by name; null where it may not be told");
const moment = z.string().describe("With the offset of the service's zone");
const missingMinutes = z.int().describe("What the gap is short of");
const raster = { everyMinutes: z.int(), from: z.enum(["midnight", "opening"]) };
const limit = { per: z.enum(["day", "week", "customer"]), max: z.int() };

/** Why somebody is closed for a part of a stretch. */
export const closedBecause = z
  .object({
    sentence: z.string().describe("Closed: public holiday in Bavaria (Assumption Day)."),
    isAway: z.boolean().describe("Time off, whatever the reason"),
    layer: decidedBy.nullable().describe("Null: nobody has said that it is open"),
  })
  .meta({ id: "ClosedBecause" });

/** Why one person or thing cannot. */
export const subjectReasonFacts = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("closed"), because: closedBecause.nullable().describe("Null: it is not known why") }),
    z.object({ kind: z.literal("taken"), what }),
    z.object({ kind: z.literal("buffer"), what, missingMinutes }),
    z.object({ kind: z.literal("way"), what, missingMinutes }),
    z.object({ kind: z.literal("rule"), broken: brokenRule }),
    z.object({
      kind: z.literal("calendar"),
      calendar: z.string().describe("One elsewhere, by name"),
      ageMinutes: z.int().nullable().describe("How old what is known of it is; null: it was never read"),
      afterMinutes: z.int().describe("How old it may be"),
    }),
  ])
  .meta({ id: "SubjectReasonFacts" });

export const slotReasonFacts = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("past") }),
    z.object({ kind: z.literal("notice"), noticeMinutes: z.int(), earliest: moment }),
    z.object({ kind: z.literal("window"), end: moment }),
    z.object({ kind: z.literal("raster"), ...raster }),
    z.object({ kind: z.literal("closed") }),
    z.object({ kind: z.literal("limit"), ...limit }),
    z.object({
      kind: z.literal("subjects"),
      roles: z.array(z.string()).describe("What is needed together, by name"),
      needed: z.int(),
      able: z.int().describe("How many of these can"),
      unable: z.array(z.object({ subject: who, why: z.array(subjectReasonFacts) })),
    }),
  ])
  .meta({ id: "SlotReasonFacts" });

export const slotChangeFacts = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("notice"), minutes: z.int() }),
    z.object({
      kind: z.literal("window"),
      days: z.int().nullable().describe("So many days ahead; null: as `end` says"),
      end: moment.nullable().describe("Until then; null of both: without an end"),
    }),
    z.object({ kind: z.literal("raster"), ...raster }),
    z.object({ kind: z.literal("hours"), start: moment, end: moment }),
    z.object({ kind: z.literal("limit"), ...limit }),
    z.object({ kind: z.literal("buffer"), beforeMinutes: z.int(), afterMinutes: z.int() }),
    z.object({ kind: z.literal("open"), subject: who, start: moment, end: moment }),
    z.object({ kind: z.literal("guard"), subject: who, what }),
    z.object({ kind: z.literal("free"), subject: who, what }),
    z.object({ kind: z.literal("rule"), subject: who, broken: brokenRule }),
    z.object({
      kind: z.literal("calendar"),
      subject: who,
      calendar: z.string(),
      afterMinutes: z.int().nullable().describe("How old it would have to be allowed to be; null: it has to be read"),
    }),
  ])
  .meta({ id: "SlotChangeFacts" });
