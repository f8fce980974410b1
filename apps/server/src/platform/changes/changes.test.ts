// Strategy: the log as its readers see it, on both databases; what several processes do is asked on the server alone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { type Database, openDatabase, type Unit } from "../db/database.ts";
import type { Clock } from "../clock.ts";
import { databases, server, type TestDatabase } from "../testing/databases.ts";
import { idempotently } from "./idempotency.ts";
import { changedSince, changesOfRequest, type ChangeWithContents, lastSeq, readChanges } from "./read.ts";
import { type Consumer, startRelay } from "./relay.ts";
import { CONTENTS_DAYS, forgetOldContents } from "./retention.ts";
import { CHANGE_BYTES_MAX, type ChangeRecord } from "./write.ts";
import { becomes, eventually } from "../../testing/eventually.ts";

const note = (id: string, more: Partial<ChangeRecord> = {}): ChangeRecord => ({
  kind: "created",
  thing: { type: "note", id },
  ...more,
});

/** Half of the minute after which a relay that was not woken looks by itself: whoever waits longer has been missed. */
const WOKEN_MS_MAX = 30_000;
const soon = (seen: Promise<void>) =>
  Promise.race([seen.then(() => "seen"), sleep(WOKEN_MS_MAX, "missed", { ref: false })]);

