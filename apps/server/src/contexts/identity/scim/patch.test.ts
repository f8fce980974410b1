// Strategy: what the standard and directories send, as a table of before, operations and after; then members against a set, and parts against a map.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isFault } from "./fault.ts";
import { patched, readPatch } from "./patch.ts";
import { ENTERPRISE, GROUPS, USERS, type ResourceType } from "./schemas.ts";
import { resourceIn, type Resource } from "./values.ts";

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const BEFORE: Resource = {
  id: "per_1",
  userName: "bjensen",
  displayName: "Barbara Jensen",
  name: { givenName: "Barbara", familyName: "Jensen" },
  active: true,
  emails: [
    { value: "b@work.example", type: "work", primary: true },
    { value: "b@home.example", type: "home" },
  ],
  [ENTERPRISE]: { department: "Care" },
};

const after = (
  operations: readonly object[],
  before: Resource = BEFORE,
  type: ResourceType = USERS,
): Resource | string => {
  const read = readPatch({ schemas: [PATCH_OP], Operations: operations });
  const done = isFault(read) ? read : patched(type, before, read);
  return isFault(done) ? (done as { fault: { scimType: string } }).fault.scimType : done;
};

type Row = { readonly is: string; readonly operations: readonly object[]; readonly becomes: Resource | string };
const mails = (...emails: readonly object[]): Resource => ({ ...BEFORE, emails });
const [WORK, HOME] = BEFORE["emails"] as [object, object];

