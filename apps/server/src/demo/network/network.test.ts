import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { sql } from "kysely";
import { readConfig, type Config } from "../../config.ts";
import { openOrganisation, systemContext } from "../../contexts/identity/public.ts";
import { openGround } from "../../ground.ts";
import { systemClock } from "../../platform/clock.ts";
import { idMaker } from "../../platform/ids.ts";
import { silent } from "../../platform/log.ts";
import { DEMO_SEED } from "../fill.ts";
import { makePlan } from "../plan/plan.ts";
import { yearIn } from "../plan/days.ts";
import { settle, storeEvents } from "../store.ts";
import { holidays } from "../testing.ts";
import { larkfieldWithBranches, network } from "./network.ts";

const year = yearIn(systemClock.nowMs(), network.zone);
const plan = makePlan(network, DEMO_SEED, { fromYear: year, toYear: year }, holidays);
const datesOf = (events: typeof plan.events) => events.reduce((sum, { series }) => sum + (series?.count ?? 1), 0);

describe("the large demo", () => {
  test("has three hundred people, ten thousand events and more than a hundred thousand dates in its year", () => {
    const people = larkfieldWithBranches.teams.flatMap(({ members }) => members);
    assert.equal(people.length, 300);
    for (const key of ["name", "email"] as const) assert.equal(new Set(people.map((each) => each[key])).size, 300);
    assert.ok(plan.events.length >= 9_500 && plan.events.length <= 11_000, `${plan.events.length} events`);
    assert.ok(datesOf(plan.events) > 100_000, `${datesOf(plan.events)} dates`);
    assert.equal(new Set(plan.events.map(({ uid }) => uid)).size, plan.events.length);
  });

  test("leaves nobody out, and nobody with more than a day holds", () => {
    const of = new Map<string, number>();
    for (const { leader, series, when } of plan.events)
      if (leader !== null && "minutes" in when)
        of.set(leader, (of.get(leader) ?? 0) + (series?.count ?? 1) * when.minutes);
    for (const { name } of network.teams.flatMap(({ members }) => members)) {
      const hoursOfWeek = (of.get(name) ?? 0) / 60 / 50;
      assert.ok(hoursOfWeek > 3 && hoursOfWeek < 25, `${name}: ${hoursOfWeek} h a week`);
    }
  });

  test("is stored like the small one: a slice of it, date by date", async () => {
    const slice = plan.events.slice(1_000, 1_120);
    const directory = mkdtempSync(join(tmpdir(), "hourwright-network-"));
    const newId = idMaker(systemClock, randomBytes);
    const tools = { clock: systemClock, log: silent, ids: newId };
    const { database } = await openGround(readConfig({ DATA_DIR: join(directory, "data") }) as Config, tools);
    const ports = { database, clock: systemClock, newId };
    const wish = { slug: "large", name: "Large", zone: network.zone, firstWeekday: 1, demo: true };
    const organisation = (await openOrganisation(ports, wish))!;
    const settled = await settle(ports, organisation, larkfieldWithBranches, []);
    await storeEvents(ports, larkfieldWithBranches, settled, slice, () => {});
    const { rows } = await database.inOrganisation(systemContext(organisation, "test", newId), (unit) =>
      sql<{ objects: number; dates: number; people: number }>`
        select (select count(*) from calendars.object) as objects, (select count(*) from calendars.instance) as dates,
          (select count(*) from identity.subject where kind = 'person') as people`.execute(unit.db),
    );
    assert.deepEqual(rows, [{ objects: slice.length, dates: datesOf(slice), people: 300 }]);
    await database[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  });
});
