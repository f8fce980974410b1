// Strategy: on both databases, what a check says of a proposal's effect against what capacity says before and after it is applied.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import { openTimeOf } from "@hourwright/capacity";
import type { Client } from "@hourwright/client";
import type { Interval } from "@hourwright/time";
import { eventually } from "../../testing/eventually.ts";
import { postgres, type FilledDatabase } from "../../testing/filled-database.ts";
import { COORDINATOR, startTestServer, type TestServer } from "../../testing/server.ts";
import { monthsOf, type Strain } from "./effect.ts";
import { clashesOf, strainByCounting } from "./testing.ts";

const ZONE = "Europe/Prague";
const RUNS = 4;
const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };

const msOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const spanOf = ({ start, end }: { start: string; end: string }): Interval => ({
  startMs: msOf(start),
  endMs: msOf(end),
});

for (const kind of [embedded, postgres]) {
  describe(`the effect of a proposal on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let mara: Client;
    let calendarId: string;
    let people: readonly { id: string; email: string; name: string }[];
    const year = Temporal.Now.plainDateISO(ZONE).year + 1;
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      mara = await server.signedIn(COORDINATOR);
      calendarId = (await mara("calendars.create", { body: { name: "Effects", ownerSubjectId: null } })).id;
      const { items } = await mara("people.list", { query: { limit: 20 } });
      people = (await working(items.map(({ id }) => id))).map((id) => {
        const { name, email } = items.find((each) => each.id === id)!;
        return { id, name, email: email! };
      });
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    /** Two of some people whose working time is known: it is handed in after the start, a few people at a time. */
    async function working(ids: readonly string[]): Promise<string[]> {
      const query = { start: `${year}-01-01T00:00:00Z`, end: `${year + 1}-01-01T00:00:00Z`, subjects: [...ids] };
      const known = async () => {
        const { open } = await mara("capacity.read", { query });
        return open.filter(({ minutes }) => minutes.length > 100).flatMap(({ subjectIds }) => subjectIds);
      };
      return (await eventually("two have working time", known, (all) => all.length >= 2)).slice(0, 2);
    }

    let week = 0;
    /** Two things at once on a Monday of its own, which take the time of both people. */
    async function clash(startHour: number, minutes: number) {
      const first = Temporal.PlainDate.from({ year, month: 2, day: 7 });
      const day = first.subtract({ days: first.dayOfWeek - 1 }).add({ weeks: 3 * week++ });
      const at = (minute: number) =>
        day
          .toZonedDateTime(ZONE)
          .add({ minutes: startHour * 60 + minute })
          .toInstant()
          .toString();
      const create = async (title: string, from: number, to: number) => {
        const attendees = people.map(({ email }) => email);
        const body = { title, calendarId, start: at(from), end: at(to), attendees, preventConflicts: false };
        return (await mara("events.create", { body })).id;
      };
      const ids = [await create("Stays", 0, minutes), await create("Goes", minutes - 15, minutes + 45)];
      const timeRange = { start: at(-600), end: at(900) };
      const { conflicts } = await mara("ai.detectConflicts", {
        body: { timeRange, subjects: people.map(({ id }) => id) },
      });
      return conflicts.find(({ events }) => ids.every((id) => events.some(({ eventId }) => eventId === id)))!;
    }

    /** What capacity says now of the two people together, in the months of some spans, counted minute by minute. */
    async function strainNow(spans: readonly Interval[]): Promise<Strain> {
      const months = monthsOf(spans, ZONE);
      const [fromMs, toMs] = [months[0]!.startsMs[0]!, months.at(-1)!.startsMs.at(-1)!];
      const text = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
      const subjects = people.map(({ id }) => id);
      const answer = await mara("capacity.read", { query: { start: text(fromMs), end: text(toMs), subjects } });
      const listOf = (minutes: readonly number[] = []) => {
        const { startMs, endMs } = openTimeOf(minutes, fromMs);
        return Array.from(startMs, (start, i) => ({ startMs: start, endMs: endMs[i]! }));
      };
      const { thresholds, focusMinutes } = answer;
      const counted = subjects.map((id) => {
        const open = listOf(answer.open.find(({ subjectIds }) => subjectIds.includes(id))?.minutes);
        const taken = listOf(answer.taken.find(({ subjectId }) => subjectId === id)?.minutes);
        return strainByCounting({ open, taken }, { months, thresholds, focusMinutes });
      });
      return {
        overDays: counted.reduce((sum, { overDays }) => sum + overDays, 0),
        focusMinutes: counted.reduce((sum, { focusMinutes }) => sum + focusMinutes, 0),
      };
    }

    test("is what capacity says once it is applied, and was before", async () => {
      const anyDay = fc.record({
        startHour: fc.integer({ min: 7, max: 15 }),
        minutes: fc.integer({ min: 30, max: 480 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(anyDay, { minLength: 1, maxLength: 2 }), async (days) => {
          const conflicts = [];
          for (const { startHour, minutes } of days) conflicts.push(await clash(startHour, minutes));
          const repairs = conflicts.flatMap(({ repairs }) => repairs[0]!);
          const checked = await mara("proposals.check", { body: { repairs: repairs.map(({ id }) => id) } });
          assert.deepEqual(
            checked.repairs.map(({ state }) => state),
            repairs.map(() => "ready"),
          );
          const spans = checked.repairs.flatMap(({ before, repair }) => [...before, ...repair!.moves]).map(spanOf);
          const effect = checked.effect!;
          assert.deepEqual(effect.before, await strainNow(spans));
          const { requestId } = await mara("proposals.apply", { body: { repairs: repairs.map(({ id }) => id) } });
          assert.deepEqual(effect.after, await strainNow(spans));
          for (const name of ["overDays", "focusMinutes"] as const)
            assert.equal(
              checked.repairs.reduce((sum, { effect: change }) => sum + change![name], effect.before[name]),
              effect.after[name],
            );
          await mara("requests.undo", { params: { id: requestId } });
        }),
        { numRuns: RUNS },
      );
    });

    test("is nothing where only a hall is taken, and none of what is gone", async () => {
      const { detect } = await clashesOf(mara, `${year + 5}-02-07`).clash();
      const [conflict] = await detect();
      const { effect, repairs } = await mara("proposals.check", {
        body: { repairs: [conflict!.repairs[0]!.id, "nonsense"] },
      });
      assert.equal(effect, null);
      assert.deepEqual(
        repairs.map(({ state, effect: change }) => [state, change]),
        [
          ["ready", null],
          ["gone", null],
        ],
      );
    });
  });
}