const TABLE: readonly Row[] = [
  {
    is: "an attribute is replaced",
    operations: [{ op: "replace", path: "userName", value: "babs" }],
    becomes: { ...BEFORE, userName: "babs" },
  },
  {
    is: "verbs and names in any case",
    operations: [{ op: "Replace", path: "USERNAME", value: "babs" }],
    becomes: { ...BEFORE, userName: "babs" },
  },
  {
    is: "false as a text",
    operations: [{ op: "Replace", path: "active", value: "False" }],
    becomes: { ...BEFORE, active: false },
  },
  {
    is: "no path, as some send it",
    operations: [{ op: "replace", value: { active: false } }],
    becomes: { ...BEFORE, active: false },
  },
  {
    is: "a part of a name",
    operations: [{ op: "add", path: "name.familyName", value: "J" }],
    becomes: { ...BEFORE, name: { givenName: "Barbara", familyName: "J" } },
  },
  {
    is: "a name in its parts, which keeps the others",
    operations: [{ op: "replace", path: "name", value: { familyName: "J" } }],
    becomes: { ...BEFORE, name: { givenName: "Barbara", familyName: "J" } },
  },
  {
    is: "dotted names without a path",
    operations: [{ op: "add", value: { "name.familyName": "J", [`${ENTERPRISE}:department`]: "Bath" } }],
    becomes: { ...BEFORE, name: { givenName: "Barbara", familyName: "J" }, [ENTERPRISE]: { department: "Bath" } },
  },
  {
    is: "an extension without a path",
    operations: [{ op: "add", value: { [ENTERPRISE]: { employeeNumber: "7" } } }],
    becomes: { ...BEFORE, [ENTERPRISE]: { department: "Care", employeeNumber: "7" } },
  },
  {
    is: "an extension by its name",
    operations: [{ op: "replace", path: ENTERPRISE, value: { department: "Bath" } }],
    becomes: { ...BEFORE, [ENTERPRISE]: { department: "Bath" } },
  },
  {
    is: "an attribute of an extension",
    operations: [{ op: "add", path: `${ENTERPRISE}:manager`, value: "per_2" }],
    becomes: { ...BEFORE, [ENTERPRISE]: { department: "Care", manager: { value: "per_2" } } },
  },
  {
    is: "an extension taken away",
    operations: [{ op: "remove", path: ENTERPRISE }],
    becomes: Object.fromEntries(Object.entries(BEFORE).filter(([name]) => name !== ENTERPRISE)),
  },
  {
    is: "one of several values by what it is for",
    operations: [{ op: "replace", path: `emails[type eq "work"].value`, value: "n@x.example" }],
    becomes: mails({ ...WORK, value: "n@x.example" }, HOME),
  },
  {
    is: "a value that is not there is made by who adds it",
    operations: [{ op: "Add", path: `emails[type eq "other"].value`, value: "o@x.example" }],
    becomes: mails(WORK, HOME, { type: "other", value: "o@x.example" }),
  },
  {
    is: "nobody replaces what is not there",
    operations: [{ op: "replace", path: `emails[type eq "other"].value`, value: "o@x.example" }],
    becomes: "noTarget",
  },
  {
    is: "a value is added, and the same one once",
    operations: [
      { op: "add", path: "emails", value: [{ value: "o@x.example" }, { value: "b@home.example", type: "home" }] },
    ],
    becomes: mails(WORK, HOME, { value: "o@x.example" }),
  },
  {
    is: "a new primary value, so the other is it no more",
    operations: [{ op: "add", path: "emails", value: { value: "p@x.example", primary: true } }],
    becomes: mails({ value: "b@work.example", type: "work" }, HOME, { value: "p@x.example", primary: true }),
  },
  {
    is: "another value becomes the primary one",
    operations: [{ op: "replace", path: `emails[type eq "home"].primary`, value: true }],
    becomes: mails({ value: "b@work.example", type: "work" }, { ...HOME, primary: true }),
  },
  {
    is: "values that a filter finds are taken away",
    operations: [{ op: "remove", path: `emails[type eq "home"]` }],
    becomes: mails(WORK),
  },
  {
    is: "all values are taken away",
    operations: [{ op: "remove", path: "emails" }],
    becomes: Object.fromEntries(Object.entries(BEFORE).filter(([name]) => name !== "emails")),
  },
  {
    is: "several operations, one after the other",
    operations: [
      { op: "remove", path: "emails" },
      { op: "add", path: "emails", value: [{ value: "n@x.example" }] },
    ],
    becomes: mails({ value: "n@x.example" }),
  },
  { is: "what is needed stays", operations: [{ op: "remove", path: "userName" }], becomes: "mutability" },
  { is: "what is only read stays", operations: [{ op: "replace", path: "groups", value: [] }], becomes: "mutability" },
  {
    is: "ids in a value are passed over",
    operations: [{ op: "replace", value: { id: "per_1", displayName: "B" } }],
    becomes: { ...BEFORE, displayName: "B" },
  },
  { is: "to remove wants a path", operations: [{ op: "remove" }], becomes: "noTarget" },
  {
    is: "an attribute that there is not",
    operations: [{ op: "replace", path: "shoeSize", value: 44 }],
    becomes: "invalidPath",
  },
  { is: "a path that is none", operations: [{ op: "replace", path: "emails[", value: 44 }], becomes: "invalidPath" },
  {
    is: "a value of another type",
    operations: [{ op: "replace", path: "active", value: "perhaps" }],
    becomes: "invalidValue",
  },
  {
    is: "two primary values",
    operations: [
      {
        op: "replace",
        path: "emails",
        value: [
          { value: "a", primary: true },
          { value: "b", primary: "True" },
        ],
      },
    ],
    becomes: "invalidValue",
  },
  { is: "another verb", operations: [{ op: "move", path: "userName", value: "x" }], becomes: "invalidSyntax" },
  {
    is: "an order among what has none",
    operations: [{ op: "remove", path: "emails[primary gt true]" }],
    becomes: "invalidFilter",
  },
];

