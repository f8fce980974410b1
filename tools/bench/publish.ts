import { mkdtempSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "@hourwright/std";
import { readConfig, type Config } from "../../apps/server/src/config.ts";
import { listOrganisations, systemContext } from "../../apps/server/src/contexts/identity/public.ts";
import { openGround } from "../../apps/server/src/ground.ts";
import { systemClock } from "../../apps/server/src/platform/clock.ts";
import { idMaker } from "../../apps/server/src/platform/ids.ts";
import { silent } from "../../apps/server/src/platform/log.ts";
import { hire } from "../../apps/server/src/testing/hired.ts";
import { below, type Bench, type Result } from "./report.ts";
import { settle, startServer, type Running } from "./server.ts";

/** A roster of 300 people for four weeks over HTTP: written, judged, tried, published, taken back. */
export const publish: Bench = {
  name: "publish",
  async run(say) {
    const directory = mkdtempSync(join(tmpdir(), "hourwright-publish-"));
    try {
      say("publish: the demo …");
      await (await startServer({ DATA_DIR: directory, DEMO: "1" })).stop();
      say(`publish: ${PEOPLE} people …`);
      const people = await fill(directory);
      const server = await startServer({ DATA_DIR: directory, DEMO: "1" });
      try {
        await settle(server.url, server.token);
        return [...(await measure(server, people, "work", say)), ...(await measure(server, people, "duty", say))];
      } finally {
        await server.stop();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

const PEOPLE = 300;
const DAYS = 28;
const SHIFTS_EACH = 20;
const EDITS_AT_ONCE = 2_000;
const SITES = 10;
const FIRST_DAY = Temporal.Now.plainDateISO("UTC").add({ days: 60 });
const dayAt = (after: number): string => FIRST_DAY.add({ days: after }).toString();

async function measure(
  { client, url, token }: Running,
  people: readonly string[],
  kind: "work" | "duty",
  say: (sentence: string) => void,
): Promise<Result[]> {
  say(`publish: ${people.length * SHIFTS_EACH} shifts of kind ${kind} …`);
  const results: Result[] = [];
  const of = `${people.length} people, ${people.length * SHIFTS_EACH} shifts (${kind})`;
  async function timed<Answer>(what: string, msMax: number, work: () => Promise<Answer>): Promise<Answer> {
    const startedMs = performance.now();
    const answer = await work();
    results.push(below(`${of}: ${what}`, performance.now() - startedMs, "ms", msMax));
    return answer;
  }
  const weeks = { from: dayAt(0), to: dayAt(DAYS) };
  const draft = await client("drafts.create", { body: { name: `Roster of ${kind}`, ...weeks } });
  const params = { id: draft.id };
  const edits = people.flatMap((personId, i) => shiftsOf(personId, i, kind));
  for (let at = 0; at < edits.length; at += EDITS_AT_ONCE) {
    const body = { edits: edits.slice(at, at + EDITS_AT_ONCE) };
    const edit = () => client("drafts.edit", { params, body });
    await (at === 0 ? timed(`${EDITS_AT_ONCE} edits in one step`, 1_000, edit) : edit());
  }
  const { items } = await client("drafts.read", { params });
  assert(items.length === people.length * SHIFTS_EACH, "every shift is in the draft");
  const one = { id: items[0]!.id, personId: people[1]!, day: dayAt(0), shift: { ...items[0]!.shift! } };
  for (let i = 0; i < 2; i++) await client("drafts.check", { params });
  await timed("judged", 500, () => client("drafts.check", { params }));
  await timed("why not, with what could be done instead", 500, () =>
    client("drafts.try", { params, body: { edit: { put: one } } }),
  );
  await timed("publish preview", 500, () => client("drafts.preview", { params }));
  await timed("coverage with the draft", 500, () => client("coverage.read", { query: { ...weeks, draft: draft.id } }));
  const published = await timed("published", 1_000, () => client("drafts.publish", { params, body: {} }));
  assert(published.told === people.length, "everybody is told");
  await settle(url, token);
  const [request] = (await client("requests.mine", {})).undo;
  await timed("taken back", 1_000, () => client("requests.undo", { params: { id: request!.id } }));
  await settle(url, token);
  return results;
}

/** Twenty shifts of somebody within four weeks, as edits of a draft: five days on and two off. */
export function shiftsOf(personId: string, i: number, kind: "work" | "duty", firstDay: Temporal.PlainDate = FIRST_DAY) {
  const starts = ["06:00", "14:00", "22:00"][i % 3]!;
  const days = Array.from({ length: DAYS }, (_, day) => day).filter((day) => (day + i) % 7 < 5);
  return days.slice(0, SHIFTS_EACH).map((day) => ({
    put: {
      personId,
      day: firstDay.add({ days: day }).toString(),
      shift: { name: "shift", kind, starts, minutes: 480, site: `Ward ${i % SITES}` },
    },
  }));
}

/** People with contracts without a pattern, and demands for them, written past the API. */
async function fill(dataDir: string): Promise<string[]> {
  const newId = idMaker(systemClock, randomBytes);
  const { database } = await openGround(readConfig({ DATA_DIR: dataDir }) as Config, {
    clock: systemClock,
    log: silent,
    ids: newId,
  });
  const organisation = (await listOrganisations(database)).find(({ slug }) => slug.startsWith("larkfield"));
  const context = systemContext(organisation!.id, "bench", newId);
  const people = await database.inOrganisation(context, (unit) => hire(unit, PEOPLE, "Europe/Prague"));
  await database[Symbol.asyncDispose]();
  return people;
}
