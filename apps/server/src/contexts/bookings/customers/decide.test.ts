// Strategy: files as people have them, and what is told of each of their lines.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { limits } from "@hourwright/contract";
import fc from "fast-check";
import { csvOf, csvRowsOf } from "../../../platform/sheets/csv.ts";
import { customersIn } from "./decide.ts";

const ROWS_MAX = limits.CUSTOMERS_FILE_ROWS_MAX + 2;
const read = (bytes: Uint8Array) => {
  const rows = csvRowsOf(bytes, ROWS_MAX);
  return "why" in rows ? { customers: [], wrong: [rows] } : customersIn(rows);
};
const told = (text: string) => read(Buffer.from(text));
const wrongOf = (text: string) => told(text).wrong.map(({ line, column, why }) => `${line} ${column}: ${why}`);

describe("customers of a file", () => {
  for (const [what, text] of [
    ["commas", "name,email,phone\nAda,ada@example.org,1\n"],
    [
      "semicolons, a byte order mark and line ends of Windows",
      "\ufeffName;E-Mail;Telefon\r\nAda;ada@example.org;1\r\n",
    ],
    [
      "tabs, in another order, with a column that nobody knows",
      "Phone\tRemark of ours\tEMAIL\tName\n1\tx\tada@example.org\tAda",
    ],
    ["quotes and empty lines", '\n"name","email","phone"\n\n"Ada","ada@example.org","1"\n\n'],
  ] as const)
    test(`are read with ${what}`, () => {
      const { customers, wrong } = told(text);
      assert.deepEqual(wrong, []);
      assert.deepEqual(
        customers.map(({ name, email, phone }) => [name, email, phone]),
        [["Ada", "ada@example.org", "1"]],
      );
    });

  test("are read in Windows-1252 where they are not in UTF-8", () => {
    const { customers } = read(Buffer.from("name;email\nJürgen Groß;j@example.org\n", "latin1"));
    assert.equal(customers[0]!.name, "Jürgen Groß");
  });

  test("are read in UTF-16, as spreadsheets write text", () => {
    const text = "\ufeffname\temail\nJürgen Groß\tj@example.org\n";
    assert.equal(read(Buffer.from(text, "utf16le")).customers[0]!.name, "Jürgen Groß");
  });

  for (const [what, text] of [
    ["a line that never ends", `name,email\n${"a".repeat(100_000)},ada@example.org\n`],
    ["a hundred thousand columns", `${",".repeat(100_000)}name,email\nAda,ada@example.org\n`],
    ["a quotation mark around everything else", `name,email\n"${"a\n".repeat(100_000)}"\n`],
  ] as const)
    test(`are not looked for in ${what}`, () => {
      assert.match(wrongOf(text).join(), /^[12] : A record has at most 65536 characters\.$/);
    });

  test("are read no further than a file may have them", () => {
    const rows = csvRowsOf(Buffer.from(`name,email\n${"a,b\n".repeat(100_000)}`), ROWS_MAX);
    assert.equal("why" in rows ? 0 : rows.length, ROWS_MAX);
    assert.deepEqual(wrongOf(`name,email\n${"a,b\n".repeat(100_000)}`), ["1 : A file has at most 5000 customers."]);
  });

  test("keep line ends within quotes, and are told by the line on which they begin", () => {
    const text = 'name,email,notes\nAda,ada@example.org,"one\ntwo\nthree"\nBen,nobody,\n';
    assert.equal(told(text).customers[0]!.notes, "one\ntwo\nthree");
    assert.deepEqual(wrongOf(text), ["5 email: “nobody” is no address."]);
  });

  for (const [what, text, sentences] of [
    ["nothing", "", ["1 : The file is empty."]],
    [
      "no header",
      "Ada,ada@example.org",
      ["1 name: There is no column “name”.", "1 email: There is no column “email”."],
    ],
    [
      "a column twice",
      "name,email,mail\nAda,a@example.org,b@example.org",
      ["1 email: The column “email” is there twice."],
    ],
    ["nobody", "name,email\n ,a@example.org", ["2 name: Nobody is named."]],
    ["no address", "name,email\nAda,ada(at)example.org", ["2 email: “ada(at)example.org” is no address."]],
    [
      "an address twice, whatever its case",
      "name,email\nAda,ada@example.org\nAda,ADA@example.org",
      ["3 email: The same address stands on line 2."],
    ],
    ["too many fields", "name,email\nAda,ada@example.org,1", ["2 name: It has 3 fields, and the header 2."]],
    [
      "too long a number",
      `name,email,phone\nAda,ada@example.org,${"1".repeat(41)}`,
      ["2 phone: It is longer than 40 characters."],
    ],
    [
      "a quote that is not closed",
      'name,email\n"Ada,ada@example.org\n',
      ["2 : A quotation mark is not closed, or stands within a field that has none around it."],
    ],
  ] as const)
    test(`are refused with ${what}`, () => assert.deepEqual(wrongOf(text), sentences));

  test("are too many beyond 5,000", () => {
    const rows = Array.from({ length: 5_001 }, (_, i) => `N,n${i}@example.org`);
    assert.deepEqual(wrongOf(`name,email\n${rows.join("\n")}`), ["1 : A file has at most 5000 customers."]);
  });

  test("that are written are read again as they were, and no formula is", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { maxLength: 20 }), (names) => {
        const clean = names.map((name, i) => `${"x=+@-"[i % 5]}${name.replaceAll("\0", "")}`.trim());
        const rows = clean.map((name, i) => [name, `n${i}@example.org`]);
        const { customers, wrong } = told(csvOf(["name", "email"], rows));
        assert.deepEqual(wrong, []);
        assert.deepEqual(
          customers.map(({ name }) => name),
          clean,
        );
      }),
    );
    for (const name of ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1+1"])
      assert.ok(
        !csvOf(["name"], [[name]])
          .split("\r\n")
          .slice(1)
          .join("\n")
          .replace(/^"/, "")
          .startsWith(name),
        name,
      );
  });
});
