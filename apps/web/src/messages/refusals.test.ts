// Strategy: whatever the operations that the places of bookings ask can be refused with has words in each language but the server's own; every
// reason that the core gives is said from its facts, and none of it is English.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { bookingProblems, bookingSays, catalogue, requestProblems, undoProblems } from "@hourwright/contract";
import { createFormats } from "./format.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "./language.ts";

/** A sample of the facts of each reason: of which name, whatever it is called. */
const FACTS: Readonly<Record<string, unknown>> = {
  lengths: [45, 90],
  types: ["PDF", "PNG"],
  state: "withdrawn",
  deed: "moved",
  what: "gone",
};
const given = new Proxy({}, { get: (_, name: string) => FACTS[name] ?? 7 });
const givenFor = (code: string, reason: string) =>
  code === "wrong-state" && reason === "state"
    ? new Proxy({}, { get: (_, name: string) => (name === "state" ? "cancelled" : "moved") })
    : code === "not-asked"
      ? { state: "cancelled" }
      : given;

const asked = new Set(
  globSync("../features/bookings/*.{ts,tsx}", { cwd: import.meta.dirname })
    .filter((file) => !file.includes(".test."))
    .flatMap((file) => readFileSync(new URL(file, import.meta.url), "utf8").match(/"[a-zA-Z]+\.[a-zA-Z]+"/g) ?? [])
    .map((name) => name.slice(1, -1)),
);
const operations = Object.values(catalogue).filter(({ id }) => asked.has(id));
const codes = new Set<string>([
  ...operations.flatMap(({ problems }) => problems),
  ...bookingProblems.codes,
  ...requestProblems.codes,
  ...undoProblems.codes,
]);
const KINDS_ELSEWHERE = /^(workforce|claims|identity|planning|calendars)\//;

const problem = (code: string, more: object = {}) => ({
  type: `/problems/${code}`,
  status: 409,
  title: "In English",
  detail: "In English.",
  instance: "",
  code,
  ...more,
});

describe("refusals in the language of the page", () => {
  test("are asked of the operations that the places of bookings ask", () => assert.ok(operations.length >= 20));

  for (const name of LANGUAGE_NAMES.filter((each) => each !== "en"))
    test(`have words in ${LANGUAGES[name].ownName} for every code and every reason`, async () => {
      const say = (await LANGUAGES[name].loadRefusals())(createFormats(name, "Europe/Prague"));
      const silent = [...codes].filter((code) => !KINDS_ELSEWHERE.test(code) && say(problem(code)) === null);
      assert.deepEqual(silent, []);
      for (const [code, reasons] of Object.entries(bookingSays))
        for (const [reason, english] of Object.entries(reasons)) {
          const facts = givenFor(code, reason);
          const said = say(problem(`bookings/${code}`, { reason, facts }))!;
          assert.notEqual(said.detail, "", `${code} ${reason}`);
          assert.notEqual(said.detail, (english as (facts: unknown) => string)(facts), `${code} ${reason}`);
          assert.doesNotMatch(`${said.title} ${said.detail}`, /undefined|NaN|English|["'’]/, `${code} ${reason}`);
        }
    });

  test("are the server's own where the page has none, in English, and of a reason that it does not know yet the title", async () => {
    const english = (await LANGUAGES.en.loadRefusals())(createFormats("en-GB", "Europe/Prague"));
    assert.equal(english(problem("bookings/slot-taken")), null);
    const german = (await LANGUAGES.de.loadRefusals())(createFormats("de", "Europe/Prague"));
    assert.equal(german(problem("toString")), null);
    assert.equal(german(problem("weather/rain")), null);
    assert.deepEqual(german(problem("bookings/slot-taken", { reason: "toString", facts: {} })), {
      title: "Diese Zeit wurde gerade vergeben",
      detail: "",
    });
    assert.equal(
      german(problem("bookings/wrong-state", { reason: "state", facts: { state: "cancelled", deed: "moved" } }))!
        .detail,
      "Die Buchung wurde abgesagt und lässt sich nicht verlegen.",
    );
  });
});
