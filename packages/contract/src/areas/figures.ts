import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, plainText, thingId, zoneId } from "../values.ts";
import { booking, key } from "./bookings.ts";

/** Days of one question about figures. */
export const FIGURES_DAYS_MAX = 400;
/** Bookings that figures are made of. */
export const FIGURES_BOOKINGS_MAX = 20_000;
/** People and things that figures are made of. */
export const FIGURES_SUBJECTS_MAX = 1_000;
/** The best answer to the question after a visit; the worst is 1. */
export const SCORE_MAX = 5;
/** A comment beside the answer. */
export const RATING_COMMENT_CHARACTERS_MAX = 1_000;
/** So long after its end a visit is asked about, and answered for the first time. */
export const RATING_OPEN_DAYS = 90;
/** So long after it was first given an answer may be changed. */
export const RATING_CHANGE_DAYS = 30;

const count = z.int().min(0);
const named = { id: thingId, name: z.string() };
const share = z.number().min(0).nullable();

const tally = {
  bookings: count.describe("That start in the period"),
  outcomes: z.object({
    requested: count,
    confirmed: count.describe("Of which nobody has said yet what became of them"),
    completed: count,
    noShow: count,
    cancelledByCustomer: count,
    cancelledByOrganisation: count,
    cancelledByNobodyKnown: count.describe("Of those cancelled before it was kept who did"),
    declined: count,
  }),
  cancelledLate: count.describe("Later than its customer may: by the organisation for them. Counted above as well"),
  moved: count.describe("That were moved at least once. Counted above as well"),
  noShows: z.object({
    count,
    of: count.describe("That stood and are over"),
    rate: share.describe("Null: none is over"),
  }),
  bookedMinutes: z
    .number()
    .min(0)
    .describe("Taken within the period of each whose open time is known, or of all where it is of nobody"),
  openMinutes: z.number().min(0).nullable().describe("Null: nobody has said when they may be booked"),
  utilisation: share.describe("Booked ÷ open; more than 1 where it was booked outside of the hours"),
  leadMinutes: z.number().nullable().describe("The median from booking to start; null: nothing was booked"),
  rating: z
    .object({
      count: z.int().min(1),
      mean: z.number().min(1).max(SCORE_MAX),
      distribution: z.array(count).length(SCORE_MAX).describe("How many said 1, 2 … 5"),
    })
    .nullable()
    .describe("What customers said after the visit; null: nobody has answered"),
};

const figures = z
  .object({
    from: z.string(),
    to: z.string(),
    zone: z.string(),
    total: z.object(tally),
    services: z.array(z.object({ ...named, ...tally })),
    subjects: z
      .array(z.object({ ...named, kind: z.enum(["person", "thing"]), ...tally }))
      .describe("Whose time it takes: a booking of two counts for both"),
    customers: z.object({
      returning: count.describe("Who came before the period as well"),
      new: count,
    }),
    holds: z
      .object({
        held: count,
        booked: count,
        rate: share,
        since: z.string().describe("The first day that was counted"),
      })
      .nullable()
      .describe(
        "Times that were held and what became of them, by days of the organisation's zone; null: none was counted",
      ),
    fairness: z
      .array(
        z.object({
          service: z.object(named),
          role: z.string(),
          subjects: z.array(
            z.object({
              ...named,
              weight: z.number(),
              owed: z.number().describe("Their fair share of the bookings for which they could have been picked"),
              got: count,
              offBy: z.number().describe("Got − owed: below nothing they got less than their share"),
              balance: z.number().describe("What they are owed now, over all time: who is owed most is picked next"),
              isAway: z.boolean().describe("No hour of the period in which they could be booked"),
            }),
          ),
        }),
      )
      .describe("Roles that are shared fairly"),
  })
  .meta({ id: "Figures" });

const query = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date().describe("The first day that is not in it any more; at most 400 days after `from`"),
  zone: zoneId.optional().describe("Of the days; the organisation's when left out"),
  serviceId: thingId.optional().describe("Of this service alone"),
});

const shape = {
  query,
  status: 200,
  problems: ["bookings/window-invalid"],
  permission: "booking.write",
  rateClass: "heavy",
  mcp: "read",
  since: "0.5.0",
  example: { query: { from: "2027-03-01", to: "2027-04-01" } },
} as const;

export const readFigures = operation({
  ...shape,
  id: "bookings.figures",
  kind: "query",
  method: "GET",
  path: "/v1/bookings/figures",
  summary: "How a period went: how full it was, what became of bookings, who got their fair share, what customers said",
  answer: figures,
});

export const figuresFile = operation({
  ...shape,
  id: "bookings.figuresFile",
  kind: "file",
  method: "GET",
  path: "/v1/bookings/figures/file",
  summary:
    "The same by service and by person as CSV (RFC 4180, UTF-8): what spreadsheets would run as a formula is text",
  answer: { mediaType: "text/csv" },
  mcp: "none",
});

export const rateBooking = operation({
  id: "bookings.rate",
  kind: "command",
  method: "PUT",
  path: "/v1/bookings/{id}/rating",
  summary: "Answer the question after a visit, or change the answer: by the booking's link",
  params: idParams,
  body: z.strictObject({
    key,
    score: z.int().min(1).max(SCORE_MAX),
    comment: plainText(RATING_COMMENT_CHARACTERS_MAX).default(""),
  }),
  answer: booking,
  status: 200,
  problems: ["bookings/not-asked", "bookings/rating-closed"],
  permission: "everyone",
  publicBy: "params.id",
  rateClass: "booking",
  idempotent: "by itself",
  mcp: "none",
  since: "0.5.0",
  example: { body: { key: "…", score: 5, comment: "Thank you!" } },
});
