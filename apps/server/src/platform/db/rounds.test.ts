import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { LeftRound, type Question, type Unit } from "./database.ts";

const floor = { floor: "test", folder: new URL("../testing/migrations/", import.meta.url) };
const AT_ONCE = 40;

for (const kind of databases()) {
  describe(`trials at the same moment, on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => {
      here = await kind.open([floor]);
      await here.database.asOwner(async (owner) => {
        await sql`call changes.keep_facts_of('notes.note')`.execute(owner.db);
        await here.database.learnFacts(owner);
      });
    });
    after(() => here[Symbol.asyncDispose]());
    const attempt = <T>(organisation: number, work: (unit: Unit) => Promise<T>) =>
      here.database.inOrganisation(here.context(organisation), work, { isTrial: true, isShared: true });
    const count = async ({ db }: Unit): Promise<number> =>
      (await sql<{ count: number }>`select count(*) as count from notes.note`.execute(db)).rows[0]!.count;
    const write = ({ db, organisation, newId }: Unit) =>
      sql`insert into notes.note (org_id, id, title) values (${organisation}, ${newId("note")}, 'x')`.execute(db);

    test("are each answered with their own, leave nothing, and let writes go in between", async () => {
      const [one, other] = [here.newOrganisation(), here.newOrganisation()];
      const numbers = Array.from({ length: AT_ONCE }, (_, i) => i);
      const tried = numbers.map((i) =>
        attempt(i % 2 === 0 ? one : other, async (unit) => {
          await write(unit);
          const { rows } = await sql<{ i: number }>`select ${i}::integer as i`.execute(unit.db);
          return rows[0]!.i;
        }),
      );
      const written = here.database.inOrganisation(here.context(one), write);
      assert.deepEqual(await Promise.all(tried), numbers);
      await written;
      assert.equal(await here.database.inOrganisation(here.context(one), count), 1);
      assert.equal(await here.database.inOrganisation(here.context(other), count), 0);
    });

    test("do not fail with one that fails", async () => {
      const organisation = here.newOrganisation();
      const tried = Array.from({ length: AT_ONCE }, (_, i) =>
        attempt(organisation, async (unit) => {
          if (i % 7 === 3) await sql`select 1 / 0`.execute(unit.db);
          await count(unit);
          return count(unit);
        }),
      );
      const ended = await Promise.allSettled(tried);
      ended.forEach((each, i) => {
        if (i % 7 === 3) assert.match(String((each as PromiseRejectedResult).reason), /division by zero/);
        else assert.equal((each as PromiseFulfilledResult<number>).value, 0);
      });
      await here.database.inOrganisation(here.context(organisation), write);
      assert.equal(await attempt(organisation, count), 1, "what was written since is seen by the next");
    });

    test("are over when they are over", async () => {
      let kept: Unit | null = null;
      await attempt(here.newOrganisation(), async (unit) => {
        kept = unit;
        return count(unit);
      });
      await assert.rejects(async () => count(kept!), /over/);
    });
  });
}

for (const kind of databases()) {
  describe(`short writes at the same moment, on ${kind.name}`, { skip: kind.skip }, () => {
    let here: TestDatabase;
    before(async () => void (here = await kind.open([floor])));
    after(() => here[Symbol.asyncDispose]());
    const write = <T>(organisation: number, work: (unit: Unit) => Promise<T>) =>
      here.database.inOrganisation(here.context(organisation), work, { isShared: true });
    const note = async (unit: Unit, title: string): Promise<string> => {
      const id = unit.newId("note");
      await sql`insert into notes.note (org_id, id, title) values (${unit.organisation}, ${id}, ${title})`.execute(
        unit.db,
      );
      unit.record({ kind: "created", thing: { type: "note", id }, after: { title } });
      return id;
    };
    const read = (organisation: number) =>
      here.database.inOrganisation(here.context(organisation), async ({ db }) => {
        const notes = await sql<{ title: string }>`select title from notes.note order by title`.execute(db);
        const log = await sql<{ seq: number; title: string; request_id: string }>`
          select seq, after ->> 'title' as title, request_id from changes.change order by seq`.execute(db);
        return { notes: notes.rows.map(({ title }) => title), log: log.rows };
      });
    const titles = Array.from({ length: AT_ONCE }, (_, i) => `note ${String(i).padStart(2, "0")}`);
    const refused = { refused: { code: "test" } };

    test("stay each with its own changes, whose numbers have no gaps; what is told of them is told once", async () => {
      const organisation = here.newOrganisation();
      const heard: number[] = [];
      const stop = here.database.onChanges((_, committed) => heard.push(...committed.map(({ seq }) => seq)));
      const ids = await Promise.all(titles.map((title) => write(organisation, (unit) => note(unit, title))));
      stop();
      const { notes, log } = await read(organisation);
      assert.deepEqual(notes, titles);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        titles.map((_, i) => i + 1),
      );
      assert.equal(new Set(log.map((change) => change.request_id)).size, AT_ONCE, "each by its own request");
      assert.deepEqual(
        heard.toSorted((a, b) => a - b),
        log.map(({ seq }) => seq),
      );
      assert.equal(new Set(ids).size, AT_ONCE);
    });

    for (const { what, end } of [
      { what: "are refused", end: () => Promise.resolve(refused) },
      { what: "throw", end: () => Promise.reject(new Error("as it wishes")) },
      { what: "fail in the database", end: (unit: Unit) => sql`select 1 / 0`.execute(unit.db) },
      {
        what: "want to be alone",
        end: (unit: Unit) => (unit.isShared ? Promise.reject(new LeftRound()) : Promise.resolve(refused)),
      },
    ])
      test(`leave nothing where they ${what} after they have written, and the others stay`, async () => {
        const organisation = here.newOrganisation();
        const isBad = (i: number) => i % 7 === 3;
        const ended = await Promise.allSettled(
          titles.map((title, i) =>
            write(organisation, async (unit) => {
              await note(unit, title);
              return isBad(i) ? end(unit) : null;
            }),
          ),
        );
        assert.deepEqual(
          ended.map((each) => each.status === "fulfilled" && each.value === null),
          titles.map((_, i) => !isBad(i)),
        );
        const { notes, log } = await read(organisation);
        const good = titles.filter((_, i) => !isBad(i));
        assert.deepEqual(notes, good);
        assert.deepEqual(log.map(({ title }) => title).toSorted(), good);
      });

    test("that are refused before they have written do not disturb the others", async () => {
      const organisation = here.newOrganisation();
      const before = here.database.stats().leftRounds;
      await Promise.all(
        titles.map((title, i) =>
          write(organisation, async (unit) => {
            await sql`select ${i}::integer`.execute(unit.db);
            return i % 2 === 0 ? refused : note(unit, title);
          }),
        ),
      );
      assert.deepEqual(
        (await read(organisation)).notes,
        titles.filter((_, i) => i % 2 === 1),
      );
      assert.equal(here.database.stats().leftRounds, before);
    });

    test("go one after another where they hold the same name, and only there", async () => {
      const organisation = here.newOrganisation();
      const inside = new Map<string, number>();
      let most = 0;
      await Promise.all(
        titles.map((title, i) =>
          write(organisation, async (unit) => {
            const name = `name ${i % 4}`;
            await unit.exclusively([name, `own ${i}`]);
            inside.set(name, (inside.get(name) ?? 0) + 1);
            assert.equal(inside.get(name), 1, "nobody else holds it");
            most = Math.max(
              most,
              [...inside.values()].reduce((sum, n) => sum + n, 0),
            );
            await note(unit, title);
            inside.set(name, 0);
          }),
        ),
      );
      assert.deepEqual((await read(organisation)).notes, titles);
      assert.ok(most > 1, "others go on meanwhile");
    });

    test("hold parts of a name beside other parts, and not beside the same or the whole", async () => {
      const organisation = here.newOrganisation();
      const inside: (number | null)[] = [];
      let most = 0;
      await Promise.all(
        titles.map((title, i) =>
          write(organisation, async (unit) => {
            const part = i % 5 === 0 ? null : i % 5;
            await unit.exclusively(["name"], part === null ? null : [part, 10 * part]);
            assert.ok(!inside.includes(part) && !inside.includes(null) && (part !== null || inside.length === 0));
            inside.push(part);
            most = Math.max(most, inside.length);
            await note(unit, title);
            inside.splice(inside.indexOf(part), 1);
          }),
        ),
      );
      assert.deepEqual((await read(organisation)).notes, titles);
      assert.ok(most > 1, "other parts go on meanwhile");
    });

    /** Writes notes of these titles; the title "fails" fails. */
    const asked = (): { readonly question: Question<string, number>; readonly sizes: number[] } => {
      const sizes: number[] = [];
      const question: Question<string, number> = async ({ db, organisation }, all) => {
        sizes.push(all.length);
        const { rows } = await sql<{ title: string; length: number }>`
          insert into notes.note (org_id, id, title)
          select ${organisation}, 'note ' || title, title from unnest(${all}::text[]) as title
          where 1 / (case when title = 'fails' then 0 else 1 end) = 1
          returning title, length(title) as length`.execute(db);
        const lengths = new Map(rows.map(({ title, length }) => [title, length]));
        return all.map((title) => lengths.get(title)!);
      };
      return { question, sizes };
    };

    test("ask in one go what they ask alike, each answered with their own", async () => {
      const organisation = here.newOrganisation();
      const { question, sizes } = asked();
      const names = titles.map((title, i) => title + "!".repeat(i));
      const answers = await Promise.all(
        names.map((title) =>
          write(organisation, async (unit) => {
            const length = await unit.together(question, title);
            unit.record({ kind: "created", thing: { type: "note", id: `note ${title}` }, after: { title } });
            return length;
          }),
        ),
      );
      assert.deepEqual(
        answers,
        names.map(({ length }) => length),
      );
      assert.deepEqual((await read(organisation)).notes, names);
      assert.ok(sizes.length <= 4, `asked of ${sizes.join(", ")}`);
    });

    test("see what they have asked before, and what they send afterwards comes after it", async () => {
      const organisation = here.newOrganisation();
      const { question } = asked();
      const seen: Question<string, boolean> = async ({ db }, all) => {
        const { rows } = await sql<{ title: string }>`
          select title from notes.note where title = any(${[...all]}::text[])`.execute(db);
        return all.map((title) => rows.some((row) => row.title === title));
      };
      const found = await Promise.all(
        titles.map((title, i) =>
          write(organisation, async (unit) => {
            // Half of them ask the other way round first, so that there is no one order for all.
            const early = i % 2 === 0 ? [unit.together(seen, `not ${title}`)] : [];
            const [, together, alone] = await Promise.all([
              unit.together(question, title),
              unit.together(seen, title),
              sql<{ n: number }>`select count(*) as n from notes.note where title = ${title}`.execute(unit.db),
              ...early,
            ]);
            return together && alone.rows[0]!.n === 1;
          }),
        ),
      );
      assert.ok(found.every(Boolean), JSON.stringify(found));
    });

    test("that fail by their own question fail alone", async () => {
      const organisation = here.newOrganisation();
      const { question } = asked();
      const isBad = (i: number) => i === 5;
      const ended = await Promise.allSettled(
        titles.map((title, i) => write(organisation, (unit) => unit.together(question, isBad(i) ? "fails" : title))),
      );
      ended.forEach((each, i) => {
        if (isBad(i)) assert.match(String((each as PromiseRejectedResult).reason), /division by zero/);
        else assert.equal((each as PromiseFulfilledResult<number>).value, titles[i]!.length);
      });
      assert.deepEqual(
        (await read(organisation)).notes,
        titles.filter((_, i) => !isBad(i)),
      );
    });

    test("leave nothing where they are refused after they have written with others", async () => {
      const organisation = here.newOrganisation();
      const { question } = asked();
      const isBad = (i: number) => i % 7 === 3;
      await Promise.all(
        titles.map((title, i) =>
          write(organisation, async (unit) => {
            await unit.together(question, title);
            return isBad(i) ? refused : null;
          }),
        ),
      );
      assert.deepEqual(
        (await read(organisation)).notes,
        titles.filter((_, i) => !isBad(i)),
      );
    });

    test("that meet others of another transaction in a ring are run alone at once", async () => {
      const organisation = here.newOrganisation();
      let shared = 0;
      const isBad = (i: number) => i === 5;
      const ended = await Promise.allSettled(
        titles.map((title, i) =>
          write(organisation, async (unit) => {
            await note(unit, title);
            if (!isBad(i) || !unit.isShared) return;
            shared++;
            await sql`do $$ begin raise exception sqlstate '40P01'; end $$`.execute(unit.db);
          }),
        ),
      );
      assert.deepEqual(
        ended.filter(({ status }) => status === "rejected"),
        [],
      );
      assert.deepEqual((await read(organisation)).notes, titles);
      assert.equal(shared, 1, "one round was spoilt by it");
    });

    test("never wait for each other in a ring", async () => {
      const organisation = here.newOrganisation();
      await Promise.all(
        titles.map((title, i) =>
          write(organisation, async (unit) => {
            await unit.exclusively([`name ${i % 3}`]);
            await sql`select 1`.execute(unit.db);
            await unit.exclusively([`name ${(i + 1) % 3}`]);
            await note(unit, title);
          }),
        ),
      );
      assert.deepEqual((await read(organisation)).notes, titles);
    });
  });
}
