// Strategy: what a directory says and what is made of it, as a table; what was changed by hand since; then that showing somebody and writing it back changes nothing.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { projected, versioned } from "./answers.ts";
import { completed, userOf, wishOf, type Person, type UserWish } from "./mapping.ts";
import { pathOf } from "./filter.ts";
import { ENTERPRISE, USERS } from "./schemas.ts";
import type { Resource } from "./values.ts";

const BASE = "https://here.example/scim/v2";
const MADE = "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3";

/** Somebody as they are once a wish is written. */
const written = ({ kept, name, email, zone = "Europe/Prague", active, department }: UserWish): Person => ({
  id: MADE,
  name,
  email,
  zone,
  retired: !active,
  changedMs: 1_800_000_000_000,
  kept: { ...kept, name, email },
  department: department ?? [],
  teams: [],
  manager: null,
});
const byHand: Person = {
  ...written(wishOf({ userName: "x" }, null, {})),
  name: "Hana Nová",
  email: "hana@x.example",
  kept: null,
  department: ["Care", "Ward 3"],
};
const shown = (person: Person): Resource => userOf(person, BASE);
const again = (person: Person, resource: Resource): Person =>
  written(wishOf(resource, shown(person), person.kept?.attributes ?? {}));

describe("what a directory says of somebody", () => {
  const names: readonly (readonly [string, Resource, string])[] = [
    ["the name to be shown", { displayName: "Babs", name: { formatted: "Barbara J" } }, "Babs"],
    [
      "the whole name",
      { name: { formatted: "Ms. Barbara Jensen", givenName: "Barbara", familyName: "Jensen" } },
      "Ms. Barbara Jensen",
    ],
    ["the parts of a name", { name: { givenName: "Barbara", familyName: "Jensen" } }, "Barbara Jensen"],
    ["one part", { name: { familyName: "Jensen" } }, "Jensen"],
    ["no name", {}, "bjensen"],
  ];
  for (const [what, resource, name] of names)
    test(`${what} becomes their name`, () =>
      assert.equal(wishOf({ userName: "bjensen", ...resource }, null, {}).name, name));

  const mails: readonly (readonly [string, Resource, string | null])[] = [
    [
      "the primary address",
      {
        emails: [
          { value: "w@x.example", type: "work" },
          { value: "P@X.example", primary: true },
        ],
      },
      "p@x.example",
    ],
    [
      "the one for work",
      {
        emails: [
          { value: "h@x.example", type: "home" },
          { value: "w@x.example", type: "Work" },
        ],
      },
      "w@x.example",
    ],
    ["the first", { emails: [{ value: "a@x.example" }, { value: "b@x.example" }] }, "a@x.example"],
    ["a userName that is one", { userName: "U@x.example" }, "u@x.example"],
    ["a userName that is none", {}, null],
  ];
  for (const [what, resource, email] of mails)
    test(`${what} ${email === null ? "gives no address" : "is their address"}`, () =>
      assert.equal(wishOf({ userName: "bjensen", ...resource }, null, {}).email, email));

  test("a new given name changes the name of whom no shown name was said of, and not of others", () => {
    const parts = { userName: "b", name: { givenName: "Barbara", familyName: "Jensen" } };
    const plain = written(wishOf(parts, null, {}));
    const renamed = { ...shown(plain), name: { givenName: "Babs", familyName: "Jensen" } };
    assert.equal(again(plain, renamed).name, "Babs Jensen");
    const told = written(wishOf({ ...parts, displayName: "B. Jensen" }, null, {}));
    assert.equal(again(told, { ...shown(told), name: { givenName: "Babs" } }).name, "B. Jensen");
  });
});

