import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { detect, indexBySubject, OWN, takingsOf } from "@hourwright/conflict";
import { seededRandom, wholeBetween } from "@hourwright/std";
import { findPrograms, startCluster } from "../../apps/server/src/platform/testing/cluster.ts";
import { below, percentile, type Bench, type Result } from "./report.ts";
import { importFile, startServer, type Running } from "./server.ts";
import { openBrowser } from "./year-page.ts";
import { firstPaintOfYear } from "./year-paint.ts";

/** The numbers of the ground: a large import, what others feel meanwhile, detection, a year of one person, the first paint. */
export const ground: Bench = {
  name: "ground",
  async run(say) {
    const results: Result[] = [detectionAlone()];
    const directory = mkdtempSync(join(tmpdir(), "hourwright-bench-"));
    try {
      say("embedded database: starting, importing 20,000 events …");
      const embedded = await startServer({ DATA_DIR: join(directory, "data") });
      results.push(...(await importing(embedded)));
      await embedded.stop();
      say("embedded database: a year of one person, detection over HTTP, first paint …");
      const fresh = await startServer({ DATA_DIR: join(directory, "fresh") });
      results.push(...(await reading(fresh, "embedded")));
      results.push(...(await painting(fresh, say)));
      await fresh.stop();
      const programs = findPrograms();
      if (programs === null) say("PostgreSQL: not measured, its server programs are not here.");
      else {
        say("PostgreSQL: a year of one person …");
        const cluster = await startCluster(programs);
        const server = await startServer({ DATABASE_URL: cluster.url, DEMO: "1" });
        results.push(...(await reading(server, "PostgreSQL")));
        await server.stop();
        await cluster[Symbol.asyncDispose]();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    return results;
  },
};

const EVENTS = 20_000;
const EVENTS_OF_YEAR = 10_000;
const SEED = 20270318;

/** An .ics file of events at random quarters of an hour, one in forty a series; over three years, or in one. */
function calendarFile(events: number, year: number | null = null): string {
  const random = seededRandom(SEED);
  const first = Temporal.PlainDate.from(`${year ?? 2026}-01-01`);
  const days = year === null ? 1_000 : 364;
  const parts = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hourwright//bench//EN\r\n"];
  for (let i = 0; i < events; i++) {
    const day = first
      .add({ days: wholeBetween(random, 0, days) })
      .toString()
      .replaceAll("-", "");
    const time = `${String(wholeBetween(random, 7, 18)).padStart(2, "0")}${String(wholeBetween(random, 0, 3) * 15).padStart(2, "0")}00`;
    const rule = i % 40 === 0 ? "RRULE:FREQ=WEEKLY;COUNT=20\r\n" : "";
    parts.push(
      `BEGIN:VEVENT\r\nUID:bench-${i}@hourwright.example\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Prague:${day}T${time}\r\nDURATION:PT45M\r\n` +
        `SUMMARY:Event number ${i}\r\nLOCATION:Hall ${i % 9}\r\n${rule}BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Soon\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n`,
    );
  }
  return `${parts.join("")}END:VCALENDAR\r\n`;
}

/** Imports a large file while somebody else reads every 50 ms. */
async function importing(server: Running): Promise<Result[]> {
  const { url, token } = server;
  const startedMs = performance.now();
  const imported = importFile(server, calendarFile(EVENTS));
  const readMs: number[] = [];
  let done = false;
  const reader = (async () => {
    while (!done) {
      const askedMs = performance.now();
      await fetch(`${url}/v1/calendar/events?start=2027-03-01&end=2027-04-01&limit=100`, {
        headers: { authorization: `Bearer ${token}` },
      }).then((response) => response.arrayBuffer());
      readMs.push(performance.now() - askedMs);
      await sleep(50);
    }
  })();
  await imported;
  const tookSeconds = (performance.now() - startedMs) / 1_000;
  done = true;
  await reader;
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const gauge = (name: string) => Number(new RegExp(`^hourwright_${name} (\\S+)`, "m").exec(metrics)?.[1]);
  return [
    below(`import of ${EVENTS} events, embedded`, tookSeconds, "s", 20),
    below("longest transaction meanwhile, embedded", gauge("database_unit_ms_max"), "ms", 250),
    below(`other reads meanwhile, p95 of ${readMs.length}, embedded`, percentile(readMs, 0.95), "ms", 300),
  ];
}

/** Nothing without a browser; that is said. */
async function painting(server: Running, say: (sentence: string) => void): Promise<Result[]> {
  const year = Temporal.Now.plainDateISO().year;
  await importFile(server, calendarFile(EVENTS_OF_YEAR, year));
  const browser = await openBrowser(say);
  if (browser === null) return [];
  const paintMs = await firstPaintOfYear(browser, server, year);
  await browser.close();
  return [below("Year with 10,000 events: first paint after data", paintMs, "ms", 300)];
}

/** A year of one person, one after the other, and detection over the demo year. */
async function reading({ url, client, token }: Running, database: string): Promise<Result[]> {
  const { items } = await client("people.list", { query: { limit: 1 } });
  const year = Temporal.Now.plainDateISO().year;
  const ask = async (path: string): Promise<number> => {
    const askedMs = performance.now();
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return performance.now() - askedMs;
  };
  const person = `/v1/calendar/events?start=${year}-01-01&end=${year + 1}-01-01&subjects=${items[0]!.id}`;
  const times: number[] = [];
  for (let i = 0; i < 110; i++) times.push(await ask(person));
  return [
    below(
      `GET /v1/calendar/events, a year of one person, p95 of 100, ${database}`,
      percentile(times.slice(10), 0.95),
      "ms",
      100,
    ),
  ];
}

/** Detection among 10,000 events of 64 people, the pure engine: the median of 21 runs after 5. */
function detectionAlone(): Result {
  const random = seededRandom(SEED);
  const rows = Array.from({ length: 10_000 }, (_, i) => {
    const startMs = wholeBetween(random, 0, 365 * 96) * 900_000;
    return {
      occurrence: i,
      event: i,
      subject: wholeBetween(random, 0, 63),
      startMs,
      endMs: startMs + wholeBetween(random, 1, 8) * 900_000,
      how: OWN,
    };
  });
  const times: number[] = [];
  for (let run = 0; run < 26; run++) {
    const startedMs = performance.now();
    detect(indexBySubject(takingsOf(rows)), -Infinity, Infinity);
    times.push(performance.now() - startedMs);
  }
  return below("detection over 10,000 events, median of 21", percentile(times.slice(5), 0.5), "ms", 200);
}
