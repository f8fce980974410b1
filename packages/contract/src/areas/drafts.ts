import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, plainText, thingId, version, objectionFacts } from "../values.ts";
import { clockTime, staffDay, staffShift } from "./contracts.ts";
import { publication, rosterLine } from "./publications.ts";

/** Drafts of an organisation that are open. */
export const DRAFTS_OPEN_MAX = 200;
/** What is kept of those that were published or discarded. */
export const DRAFTS_LISTED_MAX = 500;
export const DRAFT_DAYS_MAX = 100;
export const DRAFT_ITEMS_MAX = 20_000;
export const DRAFT_ITEMS_OF_A_PERSON_MAX = 2_000;
export const DRAFT_EDITS_MAX = 2_500;
export const DRAFT_PEOPLE_MAX = 400;
export const ALTERNATIVES_MAX = 6;
/** Rules broken and objections that are told at once. */
export const DRAFT_FINDINGS_MAX = 500;
/** Shifts that are read again by name. */
const DRAFT_ITEMS_READ_MAX = 100;
const NOTE_CHARACTERS_MAX = 2_000;
const DRAFT_CHARACTERS_MAX = 8_000_000;

export const shiftKey = z
  .strictObject({ day: staffDay, starts: clockTime })
  .describe("A shift by the day it belongs to and when it begins there");

const name = plainText(100).refine((text) => text.trim() !== "", "a draft has a name");

export const draft = z
  .object({
    id: thingId,
    name: z.string(),
    from: z.string().describe("The first day"),
    to: z.string().describe("Exclusive"),
    team: thingId.nullable().describe("Of a team alone"),
    people: z.array(thingId).nullable().describe("Of these people alone; null beside `team` null: of everybody"),
    state: z.enum(["open", "published", "discarded"]),
    entries: z.int().describe("How many shifts it adds and drops"),
    createdBy: z.object({ personId: thingId.nullable(), name: z.string(), at: z.string() }),
    publishedAt: z.string().nullable(),
    publicationId: thingId.nullable(),
    version,
  })
  .meta({ id: "RosterDraft" });

const item = z
  .object({
    id: thingId,
    kind: z.enum(["add", "drop"]),
    personId: thingId.nullable().describe("Null: an open shift, of nobody yet"),
    day: z.string(),
    shift: staffShift.nullable().describe("Of `add`"),
    of: shiftKey.nullable().describe("Of `drop`: the standing shift that does not take place"),
    skillId: thingId.nullable().describe("With which skill it is to be worked"),
  })
  .meta({ id: "RosterItem" });

