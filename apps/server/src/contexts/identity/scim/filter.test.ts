// Strategy: a table of sentences of the standard, then print and read again, and each filter against a slow obvious model.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  FILTER_CHARACTERS_MAX,
  FILTER_TERMS_MAX,
  operators,
  printFilter,
  readFilter,
  readTarget,
  type AttributePath,
  type Filter,
} from "./filter.ts";
import { matches, narrowedBy, sorted, whyNoFilter } from "./matching.ts";
import { ENTERPRISE, USERS } from "./schemas.ts";
import { textOf, type Resource } from "./values.ts";

const BARBARA: Resource = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
  id: "per_1",
  externalId: "BJensen",
  userName: "bjensen",
  name: { familyName: "O'Malley", givenName: "Barbara" },
  title: "Tour Guide",
  userType: "Employee",
  active: true,
  emails: [
    { value: "bjensen@example.com", type: "work", primary: true },
    { value: "babs@jensen.org", type: "home" },
  ],
  meta: { resourceType: "User", lastModified: "2011-05-13T04:42:34Z" },
  [ENTERPRISE]: { employeeNumber: "701984", manager: { value: "per_2", displayName: "John" } },
};

/** Filters of RFC 7644 §3.4.2.2 and of directories, and whether they find Barbara. */
const TABLE: readonly (readonly [string, boolean])[] = [
  [`userName eq "bjensen"`, true],
  [`userName Eq "BJENSEN"`, true],
  [`name.familyName co "O'Malley"`, true],
  [`userName sw "J"`, false],
  [`urn:ietf:params:scim:schemas:core:2.0:User:userName sw "b"`, true],
  [`title pr`, true],
  [`nickName pr`, false],
  [`name pr`, true],
  [`meta.lastModified gt "2011-05-13T04:42:34Z"`, false],
  [`meta.lastModified ge "2011-05-13T06:42:34+02:00"`, true],
  [`meta.lastModified lt "2012-01-01T00:00:00Z"`, true],
  [`title pr and userType eq "Employee"`, true],
  [`title pr or userType eq "Intern"`, true],
  [`schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"`, true],
  [`userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")`, true],
  [`userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")`, false],
  [`userType eq "Employee" and (emails.type eq "work")`, true],
  [`userType eq "Employee" and emails[type eq "work" and value co "@example.com"]`, true],
  [`emails[type eq "work" and value co "@jensen.org"]`, false],
  [`emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]`, true],
  [`emails[not (type eq "work")]`, true],
  [`active eq true`, true],
  [`active eq "True"`, true],
  [`active ne true`, false],
  [`externalId eq "bjensen"`, false],
  [`externalId eq "BJensen"`, true],
  [`nickName eq null`, true],
  [`title ne null`, true],
  [`${ENTERPRISE}:employeeNumber eq "701984"`, true],
  [`${ENTERPRISE}:manager.value eq "per_2"`, true],
  [`${ENTERPRISE}:manager eq "per_2"`, true],
  [`urn:other:User:userName pr`, false],
  [`title pr or title pr and nickName pr`, true],
  [`(title pr or title pr) and nickName pr`, false],
];

const read = (text: string): Filter => {
  const filter = readFilter(text);
  assert.ok(!("why" in filter), `${text}: ${JSON.stringify(filter)}`);
  return filter;
};

