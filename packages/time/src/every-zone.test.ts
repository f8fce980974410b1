// Rules ZN* and RC* are in ../SPEC.md. Strategy: no sample but all of them. Every zone the platform knows and every change
// of its clocks in the years 2000 to 2040, with four commitments across each; Temporal says what is right. Zones whose clocks
// have always changed together are one case.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./civil.ts";
import { expand } from "./recurrence/expand.ts";
import type { Series } from "./recurrence/series.ts";
import { parseRule } from "./recurrence/parse-rule.ts";
import { obviousInstants } from "./testing.ts";
import { findZone, type Zone } from "./zone.ts";

const FROM = Temporal.Instant.from("2000-01-01T00:00:00Z");
const TO = Temporal.Instant.from("2041-01-01T00:00:00Z");
const ZONES_MIN = 400;
const TRANSITIONS_MIN = 10_000;

type Change = { readonly zone: Zone; readonly atMs: number; readonly beforeMs: number; readonly afterMs: number };

const changes: Change[] = [];
let zones = 0;
let transitions = 0;

function changesOf(id: string): Omit<Change, "zone">[] {
  const list: Omit<Change, "zone">[] = [];
  let at = FROM.toZonedDateTimeISO(id);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || Temporal.Instant.compare(next.toInstant(), TO) >= 0) return list;
    const [beforeMs, afterMs] = [at.offsetNanoseconds / 1e6, next.offsetNanoseconds / 1e6];
    list.push({ atMs: next.epochMilliseconds, beforeMs, afterMs });
    at = next;
  }
}

before(() => {
  const seen = new Set<string>();
  for (const id of Intl.supportedValuesOf("timeZone")) {
    const list = changesOf(id);
    zones++;
    transitions += list.length;
    const table = JSON.stringify(list);
    if (seen.has(table)) continue;
    seen.add(table);
    const zone = findZone(id)!;
    for (const change of list) changes.push({ zone, ...change });
  }
});

const daily = parseRule("FREQ=DAILY").rule!;
const weekly = parseRule("FREQ=WEEKLY").rule!;
const midnight = (localMs: number) => Math.floor(localMs / DAY_MS) * DAY_MS;
/** The day on whose clock the change begins, by its old offset. */
const dayOf = ({ atMs, beforeMs }: Change) => midnight(atMs + beforeMs);
const told = ({ zone, atMs }: Change) => `${zone.id} at ${Temporal.Instant.fromEpochMilliseconds(atMs).toString()}`;

function zoned(localMs: number, zone: Zone): Temporal.ZonedDateTime {
  const plain = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO("UTC").toPlainDateTime();
  return plain.toZonedDateTime(zone.id);
}

/** All starts from three days before a change to three days after the last of `localMs`. */
function starts(series: Series, lastLocalMs: number): { epochMs: number[]; localMs: number[] } {
  const { epochMs, localMs, refused } = expand(series, {
    kind: "between",
    fromMs: series.startLocalMs - 3 * DAY_MS,
    toMs: series.zone.toEpochMs(lastLocalMs) + 1,
  });
  assert.equal(refused, null);
  return { epochMs, localMs };
}

describe("across every change of the clocks of every zone", () => {
  test("there are as many as the platform has", (context) => {
    context.diagnostic(`${zones} zones, ${transitions} transitions, ${changes.length} of them in distinct tables`);
    assert.ok(zones >= ZONES_MIN && transitions >= TRANSITIONS_MIN);
  });

  test("[RC2] [ZN1] [ZN2] a daily 02:30 keeps its wall time, and so does one in the hour that is skipped or repeated", () => {
    for (const change of changes) {
      const { zone, atMs, beforeMs, afterMs } = change;
      const inside = Math.floor((atMs + (beforeMs + afterMs) / 2) / MINUTE_MS) * MINUTE_MS;
      for (const timeMs of [150 * MINUTE_MS, inside - midnight(inside)]) {
        const startLocalMs = dayOf(change) - 2 * DAY_MS + timeMs;
        const named = [0, 1, 2, 3, 4].map((day) => startLocalMs + day * DAY_MS);
        const { epochMs, localMs } = starts({ startLocalMs, zone, rrules: [daily] }, named.at(-1)!);
        assert.deepEqual(epochMs, obviousInstants(named, zone.id), told(change));
        for (const [i, ms] of epochMs.entries()) {
          const isSkipped = zone.toLocalMs(ms) !== localMs[i];
          assert.ok(!isSkipped || afterMs > beforeMs, `${told(change)}: only a gap moves it`);
        }
      }
    }
  });

  test("[ZN5] a night shift from 22:00 to 06:00 is as long as its hours really are", () => {
    for (const change of changes) {
      const { zone } = change;
      for (const startLocalMs of [dayOf(change) - 2 * HOUR_MS, dayOf(change) + 22 * HOUR_MS]) {
        const elapsedMs = zone.toEpochMs(startLocalMs + 8 * HOUR_MS) - zone.toEpochMs(startLocalMs);
        const real = zoned(startLocalMs, zone).until(zoned(startLocalMs + 8 * HOUR_MS, zone));
        assert.equal(elapsedMs, real.total("milliseconds"), told(change));
      }
    }
  });

  test("[RC2] a weekly meeting at 10:00 stays at 10:00", () => {
    for (const change of changes) {
      const { zone } = change;
      const startLocalMs = dayOf(change) - 5 * DAY_MS + 10 * HOUR_MS;
      const named = [0, 7, 14].map((day) => startLocalMs + day * DAY_MS);
      const { epochMs } = starts({ startLocalMs, zone, rrules: [weekly] }, named.at(-1)!);
      assert.deepEqual(epochMs, obviousInstants(named, zone.id), told(change));
      assert.deepEqual(epochMs.map(zone.toLocalMs), named, told(change));
    }
  });

  test("[ZN5] an all-day event is its date, from its first moment to its last", () => {
    for (const change of changes) {
      const { zone } = change;
      for (const startLocalMs of [dayOf(change) - DAY_MS, dayOf(change), dayOf(change) + DAY_MS]) {
        const { epochMs } = starts({ startLocalMs, zone, isDate: true, rrules: [daily] }, startLocalMs + DAY_MS);
        const date = zoned(startLocalMs, zone).toPlainDate();
        if (midnight(zone.toLocalMs(epochMs[0]!)) !== startLocalMs) continue; // The zone has no such date at all.
        const first = date.toZonedDateTime(zone.id);
        assert.equal(epochMs[0], first.epochMilliseconds, told(change));
        const nextMs = zone.toEpochMs(startLocalMs + DAY_MS);
        assert.equal((nextMs - first.epochMilliseconds) / HOUR_MS, first.hoursInDay, told(change));
      }
    }
  });
});
