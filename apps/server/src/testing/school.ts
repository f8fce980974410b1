import type { Client } from "@hourwright/client";
import { systemClock, type Clock } from "../platform/clock.ts";
import { postgres, type FilledDatabase } from "./filled-database.ts";
import { COORDINATOR, startTestServer, type TestServer } from "./server.ts";

// What tests of bookings begin with: a server on each database, somebody who offers and somebody who books.

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };

/** Each database, with why it is skipped. */
export const databases: readonly {
  readonly name: string;
  readonly skip: string | false;
  readonly open: () => Promise<FilledDatabase | null>;
}[] = [embedded, postgres];

export const ZONE = "Europe/Prague";

/** A Monday in two weeks or three: nobody of the demo has anything to do with what a test offers then. */
export const monday = Temporal.Now.plainDateISO(ZONE).add({ days: 22 - Temporal.Now.plainDateISO(ZONE).dayOfWeek });

/** A time of the clock on the wall on that Monday, or so many days after it. */
export const at = (hour: string, days = 0): Temporal.ZonedDateTime =>
  monday.add({ days }).toZonedDateTime({ timeZone: ZONE, plainTime: hour });

/** As the API has it. */
export const text = (moment: Temporal.ZonedDateTime): string => moment.toString({ timeZoneName: "never" });

/** The key in the link of a booking, a hold or a wish. */
export const keyOf = ({ link }: { readonly link: string }): string =>
  new URL(link, "http://a").searchParams.get("key")!;

/** A server with its demo, and who speaks with it. */
export type School = AsyncDisposable & {
  readonly server: TestServer;
  readonly owner: Client;
  /** Somebody without an account. */
  readonly customer: Client;
  /** How far the clock of the server is ahead of that of this machine; tests turn it. */
  readonly turned: { aheadMs: number };
  /** Another process over the same database, where there can be one; else null. */
  readonly second: () => Promise<TestServer | null>;
};

/** `who`: the address of its public page. `settings`: beside those of its database. */
export async function openSchool(
  kind: (typeof databases)[number],
  { who, settings = {} }: { readonly who: string; readonly settings?: Readonly<Record<string, string>> },
): Promise<School> {
  const base = await kind.open();
  const turned = { aheadMs: 0 };
  const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + turned.aheadMs };
  const all = { ...(base === null ? {} : { DATABASE_URL: base.url }), ...settings };
  const server = await startTestServer(all, clock);
  const owner = await server.signedIn(COORDINATOR);
  await owner("bookingPage.put", { body: { who } });
  return {
    server,
    owner,
    customer: server.stranger,
    turned,
    second: () => (base === null ? Promise.resolve(null) : startTestServer(all, clock)),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    },
  };
}

/** Whichever day the tests run on, no holiday is between the dates. */
export async function withoutHolidays(owner: Client): Promise<void> {
  for (const { day } of (await owner("holidays.list", {})).items)
    await owner("holidays.remove", { params: { day } }).catch(() => "the region's");
  const params = { id: "organisation" };
  const { layers } = await owner("availability.layers", { params });
  const open = layers.filter(({ kind: is }) => is !== "holidays");
  await owner("availability.putLayers", { params, body: { layers: open } });
}
