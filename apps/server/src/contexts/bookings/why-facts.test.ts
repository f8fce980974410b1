// Strategy: every kind of reason and of change that the engine can give once, with names, times and rules as an explanation has them: what
// comes out is what the contract promises, so that whoever says it in another language has all that the sentence has.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Change, Reason, SubjectReason } from "@hourwright/availability";
import { slotChangeFacts, slotReasonFacts } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import type { Broken } from "../claims/pure.ts";
import type { Source } from "./sources.ts";
import { changeFacts, reasonFacts, type Naming } from "./why-facts.ts";

const NOW = Temporal.Instant.from("2027-03-01T08:00:00Z").epochMilliseconds;
const AT = "2027-03-01T08:00:00+00:00";
const ana = { id: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3", name: "Ana" };

const broken: Broken = {
  ruleId: "rul_1",
  constraintId: "lunch",
  severity: "should",
  isHard: true,
  collection: null,
  subjectId: ana.id,
  subject: ana.name,
  startMs: NOW,
  endMs: NOW + 60 * MINUTE_MS,
  zone: "UTC",
  units: 30,
  facts: { minutes: 30 },
  others: [],
  titles: [null],
  sentence: "Ana has no time for lunch.",
  relaxations: [{ parameter: "to", unit: "time of day", value: 870 }],
};
const told = (freshMs: number | null): Source => ({
  subjectId: ana.id,
  calendarId: "cal",
  calendar: "Private",
  freshMs,
});

const naming: Naming = {
  who: () => ana,
  role: () => "Instructor",
  taken: (_, taken) => (taken === 0 ? "Review" : null),
  time: () => AT,
  closed: () => ({ sentence: "Closed: away.", isAway: true, layer: null }),
  objection: (_, ruleId) => ({
    ruleId,
    sentence: "",
    relaxation: null,
    ...(ruleId === "rul_1" ? { broken } : { source: told(ruleId === "never" ? null : NOW - 90 * MINUTE_MS) }),
  }),
  staleAfterMinutes: 60,
  nowMs: NOW,
};

const rule = (ruleId: string): SubjectReason => ({ kind: "rule", ruleId, sentence: "", relaxation: null });

const SUBJECT: readonly (readonly [SubjectReason, object])[] = [
  [{ kind: "closed" }, { kind: "closed", because: { sentence: "Closed: away.", isAway: true, layer: null } }],
  [
    { kind: "taken", taken: 0 },
    { kind: "taken", what: "Review" },
  ],
  [
    { kind: "buffer", taken: 1, missingMinutes: 5 },
    { kind: "buffer", what: null, missingMinutes: 5 },
  ],
  [
    { kind: "way", taken: 0, missingMinutes: 7 },
    { kind: "way", what: "Review", missingMinutes: 7 },
  ],
  [rule("old"), { kind: "calendar", calendar: "Private", ageMinutes: 90, afterMinutes: 60 }],
  [rule("never"), { kind: "calendar", calendar: "Private", ageMinutes: null, afterMinutes: 60 }],
];

const REASONS: readonly (readonly [Reason, object])[] = [
  [{ kind: "past", nowMs: NOW }, { kind: "past" }],
  [
    { kind: "notice", noticeMinutes: 60, earliestMs: NOW },
    { kind: "notice", noticeMinutes: 60, earliest: AT },
  ],
  [
    { kind: "window", endMs: NOW },
    { kind: "window", end: AT },
  ],
  [
    { kind: "raster", everyMinutes: 30, from: "opening" },
    { kind: "raster", everyMinutes: 30, from: "opening" },
  ],
  [{ kind: "closed" }, { kind: "closed" }],
  [
    { kind: "limit", per: "day", max: 2, count: 2 },
    { kind: "limit", per: "day", max: 2 },
  ],
  ...SUBJECT.map(([why, facts]): [Reason, object] => [
    { kind: "subjects", roles: [0], needed: 1, able: [], unable: [{ subject: 0, why: [why] }] },
    { kind: "subjects", roles: ["Instructor"], needed: 1, able: 0, unable: [{ subject: ana, why: [facts] }] },
  ]),
];

const CHANGES: readonly (readonly [Change, object])[] = [
  [
    { kind: "notice", minutes: 10 },
    { kind: "notice", minutes: 10 },
  ],
  [
    { kind: "window", bookable: { kind: "days", days: 9 } },
    { kind: "window", days: 9, end: null },
  ],
  [
    { kind: "window", bookable: { kind: "until", endMs: NOW } },
    { kind: "window", days: null, end: AT },
  ],
  [
    { kind: "window", bookable: null },
    { kind: "window", days: null, end: null },
  ],
  [
    { kind: "raster", everyMinutes: 5, from: "midnight" },
    { kind: "raster", everyMinutes: 5, from: "midnight" },
  ],
  [
    { kind: "hours", startMs: NOW, endMs: NOW },
    { kind: "hours", start: AT, end: AT },
  ],
  [
    { kind: "limit", per: "week", max: 3 },
    { kind: "limit", per: "week", max: 3 },
  ],
  [
    { kind: "buffer", beforeMinutes: 0, afterMinutes: 5 },
    { kind: "buffer", beforeMinutes: 0, afterMinutes: 5 },
  ],
  [
    { kind: "open", subject: 0, startMs: NOW, endMs: NOW },
    { kind: "open", subject: ana, start: AT, end: AT },
  ],
  [
    { kind: "guard", subject: 0, taken: 1 },
    { kind: "guard", subject: ana, what: null },
  ],
  [
    { kind: "free", subject: 0, taken: 0 },
    { kind: "free", subject: ana, what: "Review" },
  ],
  [
    { kind: "rule", subject: 0, ruleId: "old", relaxation: "" },
    { kind: "calendar", subject: ana, calendar: "Private", afterMinutes: 91 },
  ],
  [
    { kind: "rule", subject: 0, ruleId: "never", relaxation: "" },
    { kind: "calendar", subject: ana, calendar: "Private", afterMinutes: null },
  ],
];

describe("what an explanation is made of", () => {
  for (const [reason, facts] of REASONS)
    test(`is told of a reason: ${JSON.stringify(facts)}`, () =>
      assert.deepEqual(slotReasonFacts.parse(reasonFacts(reason, naming)), facts));

  for (const [change, facts] of CHANGES)
    test(`is told of what would do: ${JSON.stringify(facts)}`, () =>
      assert.deepEqual(slotChangeFacts.parse(changeFacts(change, naming)), facts));

  test("is the breach itself where a rule is in the way", () => {
    const reason = reasonFacts(
      { kind: "subjects", roles: [0], needed: 1, able: [], unable: [{ subject: 0, why: [rule("rul_1")] }] },
      naming,
    );
    const change = changeFacts({ kind: "rule", subject: 0, ruleId: "rul_1", relaxation: "" }, naming);
    assert.ok(reason.kind === "subjects" && change.kind === "rule");
    const { startMs: _start, endMs: _end, zone: _zone, ...rest } = broken;
    const shown = { ...rest, start: AT, end: "2027-03-01T09:00:00+00:00" };
    assert.deepEqual(reason.unable[0]!.why, [{ kind: "rule", broken: shown }]);
    assert.deepEqual(change, { kind: "rule", subject: ana, broken: shown });
    assert.doesNotThrow(() => slotReasonFacts.parse(reason));
  });
});