describe("a filter", () => {
  for (const [text, finds] of TABLE)
    test(`${finds ? "finds" : "does not find"} somebody by ${text}`, () => {
      assert.equal(whyNoFilter(USERS, read(text)), null);
      assert.equal(matches(USERS, read(text), BARBARA), finds);
    });

  test("that cannot be read is refused in words", () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ["", /empty/],
      ["   ", /empty/],
      ["userName", /comes one of/],
      [`userName eq`, /comes "text"/],
      [`userName is "x"`, /one of eq/],
      [`userName eq "x`, /not closed/],
      [`userName eq 'x'`, /comes "text"/],
      [`userName eq x`, /comes "text"/],
      [`(userName pr`, /“\)” is missing/],
      [`userName pr)`, /“\)” is for/],
      [`userName pr userName pr`, /is for/],
      [`userName pr and`, /ends too early/],
      [`emails[type eq "work"`, /“\]” is missing/],
      [`emails[type[value pr]]`, /within each other/],
      [`not userName pr`, /one of/],
      [`userName eq 1e999`, /comes "text"/],
      [`userName eq "\\q"`, /comes "text"/],
      [`$ eq 1`, /no attribute/],
      [`${"(".repeat(40)}userName pr${")".repeat(40)}`, /deeper/],
      ["a".repeat(FILTER_CHARACTERS_MAX + 1), /characters/],
    ];
    for (const [text, why] of wrong) {
      const filter = readFilter(text);
      assert.ok("why" in filter, text);
      assert.match(filter.why, why, text);
    }
  });

  test("is refused when it asks for more than people ever ask for", () => {
    const of = (terms: number) => readFilter(Array.from({ length: terms }, () => "active pr").join(" or "));
    assert.ok(!("why" in of(FILTER_TERMS_MAX)));
    assert.deepEqual(of(FILTER_TERMS_MAX + 1), { why: `It compares more than ${FILTER_TERMS_MAX} times.` });
  });

  test("that compares what has no order is refused", () => {
    for (const text of [
      `active gt true`,
      `active eq "maybe"`,
      `meta.created gt "soon"`,
      `title gt true`,
      `name gt "a"`,
      `title[value pr]`,
      `emails[primary co "x"]`,
      `not (active lt 1)`,
    ])
      assert.equal(typeof whyNoFilter(USERS, read(text)), "string", text);
  });

  test("is printed so that it is read as the same", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => assert.deepEqual(readFilter(printFilter(filter)), structuredClone(filter))),
    );
  });

  test("finds what an obvious model finds", () => {
    fc.assert(
      fc.property(askable, people, (filter, person) =>
        assert.equal(matches(USERS, filter, person), model(filter, person)),
      ),
      { numRuns: 2_000 },
    );
  });

  test("by which somebody is found directly misses nobody whom it finds", () => {
    fc.assert(
      fc.property(askable, people, (filter, person) => {
        const narrow = narrowedBy(filter);
        if (narrow === null || !matches(USERS, filter, person)) return;
        const value = String(person[narrow.by]);
        assert.equal(
          narrow.by === "userName" ? value.toLowerCase() : value,
          narrow.by === "userName" ? narrow.value.toLowerCase() : narrow.value,
        );
      }),
    );
  });
});

describe("the path of a change", () => {
  test("is an attribute, or of several values those that are so, or a part of them", () => {
    assert.deepEqual(readTarget("userName"), { path: at("userName"), filter: null, sub: null });
    assert.deepEqual(readTarget("name.familyName"), { path: at("name"), filter: null, sub: "familyName" });
    assert.deepEqual(readTarget(`${ENTERPRISE}:manager.value`), {
      path: { ...at("manager"), schema: ENTERPRISE },
      filter: null,
      sub: "value",
    });
    const filter = read(`type eq "work"`);
    assert.deepEqual(readTarget(`emails[type eq "work"]`), { path: at("emails"), filter, sub: null });
    assert.deepEqual(readTarget(`emails[type eq "work"].value`), { path: at("emails"), filter, sub: "value" });
    for (const text of [
      "",
      "[",
      `emails[`,
      `emails[]`,
      `emails[type eq "w"`,
      `emails.value[type eq "w"]`,
      `emails[type eq "w"]x`,
      `emails[type eq "w"].value x`,
      "a b",
    ])
      assert.ok("why" in readTarget(text), text);
  });
});

describe("people in order", () => {
  test("come by the attribute that is asked for, those without it last, whichever way", () => {
    const some = ["b", null, "A", "c"].map((title, i) => ({
      id: `${i}`,
      userName: `${i}`,
      ...(title === null ? {} : { title }),
    }));
    const order = (isDescending: boolean) => sorted(USERS, some, at("title"), isDescending).map(({ id }) => id);
    assert.deepEqual(order(false), ["2", "0", "3", "1"]);
    assert.deepEqual(order(true), ["3", "0", "2", "1"]);
  });
});

function at(name: string, sub: string | null = null): AttributePath {
  return { schema: null, name, sub };
}

const word = fc.stringMatching(/^[a-zA-Z][\w-]{0,6}$/);
const anyPath = fc.record({
  schema: fc.constantFrom(null, ENTERPRISE, "urn:x:1.0:Y"),
  name: word,
  sub: fc.option(word),
});
const literal = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => (each === 0 ? 0 : each)),
  fc.boolean(),
  fc.constant(null),
);
const leafWith = (path: fc.Arbitrary<AttributePath>): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc.record({ kind: fc.constant("compare" as const), path, operator: fc.constantFrom(...operators), value: literal }),
    fc.record({ kind: fc.constant("present" as const), path }),
  );
const combined = (leaf: fc.Arbitrary<Filter>, depth: number): fc.Arbitrary<Filter> =>
  depth === 0
    ? leaf
    : fc.oneof(
        leaf,
        fc.record({
          kind: fc.constantFrom("and" as const, "or" as const),
          filters: fc.array(combined(leaf, depth - 1), { minLength: 2, maxLength: 3 }),
        }),
        fc.record({ kind: fc.constant("not" as const), filter: combined(leaf, depth - 1) }),
      );
