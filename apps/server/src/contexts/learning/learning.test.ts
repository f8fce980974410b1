// Strategy: one organisation through HTTP, from nothing agreed to a model that is tried, foretells and is taken back by a monitor; its
// clock is set on, and the reconciler run by hand. Then two organisations on both databases, which know nothing of each other.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Answer } from "@hourwright/client";
import { collect, newWatch, noteOutcome, parseHistory, versionFor, type Watch } from "@hourwright/learn";
import { keyedHash } from "@hourwright/learn/pseudonym";
import { systemClock } from "../../platform/clock.ts";
import type { Unit } from "../../platform/db/database.ts";
import { idMaker } from "../../platform/ids.ts";
import { databases, type TestDatabase } from "../../platform/testing/databases.ts";
import { createWorkerPool } from "../../platform/workers/pool.ts";
import { addCandidate, fillHistory, unitIn } from "../../testing/models.ts";
import { eventually } from "../../testing/eventually.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";
import { settled } from "../calendars/testing.ts";
import { agreedBy, newSetting } from "./model.ts";
import { learningReconciler } from "./reconcilers.ts";
import { pastLines } from "./past.ts";
import {
  countPast,
  countPredictions,
  deleteAll,
  deleteModels,
  deletePastOf,
  deletePredictions,
  deletePredictionsExcept,
  duePredictions,
  ensureSetting,
  insertModel,
  insertPast,
  insertPredictions,
  lockSetting,
  modelBytes,
  organisationsThatLearn,
  pastAfter,
  predictionOf,
  putSetting,
  reportsOf,
  settingOf,
  trimPast,
} from "./store.ts";

const NOW = "2027-02-01T07:00:00Z";
const CONSENT = "All of us agreed on 2027-01-12 to the learning of move and cancellation habits.";

