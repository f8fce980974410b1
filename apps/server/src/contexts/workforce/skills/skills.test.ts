// Strategy: what a skill may be as a table; then on both databases who may say what of whom, undo, the log, and input that means harm.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { isRefused, limits } from "@hourwright/contract";
import { postgres, type FilledDatabase } from "../../../testing/filled-database.ts";
import {
  COORDINATOR,
  INSTRUCTOR,
  MEMBER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../../testing/server.ts";
import { heldOf, skillOf } from "./decide.ts";

describe("a skill", () => {
  const held = (level: number, from: string, until: string | null, levels: readonly string[] = []) => {
    const decided = heldOf({ name: "Sailing", levels }, { level, from, until });
    return isRefused(decided) ? decided.refused.detail : "held";
  };
  const table: readonly (readonly [string, string, string])[] = [
    ["without an end", held(5, "2027-01-01", null), "held"],
    ["for one day", held(1, "2027-01-01", "2027-01-01"), "held"],
    ["that is over long since", held(1, "1999-01-01", "2000-01-01"), "held"],
    ["that ends first", held(1, "2027-01-02", "2027-01-01"), "It ends on 2027-01-01, before it begins on 2027-01-02."],
    ["at a level that it has", held(2, "2027-01-01", null, ["Crew", "Skipper"]), "held"],
    [
      "at a level that it has not",
      held(3, "2027-01-01", null, ["Crew", "Skipper"]),
      "“Sailing” has 2 levels, and 3 is none of them.",
    ],
  ];
  for (const [what, answer, expected] of table)
    test(`is held ${what}: ${expected}`, () => assert.equal(answer, expected));

  test("has levels that are called differently, and no blanks around its name", () => {
    assert.deepEqual(skillOf({ name: " Sailing ", levels: ["Crew "] }), { name: "Sailing", levels: ["Crew"] });
    assert.ok(isRefused(skillOf({ name: "Sailing", levels: ["Crew", "crew"] })));
  });
});

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };

