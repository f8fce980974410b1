// Strategy: cells as people write them, with what is read or the sentence that refuses them; what a line changes beside what there is; and that
// nothing is left to change once a file was taken in, as a property over random staff.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { csvOf, csvRowsOf } from "../../../platform/sheets/csv.ts";
import type { FormerVersion } from "../contracts/model.ts";
import { staffIn } from "./decide.ts";
import { planStaff, type Known } from "./plan.ts";

const read = (bytes: Uint8Array) => {
  const rows = csvRowsOf(bytes, 6_000);
  return "why" in rows ? { people: [], wrong: [rows] } : staffIn(rows);
};
const told = (text: string) => read(Buffer.from(text));
const whyNot = (column: string, cell: string) =>
  told(`name;${column}\nAda;${cell}\n`).wrong.map((each) => `${each.line} ${each.column}: ${each.why}`);

describe("a cell of staff", () => {
  const table: readonly (readonly [column: string, cell: string, key: string, read: unknown])[] = [
    ["from", "2027-03-01", "from", "2027-03-01"],
    ["ab", "01.03.2027", "from", "2027-03-01"],
    ["ab", "1. 3.2027", "from", "2027-03-01"],
    ["until", "29.02.2028", "until", "2028-02-29"],
    ["Stunden", "38,5", "minutes", 2_310],
    ["hours", "38:30", "minutes", 2_310],
    ["hours", "20 h", "minutes", 1_200],
    ["Teilzeit", "80 %", "partPermille", 800],
    ["part", "80", "partPermille", 800],
    ["part", "0,8", "partPermille", 800],
    ["part", "1", "partPermille", 1_000],
    ["Abteilung", "Pool > Guards", "department", ["Pool", "Guards"]],
    ["E-Mail", "Ada@Example.org", "email", "ada@example.org"],
    ["site", "  Harbour ", "site", "Harbour"],
    ["site", "", "site", null],
  ];
  for (const [column, cell, key, expected] of table)
    test(`“${cell}” in ${column} is ${JSON.stringify(expected)}`, () => {
      const { people, wrong } = told(`name;${column}\nAda;${cell}\n`);
      assert.deepEqual(wrong, []);
      assert.deepEqual(people[0]![key as "from"], expected);
    });

  const shifts = (cell: string) =>
    told(`name;Mo\nAda;"${cell}"\n`).people[0]!.week!.map(({ weekday, starts, minutes }) => [weekday, starts, minutes]);
  test("has the shifts of a day, as they are written on walls", () => {
    assert.deepEqual(shifts("8-16:30"), [[1, "08:00", 510]]);
    assert.deepEqual(shifts("08.00–12.00, 13:00 - 17:00"), [
      [1, "08:00", 240],
      [1, "13:00", 240],
    ]);
    assert.deepEqual(shifts("22-6"), [[1, "22:00", 480]]);
    assert.deepEqual(shifts("16-24"), [[1, "16:00", 480]]);
    assert.deepEqual(shifts("-"), []);
  });

  const refused: readonly (readonly [column: string, cell: string, why: string])[] = [
    ["from", "03/01/2027", "2 from: “03/01/2027” is no day: write 2027-03-01 or 01.03.2027."],
    ["from", "31.02.2027", "2 from: There is no such day: “31.02.2027”."],
    ["from", "01.03.27", "2 from: “01.03.27” is no day: write 2027-03-01 or 01.03.2027."],
    ["until", "0001-01-01", "2 until: Days lie in the years 1970 to 2199."],
    ["hours", "forty", "2 hours: “forty” is no number: write 38.5 or 38,5."],
    ["hours", "-4", "2 hours: “-4” is no number: write 38.5 or 38,5."],
    ["hours", "169", "2 hours: A week has 168 hours."],
    ["part", "0", "2 part: A part is more than 0 % and at most 100 %."],
    ["part", "120 %", "2 part: A part is more than 0 % and at most 100 %."],
    ["email", "ada", "2 email: “ada” is no address."],
    ["department", "Pool //", "2 department: A department on its way has no name."],
    ["monday", "8", "2 monday: “8” is no time from and until: write 08:00-16:30."],
    ["monday", "25-26", "2 monday: “25-26” is no time from and until: write 08:00-16:30."],
    ["monday", "24-3", "2 monday: A shift begins from 00:00 to 23:59."],
    ["cost", "24,50", "2 cost: It says no currency."],
    ["currency", "euro", "2 currency: A currency has three letters: EUR."],
    ["site", "x".repeat(201), "2 site: It is longer than 200 characters."],
  ];
  for (const [column, cell, why] of refused)
    test(`“${cell.slice(0, 20)}” in ${column} is refused`, () => assert.deepEqual(whyNot(column, cell), [why]));
});

