import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { PLAIN_MEETING } from "../testing.ts";
import { PLACES, TYPES, type Commitment } from "./commitment.ts";
import { FEATURES } from "./features.ts";
import { FEATURE_COUNT, SCHEMA, schemaText, vectorOf } from "./vector.ts";

type Patch = Partial<Omit<Commitment, "attendees" | "history" | "organisation">> & {
  readonly attendees?: Partial<Commitment["attendees"]>;
  readonly history?: Partial<Commitment["history"]>;
  readonly organisation?: Partial<Commitment["organisation"]>;
};

const patched = (patch: Patch): Commitment => ({
  ...PLAIN_MEETING,
  ...patch,
  attendees: { ...PLAIN_MEETING.attendees, ...patch.attendees },
  history: { ...PLAIN_MEETING.history, ...patch.history },
  organisation: { ...PLAIN_MEETING.organisation, ...patch.organisation },
});

/** What is changed about a plain meeting, and every feature that says so. */
const table: readonly (readonly [patch: Patch, moved: readonly string[]])[] = [
  [{ startMinute: 660 }, ["start_hour", "end_hour"]],
  [{ lengthMinutes: 90 }, ["end_hour", "duration_minutes"]],
  [{ weekday: 3 }, ["day_of_week"]],
  [{ weekday: 6 }, ["day_of_week", "is_weekend"]],
  [{ weekday: 1 }, ["day_of_week", "is_edge_of_week"]],
  [{ weekOfYear: 21 }, ["week_of_year"]],
  [{ isHoliday: true }, ["is_holiday"]],
  [{ leadMinutes: 600 }, ["lead_time_hours"]],
  [{ place: "none" }, ["has_location", "location_type"]],
  [{ place: "remote" }, ["location_type", "is_remote"]],
  [{ place: "other site" }, ["location_type", "is_other_site"]],
  [{ place: "outside" }, ["location_type", "is_outside"]],
  [{ travelMinutes: 20 }, ["travel_time_minutes"]],
  [{ zoneDifferenceMinutes: 60 }, ["timezone_offset"]],
  [{ attendees: { count: 5 } }, ["attendee_count"]],
  [{ attendees: { external: 1 } }, ["external_attendees"]],
  [{ attendees: { vip: 1 } }, ["vip_attendees"]],
  [{ attendees: { regular: 2 } }, ["recurring_attendees"]],
  [{ attendees: { fresh: 1 } }, ["new_attendees"]],
  [{ attendees: { optional: 2 } }, ["optional_attendees"]],
  [{ attendees: { accepted: 3 } }, ["accepted_attendees"]],
  [{ attendees: { declined: 1 } }, ["declined_attendees"]],
  [{ type: "focus" }, ["meeting_type", "is_team"]],
  [{ type: "one to one" }, ["meeting_type", "is_one_to_one", "is_team"]],
  [{ type: "customer" }, ["meeting_type", "is_team", "is_customer"]],
  [{ type: "class" }, ["meeting_type", "is_team", "is_class"]],
  [{ priority: 1 }, ["priority_level"]],
  [{ priority: 5 }, []],
  [{ isRecurring: true }, ["is_recurring"]],
  [{ bufferBeforeMinutes: 10 }, ["buffer_time_before"]],
  [{ bufferAfterMinutes: 10 }, ["buffer_time_after"]],
  [{ overlapMinutes: 15 }, ["overlap_minutes"]],
  [{ gapBeforeMinutes: null }, ["gap_before_minutes"]],
  [{ gapAfterMinutes: 0 }, ["gap_after_minutes"]],
  [{ sameDayCount: 4 }, ["same_day_count"]],
  [{ sameDayMinutes: 200 }, ["same_day_minutes"]],
  [{ history: { hourScore: 0.7 } }, ["user_pattern_score"]],
  [{ history: { conflicts: 3 } }, ["historical_conflicts"]],
  [{ history: { moved: { part: 7, all: 40 } } }, ["reschedule_frequency"]],
  [{ history: { cancelled: { part: 4, all: 40 } } }, ["cancellation_rate"]],
  [{ history: { attended: { part: 30, all: 40 } } }, ["attendance_rate"]],
  [{ history: { seriesMoved: { part: 1, all: 4 } } }, ["series_move_rate"]],
  [{ history: { refused: { part: 9, all: 50 } } }, ["refusal_rate"]],
  [{ organisation: { load: 0.6 } }, ["department_load"]],
  [{ organisation: { atWork: { part: 5, all: 10 } } }, ["team_capacity"]],
  [{ organisation: { openMinutes: 30 } }, ["business_hours"]],
  [{ organisation: { rulesBroken: 1 } }, ["company_policies"]],
  [{ organisation: { season: 1.3 } }, ["seasonal_patterns"]],
];

