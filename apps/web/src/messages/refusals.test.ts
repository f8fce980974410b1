// Strategy: every refusal of the contract has a title in each language but the server's own, and every reason of its catalogue is said from a
// sample of its facts, in words that are not English. What has no words falls back to the server's.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemAreas, saysByArea, type Says } from "@hourwright/contract";
import { createFormats } from "./format.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "./language.ts";

/** A sample of the facts of each reason, by their name; of what is not here, 7. */
const FACTS: Readonly<Record<string, unknown>> = {
  lengths: [45, 90],
  types: ["PDF", "PNG"],
  state: "withdrawn",
  deed: "moved",
  what: "gone",
  day: "2027-03-01",
  from: "2027-03-01",
  to: "2027-03-08",
  until: "2027-02-28",
  start: "2027-03-01T07:00",
  end: "2027-03-01T06:00",
  opens: "07:00",
  closes: "08:00",
  starts: "07:00",
  since: "2027-03-01T07:00:00Z",
  role: "manager",
  weekday: 1,
  text: "2027-03-01T07:00",
  date: "2027-03-01T07:00",
  first: "2027-03-01T07:00",
  second: "2027-03-01T07:00:00Z",
  meets: "event",
  columns: ["hours", "cost"],
};
/** Of reasons in which a name means something else. */
const OWN_FACTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "bookings/wrong-state state": { state: "cancelled" },
  "bookings/not-asked state": { state: "cancelled" },
  "bookings/window-invalid years": { from: 1970, to: 2199 },
  "files/line day-years": { from: 1970, to: 2199 },
  "files/line far-days": { first: "2027-03-01" },
  "files/line change-late": { since: "2027-03-01", columns: ["hours"] },
  "workforce/bad-window years": { from: 1970, to: 2199 },
  "workforce/bad-window days-of-years": { from: 1900, to: 2199 },
  "workforce/closes-before-opens later": { from: "09:00", to: "08:00" },
  "request/not-found consent": { text: "Fotos" },
  "calendars/out-of-range years": { from: 1900, to: 2199 },
  "calendars/out-of-range field": { from: 1900, to: 2199 },
  "planning/rule-invalid not-named": { of: "people" },
  "planning/rule-invalid holder": { scope: "team" },
  "planning/rule-invalid scope": { scope: "team" },
  "planning/rule-invalid range": { from: 1, to: 5 },
  "planning/rule-invalid names-for": { scopes: ["team"] },
  "planning/rule-invalid names-one": { kind: "people" },
  "planning/plugin-invalid range": { from: 1, to: 5 },
  "planning/proposal-over state": { state: "declined" },
  "claims/taken by": { from: "2027-03-01T07:00", to: "2027-03-01T08:00" },
  "claims/taken pool": { from: "2027-03-01T22:00", to: "2027-03-02T06:00" },
  "claims/taken duty": { from: "07:00", to: "08:00" },
  "leagues/invalid days": { days: 3, legs: 2 },
  "jobs/not-waiting state": { state: "running" },
  "jobs/already-done state": { state: "cancelled" },
  "workforce/draft-closed closed": { state: "published" },
  "workforce/cover-over state": { state: "nobody" },
};
const factsOf = (code: string, reason: string): Readonly<Record<string, unknown>> =>
  new Proxy<Readonly<Record<string, unknown>>>(
    { ...FACTS, ...OWN_FACTS[`${code} ${reason}`] },
    { get: (facts, name: string) => facts[name] ?? 7 },
  );

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
  for (const name of LANGUAGE_NAMES.filter((each) => each !== "en"))
    test(`have words in ${LANGUAGES[name].ownName} for every code and every reason`, async () => {
      const say = (await LANGUAGES[name].loadRefusals())(createFormats(name, "Europe/Prague"));
      for (const code of problemAreas.flatMap(({ codes }): readonly string[] => codes)) {
        const title = say(problem(code))?.title;
        assert.ok(title !== undefined && title !== "" && title !== "In English", code);
      }
      for (const [area, names] of Object.entries<Says>(saysByArea))
        for (const [kind, reasons] of Object.entries(names))
          for (const [reason, english] of Object.entries(reasons)) {
            const code = `${area}/${kind}`;
            const facts = factsOf(code, reason);
            const said = say(problem(code, { reason, facts }))!;
            const where = `${code} ${reason}: ${said.detail}`;
            assert.notEqual(said.detail, "", where);
            assert.notEqual(said.detail, (english as (facts: unknown) => string)(facts), where);
            assert.doesNotMatch(`${said.title} ${said.detail}`, /undefined|NaN|null|English|2027-|["'’]/, where);
          }
    });

  test("are the server's own where the page has none, in English, and of a reason that it does not know yet the sentence", async () => {
    const english = (await LANGUAGES.en.loadRefusals())(createFormats("en-GB", "Europe/Prague"));
    assert.equal(english(problem("bookings/slot-taken")), null);
    const german = (await LANGUAGES.de.loadRefusals())(createFormats("de", "Europe/Prague"));
    assert.equal(german(problem("toString")), null);
    assert.equal(german(problem("weather/rain")), null);
    assert.deepEqual(german(problem("bookings/slot-taken", { reason: "toString", facts: {} })), {
      title: "Diese Zeit wurde gerade vergeben",
      detail: "In English.",
    });
    assert.deepEqual(
      german(problem("bundles/refused", { because: "approvals/not-asked", reason: "answered", facts: {} })),
      {
        title: "Etwas davon ging nicht, und nichts wurde getan",
        detail: "Die eigene Antwort in diesem Schritt steht schon fest.",
      },
    );
    assert.equal(
      german(problem("bookings/wrong-state", { reason: "state", facts: { state: "cancelled", deed: "moved" } }))!
        .detail,
      "Die Buchung wurde abgesagt und lässt sich nicht verlegen.",
    );
  });
});
