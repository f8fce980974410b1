import { z } from "zod";
import { mailAddress } from "../mail-address.ts";
import { operation } from "../operation.ts";
import { idParams, instant, nextCursor, nothing, pageQuery, plainText, thingId, version } from "../values.ts";

/** Kinds of packages that an organisation sells. */
export const PACKAGE_KINDS_MAX = 200;
/** Units of one package, corrections counted. */
export const PACKAGE_UNITS_MAX = 10_000;
/** Services that one kind is good for. */
export const PACKAGE_SERVICES_MAX = 100;
/** What a code is made of, hyphens left out. */
export const PACKAGE_CODE_CHARACTERS = 12;

/** As it is typed: hyphens, spaces and small letters are as good. */
export const packageCode = z.string().max(40).describe("The code of a package: 7K3M-9QXD-2BFA");

const name = plainText(200).min(1);
const units = z.int().min(1).max(PACKAGE_UNITS_MAX);
const validDays = z.int().min(1).max(3_650);
const price = plainText(200);
const serviceIds = z.array(thingId).min(1).max(PACKAGE_SERVICES_MAX);

const contents = {
  name,
  serviceIds: serviceIds.describe("What it is good for"),
  units: units.describe("A booking takes one for each of its places"),
  validDays: validDays.describe("From the day on which it is issued"),
  price: price.default(""),
};

const kind = z.object({ id: thingId, name, serviceIds, units, validDays, price, version }).meta({ id: "PackageKind" });

const packageFields = {
  id: thingId,
  kindId: thingId,
  name,
  serviceIds,
  code: z.string().describe("Whoever has it may book with it"),
  link: z.string().describe("The path of a page that knows the code; empty while nothing is public"),
  customer: z
    .object({ name: z.string(), email: z.string(), phone: z.string() })
    .nullable()
    .describe("Null after it was forgotten"),
  units: z.int().describe("As it was issued"),
  balance: z.int().describe("What is left: the sum of its movements, never below nothing"),
  issuedAt: z.string(),
  expiresAt: z.string().describe("What starts before it can be booked, whenever it is booked"),
  version,
};
const issued = z.object(packageFields).meta({ id: "Package" });

const movement = z
  .object({
    number: z.int(),
    kind: z.enum(["issued", "spent", "given-back", "corrected"]),
    units: z.int(),
    balance: z.int().describe("After it"),
    bookingId: thingId.nullable(),
    reason: z.string(),
    at: z.string(),
  })
  .meta({ id: "PackageMovement" });

const shape = {
  problems: [],
  permission: "booking.write",
  rateClass: "write",
  mcp: "propose",
  since: "0.5.0",
  example: {},
} as const;
const ruling = { ...shape, permission: "service.manage" } as const;
const reading = { ...shape, kind: "query", method: "GET", status: 200, rateClass: "read", mcp: "read" } as const;

export const listPackageKinds = operation({
  ...reading,
  id: "packageKinds.list",
  path: "/v1/package-kinds",
  summary: "Kinds of packages: how many units, for what, for how long",
  answer: z.object({ items: z.array(kind) }),
  list: "items",
  permission: "booking.read",
});

export const createPackageKind = operation({
  ...ruling,
  id: "packageKinds.create",
  kind: "command",
  method: "POST",
  path: "/v1/package-kinds",
  summary: "Offer a kind of package",
  body: z.strictObject(contents),
  answer: kind,
  status: 201,
  problems: ["bookings/package-invalid"],
  idempotent: true,
  example: {
    body: { name: "Ten lessons", serviceIds: ["svc_01J8Z3K4M5N6P7Q8R9S0T1V2W3"], units: 10, validDays: 365 },
  },
});

export const updatePackageKind = operation({
  ...ruling,
  id: "packageKinds.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/package-kinds/{id}",
  summary: "Change a kind of package; what was issued stays as it was issued",
  params: idParams,
  body: z.strictObject({
    name: name.optional(),
    serviceIds: serviceIds.optional(),
    units: units.optional(),
    validDays: validDays.optional(),
    price: price.optional(),
  }),
  answer: kind,
  status: 200,
  problems: ["bookings/package-invalid"],
  precondition: "optional",
  example: { body: { price: "€ 350" } },
});

export const removePackageKind = operation({
  ...ruling,
  id: "packageKinds.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/package-kinds/{id}",
  summary: "Offer a kind of package no longer; what was issued of it stays good",
  params: idParams,
  answer: nothing,
  status: 204,
  precondition: "optional",
});

export const putPackageKind = operation({
  ...ruling,
  id: "packageKinds.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/package-kinds/{id}",
  internal: true,
  summary: "Put a kind of package back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: z.strictObject(contents).nullable() }),
  answer: nothing,
  status: 204,
  mcp: "none",
});

export const listPackages = operation({
  ...reading,
  id: "packages.list",
  path: "/v1/packages",
  summary: "Packages that were issued, the latest first",
  query: z.strictObject({ email: mailAddress.optional(), ...pageQuery }),
  answer: z.object({ items: z.array(issued), nextCursor }),
  list: "items",
});

export const readPackage = operation({
  ...reading,
  id: "packages.read",
  path: "/v1/packages/{id}",
  summary: "One package with its movements, the latest first",
  params: idParams,
  answer: z.object({ ...packageFields, movements: z.array(movement) }).meta({ id: "PackageWithMovements" }),
});

export const issuePackage = operation({
  ...shape,
  id: "packages.issue",
  kind: "command",
  method: "POST",
  path: "/v1/packages",
  summary: "Issue a package to a customer; its code is all that they need to book with it",
  body: z.strictObject({
    kindId: thingId,
    customer: z.strictObject({ name, email: mailAddress, phone: plainText(40).default("") }),
    reason: plainText(500).default("").describe("Paid in cash, receipt 17"),
  }),
  answer: issued,
  status: 201,
  idempotent: true,
  example: {
    body: {
      kindId: "pkk_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
      customer: { name: "Ada Learner", email: "ada@example.org" },
    },
  },
});

export const correctPackage = operation({
  ...shape,
  id: "packages.correct",
  kind: "command",
  method: "POST",
  path: "/v1/packages/{id}/correct",
  summary: "Add units to a package or take some away, with a reason; or let it last longer",
  params: idParams,
  body: z.strictObject({
    units: z.int().min(-PACKAGE_UNITS_MAX).max(PACKAGE_UNITS_MAX).default(0),
    expiresAt: instant.optional(),
    reason: plainText(500).min(1),
  }),
  answer: issued,
  status: 200,
  problems: ["bookings/package-unfit", "bookings/window-invalid"],
  precondition: "optional",
  example: { body: { units: 1, reason: "The car broke down" } },
});

export const putPackage = operation({
  ...shape,
  id: "packages.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/packages/{id}",
  internal: true,
  summary: "Take a correction of a package back, or the package while nothing was booked with it: what undo is made of",
  params: idParams,
  body: z.strictObject({
    change: z.strictObject({ units: z.int(), expiresMs: z.int() }).nullable(),
  }),
  answer: nothing,
  status: 204,
  problems: ["bookings/package-unfit"],
  mcp: "none",
});