const put = z.strictObject({
  id: thingId.optional().describe("Changes this one; a new one when left out"),
  personId: thingId.nullable(),
  day: staffDay,
  shift: staffShift,
  skillId: thingId.nullable().default(null),
});
const drop = z.strictObject({ personId: thingId, of: shiftKey });
const edit = z
  .union([z.strictObject({ put }), z.strictObject({ remove: thingId }), z.strictObject({ drop })])
  .meta({ id: "RosterEdit" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.7.0",
  example: {},
} as const;
const reading = { ...shape, kind: "query", method: "GET", rateClass: "read", mcp: "read" } as const;

export const listDrafts = operation({
  ...reading,
  id: "drafts.list",
  path: "/v1/drafts",
  summary: "Rosters that are being written, those of later days first: yours, and of those you manage",
  query: z.strictObject({
    states: z
      .array(z.enum(["open", "published", "discarded"]))
      .max(3)
      .optional(),
    from: staffDay.optional().describe("What touches this day or later ones"),
    to: staffDay.optional().describe("What touches a day before this one"),
    ...fieldsQuery,
  }),
  answer: z.object({ items: z.array(draft) }),
  status: 200,
  list: "items",
  example: { query: { states: "open" } },
});

const wrong = ["workforce/draft-invalid", "workforce/too-many-drafts"] as const;

export const createDraft = operation({
  ...shape,
  id: "drafts.create",
  kind: "command",
  method: "POST",
  path: "/v1/drafts",
  summary: "Begin a roster beside what stands: empty, as another draft, or as some weeks were",
  body: z.strictObject({
    name,
    from: staffDay,
    to: staffDay.describe("Exclusive; at most 100 days"),
    team: thingId.nullable().default(null).describe("Of a team alone"),
    people: z.array(thingId).min(1).max(DRAFT_PEOPLE_MAX).nullable().default(null).describe("Of these people alone"),
    copyOf: thingId.optional().describe("Another draft, whose shifts on these days come along"),
    weeksFrom: staffDay
      .optional()
      .describe("Shifts that stand from this day on are added, day by day, where the person has none then"),
  }),
  answer: draft,
  status: 201,
  problems: wrong,
  idempotent: true,
  example: { body: { name: "March", from: "2027-03-01", to: "2027-03-29" } },
});

export const readDraft = operation({
  ...reading,
  id: "drafts.read",
  path: "/v1/drafts/{id}",
  summary: "A draft with everything it adds and drops, by day",
  params: idParams,
  query: z.strictObject({
    items: z.array(thingId).max(DRAFT_ITEMS_READ_MAX).optional().describe("These shifts alone, of those there are"),
    ...fieldsQuery,
  }),
  answer: draft.extend({ items: z.array(item) }).meta({ id: "RosterDraftWithItems" }),
  status: 200,
});

export const updateDraft = operation({
  ...shape,
  id: "drafts.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/drafts/{id}",
  summary: "Change what a draft is called",
  params: idParams,
  body: z.strictObject({ name }),
  answer: draft,
  status: 200,
  problems: ["workforce/draft-closed"],
  precondition: "optional",
  example: { body: { name: "March, second try" } },
});

export const discardDraft = operation({
  ...shape,
  id: "drafts.discard",
  kind: "command",
  method: "POST",
  path: "/v1/drafts/{id}/discard",
  summary: "Put a draft aside; what was published stays",
  params: idParams,
  answer: draft,
  status: 200,
  problems: ["workforce/draft-closed"],
  precondition: "optional",
});

export const editDraft = operation({
  ...shape,
  id: "drafts.edit",
  kind: "command",
  method: "POST",
  path: "/v1/drafts/{id}/edit",
  summary: "Add, change and take away shifts of a draft: all or none, and undone in one step",
  params: idParams,
  body: z.strictObject({ edits: z.array(edit).min(1).max(DRAFT_EDITS_MAX) }),
  answer: z.object({
    id: thingId,
    version,
    items: z.array(item).describe("Those that are new or changed, in the order of the edits that put or drop"),
    removed: z.array(thingId),
  }),
  status: 200,
  problems: ["workforce/draft-invalid", "workforce/draft-closed"],
  idempotent: true,
  precondition: "optional",
  example: {
    body: {
      edits: [
        {
          put: {
            personId: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
            day: "2027-03-01",
            shift: { name: "early shift", starts: "06:00", minutes: 480 },
          },
        },
      ],
    },
  },
});

export const putDraft = operation({
  ...shape,
  id: "drafts.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/drafts/{id}",
  internal: true,
  summary: "Put a draft, or some of its shifts, back as they were: what undo is made of",
  params: idParams,
  body: z.strictObject({
    was: plainText(DRAFT_CHARACTERS_MAX).nullable().describe("As the log has it; null: there was none"),
  }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: ["workforce/draft-invalid", "workforce/draft-closed"],
  mcp: "none",
});

const objection = z.object({ code: z.string(), sentence: z.string(), facts: objectionFacts });
const broken = z.object({ personId: thingId, sentence: z.string(), facts: objectionFacts });
const money = z
  .array(z.object({ minorUnits: z.int(), currency: z.string() }))
  .nullable()
  .describe("What the planned hours cost; null for who may not know");
const totals = z
  .object({
    shifts: z.int(),
    openShifts: z.int(),
    plannedMinutes: z.int(),
    broken: z.int(),
    objections: z.int(),
    shortMinutes: z.int().describe("Minutes times people below the minimum"),
    cost: money,
  })
  .meta({ id: "RosterTotals" });

export const checkDraft = operation({
  ...reading,
  id: "drafts.check",
  path: "/v1/drafts/{id}/check",
  summary:
    "What would come of a draft: rules broken anew, what speaks against it, hours beside contracts, coverage and cost",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    id: thingId,
    version,
    broken: z.array(broken.extend({ start: z.string(), end: z.string(), kind: z.string() })),
    objections: z
      .array(objection.extend({ itemId: thingId, personId: thingId.nullable() }))
      .describe("None: it can be published"),
    people: z.array(
      z.object({
        personId: thingId,
        plannedMinutes: z.int().describe("Paid work of the days of the draft"),
        nominalMinutes: z.int().describe("What the contract asks of them"),
      }),
    ),
    short: z.array(
      z.object({
        site: z.string(),
        skillId: thingId.nullable(),
        levelMin: z.int().nullable(),
        name: z.string().describe("The skill, or empty where everybody at the site counts"),
        day: z.string(),
        have: z.int(),
        need: z.int(),
        shortMinutes: z.int(),
      }),
    ),
    totals,
    cost: money,
  }),
  status: 200,
  rateClass: "heavy",
});