describe("a file of staff", () => {
  test("is read with semicolons, a byte order mark, Windows-1252 and line breaks within quotes", () => {
    const german = 'Mitarbeiter;Abteilung;Ab;Stunden\r\n"Jürgen\nGroß";Pool;01.03.2027;38,5\r\nAda;;;\r\n';
    for (const bytes of [
      Buffer.from(`\ufeff${german}`),
      Buffer.from(german, "latin1"),
      Buffer.from(`\ufeff${german}`, "utf16le"),
    ]) {
      const { people, wrong } = read(bytes);
      assert.deepEqual(wrong, []);
      assert.deepEqual(
        people.map(({ line, name, from, minutes }) => [line, name, from, minutes]),
        [
          [2, "Jürgen\nGroß", "2027-03-01", 2_310],
          [4, "Ada", null, null],
        ],
      );
    }
  });

  test("tells people apart, by their addresses or else by their names", () => {
    const { wrong } = told("name,email\nAda,a@x.org\nBo,A@X.ORG\nCy,\ncy,\nCy,c@x.org\n");
    assert.deepEqual(
      wrong.map(({ line, why }) => [line, why]),
      [
        [3, "The same address stands on line 2."],
        [5, "“cy” stands on line 4 as well: tell them apart by their addresses."],
      ],
    );
  });

  test("with columns that nobody knows, twice the same, without names, or too long is refused at its header", () => {
    assert.match(told("name,shoe size\nAda,38\n").wrong[0]!.why, /^Nobody knows the column “shoe size”/);
    assert.equal(told("name,from,ab\nAda,,\n").wrong[0]!.why, "The column “from” is there twice.");
    assert.equal(told("email\na@x.org\n").wrong[0]!.why, "There is no column “name”.");
    assert.equal(told("").wrong[0]!.why, "The file is empty.");
    assert.equal(told("\x89PNG\r\n\0\0").wrong[0]!.why, "It is no text and no spreadsheet: save it as CSV or XLSX.");
    assert.equal(told(`name\n${"Ada\n".repeat(5_001)}`).wrong[0]!.why, "A file has at most 5000 people.");
  });
});

const NOBODY: Known = { people: [], departments: [], departmentOf: new Map(), versions: new Map(), ruleSets: [] };
const ana = { id: "per_a", name: "Ana", email: null, retired: false };
const held: FormerVersion = {
  id: "con_1",
  from: "2027-01-01",
  until: null,
  nominal: { minutes: 2_400, per: "week" },
  partPermille: 1_000,
  weeks: [[{ weekday: 1, name: "early", kind: "work", starts: "08:00", minutes: 480, breaks: [], site: null }]],
  anchor: "2027-01-04",
  site: null,
  region: "DE-BY",
  holidays: "paid",
  ruleSetId: "rul_1",
  cost: null,
};
const KNOWN: Known = {
  people: [
    ana,
    { id: "per_b", name: "Bo", email: "bo@x.org", retired: false },
    { id: "per_c", name: "Cy", email: null, retired: true },
  ],
  departments: [
    { id: "dep_1", name: "Pool", parentId: null },
    { id: "dep_2", name: "Guards", parentId: "dep_1" },
  ],
  departmentOf: new Map([["per_a", "dep_2"]]),
  versions: new Map([["per_a", [held]]]),
  ruleSets: [{ id: "rul_1", name: "Law" }],
};
const planOf = (text: string, known: Known = KNOWN) => {
  const { people, wrong } = told(text);
  assert.deepEqual(wrong, []);
  return planStaff(people, known);
};