describe("a PATCH", () => {
  for (const { is, operations, becomes } of TABLE) test(is, () => assert.deepEqual(after(operations), becomes));

  test("says that it is one", () => {
    assert.ok(isFault(readPatch({ Operations: [{ op: "add", value: {} }] })));
    assert.ok(isFault(readPatch({ schemas: [PATCH_OP], Operations: [] })));
    assert.ok(!isFault(readPatch({ schemas: [PATCH_OP], operations: [{ op: "add", value: {} }] })));
  });

  test("puts people into a group and out of it as into a set and out of it", () => {
    const some = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 5 });
    const step = fc.record({ verb: fc.constantFrom("add", "remove", "replace", "find"), ids: some });
    fc.assert(
      fc.property(some, fc.array(step, { minLength: 1, maxLength: 8 }), (first, steps) => {
        const people = (ids: readonly string[]) => ids.map((value) => ({ value }));
        const set = new Set(first);
        const operations = steps.flatMap(({ verb, ids }): object[] => {
          if (verb === "find") {
            for (const id of ids) set.delete(id);
            return ids.map((id) => ({ op: "Remove", path: `members[value eq "${id}"]` }));
          }
          if (verb === "replace") set.clear();
          for (const id of ids)
            if (verb === "remove") set.delete(id);
            else set.add(id);
          return [{ op: verb, path: "members", value: people(ids) }];
        });
        if (operations.length === 0) return;
        const group = after(
          operations,
          { displayName: "G", ...(first.length === 0 ? {} : { members: people(first) }) },
          GROUPS,
        );
        const members = ((group as Resource)["members"] ?? []) as readonly { value: string }[];
        assert.deepEqual(members.map(({ value }) => value).toSorted(), [...set].toSorted());
      }),
    );
  });

  test("of many filters over many people is refused before it is done", () => {
    const members = Array.from({ length: 20_000 }, (_, i) => ({ value: `per_${i}`, display: `Somebody ${i}` }));
    const group = { displayName: "All", members };
    const looking = (operations: number) =>
      after(
        Array.from({ length: operations }, () => ({ op: "remove", path: `members[display co "nobody"]` })),
        group,
        GROUPS,
      );
    assert.deepEqual(looking(100), group);
    assert.equal(looking(101), "invalidFilter");
    const eachAlone = Array.from({ length: 1_000 }, (_, i) => ({ op: "remove", path: `members[value eq "per_${i}"]` }));
    assert.equal((after(eachAlone, group, GROUPS) as { members: object[] }).members.length, 19_000);
  });

  test("sets single attributes as entries of a map", () => {
    const names = ["title", "nickName", "name.givenName", "name.familyName", `${ENTERPRISE}:division`];
    const step = fc.record({
      op: fc.constantFrom("add", "replace", "remove"),
      path: fc.constantFrom(...names),
      value: fc.constantFrom("x", "y"),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
        const map = new Map<string, string>();
        for (const { op, path, value } of steps)
          if (op === "remove") map.delete(path);
          else map.set(path, value);
        const person = after(steps, { userName: "u" }) as Resource;
        const name = (person["name"] ?? {}) as Resource;
        const extension = (person[ENTERPRISE] ?? {}) as Resource;
        const found = [
          person["title"],
          person["nickName"],
          name["givenName"],
          name["familyName"],
          extension["division"],
        ];
        assert.deepEqual(
          found,
          names.map((each) => map.get(each)),
        );
      }),
    );
  });
});

describe("a whole resource", () => {
  test("is read in the case of its schema; what is unknown, only read or empty is left out", () => {
    const given = {
      USERNAME: "u",
      ID: "x",
      groups: [{ value: "g" }],
      shoeSize: 4,
      nickname: "",
      emails: "a@x.example",
      Active: "TRUE",
      [ENTERPRISE.toUpperCase()]: { Department: "Care" },
    };
    assert.deepEqual(resourceIn(USERS, given), {
      userName: "u",
      emails: [{ value: "a@x.example" }],
      active: true,
      [ENTERPRISE]: { department: "Care" },
    });
    for (const wrong of [
      { userName: {} },
      { userName: "\0" },
      { userName: "u".repeat(1_001) },
      { name: "N" },
      { emails: Array.from({ length: 101 }, () => "a") },
    ])
      assert.ok(isFault(resourceIn(USERS, wrong)), JSON.stringify(wrong).slice(0, 80));
  });
});