for (const kind of databases()) {
  describe(`the change log on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    let database: Database;
    before(async () => {
      here = await kind.open();
      database = here.database;
    });
    after(() => here[Symbol.asyncDispose]());

    const inside = <T>(organisation: number, work: (unit: Unit) => Promise<T>) =>
      database.inOrganisation(here.context(organisation), work);
    const record = (organisation: number, ...changes: ChangeRecord[]) =>
      inside(organisation, async (unit) => unit.record(...changes));

    test("numbers the changes of each organisation for itself, in the order they were said", async () => {
      const [one, other] = [here.newOrganisation(), here.newOrganisation()];
      await record(one, note("a"), note("b"));
      await record(other, note("c"));
      await record(one, note("d"));
      const read = await inside(one, (unit) => readChanges(unit, { since: 0, limit: 10 }));
      assert.deepEqual(
        read.changes.map(({ seq, thing }) => `${seq} ${thing.id}`),
        ["1 a", "2 b", "3 d"],
      );
      assert.equal(read.nextSince, null);
      assert.equal(await inside(other, lastSeq), 1);
      assert.equal(await inside(here.newOrganisation(), lastSeq), 0);
    });

    test("is read in pages, from a number, and of one collection", async () => {
      const organisation = here.newOrganisation();
      const changes = ["a", "b", "c", "d", "e"].map((id, i) =>
        note(id, { collectionId: i % 2 === 0 ? "even" : "odd" }),
      );
      await record(organisation, ...changes);
      const seen: string[] = [];
      for (let since: number | null = 0; since !== null;) {
        const page = await inside(organisation, (unit) => readChanges(unit, { since: since!, limit: 2 }));
        seen.push(page.changes.map(({ thing }) => thing.id).join(""));
        since = page.nextSince;
      }
      assert.deepEqual(seen, ["ab", "cd", "e"]);
      const odd = await inside(organisation, (unit) => readChanges(unit, { since: 2, limit: 9, collectionId: "odd" }));
      assert.deepEqual(
        odd.changes.map(({ thing }) => thing.id),
        ["d"],
      );
    });

    test("keeps before and after, but not beyond 64 kB", async () => {
      const organisation = here.newOrganisation();
      const context = here.context(organisation);
      const large = "x".repeat(CHANGE_BYTES_MAX);
      await database.inOrganisation(context, async (unit) =>
        unit.record(
          note("small", { kind: "updated", fields: ["title"], before: { title: "a" }, after: { title: "b" } }),
          note("large", { kind: "updated", fields: ["title"], before: { title: large }, after: null }),
        ),
      );
      const [small, oversize] = await inside(organisation, (unit) => changesOfRequest(unit, context.requestId));
      assert.deepEqual([small!.before, small!.after, small!.oversize], [{ title: "a" }, { title: "b" }, false]);
      assert.deepEqual(small!.fields, ["title"]);
      assert.deepEqual([oversize!.before, oversize!.after, oversize!.oversize], [null, null, true]);
    });

    test("tells undo who changed, since a request, what that had changed", async () => {
      const organisation = here.newOrganisation();
      const first = here.context(organisation);
      const later = { ...here.context(organisation), actor: { ...here.context(organisation).actor, label: "Ana" } };
      await database.inOrganisation(first, async (unit) =>
        unit.record(note("a"), note("b"), note("b", { kind: "updated", before: { n: 1 }, after: { n: 2 } })),
      );
      const since = () => inside(organisation, (unit) => changedSince(unit, first.requestId));
      assert.deepEqual(await since(), [], "its own second change of b does not count");

      await record(organisation, note("c"));
      assert.deepEqual(await since(), [], "another thing does not count");

      const undone = here.context(organisation);
      await database.inOrganisation(undone, async (unit) =>
        unit.record(note("b", { kind: "updated", after: { n: 3 } }), note("b", { kind: "updated", after: { n: 4 } })),
      );
      assert.equal((await since()).length, 1);
      await record(
        organisation,
        note(undone.requestId, { kind: "updated", thing: { type: "request", id: undone.requestId } }),
        note("b", { kind: "updated", after: { n: 3 } }),
        note("b", { kind: "updated", after: { n: 2 } }),
      );
      assert.deepEqual(await since(), [], "what was undone does not count");

      await record(organisation, note("a", { kind: "updated", fields: ["events"] }));
      assert.deepEqual(await since(), [], "what is in it now is no change of the thing itself");

      await database.inOrganisation(later, async (unit) => unit.record(note("b", { kind: "removed" })));
      const [changed, ...rest] = await since();
      assert.deepEqual(
        [changed!.thing.id, changed!.kind, changed!.actor.label, rest.length],
        ["b", "removed", "Ana", 0],
      );
    });

    test(`forgets contents after ${CONTENTS_DAYS} days, and nothing else`, async () => {
      const organisation = here.newOrganisation();
      await record(organisation, note("old", { after: { a: 1 } }), note("new", { after: { a: 2 } }));
      await inside(organisation, ({ db }) =>
        sql`update changes.change set at = at - interval '31 days' where thing_id = 'old'`.execute(db),
      );
      assert.equal(await inside(organisation, forgetOldContents), false, "nothing is left to do");
      const { rows } = await inside(organisation, ({ db }) =>
        sql<{ thing_id: string; after: unknown }>`select thing_id, after from changes.change order by seq`.execute(db),
      );
      assert.deepEqual(rows, [
        { thing_id: "old", after: null },
        { thing_id: "new", after: { a: 2 } },
      ]);
    });

    describe("a repeated request", () => {
      const request = (organisation: number, key: string, bodyHash: string, work: () => Promise<object>) =>
        inside(organisation, (unit) => idempotently<object>(unit, { key, bodyHash }, work));
      const problemOf = (answer: object) => ("refused" in answer ? (answer.refused as { code: string }).code : answer);

      test("has one effect and the same answer; another body under its key is refused", async () => {
        const organisation = here.newOrganisation();
        let runs = 0;
        const work = async () => ({ run: ++runs });
        assert.deepEqual(await request(organisation, "k", "body", work), { run: 1 });
        assert.deepEqual(await request(organisation, "k", "body", work), { run: 1 });
        assert.equal(problemOf(await request(organisation, "k", "other", work)), "request/key-reused");
        assert.deepEqual(await request(organisation, "l", "body", work), { run: 2 });
        assert.deepEqual(await request(here.newOrganisation(), "k", "other", work), { run: 3 });
      });

      test("that was refused may succeed later", async () => {
        const organisation = here.newOrganisation();
        const no = { refused: { code: "test/no" } };
        assert.equal(problemOf(await request(organisation, "k", "body", async () => no)), "test/no");
        assert.deepEqual(await request(organisation, "k", "body", async () => ({ yes: 1 })), { yes: 1 });
      });
    });

    describe("a consumer", () => {
      const follow = (name: string, take: Consumer["take"]) => startRelay(database, here.tools, [{ name, take }]);
      const ids = (changes: readonly ChangeWithContents[]) => changes.map(({ thing }) => thing.id).join("");

      test("gets every change in order, those from before its start as well, and none twice", async () => {
        const organisation = here.newOrganisation();
        await record(organisation, note("a"), note("b"));
        let seen = "";
        const take: Consumer["take"] = async (changes, context) => {
          if (context.organisation === organisation) seen += ids(changes);
        };
        {
          await using relay = await follow("test.all", take);
          await relay.settled();
          assert.equal(seen, "ab");
          for (const id of ["c", "d", "e"]) await record(organisation, note(id));
          await relay.settled();
          assert.equal(seen, "abcde");
        }
        await record(organisation, note("f"));
        await using relay = await follow("test.all", take);
        await relay.settled();
        assert.equal(seen, "abcdef");
      });

      test("that fails gets the same changes again, before any later one", async () => {
        const organisation = here.newOrganisation();
        const attempts: string[] = [];
        await using _relay = await follow("test.failing", async (changes, context) => {
          if (context.organisation !== organisation) return;
          attempts.push(ids(changes));
          if (attempts.length === 1) throw new Error("not now");
        });
        await record(organisation, note("a"));
        await eventually("it fails", () => attempts.length > 0);
        await record(organisation, note("b"));
        await becomes(() => attempts, ["a", "ab"]);
      });

      test("in no hurry lets changes gather, and gets them together", async () => {
        const organisation = here.newOrganisation();
        const GATHER_MS = 777;
        const gathered: (() => void)[] = [];
        const setTimer: Clock["setTimer"] = (ms, fire) => {
          if (ms !== GATHER_MS) return here.tools.clock.setTimer(ms, fire);
          gathered.push(fire);
          return { cancel: () => {} };
        };
        const tools = { ...here.tools, clock: { ...here.tools.clock, setTimer } };
        const seen: string[] = [];
        const take: Consumer["take"] = async (changes, context) => {
          if (context.organisation === organisation) seen.push(ids(changes));
        };
        await using _relay = await startRelay(database, tools, [{ name: "test.gather", gatherMs: GATHER_MS, take }]);
        for (const id of ["a", "b", "c"]) await record(organisation, note(id));
        await eventually("a wait begins", () => gathered.length > 0);
        assert.equal(gathered.length, 1, "one wait, however many wake it");
        gathered[0]!();
        await becomes(() => seen.join(""), "abc");
      });

      test("may write, and follows its own changes", async () => {
        const organisation = here.newOrganisation();
        await using relay = await follow("test.echo", async (changes, context) => {
          const fresh = changes.filter(({ thing }) => context.organisation === organisation && thing.id.length < 3);
          for (const { thing } of fresh) {
            await database.inOrganisation(context, async (unit) => unit.record(note(`${thing.id}x`)));
          }
        });
        await record(organisation, note("a"));
        await relay.settled();
        const { changes } = await inside(organisation, (unit) => readChanges(unit, { since: 0, limit: 9 }));
        assert.deepEqual(
          changes.map(({ thing }) => thing.id),
          ["a", "ax", "axx"],
        );
      });
    });
  });
}

describe("the change log of two processes on a PostgreSQL server", { skip: server.skip }, () => {
  let here: TestDatabase;
  let there: Database;
  before(async () => {
    here = await server.open();
    there = await openDatabase({ url: here.url! }, here.tools);
  });
  after(async () => {
    await there[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
  });

  test("wakes the one when the other has committed", async () => {
    const organisation = here.newOrganisation();
    const heard = Promise.withResolvers<number>();
    await using relay = await startRelay(there, here.tools, []);
    await using _other = await startRelay(here.database, here.tools, []);
    relay.onChanges(heard.resolve);
    await here.database.inOrganisation(here.context(organisation), async (unit) => unit.record(note("a")));
    assert.equal(await heard.promise, organisation);
  });

  test("is taken in by one of them, in order, whoever wrote it", async () => {
    const organisation = here.newOrganisation();
    const seen: number[] = [];
    const consumer: Consumer = {
      name: "test.shared",
      async take(changes) {
        for (const { seq } of changes) seen.push(seq);
        await sleep(5);
      },
    };
    await using _a = await startRelay(here.database, here.tools, [consumer]);
    await using b = await startRelay(there, here.tools, [consumer]);
    const write = async (database: Database) => {
      for (let i = 0; i < 30; i++) {
        await database.inOrganisation(here.context(organisation), async (unit) =>
          unit.record(note(unit.newId("note"))),
        );
      }
    };
    await Promise.all([write(here.database), write(there)]);
    await eventually("all are taken in", () => seen.length >= 60);
    await b.settled();
    assert.deepEqual(
      seen.slice(-60),
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
  });

  test("is read at once by who stays, whatever was written while the other one read for the last time", async () => {
    const organisation = here.newOrganisation();
    const write = (database: Database, id: string) =>
      database.inOrganisation(here.context(organisation), async (unit) => unit.record(note(id)));
    const reading = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    const name = "test.leaving";
    const leaving = await startRelay(here.database, here.tools, [
      {
        name,
        async take(changes) {
          if (!changes.some(({ thing }) => thing.id === "first")) return;
          reading.resolve();
          await goOn.promise;
        },
      },
    ]);
    await write(here.database, "first");
    await reading.promise;
    const take: Consumer["take"] = async (changes) => {
      if (changes.some(({ thing }) => thing.id === "second")) seen.resolve();
    };
    await using _staying = await startRelay(there, here.tools, [{ name, take }]);
    await write(there, "second");
    await sleep(300); // Whoever stays has been woken by now, and found that the other one reads.
    const left = leaving[Symbol.asyncDispose]();
    goOn.resolve();
    await left;
    assert.equal(await soon(seen.promise), "seen");
  });

  test("is told of by who ends the moment after it has written", async () => {
    const organisation = here.newOrganisation();
    const heard = Promise.withResolvers<void>();
    const take: Consumer["take"] = async (_, context) => {
      if (context.organisation === organisation) heard.resolve();
    };
    await using _staying = await startRelay(there, here.tools, [{ name: "test.last", take }]);
    const leaving = await startRelay(here.database, here.tools, []);
    await here.database.inOrganisation(here.context(organisation), async (unit) => unit.record(note("a")));
    await leaving[Symbol.asyncDispose]();
    assert.equal(await soon(heard.promise), "seen");
  });

  test("makes the second of two equal requests that run at once ask again", async () => {
    const organisation = here.newOrganisation();
    const context = here.context(organisation);
    const inTheMiddle = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const key = { key: "k", bodyHash: "body" };
    const first = here.database.inOrganisation(context, (unit) =>
      idempotently(unit, key, async () => {
        inTheMiddle.resolve();
        await goOn.promise;
        return { ok: true };
      }),
    );
    await inTheMiddle.promise;
    const second = await there.inOrganisation(context, (unit) => idempotently(unit, key, async () => ({ ok: true })));
    assert.ok("refused" in second && second.refused.code === "request/still-running");
    goOn.resolve();
    assert.deepEqual(await first, { ok: true });
  });
});