export const tryDraft = operation({
  ...reading,
  id: "drafts.try",
  method: "POST",
  path: "/v1/drafts/{id}/try",
  summary: "What speaks against an edit, and what could be done instead: nothing is changed",
  params: idParams,
  body: z.strictObject({ edit }),
  answer: z.object({
    objections: z.array(objection).describe("Why it cannot be, the first reason first; none: it can"),
    broken: z.array(broken).describe("Rules that it would break anew"),
    alternatives: z
      .array(
        z.object({
          label: z.string().describe("Start at 09:00 instead"),
          facts: objectionFacts,
          edit,
          note: z.string().describe("Why it fits"),
          noteFacts: objectionFacts,
        }),
      )
      .describe("Each of them was checked: nothing speaks against it, and it breaks no rule anew"),
  }),
  status: 200,
  problems: ["workforce/draft-invalid", "workforce/draft-closed"],
  example: { body: { edit: { remove: "dri_01J8Z3K4M5N6P7Q8R9S0T1V2W3" } } },
});

export const compareDrafts = operation({
  ...reading,
  id: "drafts.compare",
  path: "/v1/drafts/{id}/compare",
  summary: "What a draft has that another has not, by person and day, and what comes of both",
  params: idParams,
  query: z.strictObject({ with: thingId, ...fieldsQuery }),
  answer: z.object({
    items: z.array(
      z.object({
        personId: thingId.nullable(),
        day: z.string(),
        here: z.array(item).describe("What this one has alone"),
        there: z.array(item).describe("What the other has alone"),
      }),
    ),
    here: totals,
    there: totals,
  }),
  status: 200,
  list: "items",
  rateClass: "heavy",
  example: { query: { with: "drf_01J8Z3K4M5N6P7Q8R9S0T1V2W3" } },
});

export const previewDraft = operation({
  ...reading,
  id: "drafts.preview",
  path: "/v1/drafts/{id}/publication",
  summary: "Who would be told what if the draft were published now, what speaks against it and what is short",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    id: thingId,
    version,
    people: z.array(
      z.object({
        personId: thingId,
        name: z.string(),
        new: z.array(rosterLine),
        changed: z.array(rosterLine),
        dropped: z.array(rosterLine),
      }),
    ),
    openShifts: z.array(item),
    objections: z.array(objection.extend({ itemId: thingId, personId: thingId.nullable() })),
    broken: z.array(broken),
    short: z.array(
      z.object({
        site: z.string(),
        name: z.string().describe("The skill, or empty where everybody at the site counts"),
        levelMin: z.int().nullable(),
        day: z.string(),
        have: z.int(),
        need: z.int(),
      }),
    ),
    totals,
  }),
  status: 200,
  rateClass: "heavy",
});

export const publishDraft = operation({
  ...shape,
  id: "drafts.publish",
  kind: "command",
  method: "POST",
  path: "/v1/drafts/{id}/publish",
  summary: "Publish a draft: its shifts stand from now on, and everybody it concerns is told",
  params: idParams,
  body: z.strictObject({
    despite: z.boolean().default(false).describe("Also where rules of contracts are broken anew"),
    preventConflicts: z
      .boolean()
      .default(true)
      .describe("Refused when a duty meets what the person has then; false: only when somebody booked them for sure"),
    note: plainText(NOTE_CHARACTERS_MAX).default("").describe("For everybody it concerns"),
  }),
  answer: publication,
  status: 201,
  problems: [
    "workforce/draft-invalid",
    "workforce/draft-closed",
    "workforce/draft-refused",
    "workforce/rules-broken",
    "claims/taken",
  ],
  precondition: "optional",
  idempotent: true,
  example: { body: { note: "The roster of March." } },
});
