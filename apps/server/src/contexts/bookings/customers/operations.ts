import { setImmediate } from "node:timers/promises";
import { isRefused, limits } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { FileAnswer, type RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf as pageAt } from "../../../platform/operations/pages.ts";
import { csvOf } from "../../../platform/sheets/csv.ts";
import { rowsOf, type Wrong } from "../../../platform/sheets/sheet.ts";
import { organisationOf } from "../../identity/public.ts";
import { filesOfCustomers } from "../files/store.ts";
import { zonedText } from "../queries.ts";
import type { Sealing } from "../sealing.ts";
import {
  createCustomer,
  forgetCustomer,
  noCustomer,
  notedOf,
  takeIn,
  takeOver,
  updateCustomer,
  withdraw,
} from "./commands.ts";
import { customersIn } from "./decide.ts";
import { otherwise } from "./given.ts";
import { consentsOf, customerById, givenLast, latestCustomers, visitsOf, type SealedRecord } from "./store.ts";

type CustomerIds =
  `customers.${"list" | "read" | "create" | "update" | "takeOver" | "forget" | "withdraw" | "export" | "import"}`;

/** Customers that are read before others have a turn: each takes some microseconds. */
const READ_AT_ONCE = 500;

export function customerOperations(sealing: Sealing): Handlers<CustomerIds> {
  const one = async (unit: Unit, record: SealedRecord) => (await shownCustomers(unit, [record], sealing))[0]!;

  /** Those in whom a text stands, by name. Every customer is unsealed for it, outside of the unit. */
  const found = async (context: RequestContext, search: string, limit: number) => {
    const text = search.trim().toLowerCase();
    const all = await context.read((unit) => latestCustomers(unit, null, limits.CUSTOMERS_SEARCHED_MAX + 1));
    const organisation = context.caller!;
    const matching: { readonly name: string; readonly record: SealedRecord }[] = [];
    for (const [index, record] of all.entries()) {
      if (index % READ_AT_ONCE === READ_AT_ONCE - 1) await setImmediate();
      const { name, email, phone } = notedOf(organisation, sealing, record);
      if ([name, email, phone].some((part) => part.toLowerCase().includes(text))) matching.push({ name, record });
    }
    const records = matching
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .slice(0, limit)
      .map(({ record }) => record);
    return { records, isCut: matching.length > limit || all.length > limits.CUSTOMERS_SEARCHED_MAX };
  };

  return {
    "customers.list": async ({ query }, context) => {
      if ((query.search ?? "").trim() !== "") {
        const { records, isCut } = await found(context, query.search!, query.limit);
        const items = await context.read((unit) => shownCustomers(unit, records, sealing));
        return { items, nextCursor: null, isCut };
      }
      const after = pageAt<[string]>(query.cursor);
      return context.read(async (unit) => {
        const records = await latestCustomers(unit, after?.[0] ?? null, query.limit + 1);
        const page = records.slice(0, query.limit);
        const isMore = records.length > page.length;
        return {
          items: await shownCustomers(unit, page, sealing),
          nextCursor: isMore ? cursorOf([page.at(-1)!.id]) : null,
          isCut: false,
        };
      });
    },

    "customers.read": ({ params }, context) =>
      context.read(async (unit) => {
        const record = await customerById(unit, params.id);
        return record === null ? noCustomer : one(unit, record);
      }),

    "customers.create": ({ body }, context) =>
      context.write(async (unit) => {
        const made = await createCustomer(unit, sealing, body);
        if (isRefused(made)) return made;
        context.reply.headers["location"] = `/v1/customers/${made.id}`;
        return one(unit, made);
      }),

    "customers.update": ({ params, body }, context) =>
      context.write(async (unit) => {
        const after = await updateCustomer(unit, sealing, params.id, body, context.ifMatch);
        return isRefused(after) ? after : one(unit, after);
      }),

    "customers.takeOver": ({ params }, context) =>
      context.write(async (unit) => {
        const after = await takeOver(unit, sealing, params.id);
        return isRefused(after) ? after : one(unit, after);
      }),

    "customers.forget": ({ params }, context) => context.write((unit) => forgetCustomer(unit, params.id)),

    "customers.withdraw": ({ params, body }, context) =>
      context.write(async (unit) => {
        const after = await withdraw(unit, params.id, body.text);
        return isRefused(after) ? after : one(unit, after);
      }),

    "customers.export": async (_input, context) =>
      new FileAnswer("text/csv; charset=utf-8", "customers.csv", fileOf(context, sealing)),

    "customers.import": async ({ query, body }, context) => {
      const bytes = Buffer.concat(await Array.fromAsync(body as unknown as AsyncIterable<Uint8Array>));
      const rows = await rowsOf(bytes, limits.CUSTOMERS_FILE_ROWS_MAX + 2);
      const { customers, wrong } = "why" in rows ? { customers: [], wrong: [rows] } : customersIn(rows);
      const nothing = { created: 0, updated: 0, unchanged: 0 };
      const isDryRun = query.dryRun || wrong.length > 0;
      const brought =
        wrong.length > 0 ? nothing : await context.write((unit) => takeIn(unit, sealing, customers, isDryRun));
      const problems: Wrong[] = wrong.slice(0, limits.CUSTOMERS_FILE_PROBLEMS_MAX);
      return { rows: customers.length, ...brought, problems, isDone: !isDryRun };
    },
  };
}