describe("learning from an organisation's history", () => {
  let own: OwnServer;
  let nowMs: number;
  const pool = createWorkerPool(1, systemClock);
  before(async () => {
    own = await startOwnServer({ now: NOW });
    nowMs = Temporal.Instant.from(NOW).epochMilliseconds;
  });
  after(async () => {
    await own[Symbol.asyncDispose]();
    await pool[Symbol.asyncDispose]();
  });

  const newId = idMaker(systemClock, randomBytes);
  const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitIn(own, work);
  const models = () => own.owner("models.read", {});
  const turn = (isOn: boolean, consent?: string) =>
    own.owner.full("models.switch", { body: { isOn, ...(consent === undefined ? {} : { consent }) } });
  async function travel(days: number): Promise<void> {
    await own.travel({ days });
    nowMs += days * 86_400_000;
  }
  const reconcile = () =>
    learningReconciler({
      database: own.server.application.database,
      newId,
      pool,
      clock: { ...systemClock, nowMs: () => nowMs },
    }).run(new AbortController().signal);
  /** Runs it until something is so: the server runs its own beside it, in its own time. */
  const modelsWhen = (isSo: (models: Answer<"models.read">) => boolean): Promise<Answer<"models.read">> =>
    eventually(
      "a model is so",
      async () => {
        await reconcile();
        return models();
      },
      isSo,
    );
  const event = async (title: string, start: string, minutes = 60) => {
    const from = Temporal.PlainDateTime.from(start);
    const body = {
      title,
      start,
      end: from.add({ minutes }).toString(),
      timeZone: "Europe/Prague",
      preventConflicts: false,
    };
    return (await own.owner("events.create", { body })).id;
  };
  async function exported(): Promise<string> {
    const answer = await own.owner("models.history", {});
    return typeof answer === "string" ? answer : await new Response(answer as BodyInit).text();
  }
  const jobOver = (id: string): Promise<Answer<"jobs.read">> => settled(own.owner, id);

  test("is off until people agreed in words, and undo takes that back", async () => {
    const { isOn, consent, items, foretelling } = await models();
    assert.deepEqual([isOn, consent, items.length, foretelling.isOn], [false, "", 0, false]);
    assert.match(foretelling.sentence, /learning from history is off/);
    assert.equal((await refusalOf(own.owner("models.train", {}))).code, "learning/off");
    assert.equal((await refusalOf(own.owner("models.history", {}))).code, "learning/off");
    assert.equal((await refusalOf(turn(true))).code, "learning/consent-missing");
    assert.equal((await refusalOf(turn(true, "  "))).code, "learning/consent-missing");
    const { requestId } = await turn(true, CONSENT);
    assert.deepEqual([(await models()).isOn, (await models()).consent], [true, CONSENT]);
    const undone = await own.owner("requests.undo", { params: { id: requestId! } });
    assert.deepEqual([(await models()).isOn, (await models()).consent], [false, ""]);
    await own.owner("requests.undo", { params: { id: undone.requestId } });
    assert.equal((await models()).isOn, true);
  });

  test("reads what became of what was planned, by nobody's name, and says how much is missing", async () => {
    await event("Kept secret", "2027-02-02T08:00:00");
    const moved = await event("Moved", "2027-02-02T10:00:00");
    await own.owner("events.update", {
      params: { id: moved },
      body: { start: "2027-02-03T10:00:00", end: "2027-02-03T11:00:00", timeZone: "Europe/Prague" },
    });
    await own.owner("events.remove", { params: { id: await event("Gone", "2027-02-02T12:00:00") } });
    await travel(3);
    const { history } = await modelsWhen(({ history }) => history.rows > 0);
    assert.equal((await reconcile())["read"], 0, "once a day");
    assert.deepEqual([history.rows, history.usable, history.needed, history.isEnough], [3, 0, 1_000, false]);
    assert.match(history.sentence, /^Not enough history yet: 0 of 1000 commitments/);
    const text = await exported();
    for (const word of ["Olga", "secret", "per_", "evt_"]) assert.ok(!text.includes(word), word);
    const parsed = parseHistory(text);
    assert.ok(!("refused" in parsed), JSON.stringify(parsed));
    assert.equal(parsed.consent, CONSENT);
    assert.deepEqual(
      parsed.rows.map(({ outcome }) => [outcome.moved, outcome.cancelled]),
      [
        [false, false],
        [true, false],
        [false, true],
      ],
    );
    const collected = collect(parsed);
    assert.ok("refused" in collected);
    assert.match(collected.refused, /^Too little history: 0 commitments/);
    const refused = await refusalOf(own.owner("models.train", {}));
    assert.equal(refused.code, "learning/too-little");
    assert.match(refused.detail, /^Not enough history yet: 0 of 1000/);
  });

  test("learns nothing of who wants none of it, and only under the words that were agreed to", async () => {
    await own.owner("learned.switch", { body: { isOn: false } });
    await modelsWhen(({ history }) => history.rows === 0);
    await own.owner("learned.switch", { body: { isOn: true } });
    const { requestId } = await turn(true, "We agreed to something else.");
    await modelsWhen(({ history }) => history.rows === 3);
    await own.owner("requests.undo", { params: { id: requestId! } });
    assert.equal((await models()).history.rows, 0, "what was read under other words is not learned from");
    await modelsWhen(({ history }) => history.rows === 3);
  });

  test("trains as a job that can be cancelled, one at a time", async () => {
    await fillHistory(own, CONSENT, 1_200);
    const { history } = await models();
    assert.ok(history.isEnough, history.sentence);
    const job = await own.owner("models.train", {});
    assert.equal((await refusalOf(own.owner("models.train", {}))).code, "learning/running");
    await own.owner("jobs.cancel", { params: { id: job.id } });
    assert.equal((await jobOver(job.id)).state, "cancelled");
    const { items, training } = await models();
    assert.deepEqual([items.length, training?.state], [0, "cancelled"]);
  });

  test("a model that the gate refuses stays off, with its card, its measures and the reason", async () => {
    const job = await jobOver((await own.owner("models.train", {})).id);
    assert.equal(job.state, "done", JSON.stringify(job));
    const { items, foretelling } = await models();
    const [model] = items;
    assert.deepEqual([model!.version, model!.state, model!.card.isMadeUp], [1, "refused", false]);
    assert.equal(model!.card.consent, CONSENT);
    assert.ok(model!.card.rows >= 1_000);
    assert.deepEqual(
      model!.measures.map(({ of }) => of),
      ["model", "rules", "logistic regression"],
    );
    assert.ok(model!.verdict.reasons.length > 0);
    assert.equal(foretelling.isOn, false);
    const change = (deed: "promote" | "remove") =>
      own.owner("models.change", { params: { version: "1" }, body: { do: deed } });
    const refused = await refusalOf(change("promote"));
    assert.equal(refused.code, "learning/model-refused");
    assert.match(refused.detail, /was refused by the gate and stays off/);
    assert.match((await change("remove")).said, /deleted/);
    assert.equal((await models()).items.length, 0);
    assert.equal((await refusalOf(change("remove"))).code, "request/not-found");
  });

  test("a canary foretells for its people alone, in plain words, until it is over or moved", async () => {
    const version = await addCandidate(own);
    const coming = await event("Coming", "2027-02-10T09:00:00");
    const outlook = (id: string) => own.owner("events.outlook", { params: { id } });
    assert.equal((await outlook(coming)).state, "no-model");
    const { said } = await own.owner("models.change", { params: { version: `${version}` }, body: { do: "promote" } });
    assert.match(said, /is a canary/);
    await modelsWhen(({ foretelling }) => foretelling.coming === 1);
    const foretold = await outlook(coming);
    assert.deepEqual([foretold.state, foretold.version, foretold.isTried], ["foretold", version, true]);
    assert.equal(foretold.chances.length, 5);
    assert.ok(foretold.chances.every(({ chance }) => chance >= 0 && chance <= 1));
    assert.match(foretold.chances[0]!.sentence, /: about \d+ of 100 like it (are|do)\.$/);

    const { link } = await own.owner("invitations.create", { body: {} });
    const other = { name: "Petra", email: "petra@own.example", password: "a long sentence of mine" };
    await own.server.stranger("join.accept", { body: { token: link.split("/join/")[1]!, ...other } });
    const petra = await own.server.signedIn(other.email, other.password);
    const told = await petra("events.outlook", { params: { id: coming } });
    assert.deepEqual([told.state, told.chances], ["not-asked", []], "who may only know when it is, is told nothing");
    const setting = { body: { isOn: false } };
    assert.equal((await refusalOf(petra("models.switch", setting))).code, "request/forbidden");
    assert.equal((await refusalOf(petra("models.history", {}))).code, "request/forbidden");
    assert.equal((await petra("models.read", {})).consent, CONSENT, "what people agreed to, all of them may know");

    const isTried = async (personId: string) => {
      const { registry, key } = (await inUnit(settingOf))!;
      return versionFor(registry, personId, keyedHash(key)) !== null;
    };
    let someone = await own.owner("people.create", { body: { name: "Ana" } });
    while (await isTried(someone.id)) someone = await own.owner("people.create", { body: { name: "Ana" } }); // Who is asked is chance.
    const hers = await own.owner("calendars.create", {
      body: { name: "Ana", ownerSubjectId: someone.id, sharing: "write" },
    });
    const start = { start: "2027-02-10T12:00:00", end: "2027-02-10T13:00:00", timeZone: "Europe/Prague" };
    const theirs = await own.owner("events.create", { body: { title: "Hers", calendarId: hers.id, ...start } });
    await reconcile();
    assert.equal((await outlook(theirs.id)).state, "not-asked", "another is none of the 5 %");

    await own.owner("events.update", {
      params: { id: coming },
      body: { start: "2027-02-10T15:00:00", end: "2027-02-10T16:00:00", timeZone: "Europe/Prague" },
    });
    assert.equal((await outlook(coming)).state, "not-yet", "what was said was said of another time");
    assert.equal((await refusalOf(outlook("evt_01J8Z3K4M5N6P7Q8R9S0T1V2W3"))).code, "request/not-found");
    await turn(false);
    assert.equal((await outlook(coming)).state, "off");
    await turn(true);
  });

  /** So many labels of which it said too little. */
  function wrong(version: number, count: number): Watch {
    let watch = newWatch(version);
    for (let i = 0; i < count; i++) watch = noteOutcome(watch, 0.05, i % 2 === 0);
    return watch;
  }

  test("what came about is compared with what was said, and an alarm takes the model back by itself", async () => {
    await event("One more", "2027-02-11T09:00:00");
    const { items } = await modelsWhen(({ foretelling }) => foretelling.coming === 2);
    const { version } = items[0]!;
    const tried = ({ items }: Answer<"models.read">) => items.find((each) => each.version === version)!;
    await travel(8);
    const seen = tried(await modelsWhen((now) => tried(now).watched.count >= 8));
    assert.equal(seen.state, "canary", "some labels say nothing yet");
    assert.equal(seen.watched.count % 4, 0, "four labels of each commitment");
    const early = await refusalOf(
      own.owner("models.change", { params: { version: `${version}` }, body: { do: "promote" } }),
    );
    assert.match(early.detail, /has been seen on \d+ outcomes; 1000 are needed/);

    await event("The last straw", "2027-02-15T09:00:00");
    await modelsWhen(({ foretelling }) => foretelling.coming === 1);
    await inUnit(async (unit) => {
      const setting = (await lockSetting(unit))!;
      await putSetting(unit, { ...setting, watches: { [version]: wrong(version, 1_200) } });
    });
    await travel(4);
    const after = tried(await modelsWhen((now) => tried(now).state !== "canary"));
    assert.equal(after.state, "rolled back");
    assert.match(after.why, /^Calibration: what it says is off by/);
    assert.equal((await models()).foretelling.isOn, false);
    assert.equal((await models()).foretelling.coming, 0);
  });

  test("is trained anew by itself after a week, and the last of them stands first", async () => {
    const { items } = await modelsWhen(({ items, training }) => items.length === 2 && training?.state === "done");
    assert.deepEqual(
      items.map(({ state }) => state),
      ["refused", "rolled back"],
    );
    assert.ok(items[0]!.version > items[1]!.version);
  });

  test("is forgotten as a whole, with the key that named people", async () => {
    const before = (await inUnit(settingOf))!;
    await own.owner("models.forget", {});
    const { isOn, consent, items, history } = await models();
    assert.deepEqual([isOn, consent, items.length, history.rows], [false, "", 0, 0]);
    await turn(true, CONSENT);
    assert.notEqual((await inUnit(settingOf))!.key, before.key);
    await turn(false);
  });
});

