// Strategy: on both databases one organisation whose rules need skills: what each door says of who has them, has not, and has
// no more, and that all say the same.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { postgres, type FilledDatabase } from "../../../testing/filled-database.ts";
import { COORDINATOR, refusalOf, startTestServer, type TestServer } from "../../../testing/server.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };
const ZONE = "Europe/Prague";

for (const kind of [embedded, postgres]) {
  describe(`a rule that needs a skill, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let owner: Client;
    let lessons = "";
    let skill = "";
    let week = 0;
    let monday = Temporal.Now.plainDateISO(ZONE);
    const ids = { Olga: "", Ben: "", Cleo: "" };
    type Name = keyof typeof ids;

    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      for (const name of ["Ben", "Cleo"] as const)
        ids[name] = (await owner("people.create", { body: { name, email: emailOf(name) } })).id;
      ids.Olga = (await owner("people.create", { body: { name: "Olga", email: emailOf("Olga") } })).id;
      lessons = (
        await owner("calendars.create", { body: { name: "Lessons", ownerSubjectId: ids.Olga, sharing: "write" } })
      ).id;
      skill = (await owner("skills.create", { body: { name: "First aid" } })).id;
      await give("Olga", 3, null);
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });
    beforeEach(async () => {
      const next = Temporal.Now.plainDateISO(ZONE).add({ weeks: 20 + week++ });
      monday = next.subtract({ days: next.dayOfWeek - 1 });
      for (const { id } of (await owner("rules.list", {})).items) await owner("rules.remove", { params: { id } });
    });

    const emailOf = (name: string) => `${name.toLowerCase()}@skills.example`;
    const give = (name: Name, level: number, until: string | null, from = "2020-01-01", which = skill) =>
      owner("personSkills.put", { params: { id: ids[name], skillId: which }, body: { level, until, from } });
    const take = (name: Name) => owner("personSkills.remove", { params: { id: ids[name], skillId: skill } });
    const event = (guests: readonly Name[], more: object = {}, hour = "10") => ({
      calendarId: lessons,
      title: "Swimming",
      start: `${monday.toString()}T${hour}:00:00`,
      end: `${monday.toString()}T${hour}:45:00`,
      timeZone: ZONE,
      attendees: guests.map((name) => ({ email: emailOf(name) })),
      ...more,
    });
    const create = (...args: Parameters<typeof event>) =>
      owner("events.create", { body: { ...event(...args), conflictResolution: "manual" as const } });
    const prevent = (...args: Parameters<typeof event>) =>
      owner("ai.preventConflict", { body: { newEvent: event(...args) } });
    const need = (level = 1, more: object = {}) =>
      owner("rules.create", {
        body: {
          constraintId: "skills",
          scope: "calendar",
          holderId: lessons,
          namedIds: [skill],
          values: { level },
          isHard: true,
          ...more,
        },
      });
    const window = (days = 1) => ({
      start: `${monday.toString()}T00:00:00Z`,
      end: `${monday.add({ days }).toString()}T00:00:00Z`,
    });

    test("refuses whoever has it not, with the sentence that prevention says, and lets pass who has it", async () => {
      const rule = await need(2);
      assert.deepEqual(
        [rule.named, rule.holder, rule.values],
        [[{ id: skill, name: "First aid" }], "Lessons", { level: 2 }],
      );
      await create([]);
      const refused = await refusalOf(create(["Ben"], {}, "12"));
      assert.equal(refused.code, "planning/rule-broken");
      assert.match(refused.detail, /^In “Lessons”: Ben has no “First aid”, and “Swimming” on .* needs level 2\.$/);
      const said = await prevent(["Ben"], {}, "12");
      assert.deepEqual([said.allowed, said.conflicts[0]!.sentence], [false, refused.detail]);
      await give("Ben", 1, null);
      const low = await refusalOf(create(["Ben"], {}, "12"));
      assert.match(low.detail, /Ben has “First aid” at level 1, and “Swimming” on .* needs level 2\.$/);
      const [broken] = low["broken"] as { facts: object; others: string[]; relaxations: object[]; units: number }[];
      assert.deepEqual(
        [broken!.facts, broken!.others, broken!.units, broken!.relaxations],
        [{ level: 2, has: 1 }, ["First aid"], 1, [{ parameter: "level", unit: "level", value: 1 }]],
      );
      await give("Ben", 2, null);
      await create(["Ben"], {}, "12");
      await take("Ben");
    });

    test("tells since when somebody has it no more, and from when they have it, to the day of their own clocks", async () => {
      await need();
      const last = monday.subtract({ days: 1 }).toString();
      await give("Ben", 1, last);
      const ended = await refusalOf(create(["Ben"]));
      const dayOf = (day: Temporal.PlainDate) =>
        `${day.day} ${day.toLocaleString("en-GB", { month: "short" }).slice(0, 3)} ${day.year}`;
      assert.match(
        ended.detail,
        new RegExp(
          `Ben's “First aid” ended on \\w+ ${dayOf(monday.subtract({ days: 1 }))}, and “Swimming” on .* needs it\\.$`,
        ),
      );
      await give("Ben", 1, monday.toString());
      assert.ok((await prevent(["Ben"])).allowed);
      // What goes on after the last of its days is no more covered.
      const late = { start: `${monday.toString()}T23:00:00`, end: `${monday.add({ days: 1 }).toString()}T01:00:00` };
      assert.equal((await prevent(["Ben"], late)).allowed, false);
      await give("Ben", 1, null, monday.add({ days: 1 }).toString());
      assert.match(
        (await refusalOf(create(["Ben"]))).detail,
        new RegExp(`Ben has “First aid” only from \\w+ ${dayOf(monday.add({ days: 1 }))} on, and “Swimming”`),
      );
      await take("Ben");
    });

    test("is kept by whom a time is found for; what stands against it may move, and is listed", async () => {
      await need();
      const find = () =>
        owner("ai.findTime", {
          body: { required: [ids.Olga], optional: [ids.Ben], timeRange: window(), minutes: 60, calendarId: lessons },
        });
      const without = await find();
      assert.ok(without.isPossible);
      for (const { optionalMissing, reasons } of without.times) {
        assert.deepEqual(
          optionalMissing.map(({ name }) => name),
          ["Ben"],
        );
        assert.ok(
          reasons.some((reason) => reason.includes("In “Lessons”: Ben has no “First aid”")),
          reasons.join(" "),
        );
      }
      await give("Ben", 1, null);
      assert.ok((await find()).times.every(({ optionalMissing }) => optionalMissing.length === 0));
      const { id } = await create(["Ben"]);
      await take("Ben");
      // What stands against it already may move: it gets no worse.
      await owner("events.update", {
        params: { id },
        body: { start: `${monday.toString()}T11:00:00`, end: `${monday.toString()}T11:45:00`, timeZone: ZONE },
      });
      assert.equal(
        (
          await refusalOf(
            owner("events.update", {
              params: { id },
              body: { attendees: [{ email: emailOf("Ben") }, { email: emailOf("Cleo") }] },
            }),
          )
        ).code,
        "planning/rule-broken",
      );
      const { items } = await owner("rules.broken", { query: window() });
      assert.deepEqual(
        items.map(({ constraintId, subject, collection, sentence }) => [
          constraintId,
          subject,
          collection,
          sentence.includes("has no “First aid”"),
        ]),
        [["skills", "Ben", "Lessons", true]],
      );
    });

    test("offers no stand-in who is not able to", async () => {
      const other = (await owner("skills.create", { body: { name: `Rowing ${week}` } })).id;
      await need(1, { namedIds: [other] });
      await give("Olga", 1, null, "2020-01-01", other);
      const pool = await owner("pools.create", { body: { name: `Teachers ${week}` } });
      for (const name of ["Ben", "Cleo"] as const)
        await owner("people.update", { params: { id: ids[name] }, body: { poolId: pool.id } });
      await give("Ben", 1, null, "2020-01-01", other);
      await create(["Ben"]);
      await owner("events.create", {
        body: {
          ...event(["Ben"], { title: "Meeting", calendarId: undefined, preventConflicts: false }),
        },
      });
      const standIns = async () => {
        const { conflicts } = await owner("ai.detectConflicts", { body: { timeRange: window() } });
        return conflicts
          .flatMap(({ repairs }) => repairs)
          .flatMap(({ changes, events }: { changes?: unknown; events?: unknown }) => JSON.stringify([changes, events]))
          .filter((text) => text.includes(ids.Cleo));
      };
      const before = await standIns();
      await give("Cleo", 1, null, "2020-01-01", other);
      const since = await standIns();
      assert.ok(since.length > before.length, `${before.length} before, ${since.length} since`);
    });

    test("stands beside rules about other skills; of rules about one the narrowest counts", async () => {
      const other = (await owner("skills.create", { body: { name: `Diving ${week}` } })).id;
      const [one, two] = [await need(), await need(1, { namedIds: [other] })];
      assert.equal((await refusalOf(need(3))).code, "planning/rule-stands");
      const refused = await refusalOf(create(["Ben"]));
      const sentences = (refused["broken"] as { sentence: string }[]).map(({ sentence }) => sentence).join(" ");
      assert.match(sentences, /no “First aid”/);
      assert.match(sentences, new RegExp(`no “Diving ${week}”`));
      const changed = await refusalOf(owner("rules.update", { params: { id: one.id }, body: { namedIds: [other] } }));
      assert.deepEqual(
        [changed.code, changed.detail],
        ["planning/rule-invalid", "What a rule is about stays: set another beside it."],
      );
      for (const { id } of [one, two]) await owner("rules.remove", { params: { id } });
      await need(1, { scope: "organisation", holderId: null });
      assert.match((await refusalOf(create(["Ben"]))).detail, /^Ben has no “First aid”/);
    });

    test("is tried on what stands, and told softly where it is soft", async () => {
      await create(["Ben"]);
      const body = { constraintId: "skills", scope: "calendar" as const, holderId: lessons, namedIds: [skill] };
      const tried = await owner("rules.try", { body: { rule: body } });
      assert.ok(tried.examples.some(({ sentence }) => sentence.includes("Ben has no “First aid”")));
      await owner("rules.create", { body: { ...body, isHard: false } });
      const other = (await owner("skills.create", { body: { name: `Climbing ${week}` } })).id;
      const beside = await owner("rules.try", { body: { rule: { ...body, namedIds: [other] } } });
      assert.ok(beside.made >= 1, "what lacks one skill may lack another");
      const { warnings } = await create(["Cleo"], {}, "14");
      assert.match(warnings.join(" "), /In “Lessons”: Cleo has no “First aid”/);
    });

    test("keeps its skill from being removed, also when that was to be undone; one that names none is refused", async () => {
      const other = (await owner("skills.create", { body: { name: `Sailing ${week}` } })).id;
      const rule = await need(1, { namedIds: [other] });
      const kept = await refusalOf(owner("skills.remove", { params: { id: other } }));
      assert.deepEqual(
        [kept.code, kept.detail],
        ["workforce/skill-named", `A rule needs “Sailing ${week}”: change it first.`],
      );
      await owner("rules.remove", { params: { id: rule.id } });
      const removedRule = (await owner("requests.mine", {})).undo[0]!;
      await owner("skills.remove", { params: { id: other } });
      assert.equal((await refusalOf(need(1, { namedIds: [other] }))).detail, "There is no such skill.");
      // The rule comes back without its skill: it asks for nothing, and says so.
      await owner("requests.undo", { params: { id: removedRule.id } });
      const [back] = (await owner("rules.list", {})).items;
      assert.deepEqual(back!.named, [{ id: other, name: "A skill that is gone" }]);
      await create(["Ben"]);
      assert.equal((await refusalOf(need(1, { namedIds: [] }))).detail, "“Skills” names one skill at least.");
      assert.match((await refusalOf(need(1, { namedIds: [skill, other] }))).detail, /names one alone/);
      assert.match((await refusalOf(need(1.5))).detail, /whole levels, and not 1\.5/);
      assert.match((await refusalOf(need(6))).detail, /from 1 to 5 \(level\), and not 6/);
      assert.equal((await refusalOf(need(1, { namedIds: [ids.Ben] }))).detail, "There is no such skill.");
    });
  });
}
