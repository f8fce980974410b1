import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { assert, seededRandom, wholeBetween } from "@hourwright/std";
import { findPrograms, startCluster } from "../../apps/server/src/platform/testing/cluster.ts";
import { above, below, percentile, type Bench, type Result } from "./report.ts";
import { settle, startServer, type Running } from "./server.ts";
import { openWire } from "../../apps/server/src/testing/wire.ts";

/** Booking over HTTP, on both databases, as they keep what they say is kept: the slots of many people, and holds. */
export const booking: Bench = {
  name: "booking",
  async run(say) {
    const results: Result[] = [];
    const directory = mkdtempSync(join(tmpdir(), "hourwright-bench-"));
    try {
      say("embedded database: filling the demo, asking for slots, holding them …");
      results.push(...(await measure({ DATA_DIR: join(directory, "data") }, "embedded", 250)));
      const programs = findPrograms();
      if (programs === null) say("PostgreSQL: not measured, its server programs are not here.");
      else {
        say("PostgreSQL: the same …");
        await using cluster = await startCluster(programs, { durable: true });
        results.push(...(await measure({ DATABASE_URL: cluster.url, DEMO: "1" }, "PostgreSQL", 500)));
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    return results;
  },
};

const PEOPLE = 100;
const ASKED = 60;
/** What is taken before anybody asks for slots. */
const BOOKED_BEFORE = 300;
const HOLDERS = 20;
/** More ask at once where it is counted how many a second there are. */
const CROWD = 64;
const HOLDS = 3_000;
const WARM_UP = 100;
const MINUTES = 30;

async function measure(settings: Record<string, string>, database: string, perSecond: number): Promise<Result[]> {
  const server = await startServer(settings);
  try {
    const people = await hire(server);
    const few = await offer(server, "few", people.slice(0, 10));
    const many = await offer(server, "many", people);
    await settle(server.url, server.token);
    const starts = await freeStarts(server, few);
    await holdAll(server, few, starts.slice(0, BOOKED_BEFORE), HOLDERS);
    const ten = await slotsWithin(server, few, 60);
    const hundred = await slotsWithin(server, many, 90);
    const held = starts.slice(BOOKED_BEFORE);
    await holdAll(server, few, held.slice(0, WARM_UP), HOLDERS);
    const twenty = await holdAll(server, few, held.slice(WARM_UP, WARM_UP + HOLDS), HOLDERS);
    const crowd = await holdAll(server, few, held.slice(WARM_UP + HOLDS, WARM_UP + 2 * HOLDS), CROWD);
    const load = `load ${loadavg()[0]!.toFixed(1)}`;
    return [
      below(`slots of 10 people × 60 days, p95 of ${ASKED}, ${database}`, percentile(ten, 0.95), "ms", 100),
      below(`slots of 100 people × 90 days, p95 of ${ASKED}, ${database}`, percentile(hundred, 0.95), "ms", 500),
      below(
        `a hold, ${HOLDERS} at once, p95 of ${twenty.tookMs.length}, ${database}`,
        percentile(twenty.tookMs, 0.95),
        "ms",
        50,
      ),
      above(`holds of one organisation, ${HOLDERS} at once, ${database}, ${load}`, twenty.perSecond, "/s", perSecond),
      above(`holds of one organisation, ${CROWD} at once, ${database}, ${load}`, crowd.perSecond, "/s", perSecond),
    ];
  } finally {
    await server.stop();
  }
}

/** People of the bench alone. */
async function hire({ client }: Running): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < PEOPLE; i++) ids.push((await client("people.create", { body: { name: `Booked ${i}` } })).id);
  return ids;
}

/** A service of these people, in whole and half hours. */
async function offer({ client }: Running, slug: string, people: readonly string[]): Promise<string> {
  const { id } = await client("services.create", {
    body: {
      name: slug,
      slug,
      lengths: [MINUTES],
      windowDays: 700,
      holdMinutes: 60,
      raster: { everyMinutes: MINUTES, from: "midnight" },
      roles: [{ name: "Who", anyOf: [...people] }],
    },
  });
  return id;
}

/** A window of so many days from tomorrow on; another each time, by some milliseconds. */
function slotsPath(service: string, days: number, count: number): string {
  const from = Temporal.Now.zonedDateTimeISO("UTC").startOfDay().add({ days: 1, milliseconds: count });
  const text = (moment: Temporal.ZonedDateTime) => encodeURIComponent(moment.toInstant().toString());
  return `/v1/services/${service}/slots?from=${text(from)}&to=${text(from.add({ days }))}&limit=20000`;
}

async function slotsWithin({ url }: Running, service: string, days: number): Promise<number[]> {
  using wire = await openWire(url);
  const tookMs: number[] = [];
  for (let i = 0; i < ASKED + 5; i++) {
    const askedMs = performance.now();
    const answer = await wire.ask({ method: "GET", path: slotsPath(service, days, i) });
    tookMs.push(performance.now() - askedMs);
    assert(answer.status === 200, answer.text().slice(0, 600));
  }
  return tookMs.slice(5);
}

/** Every start that is offered, as often as there are people, in an order of chance: nobody takes what another wants. */
async function freeStarts({ url }: Running, service: string): Promise<string[]> {
  using wire = await openWire(url);
  const answer = await wire.ask({ method: "GET", path: slotsPath(service, 400, 0) });
  const { items } = JSON.parse(answer.text()) as { items: { start: string }[] };
  const random = seededRandom(SEED);
  const starts = items.map(({ start }) => start);
  for (let i = starts.length - 1; i > 0; i--) {
    const other = wholeBetween(random, 0, i);
    [starts[i], starts[other]] = [starts[other]!, starts[i]!];
  }
  return starts;
}

const SEED = 20270401;

/** Holds every one of these, so many at a time. */
async function holdAll(
  { url }: Running,
  serviceId: string,
  starts: readonly string[],
  atOnce: number,
): Promise<{ tookMs: number[]; perSecond: number }> {
  const tookMs: number[] = [];
  const startedMs = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      using wire = await openWire(url);
      while (next < starts.length) {
        const start = starts[next++]!;
        const askedMs = performance.now();
        const answer = await wire.ask({ method: "POST", path: "/v1/holds", body: { serviceId, start } });
        tookMs.push(performance.now() - askedMs);
        assert(answer.status === 201, answer.text().slice(0, 600));
      }
    }),
  );
  return { tookMs, perSecond: tookMs.length / ((performance.now() - startedMs) / 1_000) };
}
