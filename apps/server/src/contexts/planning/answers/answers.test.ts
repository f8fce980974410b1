// Strategy: each way of answering through HTTP, on both databases, taken back and done again; then many answers of one decider through
// the store, for what they do to the rank and the chance. That chances mean what they say for three deciders is shown in
// packages/learn (LA1).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { seededRandom } from "@hourwright/std";
import { eventually } from "../../../testing/eventually.ts";
import { postgres, type FilledDatabase } from "../../../testing/filled-database.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../../testing/server.ts";
import { systemContext } from "../../identity/public.ts";
import { clashesOf, type Clashes } from "../testing.ts";
import { ANSWERS_OF_A_PERSON_MAX, type Answered } from "./model.ts";
import { answersOf, deleteAnswers, insertAnswers, trimAnswers } from "./store.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };

for (const kind of [embedded, postgres]) {
  describe(`answers to repairs on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let mara: Client;
    let priya: Client;
    let me: Answer<"me.read">;
    let clash: Clashes["clash"];
    let newDay: Clashes["newDay"];
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      [mara, priya] = (await Promise.all([COORDINATOR, MEMBER].map((email) => server.signedIn(email)))) as [
        Client,
        Client,
      ];
      me = await mara("me.read", {});
      ({ clash, newDay } = clashesOf(mara));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    const learned = (client = mara) => client("learned.read", {});
    const undo = async (requestId: string) => (await mara("requests.undo", { params: { id: requestId } })).requestId;
    const forget = (what: "weights" | "hours" = "weights") => mara("learned.reset", { body: { what } });
    const factorOf = async (name: string) => (await learned()).weights.find((each) => each.name === name)!.factor;

    /** What is learned, once it is so: changes are taken in a moment after they were made. */
    const learnedWhen = (isSo: (learned: Answer<"learned.read">) => boolean, client = mara) =>
      eventually("it is learned", () => learned(client), isSo);

    const inOrganisation = <T>(work: Parameters<typeof server.application.database.inOrganisation<T>>[1]) => {
      const { id } = me.organisation;
      const context = systemContext(
        Number(id),
        "test",
        (prefix: string) => `${prefix}_${Math.trunc(performance.now())}`,
      );
      return server.application.database.inOrganisation({ ...context, requestId: "req_test" }, work);
    };

    /** Many answers of somebody who never moves anything to another day, and takes all else. */
    function manyAnswers(count: number): Answered[] {
      const random = seededRandom(3);
      return Array.from({ length: count }, () => {
        const isOtherDay = random() < 0.5;
        const costs = [isOtherDay ? 0 : random(), isOtherDay ? random() : 0, random() / 2, 0, 0.5, 0, 0, 0, 0];
        return { kind: "resource", way: "move", isAccepted: !isOtherDay, costs, passedOver: [] };
      });
    }
    const give = async (answers: readonly Answered[]) => {
      for (let from = 0; from < answers.length; from += 500)
        await inOrganisation((unit) => insertAnswers(unit, me.personId, answers.slice(from, from + 500)));
    };

    test("nothing is known of who has given none, and that is said", async () => {
      const { isOn, answers, weights, calibration, hours } = await learned(priya);
      assert.deepEqual([isOn, answers.count, answers.state, calibration], [true, 0, "none", null]);
      assert.ok(weights.every(({ factor, weight, default: start }) => factor === 1 && weight === start));
      assert.deepEqual(hours.scores, []);
    });

    test("a repair that is taken counts with those it was preferred to; undo takes it back, and redo gives it again", async () => {
      await forget();
      const { detect } = await clash();
      const [found] = await detect();
      const other = found!.repairs.findIndex(({ why }) => /days? later/.test(why));
      assert.ok(other > 0, JSON.stringify(found!.repairs));
      const { requestId } = await mara("repairs.apply", { params: { id: found!.repairs[other]!.id } });
      assert.equal((await learned()).answers.count, 1);
      const factor = await factorOf("other day");
      assert.ok(factor < 1 && factor >= 0.98, `${factor}`);
      const undoId = await undo(requestId);
      await learnedWhen(({ answers }) => answers.count === 0);
      assert.equal(await factorOf("other day"), 1);
      const redoId = await undo(undoId);
      await learnedWhen(({ answers }) => answers.count === 1);
      await undo(redoId);
      await learnedWhen(({ answers }) => answers.count === 0);
      assert.equal((await learned(priya)).answers.count, 0, "another's answers are another's");
    });

    test("a proposal gives one answer for each of its repairs", async () => {
      await forget();
      const repairs = [];
      for (let i = 0; i < 2; i++) repairs.push((await (await clash()).detect())[0]!.repairs[0]!.id);
      await mara("proposals.apply", { body: { repairs } });
      assert.equal((await learned()).answers.count, 2);
    });

    test("keeping both refuses the offers that were read, until it is undone", async () => {
      await forget();
      const { detect } = await clash();
      const [found] = await detect();
      const { requestId } = await mara("conflicts.keep", { body: { ids: [found!.id] } });
      assert.equal((await learned()).answers.count, Math.min(3, found!.repairs.length));
      await undo(requestId);
      await learnedWhen(({ answers }) => answers.count === 0);
    });

    test("“not this” is offered no longer to who said so, and is again when that is undone", async () => {
      await forget();
      const { detect, calendar } = await clash();
      await mara("calendars.update", { params: { id: calendar.id }, body: { sharing: "write" } });
      const [found] = await detect();
      const [first, second] = found!.repairs;
      const { requestId, summary } = await mara("repairs.dismiss", { params: { id: first!.id } });
      assert.equal(summary, "Put a repair aside");
      assert.equal((await learned()).answers.count, 1);
      const idsFor = async (client: Client) => (await detect(client))[0]!.repairs.map(({ id }) => id);
      assert.equal((await idsFor(mara))[0], second!.id);
      assert.ok(!(await idsFor(mara)).includes(first!.id));
      assert.ok((await idsFor(priya)).includes(first!.id), "to others it is offered");
      const { suggestions } = await mara("ai.suggestRepairs", { body: { conflictId: found!.id } });
      assert.ok(suggestions.every(({ id }) => id !== first!.id));
      const again = await refusalOf(mara("repairs.dismiss", { params: { id: first!.id } }));
      assert.equal(again.code, "planning/repair-stale");
      assert.equal((await mara("requests.mine", {})).undo[0]!.summary, "Put a repair aside");
      await undo(requestId);
      assert.ok((await idsFor(mara)).includes(first!.id));
      await learnedWhen(({ answers }) => answers.count === 0);
    });

    test("of a conflict that is gone nothing can be put aside", async () => {
      for (const id of ["rep_nothing", "rep_0123456789ABCDEFGHJKMNPQRS_01234567"])
        assert.equal((await refusalOf(mara("repairs.dismiss", { params: { id } }))).code, "planning/conflict-gone");
    });

    test("whoever switches it off is forgotten, and answers as before", async () => {
      await give(manyAnswers(5));
      await mara("learned.switch", { body: { isOn: false } });
      const off = await learned();
      assert.deepEqual([off.isOn, off.answers.count, off.hours.seen], [false, 0, 0]);
      const { detect } = await clash();
      const [found] = await detect();
      await mara("repairs.dismiss", { params: { id: found!.repairs[0]!.id } });
      const [left] = await detect();
      assert.notEqual(left!.repairs[0]!.id, found!.repairs[0]!.id, "put aside all the same");
      await mara("repairs.apply", { params: { id: left!.repairs[0]!.id } });
      assert.deepEqual(await inOrganisation((unit) => answersOf(unit, me.personId)), []);
      await mara("learned.switch", { body: { isOn: true } });
      assert.equal((await learned()).answers.count, 0);
    });

    test("chances are told from 50 answers on, in tenths, and as they are from 500 on, judged by the last of them", async () => {
      await forget();
      const { detect } = await clash();
      const chances = async () => (await detect())[0]!.repairs.map(({ chance }) => chance);
      const answers = manyAnswers(600);
      await give(answers.slice(0, 49));
      assert.deepEqual(new Set(await chances()), new Set([undefined]));
      await give(answers.slice(49, 60));
      const few = await chances();
      assert.ok(few.every((each) => each!.isOfFew && Number.isInteger(Math.round(each!.chance * 1e9) / 1e8)));
      assert.equal((await learned()).calibration, null);
      await give(answers.slice(60));
      const [found] = await detect();
      const enough = found!.repairs.map(({ chance }) => chance!);
      assert.ok(enough.every(({ isOfFew }) => !isOfFew));
      const order = enough.map(({ chance }) => chance);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => b - a),
        "the likeliest first",
      );
      const later = found!.repairs.findIndex(({ why }) => /days? later/.test(why));
      assert.ok(enough[later]!.chance < 0.3 && enough[0]!.chance > 0.7, JSON.stringify(enough));
      const { calibration, answers: told } = await learned();
      assert.deepEqual([told.count, told.state], [600, "calibrated"]);
      assert.ok(calibration!.error <= 0.05 + calibration!.noise, JSON.stringify(calibration));
    });

    test("move weights within their bounds, one of which goes back by itself, and all with every answer", async () => {
      await forget();
      await give(manyAnswers(400));
      const { weights } = await learned();
      for (const { name, factor, factorMin, factorMax } of weights)
        assert.ok(factor >= factorMin && factor <= factorMax, `${name} ${factor}`);
      assert.ok((await factorOf("other day")) > 1.2);
      const people = await factorOf("people");
      await mara("learned.reset", { body: { what: "weights", weight: "other day" } });
      assert.equal(await factorOf("other day"), 1);
      assert.equal(await factorOf("people"), people);
      assert.equal((await learned()).answers.count, 400);
      await forget();
      assert.equal((await learned()).answers.count, 0);
      assert.equal(await factorOf("people"), 1);
    });

    test("of one person the last 1,000 stay", async () => {
      await forget();
      await give(manyAnswers(ANSWERS_OF_A_PERSON_MAX + 100));
      assert.equal((await learned()).answers.count, ANSWERS_OF_A_PERSON_MAX);
      await forget();
    });

    test("of an organisation the last 20,000 stay, whoever gave them", async () => {
      const answers = manyAnswers(1_000);
      const people = Array.from({ length: 22 }, (_, i) => `per_${i}`);
      for (const person of people) await inOrganisation((unit) => insertAnswers(unit, person, answers));
      await inOrganisation(trimAnswers);
      const left = [];
      for (const person of people) left.push((await inOrganisation((unit) => answersOf(unit, person))).length);
      assert.deepEqual(left, [...Array.from({ length: 2 }, () => 0), ...Array.from({ length: 20 }, () => 1_000)]);
      for (const person of people) await inOrganisation((unit) => deleteAnswers(unit, person));
    });

    test("what is liked comes first among free times, of whoever asks alone", async () => {
      await forget("hours");
      const own = (await mara("calendars.list", {})).items.find(
        ({ ownerSubjectId }) => ownerSubjectId === me.personId,
      )!;
      for (let week = 0; week < 4; week++) {
        const day = newDay();
        const times = { start: `${day}T13:00:00`, end: `${day}T14:00:00`, timeZone: "Europe/Prague" };
        await mara("events.create", {
          body: { title: "Writing", calendarId: own.id, preventConflicts: false, ...times },
        });
      }
      await learnedWhen(({ hours }) => hours.seen === 4);
      const day = newDay();
      const startFor = async (client: Client) => {
        const timeRange = { start: `${day}T08:00:00Z`, end: `${day}T18:00:00Z` };
        const body = { timeRange, required: [me.personId], minutes: 60, withinHours: false };
        const { times } = await client("ai.findTime", { body });
        return times[0]!.start.slice(11, 16);
      };
      assert.equal(await startFor(mara), "13:00");
      assert.notEqual(await startFor(priya), "13:00");
    });

    test("hours are learned of one's own time, made and moved, and not of others'; undo takes them back", async () => {
      await forget("hours");
      await learnedWhen(({ hours }) => hours.seen === 0);
      const { items } = await mara("calendars.list", {});
      const own = items.find(({ ownerSubjectId }) => ownerSubjectId === me.personId)!;
      const day = newDay();
      const event = (hour: number, calendarId: string) => ({
        body: {
          title: "Writing",
          calendarId,
          start: `${day}T${hour}:00:00Z`,
          end: `${day}T${hour + 1}:00:00Z`,
          preventConflicts: false,
        },
      });
      const made = await mara.full("events.create", event(10, own.id));
      const [first] = (await learnedWhen(({ hours }) => hours.seen === 1)).hours.liked;
      assert.ok(first!.fromMinute < 1_440, "a Monday");
      const hall = await mara("calendars.create", {
        body: { name: "Not mine", ownerSubjectId: null, sharing: "write" },
      });
      await mara("events.create", event(14, hall.id));
      const moved = await mara.full("events.update", {
        params: { id: made.value.id },
        body: { start: `${day}T16:00:00Z`, end: `${day}T17:00:00Z`, preventConflicts: false },
      });
      const { hours } = await learnedWhen(({ hours }) => hours.seen === 3);
      assert.ok(hours.liked.some(({ fromMinute }) => fromMinute >= 960));
      assert.ok(
        hours.avoided.every(({ fromMinute }) => fromMinute < 840),
        "what it was moved away from",
      );
      const undoId = await undo(moved.requestId!);
      await learnedWhen(({ hours }) => hours.seen === 1);
      await undo(undoId);
      const again = await learnedWhen(({ hours }) => hours.seen === 3);
      assert.deepEqual(again.hours.liked, hours.liked);
      assert.equal((await learned(priya)).hours.seen, 0);
      await forget("hours");
      assert.deepEqual((await learned()).hours.liked, []);
    });
  });
}
