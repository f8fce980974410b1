import { z } from "zod";

const move = z
  .object({
    eventId: z.string(),
    uid: z.string(),
    recurrenceId: z.string().nullable(),
    start: z.string(),
    end: z.string(),
    from: z.string().optional().describe("Whom or what it is taken from, when a repair reassigns"),
    to: z.string().optional(),
  })
  .meta({ id: "Move" });

const party = z.object({ id: z.string(), name: z.string() });

const repairChange = z
  .object({
    eventId: z.string(),
    uid: z.string(),
    recurrenceId: z.string().nullable(),
    calendarId: z.string().nullable(),
    summary: z.string(),
    start: z.string().describe("When it is from then on, also where that is when it is now"),
    end: z.string(),
    add: z.array(party).describe("Who and what takes part from then on"),
    remove: z.array(party).describe("Who and what takes part no more"),
    location: z
      .string()
      .nullable()
      .describe("Where it is from then on: the link by which it is held; null: where it was"),
    rest: z
      .object({ start: z.string(), end: z.string() })
      .nullable()
      .describe("When its second part is, an event of its own; null: it stays in one part"),
  })
  .meta({ id: "RepairChange" });

/** Changes that remove a conflict, re-checked before they are shown. */
export const repair = z
  .object({
    id: z.string(),
    way: z
      .enum(["move", "shorten", "instead", "leave-out", "remote", "split", "chain"])
      .describe("How it helps: another time, less time, others instead, fewer people, no room, two parts, two moves"),
    what: z.string().describe("One sentence: what it does"),
    why: z.string().describe("One sentence: what speaks for it"),
    confidence: z.number().min(0).max(1).describe("A rank, not a percentage; `chance` is one"),
    moves: z.array(move).describe("What of it is at another time: empty where only who takes part changes"),
    changes: z.array(repairChange).describe("All of it, made together or not at all"),
    told: z.array(z.string()).describe("Whose time it takes or gives back beside yours, by name"),
    chance: z
      .object({
        chance: z.number().min(0).max(1),
        isOfFew: z.boolean().describe("It rests on fewer than 500 answers, and is told in tenths"),
      })
      .optional()
      .describe("How likely you are to take it, by your own answers; left out while you have given fewer than 50"),
  })
  .meta({ id: "Repair" });

/** Conflicts of one answer: whoever has more has one problem, not thousands. */
export const CONFLICTS_OF_AN_ANSWER_MAX = 2_000;

export const conflictsCut = z
  .boolean()
  .describe(`Whether only the earliest ${CONFLICTS_OF_AN_ANSWER_MAX} conflicts are listed; ask for a shorter window`);

/** A note on why a conflict is kept. */
export const KEPT_NOTE_CHARACTERS_MAX = 200;

const kept = z
  .object({
    by: z.string().describe("Who decided so, by name"),
    byId: z.string(),
    at: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: "Kept" });

/** A found violation. */
export const conflict = z
  .object({
    id: z.string(),
    kind: z.string().describe("overlap, attendee, resource; more kinds may come"),
    start: z.string(),
    end: z.string(),
    severity: z.enum(["must", "should", "look"]),
    subjects: z.array(z.string()),
    subjectIds: z.array(z.string()),
    explanation: z.string(),
    events: z.array(
      z.object({
        eventId: z.string().nullable().describe("null when you may only see that time is taken"),
        recurrenceId: z.string().nullable(),
        uid: z.string(),
        start: z.string(),
        end: z.string(),
        calendar: z.string(),
        calendarId: z.string().nullable(),
        summary: z.string(),
      }),
    ),
    repairs: z.array(repair),
    kept: kept
      .nullable()
      .describe("Somebody decided that both stay as they are; null: it counts. It counts again when one of them moves"),
  })
  .meta({ id: "Conflict" });