const anyFilter = combined(
  fc.oneof(
    leafWith(anyPath),
    fc.record({
      kind: fc.constant("values" as const),
      path: anyPath.map((path) => ({ ...path, sub: null })),
      filter: combined(leafWith(anyPath), 1),
    }),
  ),
  3,
);

const text = fc.constantFrom("a", "A", "ab", "b", "work", "Home", "");
const few = fc.constantFrom("a", "A", "ab", "b", "work", "home");
const people: fc.Arbitrary<Resource> = fc
  .record({
    userName: few,
    externalId: fc.option(few),
    title: fc.option(few),
    name: fc.option(fc.record({ familyName: few })),
    active: fc.option(fc.boolean()),
    emails: fc.array(fc.record({ value: few, type: few }), { maxLength: 3 }),
  })
  .map((person) =>
    Object.fromEntries([
      ["id", "a"],
      ...Object.entries(person).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
    ]),
  );

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant("compare" as const),
    path: fc.constantFrom(
      at("userName"),
      at("USERNAME"),
      at("externalId"),
      at("title"),
      at("name", "familyName"),
      at("emails"),
      at("emails", "type"),
      at("nothing"),
      at("id"),
    ),
    operator: fc.constantFrom(...operators),
    value: text,
  }),
  fc.record({
    kind: fc.constant("compare" as const),
    path: fc.constant(at("active")),
    operator: fc.constantFrom("eq" as const, "ne" as const),
    value: fc.constantFrom(true, false, "True", null),
  }),
  fc.record({
    kind: fc.constant("present" as const),
    path: fc.constantFrom(at("title"), at("emails"), at("name"), at("nothing"), at("active")),
  }),
  fc.record({
    kind: fc.constant("values" as const),
    path: fc.constant(at("emails")),
    filter: fc.record({
      kind: fc.constant("and" as const),
      filters: fc.tuple(
        fc.record({
          kind: fc.constant("compare" as const),
          path: fc.constant(at("type")),
          operator: fc.constantFrom(...operators),
          value: text,
        }),
        fc.record({
          kind: fc.constant("compare" as const),
          path: fc.constant(at("value")),
          operator: fc.constantFrom(...operators),
          value: text,
        }),
      ),
    }),
  }),
);
const askable = combined(leaf, 2);

type Joined = Extract<Filter, { readonly filters: readonly Filter[] }>;

/** Slow and obvious: every value of an attribute as texts, compared one by one. */
function model(filter: Filter, person: Resource): boolean {
  if ("filters" in filter) {
    const held = filter.filters.filter((each) => model(each, person)).length;
    return filter.kind === "and" ? held === filter.filters.length : held > 0;
  }
  if (filter.kind === "not") return !model(filter.filter, person);
  const emails = (person["emails"] ?? []) as readonly { value: string; type: string }[];
  if (filter.kind === "values") {
    const [type, value] = (filter.filter as Joined).filters as Extract<Filter, { kind: "compare" }>[];
    return emails.some(
      (each) =>
        says(type!.operator, each.type, String(type!.value)) && says(value!.operator, each.value, String(value!.value)),
    );
  }
  const key = [filter.path.name.toLowerCase(), filter.path.sub].filter((each) => each !== null).join(".");
  const all: Record<string, readonly unknown[]> = {
    username: [person["userName"]],
    externalid: [person["externalId"]],
    id: [person["id"]],
    title: [person["title"]],
    name: [person["name"]],
    "name.familyName": [(person["name"] as { familyName?: string } | undefined)?.familyName],
    active: [person["active"]],
    emails: emails.map((each) => each.value),
    "emails.type": emails.map((each) => each.type),
  };
  const values = (all[key] ?? []).filter((each) => each !== undefined);
  if (filter.kind === "present") return values.length > 0;
  const { operator, value } = filter;
  const isExact = key === "externalid" || key === "id";
  const same = (one: unknown) => (isExact ? String(one) : String(one).toLowerCase());
  if (value === null) return (operator === "eq") === (values.length === 0);
  if (operator === "ne") return !values.some((each) => same(each) === same(value));
  return values.some((each) => (isExact ? saysExactly : says)(operator, textOf(each), String(value)));
}

const says = (operator: string, one: string, other: string): boolean =>
  saysExactly(operator, one.toLowerCase(), other.toLowerCase());

function saysExactly(operator: string, one: string, other: string): boolean {
  const answers: Record<string, boolean> = {
    eq: one === other,
    ne: one !== other,
    co: one.split(other).length > 1 || other === "",
    sw: one.slice(0, other.length) === other,
    ew: other === "" || one.slice(-other.length) === other,
    gt: [one, other].sort()[1] === one && one !== other,
    ge: [one, other].sort()[1] === one,
    lt: [one, other].sort()[0] === one && one !== other,
    le: [one, other].sort()[0] === one,
  };
  return answers[operator]!;
}
