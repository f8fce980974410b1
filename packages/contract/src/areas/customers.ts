import { z } from "zod";
import { mailAddress } from "../mail-address.ts";
import { operation } from "../operation.ts";
import { idParams, nextCursor, nothing, pageQuery, plainText, thingId, version, lineProblem } from "../values.ts";

/** Customers of an organisation that a search looks through, and that one file may bring. */
export const CUSTOMERS_SEARCHED_MAX = 20_000;
export const CUSTOMERS_FILE_ROWS_MAX = 5_000;
export const CUSTOMERS_FILE_BYTES_MAX = 5_242_880;
/** Lines of a file that are told as wrong. */
export const CUSTOMERS_FILE_PROBLEMS_MAX = 200;

const person = {
  name: plainText(200).min(1),
  email: mailAddress,
  phone: plainText(40),
};
const notes = plainText(4_000).describe("What the organisation keeps in mind; never shown to the customer");

const customer = z
  .object({
    id: thingId,
    ...person,
    email: z.string(),
    notes: z.string(),
    since: z.string().describe("When they were first known"),
    bookings: z.int().describe("How many they have made, cancelled ones too"),
    cancelled: z.int(),
    noShows: z.int(),
    last: z.string().nullable().describe("When they were here last"),
    next: z.string().nullable().describe("When they come next"),
    consents: z
      .array(
        z.object({
          text: z.string(),
          given: z.string(),
          withdrawn: z.string().nullable(),
        }),
      )
      .describe("What they have agreed to, by its words; at most 50, the last first"),
    given: z
      .array(
        z.object({
          bookingId: thingId,
          start: z.string(),
          name: z.string().nullable().describe("Null: as it stands, or none"),
          phone: z.string().nullable(),
        }),
      )
      .describe("What was given otherwise with bookings under their address, each once; at most 5, the last first"),
    version,
  })
  .meta({ id: "Customer" });

const shape = {
  problems: [],
  permission: "booking.write",
  rateClass: "write",
  mcp: "none",
  since: "0.5.0",
  example: {},
} as const;

export const listCustomers = operation({
  ...shape,
  id: "customers.list",
  kind: "query",
  method: "GET",
  path: "/v1/customers",
  summary:
    "Who has booked, or was written down: who was last known first; or by name, those in whose name, address or number something stands",
  query: z.strictObject({ search: plainText(200).optional(), ...pageQuery }),
  answer: z.object({
    items: z.array(customer),
    nextCursor,
    isCut: z.boolean().describe("More match, or were not looked through: search for more of the name"),
  }),
  status: 200,
  list: "items",
  rateClass: "read",
});

export const readCustomer = operation({
  ...shape,
  id: "customers.read",
  kind: "query",
  method: "GET",
  path: "/v1/customers/{id}",
  summary: "One customer; `bookings.list?customerId=` has what they have booked",
  params: idParams,
  answer: customer,
  status: 200,
  rateClass: "read",
});

export const createCustomer = operation({
  ...shape,
  id: "customers.create",
  kind: "command",
  method: "POST",
  path: "/v1/customers",
  summary: "Write a customer down before they book",
  body: z.strictObject({ ...person, phone: person.phone.default(""), notes: notes.default("") }),
  answer: customer,
  status: 201,
  problems: ["bookings/customer-known"],
  idempotent: "by itself",
  example: { body: { name: "Ada Learner", email: "ada@example.org" } },
});

export const updateCustomer = operation({
  ...shape,
  id: "customers.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/customers/{id}",
  summary: "Change who a customer is, or what is noted of them",
  params: idParams,
  body: z.strictObject({
    name: person.name.optional(),
    email: person.email.optional(),
    phone: person.phone.optional(),
    notes: notes.optional(),
  }),
  answer: customer,
  status: 200,
  problems: ["bookings/customer-known"],
  precondition: "optional",
  example: { body: { notes: "Wants the small car" } },
});

export const takeOverCustomer = operation({
  ...shape,
  id: "customers.takeOver",
  kind: "command",
  method: "POST",
  path: "/v1/bookings/{id}/customer",
  summary: "Take over into the customer's record what was given otherwise with a booking of theirs",
  params: idParams,
  answer: customer,
  status: 200,
  example: { params: { id: "bkg_01J8Z3K4M5N6P7Q8R9S0T1V2W3" } },
});

export const forgetCustomer = operation({
  ...shape,
  id: "customers.forget",
  kind: "command",
  method: "DELETE",
  path: "/v1/customers/{id}",
  summary: "Forget who a customer was, for ever: what they booked stays, without name, answers, notes and consents",
  params: idParams,
  answer: nothing,
  permission: "service.manage",
  status: 204,
  problems: ["bookings/customer-expected"],
});

export const withdrawConsent = operation({
  ...shape,
  id: "customers.withdraw",
  kind: "command",
  method: "POST",
  path: "/v1/customers/{id}/consents/withdraw",
  summary: "Write down that a customer no longer agrees to something",
  params: idParams,
  body: z.strictObject({ text: plainText(200) }),
  answer: customer,
  status: 200,
  example: { body: { text: "News by mail" } },
});

export const exportCustomers = operation({
  ...shape,
  id: "customers.export",
  kind: "file",
  method: "GET",
  path: "/v1/customers/file",
  summary: "All customers as CSV (RFC 4180, UTF-8): what spreadsheets would run as a formula is text",
  answer: { mediaType: "text/csv" },
  permission: "service.manage",
  status: 200,
  rateClass: "heavy",
});

export const importCustomers = operation({
  ...shape,
  id: "customers.import",
  kind: "command",
  method: "POST",
  path: "/v1/customers/file",
  summary:
    "Customers from CSV with a header (name, email, phone, notes), by commas, semicolons or tabs; in one piece or not at all, and with `dryRun` not at all",
  query: z.strictObject({ dryRun: z.boolean().default(false) }),
  upload: { mediaType: "text/csv", bytesMax: CUSTOMERS_FILE_BYTES_MAX },
  answer: z.object({
    rows: z.int(),
    created: z.int().describe("New ones; in a dry run those that would be"),
    updated: z.int().describe("Known by their address, with something new"),
    unchanged: z.int(),
    problems: z.array(lineProblem).describe("Why nothing is taken in: at most 200"),
    isDone: z.boolean(),
  }),
  permission: "service.manage",
  status: 200,
  rateClass: "heavy",
});
