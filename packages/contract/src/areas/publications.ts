import { z } from "zod";
import { operation } from "../operation.ts";
import {
  fieldsQuery,
  idParams,
  nextCursor,
  objectionFacts,
  pageQuery,
  plainText,
  thingId,
  version,
} from "../values.ts";
import { staffDay, staffShift } from "./contracts.ts";

const PUBLICATION_CHARACTERS_MAX = 60_000;

/** What becomes of one shift of somebody. */
export const rosterLine = z
  .object({
    day: z.string(),
    shift: staffShift.nullable().describe("What it is from now on; null where it is dropped"),
    was: staffShift.nullable().describe("What it was; null where it is new"),
    facts: objectionFacts,
    sentence: z.string().describe("New on 3 March 2027: early shift (06:00–14:00)."),
  })
  .meta({ id: "RosterLine" });

const lines = { new: z.array(rosterLine), changed: z.array(rosterLine), dropped: z.array(rosterLine) };

/** A publication as it is listed. */
export const publication = z
  .object({
    id: thingId,
    draftId: thingId,
    name: z.string(),
    from: z.string().describe("The first day"),
    to: z.string().describe("Exclusive"),
    note: z.string(),
    publishedBy: z.object({ personId: thingId.nullable(), name: z.string() }),
    at: z.string(),
    state: z.enum(["published", "withdrawn"]).describe("withdrawn: it was taken back, and its shifts with it"),
    added: z.int(),
    dropped: z.int(),
    openShifts: z.int(),
    told: z.int().describe("People it concerns"),
    acknowledged: z.int().describe("Of them, who have said that they know"),
    concernsMe: z.boolean(),
    acknowledgedAt: z.string().nullable().describe("When you have; null where you have not"),
    version,
  })
  .meta({ id: "Publication" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "read",
  mcp: "read",
  since: "0.7.0",
  example: {},
} as const;

export const listPublications = operation({
  ...shape,
  id: "publications.list",
  kind: "query",
  method: "GET",
  path: "/v1/publications",
  summary: "Rosters that were published, the newest first: those that concern you or people you manage",
  query: z.strictObject({
    from: staffDay.optional().describe("What touches this day or later ones"),
    to: staffDay.optional().describe("What touches a day before this one"),
    ...pageQuery,
    ...fieldsQuery,
  }),
  answer: z.object({ items: z.array(publication), nextCursor }),
  status: 200,
  list: "items",
});

export const readPublication = operation({
  ...shape,
  id: "publications.read",
  kind: "query",
  method: "GET",
  path: "/v1/publications/{id}",
  summary: "One publication: what it was for you, and for those you manage, and who has acknowledged it",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: publication
    .extend({
      mine: z.object(lines).nullable().describe("What was new, changed and dropped for you"),
      people: z.array(
        z.object({
          personId: thingId,
          name: z.string(),
          ...lines,
          acknowledgedAt: z.string().nullable(),
        }),
      ),
    })
    .meta({ id: "PublicationWithPeople" }),
  status: 200,
});

export const acknowledgePublication = operation({
  ...shape,
  id: "publications.acknowledge",
  kind: "command",
  method: "POST",
  path: "/v1/publications/{id}/acknowledge",
  summary: "Say that you know your part of a roster",
  params: idParams,
  answer: publication,
  status: 200,
  problems: ["workforce/not-concerned"],
  rateClass: "write",
  mcp: "propose",
});

export const putPublication = operation({
  ...shape,
  id: "publications.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/publications/{id}",
  internal: true,
  summary: "Take a publication back with its shifts, or publish it again: what undo is made of",
  params: idParams,
  body: z.strictObject({
    was: plainText(PUBLICATION_CHARACTERS_MAX).nullable().describe("As the log has it; null: there was none"),
  }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: ["claims/taken"],
  rateClass: "write",
  mcp: "none",
});
