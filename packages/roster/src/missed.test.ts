// [CG7] in ../SPEC.md. Strategy: what one person's leave misses, by hand; then any change of any people, minute by minute.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { approved, contract, dayOf, shift } from "@hourwright/schedule/testing";
import { DAY_MS, MINUTE_MS, printWallTime } from "@hourwright/time";
import { rowsOf } from "./demand.ts";
import type { Person } from "./draft.ts";
import { evaluate, groundOf, stepsIn, type RosterQuestion } from "./evaluate.ts";
import { missedBetween, type Missed } from "./missed.ts";
import { anyPeople, anyQuestion, clocks, demand, zone } from "./testing.ts";

const MONDAY = dayOf("2027-03-01");
const early = (from = "06:00", to = "14:00") => shift("early shift", from, to, { site: "Ward" });
const person = (personId: string, shifts = [early()]): Person => ({
  personId,
  name: personId,
  zone,
  contracts: [contract({ turns: { weeks: [Array.from({ length: 7 }, () => shifts)], anchorDay: MONDAY } })],
  holidays: [],
  adjustments: [],
  skills: [],
});
const away = (one: Person, day = MONDAY): Person => ({
  ...one,
  adjustments: [approved("a", { kind: "absence", type: "leave", span: { fromDay: day, toDay: day + 1 } })],
});
const question = (people: readonly Person[]): RosterQuestion => ({
  people,
  rows: rowsOf([demand()]),
  clocks,
  skillName: () => "",
  fromDay: MONDAY,
  toDay: MONDAY + 3,
});
const missed = (before: RosterQuestion, people: readonly Person[]) =>
  missedBetween(evaluate(groundOf(before), []), evaluate(groundOf({ ...before, people }), []));
const told = ({ row, day, startMs, endMs, before, after, minimum }: Missed) =>
  `${row.site} ${printWallTime(day * DAY_MS, "date")} ${[startMs, endMs]
    .map((ms) => printWallTime(zone.toLocalMs(ms), "local").slice(11, 16))
    .join("–")}: ${before} → ${after} of ${minimum}`;

describe("what a change misses [CG7]", () => {
  const [ana, ben, cem] = [person("ana"), person("ben"), person("cem", [early("10:00", "12:00")])] as const;

  test("is told from when to when, and how many are there before and after", () => {
    assert.deepEqual(missed(question([ana, ben, cem]), [away(ana), ben, cem]).map(told), [
      "Ward 2027-03-01 06:00–10:00: 2 → 1 of 2",
      "Ward 2027-03-01 12:00–14:00: 2 → 1 of 2",
    ]);
  });

  test("is nothing where enough are left, where nobody is needed, and where it was no better before", () => {
    assert.deepEqual(missed(question([ana, ben, person("dora")]), [away(ana), ben, person("dora")]), []);
    const nobody = { ...question([ana]), rows: rowsOf([demand({ fromDay: MONDAY + 1 })]) };
    assert.deepEqual(missed(nobody, [away(ana)]), []);
    assert.deepEqual(missed(question([away(ana), ben]), [away(ana), ben]), []);
  });

  test("is the same as minute by minute, of any people", () => {
    fc.assert(
      fc.property(anyQuestion, anyPeople, (asked, others) => {
        const before = evaluate(groundOf(asked), []);
        const after = evaluate(groundOf({ ...asked, people: others }), []);
        const found = missedBetween(before, after);
        for (const row of asked.rows)
          for (let day = asked.fromDay; day < asked.toDay; day++) {
            const [was, now] = [stepsIn(before, row, day), stepsIn(after, row, day)];
            const end = now.at(-1)!.endMs;
            for (let ms = now[0]!.startMs; ms < end; ms += 7 * MINUTE_MS) {
              const at = <Each extends { startMs: number; endMs: number }>(list: readonly Each[]) =>
                list.find((each) => each.startMs <= ms && ms < each.endMs);
              const [old, fresh] = [at(was)!, at(now)!];
              const isMissed = fresh.have < fresh.minimum && fresh.have < old.have;
              const one = at(found.filter((each) => each.row === row && each.day === day));
              assert.equal(one !== undefined, isMissed);
              if (one !== undefined)
                assert.deepEqual([one.before, one.after, one.minimum], [old.have, fresh.have, fresh.minimum]);
            }
          }
      }),
      { numRuns: 60 },
    );
  });
});
