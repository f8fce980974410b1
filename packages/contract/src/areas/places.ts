import { z } from "zod";
import { operation } from "../operation.ts";
import { idParams, nothing, plainText, thingId, version } from "../values.ts";

/** Places of an organisation, and ways that one of them names. */
export const PLACES_MAX = 500;
/** A way that takes longer than a day is no way between two things of a day. */
export const WAY_MINUTES_MAX = 1_440;

const name = plainText(200).min(1).describe("As the site of rooms and things names it");
const latitude = z.number().min(-90).max(90).describe("Degrees, north positive");
const longitude = z.number().min(-180).max(180).describe("Degrees, east positive");
const ways = z
  .array(z.strictObject({ placeId: thingId, minutes: z.int().min(0).max(WAY_MINUTES_MAX) }))
  .max(PLACES_MAX)
  .refine((all) => new Set(all.map(({ placeId }) => placeId)).size === all.length, "each place is named once")
  .describe(
    "How long the way to another place takes, both ways unless that says otherwise; by distance where nothing is said",
  );

const place = z.object({ id: thingId, name, latitude, longitude, ways, version }).meta({ id: "Place" });

const shape = {
  problems: [],
  permission: "organisation.manage",
  rateClass: "write",
  mcp: "propose",
  since: "0.4.0",
  example: {},
} as const;

export const listPlaces = operation({
  ...shape,
  id: "places.list",
  kind: "query",
  method: "GET",
  path: "/v1/places",
  summary: "Where the sites of rooms and things are, and how long the ways between them take",
  answer: z.object({ items: z.array(place) }),
  status: 200,
  list: "items",
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
});

export const createPlace = operation({
  ...shape,
  id: "places.create",
  kind: "command",
  method: "POST",
  path: "/v1/places",
  summary: "Say where a site is: from now on the way there counts",
  body: z.strictObject({ name, latitude, longitude, ways: ways.default([]) }),
  answer: place,
  status: 201,
  problems: ["planning/place-invalid"],
  idempotent: true,
  example: { body: { name: "Town", latitude: 50.0755, longitude: 14.4378 } },
});

export const updatePlace = operation({
  ...shape,
  id: "places.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/places/{id}",
  summary: "Change where a site is, what it is called, or how long ways take",
  params: idParams,
  body: z.strictObject({
    name: name.optional(),
    latitude: latitude.optional(),
    longitude: longitude.optional(),
    ways: ways.optional(),
  }),
  answer: place,
  status: 200,
  problems: ["planning/place-invalid"],
  precondition: "optional",
});

export const removePlace = operation({
  ...shape,
  id: "places.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/places/{id}",
  summary: "Forget where a site is; its rooms and things stay",
  params: idParams,
  answer: nothing,
  status: 204,
  precondition: "optional",
});

export const putPlace = operation({
  ...shape,
  id: "places.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/places/{id}",
  internal: true,
  summary: "Put a place back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: z.strictObject({ name, latitude, longitude, ways }).nullable() }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: ["planning/place-invalid"],
  mcp: "none",
});