describe("somebody as a directory sees them", () => {
  test("is called by their address, else their id, until a directory says how", () => {
    assert.equal(shown(byHand)["userName"], "hana@x.example");
    assert.equal(shown({ ...byHand, email: null })["userName"], MADE);
    assert.deepEqual(shown(byHand)["emails"], [{ value: "hana@x.example", type: "work", primary: true }]);
    assert.deepEqual(shown(byHand)[ENTERPRISE], { department: "Care / Ward 3" });
    const { created, location } = shown(byHand)["meta"] as Resource;
    assert.deepEqual([String(created).slice(0, 7), location], ["2024-09", `${BASE}/Users/${MADE}`]);
  });

  test("is as they were changed by hand since", () => {
    const person = written(
      wishOf(
        {
          userName: "h",
          displayName: "Hana",
          name: { givenName: "Hana" },
          emails: [{ value: "h@x.example", type: "work" }, { value: "o@x.example" }],
          [ENTERPRISE]: { department: "ward 3" },
        },
        null,
        {},
      ),
    );
    const there = { ...person, department: ["Care", "Ward 3"] };
    assert.deepEqual(shown(there)[ENTERPRISE], { department: "ward 3" }, "in its own words, while they mean it");
    assert.deepEqual(shown({ ...person, department: ["Bath"] })[ENTERPRISE], { department: "Bath" });
    const changed = { ...person, name: "Hana Nová", email: "new@x.example" };
    assert.deepEqual(
      [shown(changed)["displayName"], shown(changed)["name"]],
      ["Hana Nová", { formatted: "Hana Nová" }],
    );
    assert.deepEqual(shown(changed)["emails"], [{ value: "new@x.example", type: "work" }, { value: "o@x.example" }]);
    assert.deepEqual(shown({ ...person, email: null })["emails"], [{ value: "o@x.example" }]);
  });

  test("keeps in a whole resource what no directory has ever spoken of", () => {
    const put = { userName: "hana@x.example", displayName: "Hana" };
    const whole = completed(put, shown(byHand), {});
    assert.deepEqual(
      [whole["active"], whole["timezone"], whole[ENTERPRISE]],
      [true, "Europe/Prague", { department: "Care / Ward 3" }],
    );
    const told = { emails: [{ value: "x" }], [ENTERPRISE]: { department: "Care" } };
    const without = completed(put, shown(byHand), told);
    assert.deepEqual([without["emails"], without[ENTERPRISE]], [undefined, undefined]);
  });

  test("is the same after they were written back as they are shown", () => {
    const word = fc.constantFrom("Ana", "Bo", "Éva", "x@x.example", "Y@x.example");
    const maybe = fc.option(word, { nil: undefined });
    const resource = fc.record(
      {
        userName: word,
        displayName: maybe,
        name: fc.option(fc.record({ givenName: word, familyName: word }), { nil: undefined }),
        title: maybe,
        active: fc.boolean(),
        emails: fc.option(
          fc.uniqueArray(
            fc.record({ value: fc.constantFrom("a@x.example", "B@x.example"), type: fc.constantFrom("work", "home") }),
            { minLength: 1, maxLength: 2, selector: ({ value }) => value },
          ),
          { nil: undefined },
        ),
        [ENTERPRISE]: fc.option(fc.record({ department: word, costCenter: word }), { nil: undefined }),
      },
      { requiredKeys: ["userName", "active"] },
    );
    fc.assert(
      fc.property(resource, (given) => {
        const said = Object.fromEntries(
          Object.entries(structuredClone(given)).filter(([, value]) => value !== undefined),
        );
        const person = written(wishOf(said, null, {}));
        const first = shown(person);
        assert.deepEqual(shown(again(person, first)), first);
      }),
    );
  });
});

describe("a part of a resource", () => {
  const person = versioned({
    ...shown(byHand),
    [ENTERPRISE]: { department: "Care", manager: { value: "per_2", displayName: "B" } },
  });
  const names = (list: string) => list.split(",").map((each) => pathOf(each)!);
  const only = (list: string) => projected(USERS, person, { only: names(list), without: [] });
  const without = (list: string) => projected(USERS, person, { only: null, without: names(list) });

  test("is what is asked for, and always id and schemas", () => {
    assert.deepEqual(
      Object.keys(only("USERNAME")).toSorted((a, b) => (a < b ? -1 : 1)),
      ["id", "schemas", "userName"],
    );
    assert.deepEqual(only("emails.value")["emails"], [{ value: "hana@x.example" }]);
    assert.deepEqual(only(`${ENTERPRISE}:department`)[ENTERPRISE], { department: "Care" });
    assert.deepEqual(only(`${ENTERPRISE}:manager.value`)[ENTERPRISE], { manager: { value: "per_2" } });
    assert.deepEqual(only(ENTERPRISE)[ENTERPRISE], person[ENTERPRISE]);
    assert.deepEqual(only("urn:ietf:params:scim:schemas:core:2.0:User:userName")["userName"], "hana@x.example");
  });

  test("is all but what is not asked for", () => {
    assert.equal(without("id")["id"], MADE);
    assert.deepEqual(without("emails.type")["emails"], [{ value: "hana@x.example", primary: true }]);
    assert.equal(without(ENTERPRISE)[ENTERPRISE], undefined);
    assert.deepEqual(without(`${ENTERPRISE}:manager`)[ENTERPRISE], { department: "Care" });
  });
});