describe("the features", () => {
  test("are fifty, each with a name of its own, bounds and a sentence [LN1]", () => {
    assert.equal(FEATURES.length, FEATURE_COUNT);
    assert.equal(vectorOf(PLAIN_MEETING).length, FEATURE_COUNT);
    assert.equal(new Set(FEATURES.map(({ name }) => name)).size, FEATURE_COUNT);
    for (const { name, from, to, sentence, unit, source } of FEATURES) {
      assert.match(name, /^[a-z]+(_[a-z]+)*$/);
      assert.ok(from < to, name);
      assert.match(sentence, /^.+\.$/, name);
      assert.ok(unit.length > 0 && source.length > 0, name);
    }
  });

  for (const [patch, moved] of table) {
    test(`say ${JSON.stringify(patch)} by ${moved.join(", ") || "nothing"}, and by nothing else`, () => {
      const [before, after] = [vectorOf(PLAIN_MEETING), vectorOf(patched(patch))];
      const changed = FEATURES.filter((_, i) => before[i] !== after[i]).map(({ name }) => name);
      assert.deepEqual(changed, moved);
    });
  }

  test("are each moved by something", () => {
    const moved = new Set(table.flatMap(([, names]) => names));
    assert.deepEqual(
      FEATURES.map(({ name }) => name).filter((name) => !moved.has(name)),
      [],
    );
  });

  test("treat little history as no habit yet", () => {
    const place = FEATURES.findIndex(({ name }) => name === "reschedule_frequency");
    const rate = (part: number, all: number) => vectorOf(patched({ history: { moved: { part, all } } }))[place]!;
    assert.ok(rate(1, 1) < 0.3, "one thing, moved");
    assert.ok(rate(90, 100) > 0.8, "a hundred things, nearly all moved");
  });

  test("are from 0 to 1 whatever comes in [LN3]", () => {
    const anyNumber = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e308, -1));
    const anyShare = fc.record({ part: anyNumber, all: anyNumber });
    const like = (value: unknown): fc.Arbitrary<unknown> => {
      if (typeof value === "number" || value === null) return anyNumber;
      if (typeof value === "boolean") return fc.boolean();
      if (value !== null && typeof value === "object") {
        if ("part" in value) return anyShare;
        return fc.record(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, like(each)])));
      }
      return fc.constantFrom<unknown>(...((PLACES as readonly unknown[]).includes(value) ? PLACES : TYPES));
    };
    fc.assert(
      fc.property(like(PLAIN_MEETING), (commitment) => {
        for (const [i, value] of vectorOf(commitment as Commitment).entries())
          assert.ok(value >= 0 && value <= 1, `${FEATURES[i]!.name} is ${value}`);
      }),
      { numRuns: 200 },
    );
  });

  test("are known by the hash of their list: what changes it raises the version and the hash [LN2]", () => {
    const hash = createHash("sha256").update(schemaText()).digest("hex");
    assert.deepEqual({ version: 1, hash }, SCHEMA);
  });
});
