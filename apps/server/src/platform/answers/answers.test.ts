// Strategy: real units on both databases. Whatever is written meanwhile, nobody is told more, or less, than they might
// have been told without any answer being kept.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import fc from "fast-check";
import { requestProblems } from "@hourwright/contract";
import type { Unit } from "../db/database.ts";
import { lastSeq } from "../changes/read.ts";
import { RawJson, type Caller, type RequestContext } from "../operations/context.ts";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { Answers, type Question, type Sight } from "./answers.ts";

const floor = { floor: "notes", folder: new URL("../testing/migrations/", import.meta.url) };

for (const kind of databases()) {
  describe(`kept answers on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => void (here = await kind.open([floor])));
    after(() => here[Symbol.asyncDispose]());

    /** A viewer who has just come. */
    async function arrive(organisation: number, name: string, more: Partial<RequestContext> = {}) {
      const { database } = here;
      const read = <T>(work: (unit: Unit) => Promise<T>) =>
        database.inOrganisation(here.context(organisation), work, { lane: "read" });
      const caller = { organisation, userId: name, personId: name, role: "member" } as Caller;
      return { caller, organisation, asOf: await read(lastSeq), nowMs: 0, read, ...more } as RequestContext;
    }
    const change = (organisation: number, work: (unit: Unit) => Promise<unknown>) =>
      here.database.inOrganisation(here.context(organisation), async (unit) => {
        await work(unit);
        unit.record({ kind: "updated", thing: { type: "note", id: "x" } });
      });

    test("are the same for all strangers of an organisation, others for who has signed in, and asked anew after a change", async () => {
      const organisation = here.newOrganisation();
      const answers = new Answers();
      let made = 0;
      const ask = async (more: Partial<RequestContext>) => {
        const context = await arrive(organisation, "ana", more);
        const question = { operation: "notes.list", query: {}, sight: "everyone" } as const;
        return ((await answers.to(question, context, async () => new RawJson(`[${++made}]`))) as RawJson).text;
      };
      const stranger = { caller: null, asOf: "unasked" } as const;
      assert.deepEqual(
        [await ask(stranger), await ask(stranger), await ask({}), await ask(stranger)],
        ["[1]", "[1]", "[2]", "[1]"],
      );
      await change(organisation, async () => {});
      assert.equal(await ask(stranger), "[3]");
      assert.equal(await ask({ ...stranger, organisation: here.newOrganisation() }), "[4]", "another's strangers");
    });

    test("are made once for all whose sight is the same, and anew after each change", async () => {
      const organisation = here.newOrganisation();
      const answers = new Answers();
      let made = 0;
      const ask = async (name: string, sight: Sight, query = {}) => {
        const context = await arrive(organisation, name);
        const answer = await answers.to({ operation: "notes.list", query, sight }, context, async () => {
          return new RawJson(`[${++made}]`);
        });
        return (answer as RawJson).text;
      };
      const byLetter: Sight = { name: "letter", read: async (_unit, { userId }) => userId.slice(0, 1) };
      assert.equal(await ask("ana", "everyone"), "[1]");
      assert.equal(await ask("bo", "everyone"), "[1]");
      assert.equal(await ask("ana", "everyone", { limit: 2 }), "[2]");
      assert.equal(await ask("ana", "person"), "[3]");
      assert.equal(await ask("bo", "person"), "[4]");
      assert.equal(await ask("ana", byLetter), "[5]");
      assert.equal(await ask("alma", byLetter), "[5]");
      assert.equal(await ask("bo", byLetter), "[6]");
      await change(organisation, async () => {});
      assert.equal(await ask("ana", "everyone"), "[7]");
      assert.deepEqual(await Promise.all([ask("ana", "person"), ask("ana", "person")]), ["[8]", "[8]"]);
    });

    test("are not kept when something was written meanwhile, when refused, inside a unit, or past their time", async () => {
      const organisation = here.newOrganisation();
      const answers = new Answers();
      const question: Question = { operation: "notes.list", query: {}, sight: "everyone" };
      const refused = await answers.to(question, await arrive(organisation, "ana"), async () =>
        requestProblems.refuse("invalid", "No."),
      );
      assert.ok("refused" in refused);
      const ask = async (text: string, more: Partial<RequestContext> = {}, meanwhile = async () => {}) => {
        const context = await arrive(organisation, "ana", more);
        const answer = await answers.to(question, context, async ({ read }) => {
          await meanwhile();
          await read(lastSeq);
          return new RawJson(text, { untilMs: 1_000 });
        });
        return (answer as RawJson).text;
      };
      const before = await arrive(organisation, "ana");
      assert.equal(await ask("1", {}, () => change(organisation, async () => {})), "1");
      assert.equal(await ask("2", { asOf: before.asOf }), "2", "it held what was written after that number");
      assert.equal(await ask("3", { asOf: null }), "3");
      assert.equal(await ask("4"), "4");
      assert.equal(await ask("5", { nowMs: 999 }), "4");
      assert.equal(await ask("6", { nowMs: 1_000 }), "6");
      assert.equal(await ask("7", { nowMs: 500 }), "7", "the clock was set back to before it was made");
    });

    test("hold no memory but their own, so that what they weigh is what they keep", () => {
      const { bytes } = new RawJson('["é"]');
      assert.deepEqual([bytes.toString(), bytes.buffer.byteLength], ['["é"]', 6]);
    });

    test("give everybody who waits an answer, or the failure of their own", async () => {
      const organisation = here.newOrganisation();
      const answers = new Answers();
      const question: Question = { operation: "notes.list", query: {}, sight: "everyone" };
      let made = 0;
      const ask = async () =>
        answers.to(question, await arrive(organisation, "ana"), async () => {
          if (++made === 1) throw new Error("the world failed");
          return new RawJson("fine");
        });
      const [first, second] = await Promise.allSettled([ask(), ask()]);
      assert.deepEqual([first.status, second.status].sort(), ["fulfilled", "rejected"]);
    });

    test("tell nobody what only others may know, whatever is granted and taken back meanwhile", async () => {
      const step = fc.record({
        who: fc.constantFrom("ana", "bo", "cy"),
        does: fc.constantFrom("ask", "ask", "ask", "grant", "revoke"),
        waits: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
          const organisation = here.newOrganisation();
          const answers = new Answers();
          /** Who might know the secret, by the number of the last change. */
          const allowed: Set<string>[] = [new Set()];
          const isAllowed = async (unit: Unit, who: string) =>
            (await sql`select from notes.note where org_id = ${unit.organisation} and id = ${who}`.execute(unit.db))
              .rows.length > 0;
          const sight: Sight = {
            name: "secret",
            read: async (unit, { userId }) => String(await isAllowed(unit, userId)),
          };
          const running: Promise<void>[] = [];
          let writing = Promise.resolve();
          for (const { who, does, waits } of steps) {
            if (does === "ask") running.push(ask(who));
            else writing = writing.then(() => allow(who, does === "grant"));
            if (waits) await Promise.all([...running, writing]);
          }
          await Promise.all([...running, writing]);

          async function allow(who: string, may: boolean): Promise<void> {
            const next = new Set(allowed.at(-1));
            if (may) next.add(who);
            else next.delete(who);
            allowed.push(next);
            await change(organisation, (unit) =>
              (may
                ? sql`insert into notes.note (org_id, id, title) values (${unit.organisation}, ${who}, '') on conflict do nothing`
                : sql`delete from notes.note where org_id = ${unit.organisation} and id = ${who}`
              ).execute(unit.db),
            );
          }

          async function ask(who: string): Promise<void> {
            const context = await arrive(organisation, who);
            const answer = await answers.to(
              { operation: "secret.read", query: {}, sight },
              context,
              async ({ read }) => {
                const knows = await read((unit) => isAllowed(unit, who));
                return new RawJson(knows ? "the secret" : "nothing");
              },
            );
            const since = allowed.slice(Number(context.asOf)).map((each) => each.has(who));
            assert.ok(
              since.includes((answer as RawJson).text === "the secret"),
              `${who} was told what was never theirs`,
            );
          }
        }),
        { numRuns: 40 },
      );
    });
  });
}