for (const kind of [embedded, postgres]) {
  describe(`skills of people, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let owner: Client;
    let ben = "";
    let made = 0;

    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      ben = (await owner("people.create", { body: { name: "Ben" } })).id;
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    const create = (body: object = {}) => owner("skills.create", { body: { name: `Skill ${++made}`, ...body } });
    const give = (skillId: string, body: object = {}, client = owner, id = ben) =>
      client("personSkills.put", { params: { id, skillId }, body });
    const held = async (client = owner, id = ben) =>
      (await client("personSkills.list", { params: { id }, query: {} })).items;
    const list = async () => (await owner("skills.list", { query: {} })).items;
    const undo = async () => {
      const [last] = (await owner("requests.mine", {})).undo;
      await owner("requests.undo", { params: { id: last!.id } });
      return last!.summary;
    };

    test("are named, given, told with their levels, changed, and taken again", async () => {
      const skill = await create({ levels: ["Crew", "Skipper"] });
      const first = await give(skill.id, { level: 2, from: "2024-03-03", until: "2099-03-03" });
      assert.deepEqual(
        [first.level, first.levelName, first.from, first.until, first.version],
        [2, "Skipper", "2024-03-03", "2099-03-03", 1],
      );
      assert.equal((await list()).find(({ id }) => id === skill.id)!.people, 1);
      const again = await give(skill.id, { level: 1 });
      assert.deepEqual([again.levelName, again.from, again.until, again.version], ["Crew", "2024-03-03", null, 2]);
      const { items } = await owner("skills.people", { params: { id: skill.id }, query: {} });
      assert.deepEqual(
        items.map(({ person, level }) => [person, level]),
        [["Ben", 1]],
      );
      const stale = owner("personSkills.put", { params: { id: ben, skillId: skill.id }, body: {}, ifMatch: 1 });
      assert.equal((await refusalOf(stale)).code, "request/version-changed");
      await owner("skills.update", { params: { id: skill.id }, body: { name: "Sailing" }, ifMatch: skill.version });
      assert.equal((await held())[0]!.name, "Sailing");
      await give(skill.id, { until: "2024-04-03" });
      assert.equal(
        (await list()).find(({ id }) => id === skill.id)!.people,
        0,
        "what has ended is told, and not counted",
      );
      await owner("personSkills.remove", { params: { id: ben, skillId: skill.id } });
      assert.deepEqual(await held(), []);
      const gone = owner("personSkills.remove", { params: { id: ben, skillId: skill.id } });
      assert.equal((await refusalOf(gone)).code, "request/not-found");
    });

    test("are taken back and made again, with everybody who had them; and stand in the log", async () => {
      const skill = await create();
      await give(skill.id, { level: 3, from: "2025-01-01" });
      const { latest } = await owner("changes.list", { query: { since: 0, limit: 1 } });
      await owner("skills.remove", { params: { id: skill.id } });
      assert.deepEqual(await held(), []);
      assert.equal((await refusalOf(give(skill.id))).code, "request/not-found");
      assert.equal(await undo(), "Changed a skill");
      assert.deepEqual(
        (await held()).map(({ name, level, from }) => [name, level, from]),
        [[skill.name, 3, "2025-01-01"]],
      );
      const { items } = await owner("changes.list", { query: { since: latest } });
      assert.deepEqual(
        items.filter(({ type }) => type === "skill").map(({ kind: what, id }) => [what, id]),
        [
          ["removed", skill.id],
          ["created", skill.id],
        ],
      );
      await give(skill.id, { level: 5 });
      assert.equal(await undo(), "Changed what somebody is able to do");
      assert.equal((await held())[0]!.level, 3);
      await owner("personSkills.remove", { params: { id: ben, skillId: skill.id } });
      await undo();
      assert.equal((await held()).length, 1);
      const other = await create();
      await give(other.id);
      await undo();
      await undo();
      assert.ok((await list()).every(({ id }) => id !== other.id));
      await owner("personSkills.remove", { params: { id: ben, skillId: skill.id } });
    });

    test("are not called alike, whatever their case, also not when one comes back", async () => {
      const skill = await create({ name: "Rowing" });
      const same = await refusalOf(create({ name: " rowING " }));
      assert.deepEqual(
        [same.code, same.detail],
        ["workforce/skill-invalid", "There is a skill called “rowING” already."],
      );
      await owner("skills.remove", { params: { id: skill.id } });
      const [removed] = (await owner("requests.mine", {})).undo;
      await create({ name: "ROWING" });
      const back = await refusalOf(owner("requests.undo", { params: { id: removed!.id } }));
      assert.equal(back.code, "workforce/skill-invalid");
      const both = await Promise.allSettled([create({ name: "Twice" }), create({ name: "twice" })]);
      assert.equal(both.filter(({ status }) => status === "fulfilled").length, 1);
    });

    test("are said by who manages people; everybody is told their own, and nobody those of others", async () => {
      const skill = await create();
      const instructor = await server.signedIn(INSTRUCTOR);
      const member = await server.signedIn(MEMBER);
      const me = (await member("me.read", {})).personId;
      for (const client of [member]) {
        assert.equal((await refusalOf(client("skills.create", { body: { name: "Mine" } }))).status, 403);
        assert.equal((await refusalOf(give(skill.id, {}, client))).status, 403);
        assert.equal((await refusalOf(give(skill.id, {}, client, me))).status, 403);
        assert.equal((await refusalOf(held(client))).status, 403);
        assert.equal((await refusalOf(client("skills.remove", { params: { id: skill.id } }))).status, 403);
      }
      await give(skill.id, { level: 4 }, owner, me);
      assert.deepEqual(
        (await held(member, me)).map(({ level }) => level),
        [4],
      );
      const { items } = await member("skills.people", { params: { id: skill.id }, query: {} });
      assert.deepEqual(
        items.map(({ personId }) => personId),
        [me],
      );
      assert.deepEqual((await instructor("skills.people", { params: { id: skill.id }, query: {} })).items, []);
      assert.equal((await refusalOf(server.stranger("skills.list", { query: {} }))).status, 401);
    });

    test("that cannot be are refused: of a room, of nobody, on no day, without a name, at no level", async () => {
      const skill = await create();
      const room = (await owner("resources.create", { body: { name: "Quay", kind: "room" } })).id;
      const nobody = ben.replace(/.$/, ben.endsWith("0") ? "1" : "0");
      for (const id of [room, nobody]) {
        assert.equal((await refusalOf(give(skill.id, {}, owner, id))).code, "request/not-found");
        assert.equal((await refusalOf(held(owner, id))).code, "request/not-found");
      }
      for (const body of [
        { level: 0 },
        { level: 6 },
        { level: 1.5 },
        { from: "2027-02-30" },
        { from: "0001-01-01" },
        { until: "9999-12-31" },
        { until: "2027-01-01T00:00:00Z" },
        { level: 1, extra: true },
      ])
        assert.equal((await refusalOf(give(skill.id, body))).code, "request/invalid", JSON.stringify(body));
      for (const body of [
        { name: " " },
        { name: "a\0b" },
        { name: "x".repeat(101) },
        { levels: ["1", "2", "3", "4", "5", "6"] },
        { levels: [""] },
      ])
        assert.equal((await refusalOf(create(body))).code, "request/invalid", JSON.stringify(body));
      const script = await create({ name: "<script>alert(1)</script>'; drop table workforce.skill; --" });
      assert.ok((await list()).some(({ name }) => name === script.name));
    });

    test("have a bound, of an organisation and of a person; those that were removed do not count", async () => {
      const before = (await list()).length;
      const fill = limits.SKILLS_MAX - before;
      const ids: string[] = [];
      for (let from = 0; from < fill; from += 50)
        ids.push(
          ...(await Promise.all(Array.from({ length: Math.min(50, fill - from) }, () => create()))).map(({ id }) => id),
        );
      assert.equal((await list()).length, limits.SKILLS_MAX);
      assert.equal((await refusalOf(create())).code, "workforce/too-many-skills");
      await owner("skills.remove", { params: { id: ids.pop()! } });
      await create();
      for (let from = 0; from < limits.SKILLS_OF_A_PERSON_MAX; from += 50)
        await Promise.all(ids.slice(from, from + 50).map((id) => give(id)));
      const most = await refusalOf(give(ids[limits.SKILLS_OF_A_PERSON_MAX]!));
      assert.deepEqual([most.code, most.detail], ["workforce/too-many-skills", "A person has at most 200."]);
      assert.equal((await held()).length, limits.SKILLS_OF_A_PERSON_MAX);
    });
  });
}
