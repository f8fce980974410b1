// The forty pairs of fixtures/conflicts through HTTP: the same answers as the command line gives.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  conflictPairs,
  FIXTURE_NOW,
  inFixtureWords,
  type ConflictPair,
} from "../../../../../fixtures/conflicts/load.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { imported } from "../calendars/testing.ts";

describe("the forty pairs through the API", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer({ now: FIXTURE_NOW })));
  after(() => own[Symbol.asyncDispose]());

  /** A person of this pair, with a calendar in its zone. */
  async function personWithCalendar(pair: ConflictPair, name: string) {
    const person = await own.owner("people.create", { body: { name: `${name} of ${pair.name}`, zone: pair.zone } });
    return { person, calendar: await calendarOf(pair, person.id) };
  }

  const calendarOf = (pair: ConflictPair, ownerSubjectId: string) =>
    own.owner("calendars.create", { body: { name: pair.name, ownerSubjectId, zone: pair.zone } });

  /** The two calendars of a pair, filled; answers the words of the fixture for each of their owners. */
  async function stand(pair: ConflictPair): Promise<ReadonlyMap<string, string>> {
    const a = await personWithCalendar(pair, "Ana");
    const isOne = pair.mode === "one person";
    const b = isOne ? { ...a, calendar: await calendarOf(pair, a.person.id) } : await personWithCalendar(pair, "Ben");
    await imported(own.owner, a.calendar.id, pair.files[0].bytes);
    await imported(own.owner, b.calendar.id, pair.files[1].bytes);
    return isOne
      ? new Map([[a.person.id, "owner"]])
      : new Map([
          [a.person.id, "owner of a"],
          [b.person.id, "owner of b"],
        ]);
  }

  const instantOf = (day: string, zone: string): string =>
    Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString();

  async function addressesById(): Promise<ReadonlyMap<string, string>> {
    const { items } = await own.owner("people.list", { query: { limit: 1_000 } });
    return new Map(items.map(({ id, email }) => [id, email ?? id]));
  }

  for (const pair of conflictPairs()) {
    test(`${pair.name}: ${pair.why}`, async () => {
      const owners = await stand(pair);
      const { conflicts } = await own.owner("ai.detectConflicts", {
        body: { timeRange: { start: instantOf(pair.from, pair.zone), end: instantOf(pair.to, pair.zone) } },
      });
      const addresses = await addressesById();
      const host = `@${pair.name}.example.org`;
      const own_ = conflicts.filter(({ events }) => events.some(({ uid }) => uid.endsWith(host)));
      const told = own_.map((conflict) => ({ ...conflict, subjects: conflict.subjectIds }));
      assert.deepEqual(
        inFixtureWords(told, (id) => owners.get(id) ?? addresses.get(id) ?? id),
        pair.conflicts,
      );
    });
  }
});
