import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nothing, thingId } from "../values.ts";

/** Addresses that one person has at once. */
export const CALENDAR_ADDRESSES_MAX = 100;
/** Days of shifts behind today and ahead of it at an address. */
export const FOLLOWED_DAYS_BEHIND = 30;
export const FOLLOWED_DAYS_AHEAD = 365;

const what = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shifts").describe("Your own shifts and time on call") }),
  z.strictObject({
    kind: z.literal("league").describe("The fixtures of a league you may see"),
    leagueId: thingId,
    teamId: thingId.nullable().default(null).describe("Of this team alone"),
  }),
]);

const address = z
  .object({
    id: thingId,
    what,
    url: z.string().describe("Whoever knows it can read what is there, and nothing else: it is as good as a password"),
    createdAt: z.string(),
  })
  .meta({ id: "CalendarAddress" });

const shape = {
  problems: [],
  permission: "signed-in",
  mcp: "none",
  since: "0.7.0",
  example: {},
} as const;

export const listAddresses = operation({
  ...shape,
  id: "calendarAddresses.list",
  kind: "query",
  method: "GET",
  path: "/v1/calendar-addresses",
  summary: "Your private addresses at which other calendars follow your shifts and leagues, newest first",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(address) }),
  status: 200,
  list: "items",
  rateClass: "read",
});

export const createAddress = operation({
  ...shape,
  id: "calendarAddresses.create",
  kind: "command",
  method: "POST",
  path: "/v1/calendar-addresses",
  summary: "Make a private address at which other calendars follow something; of one thing you have one address",
  body: z.strictObject({ what }),
  answer: address,
  status: 201,
  problems: ["addresses/too-many"],
  idempotent: "by itself",
  rateClass: "write",
  example: { body: { what: { kind: "shifts" } } },
});

export const removeAddress = operation({
  ...shape,
  id: "calendarAddresses.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/calendar-addresses/{id}",
  summary: "Take an address away: nobody reads anything at it from now on, and the next one is another",
  params: idParams,
  answer: nothing,
  status: 204,
  rateClass: "write",
});

export const followAddress = operation({
  ...shape,
  id: "calendarAddresses.follow",
  kind: "file",
  method: "GET",
  path: "/v1/follow/{token}/calendar.ics",
  summary: "What is at a private address, as iCalendar, while whoever made it may see it",
  params: z.strictObject({ token: z.string().regex(/^[\w-]{1,100}$/, "an address ends in letters, digits, - and _") }),
  query: z.strictObject({}),
  answer: { mediaType: "text/calendar" },
  status: 200,
  permission: "everyone",
  publicBy: "params.token",
  rateClass: "read",
  example: { params: { token: "0123456789abcdef0123456789abcdef" } },
});