describe("what a file of staff changes", () => {
  test("is nothing where everything stands as it says, whatever the day on which the contract began", () => {
    const text = "name;department;from;hours;monday;rules;region\nana;pool / GUARDS;01.01.2027;40;8-16;law;DE-BY\n";
    assert.deepEqual(planOf(text.replace("ana", "Ana")), { planned: [], wrong: [] });
  });

  test("is told column by column, with what was", () => {
    const { planned } = planOf("name;email;department;from;hours;site\nAna;ana@x.org;Pool;01.04.2027;20;Harbour\n");
    assert.deepEqual(planned[0]!.changes, [
      { column: "email", before: "", after: "ana@x.org" },
      { column: "department", before: "Pool / Guards", after: "Pool" },
      { column: "hours", before: "40 per week", after: "20 per week" },
      { column: "site", before: "", after: "Harbour" },
    ]);
    assert.deepEqual(
      [planned[0]!.contract!.from, planned[0]!.contract!.region, planned[0]!.contract!.weeks[0]!.length],
      ["2027-04-01", "DE-BY", 1],
      "what the file does not say stays",
    );
  });

  const refusals: readonly (readonly [what: string, text: string, why: string])[] = [
    ["who is retired", "name\nCy\n", "Cy is retired: bring them back first, then repeat this."],
    [
      "a change without a day",
      "name,hours\nAna,20\n",
      "The contract changes (hours), and the line says no day from which on.",
    ],
    [
      "a change that would rewrite what was",
      "name,from,hours\nAna,2027-01-01,20\n",
      "The contract changes (hours) on 2027-01-01, and the one that holds begins on 2027-01-01: a change begins after it.",
    ],
    [
      "a first contract without a day",
      "name,hours\nNew,20\n",
      "A first contract begins on a day, and the line says none.",
    ],
    [
      "a first contract without hours",
      "name,from\nNew,2027-01-01\n",
      "A first contract has hours, or the shifts of a week.",
    ],
    ["a rule set that there is not", "name,rules\nAna,Other\n", "There is no rule set “Other”."],
  ];
  for (const [what, text, why] of refusals)
    test(`is refused for ${what}`, () =>
      assert.deepEqual(
        planOf(text).wrong.map((each) => each.why),
        [why],
      ));

  test("asks for an address where two are called alike", () => {
    const known = { ...KNOWN, people: [ana, { ...ana, id: "per_z" }] };
    assert.deepEqual(
      planOf("name\nAna\n", known).wrong.map(({ why }) => why),
      ["2 people are called “Ana”: say the address."],
    );
  });

  test("is nothing more once it was taken in", () => {
    const name = fc.constantFrom("Ana", "Bo", "Cy", "Dé", "=E");
    const line = fc.record({
      name,
      email: fc.boolean(),
      department: fc.constantFrom("", "Pool", "Pool / Guards", "Hall"),
      hours: fc.constantFrom("10", "38.5", "40"),
      from: fc.constantFrom("2027-01-01", "2027-02-01"),
      part: fc.constantFrom("", "50 %"),
      monday: fc.constantFrom("", "8-16", "22-6, 8-10"),
    });
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: (each) => each.name, minLength: 1 }), (lines) => {
        const rows = lines.map((each) => [
          each.name,
          each.email ? `${each.name.length}${each.name.codePointAt(0)}@x.org` : "",
          each.department,
          each.hours,
          each.from,
          each.part,
          each.monday,
        ]);
        const text = csvOf(["name", "email", "department", "hours", "from", "part", "monday"], rows);
        const { planned, wrong } = planOf(text, NOBODY);
        assert.deepEqual([planned.length, wrong], [lines.length, []]);
        const paths = [
          ...new Set(planned.flatMap(({ department }) => (department === null ? [] : [department.join(" / ")]))),
        ];
        const after: Known = {
          people: planned.map((each, i) => ({ id: `p${i}`, name: each.name, email: each.email, retired: false })),
          departments: paths.flatMap((path) => {
            const parts = path.split(" / ");
            return parts.map((part, at) => ({
              id: parts.slice(0, at + 1).join(" / "),
              name: part,
              parentId: at === 0 ? null : parts.slice(0, at).join(" / "),
            }));
          }),
          departmentOf: new Map(planned.map(({ department }, i) => [`p${i}`, department?.join(" / ") ?? null])),
          versions: new Map(
            planned.map(({ contract }, i) => [
              `p${i}`,
              contract === null ? [] : [{ ...contract, id: `c${i}`, cost: contract.cost ?? null }],
            ]),
          ),
          ruleSets: [],
        };
        assert.deepEqual(planOf(text, after), { planned: [], wrong: [] });
      }),
    );
  });
});
