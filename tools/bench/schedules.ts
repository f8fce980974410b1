import { mkdtempSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, oneOf, seededRandom, wholeBetween } from "@hourwright/std";
import type { Shift } from "@hourwright/schedule";
import { readConfig, type Config } from "../../apps/server/src/config.ts";
import { createSubjects, listOrganisations, systemContext } from "../../apps/server/src/contexts/identity/public.ts";
import {
  insertAdjustments,
  insertVersions,
  type StoredAdjustment,
  type Version,
} from "../../apps/server/src/contexts/workforce/public.ts";
import { openGround } from "../../apps/server/src/ground.ts";
import { systemClock } from "../../apps/server/src/platform/clock.ts";
import { idMaker } from "../../apps/server/src/platform/ids.ts";
import { silent } from "../../apps/server/src/platform/log.ts";
import { openWire, type Wire } from "../../apps/server/src/testing/wire.ts";
import { below, percentile, type Bench, type Result } from "./report.ts";
import { settle, startServer, type Running } from "./server.ts";

/** Schedules of an organisation over HTTP: after a change, so that nothing of the answer is kept; and asked again. */
export const schedules: Bench = {
  name: "schedules",
  async run(say) {
    const directory = mkdtempSync(join(tmpdir(), "hourwright-schedules-"));
    try {
      say("schedules: the demo …");
      await (await startServer({ DATA_DIR: directory, DEMO: "1" })).stop();
      say(`schedules: ${PEOPLE} people with contracts and ${PEOPLE * ADJUSTMENTS_EACH} adjustments …`);
      const people = await fill(directory);
      const server = await startServer({ DATA_DIR: directory, DEMO: "1" });
      try {
        await settle(server.url, server.token);
        return await measure(server, people, say);
      } finally {
        await server.stop();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

const PEOPLE = 3_000;
const ADJUSTMENTS_EACH = 24;
const ROWS_OF_A_UNIT = 1_000;
const SEED = 20_270_301;
const FROM = "2027-03-01";
const ASKED = 8;
const WARM = 2;

async function measure(server: Running, people: readonly string[], say: (sentence: string) => void): Promise<Result[]> {
  using wire = await openWire(server.url);
  const some = people.slice(0, 300).join(",");
  const sizes = [
    { what: "300 people × 1 month", query: `from=${FROM}&to=2027-04-01&people=${some}`, rows: 300, msMax: 100 },
    { what: "300 people × 1 year", query: `from=${FROM}&to=2028-03-01&people=${some}`, rows: 300, msMax: 1_000 },
    { what: "3,000 people × 1 month", query: `from=${FROM}&to=2027-04-01`, rows: PEOPLE, msMax: 2_000 },
  ];
  const results: Result[] = [];
  for (const { what, query, rows, msMax } of sizes) {
    say(`schedules: ${what} …`);
    const anew = await ask(server, wire, query, rows, "event");
    const written = await ask(server, wire, query, rows, "contract");
    const again = await ask(server, wire, query, rows, null);
    const bytes = `${Math.round(anew.bytes / 1_024)} kB`;
    results.push(below(`${what} (${bytes}), after any change, p95`, percentile(anew.tookMs, 0.95), "ms", msMax));
    results.push(below(`${what}, after a change of a contract, p95`, percentile(written.tookMs, 0.95), "ms", msMax));
    results.push(below(`${what}, asked again, p95`, percentile(again.tookMs, 0.95), "ms", msMax));
  }
  const days = people.slice(0, ASKED).map((id) => `/v1/schedules/${id}/explain?at=2027-03-17T10:00:00Z`);
  const explained = await timesOf(server, wire, days);
  results.push(below("why somebody is off at a minute, p95", percentile(explained, 0.95), "ms", 20));
  return results;
}

async function timesOf({ token }: Running, wire: Wire, paths: readonly string[]): Promise<number[]> {
  const tookMs: number[] = [];
  for (const path of paths) {
    const startedMs = performance.now();
    const answer = await wire.ask({ method: "GET", path, token });
    tookMs.push(performance.now() - startedMs);
    assert(answer.status === 200, answer.text().slice(0, 600));
  }
  return tookMs;
}

/** Asks the same so many times; before each something is changed, or (null) nothing. The first times warm up. */
async function ask(server: Running, wire: Wire, query: string, rows: number, change: "event" | "contract" | null) {
  const tookMs: number[] = [];
  let bytes = 0;
  for (let i = 0; i < ASKED + WARM; i++) {
    if (change === "event") {
      const body = {
        title: "Change",
        start: `2031-01-01T10:00:00Z`,
        end: "2031-01-01T11:00:00Z",
        preventConflicts: false,
      };
      await server.client("events.create", { body });
    }
    if (change === "contract")
      await server.client("ruleSets.create", { body: { name: `Rules ${randomBytes(6).toString("hex")}`, rules: [] } });
    const startedMs = performance.now();
    const answer = await wire.ask({ method: "GET", path: `/v1/schedules?${query}`, token: server.token });
    if (i >= WARM) tookMs.push(performance.now() - startedMs);
    const text = answer.text();
    assert(answer.status === 200, text.slice(0, 600));
    if (i === 0) assert((JSON.parse(text) as { items: unknown[] }).items.length >= rows, "everybody is there");
    bytes = text.length;
  }
  return { tookMs, bytes };
}

/** People with contracts and adjustments, written past the API. They are not here any more, so that nobody hands in their hours meanwhile. */
async function fill(dataDir: string): Promise<string[]> {
  const newId = idMaker(systemClock, randomBytes);
  const { database } = await openGround(readConfig({ DATA_DIR: dataDir }) as Config, {
    clock: systemClock,
    log: silent,
    ids: newId,
  });
  const organisation = (await listOrganisations(database)).find(({ slug }) => slug.startsWith("larkfield"));
  const inUnit = <T>(work: Parameters<typeof database.inOrganisation<T>>[1]) =>
    database.inOrganisation(systemContext(organisation!.id, "bench", newId), work);
  const random = seededRandom(SEED);
  const people: string[] = [];
  for (let from = 0; from < PEOPLE; from += ROWS_OF_A_UNIT) {
    const names = Array.from({ length: ROWS_OF_A_UNIT }, (_, i) => `Staff ${from + i}`);
    const subjects = await inUnit(async (unit) => {
      const made = await createSubjects(
        unit,
        names.map((name) => ({ kind: "person" as const, name, email: null, zone: "Europe/Prague" })),
      );
      assert(!("refused" in made), "the zone is known");
      const ids = made.map(({ id }) => id);
      await unit
        .tables<{ "identity.subject": { org_id: number; id: string; retired_at: Temporal.Instant } }>()
        .updateTable("identity.subject")
        .set({ retired_at: Temporal.Instant.fromEpochMilliseconds(unit.nowMs) })
        .where("org_id", "=", unit.organisation)
        .where("id", "in", ids)
        .execute();
      await insertVersions(
        unit,
        ids.map((personId): Version => versionOf(newId("con"), personId, random)),
      );
      return ids;
    });
    for (let at = 0; at < subjects.length; at += 50)
      await inUnit((unit) =>
        insertAdjustments(
          unit,
          subjects.slice(at, at + 50).flatMap((personId) => adjustmentsOf(newId, personId, random)),
        ),
      );
    people.push(...subjects);
  }
  await database[Symbol.asyncDispose]();
  return people;
}

const FIRST_DAY = Temporal.PlainDate.from("1970-01-01").until(FROM).days;

const shiftOf = (name: string, fromHour: number): Shift => ({
  name,
  fromMinute: fromHour * 60,
  toMinute: fromHour * 60 + 480,
  kind: "work",
  breaks: [{ fromMinute: fromHour * 60 + 240, toMinute: fromHour * 60 + 270, isPaid: false }],
  site: null,
});
const SHIFTS = [shiftOf("early shift", 6), shiftOf("late shift", 14), shiftOf("night shift", 22)];

function versionOf(id: string, personId: string, random: ReturnType<typeof seededRandom>): Version {
  const weeks = Array.from({ length: 3 }, () => {
    const shift = oneOf(random, SHIFTS);
    return Array.from({ length: 7 }, (_, day) => (day < 5 ? [shift] : []));
  });
  return {
    id,
    personId,
    fromDay: FIRST_DAY - 400,
    toDay: null,
    terms: {
      nominal: { minutes: 2_400, per: "week" },
      partPermille: 1_000,
      turns: { weeks, anchorDay: FIRST_DAY },
      site: null,
      region: "CZ",
      holidays: "paid",
    },
    cost: null,
    ruleSetId: null,
    version: 1,
  };
}

/** About two a month over a year. */
function adjustmentsOf(
  newId: (prefix: string) => string,
  personId: string,
  random: ReturnType<typeof seededRandom>,
): StoredAdjustment[] {
  const nowMs = systemClock.nowMs();
  return Array.from({ length: ADJUSTMENTS_EACH }, (_, i): StoredAdjustment => {
    const id = newId("adj");
    const fromDay = FIRST_DAY + wholeBetween(random, 0, 365);
    const toDay = fromDay + wholeBetween(random, 1, 4);
    const type = oneOf(random, ["leave", "sick", "training"] as const);
    return {
      id,
      groupId: id,
      personId,
      what: { kind: "absence", type, span: { fromDay, toDay } },
      firstDay: fromDay,
      lastDay: toDay - 1,
      state: "approved",
      note: "",
      asked: { by: null, name: "Bench", atMs: nowMs },
      decided: { by: null, name: "Ana", atMs: nowMs },
      answer: "",
      position: i + 1,
      version: 1,
    };
  });
}