for (const kind of databases()) {
  describe(`two organisations that learn, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: TestDatabase;
    before(async () => {
      base = await kind.open([{ floor: "learning", folder: new URL("migrations/", import.meta.url) }]);
    });
    after(() => base[Symbol.asyncDispose]());

    test("never see, train from, or delete what is the other's", async () => {
      const [one, other] = [base.newOrganisation(), base.newOrganisation()];
      const of = <T>(organisation: number, work: (unit: Unit) => Promise<T>) =>
        base.database.inOrganisation(base.context(organisation), work);
      const agreed = agreedBy(CONSENT);
      const line = { id: "the same id", startMs: 1_000, who: "a", line: '{"secret":true}\n' };
      const said = { eventId: "evt_1", date: "", version: 1, startMs: 1, endMs: 2, said: [1, 0, 0, 0, 0, 0, 0, 0, 0] };
      await of(one, async (unit) => {
        await putSetting(unit, { ...newSetting("the key of one"), isOn: true, consent: CONSENT });
        await insertPast(unit, agreed, [line]);
        await insertPredictions(unit, [said]);
      });
      const seen = async (unit: Unit) => ({
        setting: await settingOf(unit),
        count: (await countPast(unit, agreed)).rows,
        lines: (await pastAfter(unit, agreed, null)).lines,
        prediction: await predictionOf(unit, "evt_1", ""),
      });
      assert.deepEqual(await of(other, seen), { setting: null, count: 0, lines: [], prediction: null });
      await of(other, async (unit) => {
        await insertPast(unit, agreed, [{ ...line, line: "theirs\n" }]);
        await deleteAll(unit);
      });
      const { setting, ...rest } = await of(one, seen);
      assert.equal(setting?.key, "the key of one");
      assert.deepEqual(rest, { count: 1, lines: [line.line], prediction: said });
    });

    test("keep lines, models and what is foretold as they were put, in order and within bounds", async () => {
      const organisation = base.newOrganisation();
      const unitOf = <T>(work: (unit: Unit) => Promise<T>) =>
        base.database.inOrganisation(base.context(organisation), work);
      const agreed = agreedBy(CONSENT);
      const first = await unitOf((unit) => ensureSetting(unit, newSetting("the first key")));
      const second = await unitOf((unit) => ensureSetting(unit, newSetting("another key")));
      assert.deepEqual([first.key, second.key], ["the first key", "the first key"]);
      await unitOf((unit) => putSetting(unit, { ...first, isOn: true, consent: CONSENT, readUntilMs: 86_400_000 }));
      assert.equal((await unitOf(settingOf))!.readUntilMs, 86_400_000);
      assert.ok((await organisationsThatLearn(base.database, 100)).includes(organisation));

      const lines = Array.from({ length: 1_203 }, (_, i) => ({
        id: `line ${i}`,
        startMs: (1_203 - i) * 1_000,
        who: i < 100 ? "many" : `few ${i}`,
        line: `${i}\n`,
      }));
      for (let from = 0; from < lines.length; from += 500)
        await unitOf((unit) => insertPast(unit, agreed, lines.slice(from, from + 500)));
      const read: string[] = [];
      for await (const part of pastLines(unitOf, CONSENT)) read.push(...part.trimEnd().split("\n"));
      assert.deepEqual(
        read,
        lines.toReversed().map(({ line }) => line.trimEnd()),
      );
      const { rows, usable, people, fromMs, toMs } = await unitOf((unit) => countPast(unit, agreed));
      assert.deepEqual([rows, usable, people, fromMs, toMs], [1_203, 100, 1, 1_000, 1_203_000]);
      await unitOf((unit) => deletePastOf(unit, ["many"]));
      await unitOf(trimPast);
      assert.equal((await unitOf((unit) => countPast(unit, agreed))).rows, 1_103);
      assert.equal((await unitOf((unit) => countPast(unit, agreedBy("Something else.")))).rows, 0);

      const report = {} as Parameters<typeof insertModel>[3];
      for (const version of [1, 2]) await unitOf((unit) => insertModel(unit, version, `bytes ${version}`, report));
      assert.deepEqual([...(await unitOf((unit) => modelBytes(unit, [2, 7])))], [[2, "bytes 2"]]);
      await unitOf((unit) => deleteModels(unit, [2]));
      assert.deepEqual([...(await unitOf(reportsOf)).keys()], [1]);

      const nowMs = await unitOf((unit) => Promise.resolve(unit.nowMs));
      const said = (eventId: string, version: number, startMs: number) => {
        return { eventId, date: "", version, startMs, endMs: startMs + 1_000, said: [0.5] };
      };
      const [over, coming, other] = [
        said("over", 1, nowMs - 5_000),
        said("coming", 1, nowMs + 86_400_000),
        said("other", 2, nowMs + 86_400_000),
      ];
      await unitOf((unit) => insertPredictions(unit, [over, coming, other]));
      await unitOf((unit) => insertPredictions(unit, [{ ...coming, said: [0.9] }]));
      assert.deepEqual(await unitOf((unit) => predictionOf(unit, "coming", "")), coming, "what was said first stays");
      assert.deepEqual(await unitOf(duePredictions), [over]);
      assert.equal(await unitOf(countPredictions), 2);
      await unitOf((unit) => deletePredictions(unit, [over]));
      await unitOf((unit) => deletePredictionsExcept(unit, [2]));
      assert.deepEqual([await unitOf(duePredictions), await unitOf(countPredictions)], [[], 1]);
    });
  });
}
