import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { collect, ROWS_A_PERSON_MIN } from "./card.ts";
import { parseHistory, printHistory, type History } from "./history.ts";
import { keyedHash } from "./pseudonym.ts";
import { simulateHistory } from "./simulate.ts";

const { history } = simulateHistory(1, 1_200);
const text = printHistory({ ...history, rows: history.rows.slice(0, 3) });
const lines = text.trimEnd().split("\n");
const HEAD = lines[0]!;

function changed(change: (row: Record<string, unknown>) => void): string {
  const row = JSON.parse(lines[1]!) as Record<string, unknown>;
  change(row);
  return `${HEAD}\n${JSON.stringify(row)}\n`;
}

describe("a history as lines", () => {
  test("is read as it was written", () => {
    assert.deepEqual(parseHistory(text), { ...history, isSimulated: false, rows: history.rows.slice(0, 3) });
  });

  const head = (fields: object) => `${JSON.stringify({ ...(JSON.parse(HEAD) as object), ...fields })}\n`;
  const table: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
    ["that is empty", "", /^Line 1: it is no JSON/],
    ["without a head", `${lines[1]}\n`, /^Line 1: \{"format":"hourwright-history","version":1/],
    ["of a later version", head({ version: 2 }), /"version":1/],
    ["from nowhere", head({ source: " " }), /"source" says in a sentence/],
    ["without consent", head({ consent: undefined }), /without it nothing is learned/],
    ["with a list for a row", `${HEAD}\n[]\n`, /^Line 2: an object is expected/],
    ["with a day for a start", changed((row) => (row["start"] = "2026-01-05")), /^Line 2: "start" is no instant/],
    ["with an address for a person", changed((row) => (row["who"] = "ana@example.org")), /never learned from/],
    ["with an id for a person", changed((row) => (row["who"] = "42")), /never learned from/],
    ["with a title", changed((row) => (row["title"] = "Talk")), /"title" is none of the fields of a history/],
    [
      "with a note in a commitment",
      changed((row) => ((row["commitment"] as Record<string, unknown>)["note"] = "")),
      /"commitment.note" is none of the fields/,
    ],
    ["without a commitment", changed((row) => delete row["commitment"]), /"commitment" is an object/],
    [
      "with a word for a number",
      changed((row) => ((row["commitment"] as Record<string, unknown>)["startMinute"] = "9")),
      /"commitment.startMinute" is a number/,
    ],
    [
      "with a place that is none",
      changed((row) => ((row["commitment"] as Record<string, unknown>)["place"] = "moon")),
      /"commitment.place" is one of "none", "remote"/,
    ],
    [
      "with half a share",
      changed((row) => ((row["commitment"] as { history: Record<string, unknown> }).history["moved"] = { part: 1 })),
      /"commitment.history.moved.all" is a number/,
    ],
    [
      "with an outcome nobody knows",
      changed((row) => (row["outcome"] = { conflict: "attendee" })),
      /"outcome.conflict" is one of/,
    ],
    ["with a line that never ends", `${HEAD}\n${" ".repeat(10_001)}\n`, /^Line 2: it is longer than 10000/],
  ];
  for (const [name, text, sentence] of table) {
    test(`${name} is refused with the line and the reason`, () => {
      const answer = parseHistory(text);
      assert.ok("refused" in answer);
      assert.match(answer.refused, sentence);
    });
  }
});

describe("what is learned from", () => {
  const refusal = (change: Partial<History>): string => {
    const answer = collect({ ...history, ...change });
    return "refused" in answer ? answer.refused : "";
  };

  test("has a card: source, consent, period, people and shares [LN6]", () => {
    const collected = collect(history);
    assert.ok(!("refused" in collected));
    const { shares, source, ...rest } = collected.card;
    assert.deepEqual(rest, {
      consent: "None is needed: nobody of them exists.",
      isSimulated: true,
      rows: 1_200,
      people: 6,
      rowsLeftOut: 0,
      from: "2026-01-05",
      to: "2026-02-27",
    });
    assert.match(source, /made-up organisation/);
    const classes = shares.no_conflict + shares.time_overlap + shares.travel_conflict + shares.capacity_overload;
    assert.ok(Math.abs(classes + shares.resource_conflict - 1) < 1e-9);
  });

  test("leaves out people with too few, and counts them", () => {
    const first = history.rows[0]!.who;
    const few = history.rows.filter(({ who }) => who === first).slice(0, ROWS_A_PERSON_MIN - 1);
    const others = history.rows.filter(({ who }) => who !== first);
    const more = simulateHistory(2, 1_200).history.rows.filter(({ who }) => who !== first);
    const collected = collect({ ...history, rows: [...few, ...others, ...more] });
    assert.ok(!("refused" in collected));
    assert.equal(collected.card.rowsLeftOut, ROWS_A_PERSON_MIN - 1);
    assert.ok(collected.rows.every((row) => row >= few.length));
  });

  test("is nothing where there is no history, too little, too short a one, or no consent", () => {
    assert.match(refusal({ rows: [] }), /^No history, no model/);
    assert.match(refusal({ rows: history.rows.slice(0, 999) }), /^Too little history: \d+ commitments/);
    assert.match(refusal({ rows: history.rows.map((row) => ({ ...row, startMs: 0 })) }), /^Too short a history/);
    const inOneWeek = history.rows.map((row, i) => ({ ...row, startMs: i < 30 ? row.startMs : 1_800_000_000_000 + i }));
    assert.match(refusal({ rows: inOneWeek }), /^Too uneven a history/);
    assert.match(refusal({ consent: "" }), /nothing is learned from them/);
  });
});

describe("a pseudonym", () => {
  test("is the same under the same key, another under another, and 32 hexadecimal digits", () => {
    const [one, other] = [keyedHash("k".repeat(32)), keyedHash("l".repeat(32))];
    assert.match(one("ana"), /^[0-9a-f]{32}$/);
    assert.equal(one("ana"), keyedHash("k".repeat(32))("ana"));
    assert.notEqual(one("ana"), other("ana"));
    assert.throws(() => keyedHash("short"), /at least 32 characters/);
  });
});