const COLUMNS = [
  "name",
  "email",
  "phone",
  "notes",
  "since",
  "bookings",
  "cancelled",
  "no-shows",
  "last",
  "next",
  "consents",
  "files",
];

/** All customers, page by page. */
async function* fileOf(context: RequestContext, sealing: Sealing): AsyncGenerator<Uint8Array> {
  let before: string | null = null;
  for (let isFirst = true; ; isFirst = false) {
    const records: SealedRecord[] = await context.read((unit) => latestCustomers(unit, before, READ_AT_ONCE));
    const shown = await context.read((unit) => shownCustomers(unit, records, sealing));
    const files = await context.read((unit) =>
      filesOfCustomers(
        unit,
        records.map(({ id }) => id),
      ),
    );
    const filesOf = Map.groupBy(files, ({ customerId }) => customerId);
    const rows = shown.map((each) => [
      each.name,
      each.email,
      each.phone,
      each.notes,
      each.since,
      `${each.bookings}`,
      `${each.cancelled}`,
      `${each.noShows}`,
      each.last ?? "",
      each.next ?? "",
      each.consents.flatMap(({ text, withdrawn }) => (withdrawn === null ? [text] : [])).join("; "),
      (filesOf.get(each.id) ?? []).map((file) => `/v1/bookings/${file.bookingId}/files/${file.id}`).join(" "),
    ]);
    const text = csvOf(COLUMNS, rows);
    yield Buffer.from(isFirst ? text : text.slice(text.indexOf("\r\n") + 2));
    if (records.length < READ_AT_ONCE) return;
    before = records.at(-1)!.id;
  }
}

async function shownCustomers(unit: Unit, records: readonly SealedRecord[], sealing: Sealing) {
  const ids = records.map(({ id }) => id);
  const [visits, consents, given, { zone }] = await Promise.all([
    visitsOf(unit, ids),
    consentsOf(unit, ids),
    givenLast(unit, ids),
    organisationOf(unit),
  ]);
  const text = (ms: number | null) => (ms === null ? null : zonedText(ms, zone));
  return records.map((record) => {
    const own = visits.get(record.id);
    const noted = notedOf(unit, sealing, record);
    return {
      id: record.id,
      ...noted,
      since: zonedText(record.madeMs, zone),
      bookings: own?.bookings ?? 0,
      cancelled: own?.cancelled ?? 0,
      noShows: own?.noShows ?? 0,
      last: text(own?.lastMs ?? null),
      next: text(own?.nextMs ?? null),
      consents: (consents.get(record.id) ?? []).map((each) => ({
        text: each.text,
        given: zonedText(each.givenMs, zone),
        withdrawn: text(each.withdrawnMs),
      })),
      given: otherwise(unit, sealing, noted, given.get(record.id) ?? []).map(({ startMs, ...each }) => ({
        ...each,
        start: zonedText(startMs, zone),
      })),
      version: record.version,
    };
  });
}
