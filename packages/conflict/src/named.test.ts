// Rules CF* are in ../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { detect } from "./detect.ts";
import { explanationOf } from "./explain.ts";
import { scheduleOf, type NamedTaking } from "./named.ts";
import { ATTENDS, NEEDS, OWN } from "./schedule.ts";

const taking = (thing: string, subject: string, startMs: number, endMs: number, how = OWN): NamedTaking => ({
  thing,
  subject,
  startMs,
  endMs,
  how,
});

/** What is found among named takings, in the same names. */
function found(takings: readonly NamedTaking[]): string[] {
  const { index, subjects, firsts } = scheduleOf(takings);
  const nameOf = (occurrence: number) => takings[firsts[occurrence]!]!.thing;
  return detect(index, -Infinity, Infinity).found.map(
    ({ kind, first, second, subjects: whose }) =>
      `${kind} ${nameOf(first)}+${nameOf(second)} of ${whose.map((subject) => subjects[subject]).join(",")}`,
  );
}

describe("scheduleOf", () => {
  test("a thing that takes several subjects is one occurrence with a row for each", () => {
    const { firsts, rowsOf, subjects } = scheduleOf([
      taking("lesson", "ana", 9, 10),
      taking("call", "ben", 9, 10),
      taking("lesson", "hall", 9, 10, NEEDS),
    ]);
    assert.deepEqual(firsts, [0, 1]);
    assert.deepEqual(rowsOf(0), [0, 2]);
    assert.deepEqual(rowsOf(1), [1]);
    assert.deepEqual(subjects, ["ana", "ben", "hall"]);
  });

  test("[CF2] copies of a thing that stand at two times never meet each other, and each meets others", () => {
    const copies = [taking("council", "ana", 9, 11), taking("council", "ana", 10, 12)];
    assert.deepEqual(found(copies), []);
    assert.deepEqual(found([...copies, taking("call", "ana", 11, 13)]), ["overlap council+call of ana"]);
  });

  test("[CF3] names come back with what is found", () => {
    const two = (thing: string, startMs: number) => [
      taking(thing, "eva", startMs, startMs + 2, ATTENDS),
      taking(thing, "hall", startMs, startMs + 2, NEEDS),
    ];
    assert.deepEqual(found([...two("yoga", 9), ...two("judo", 10)]), [
      "attendee yoga+judo of eva",
      "resource yoga+judo of hall",
    ]);
  });

  test("an empty list is an empty schedule", () => {
    const { index, firsts, rowsOf } = scheduleOf([]);
    assert.equal(index.takings.count, 0);
    assert.deepEqual(firsts, []);
    assert.deepEqual(rowsOf(0), []);
  });
});

describe("explanationOf", () => {
  const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
  const found = { kind: "resource", startMs: at("2027-03-25T15:00Z"), endMs: at("2027-03-25T15:15Z") } as const;
  const first = { title: "Yoga", startMs: at("2027-03-25T14:30Z"), endMs: at("2027-03-25T15:15Z") };
  const second = { title: "Judo", startMs: at("2027-03-25T15:00Z"), endMs: at("2027-03-25T23:30Z") };

  test("says who, what, when and which rule in one sentence, in the reader's zone", () => {
    assert.equal(
      explanationOf(found, ["Hall B"], { first, second, zone: "Europe/Prague" }),
      "Hall B is taken by “Yoga” (15:30–16:15) and “Judo” (Thu 25 Mar 2027 16:00 – Fri 26 Mar 2027 00:30) for the same 15 min on Thu 25 Mar 2027, 16:00–16:15: a room or thing is used once at a time.",
    );
  });

  test("names several with and", () => {
    const text = explanationOf(found, ["Hall A", "Hall B", "Van"], { first, second, zone: "UTC" });
    assert.match(text, /^Hall A, Hall B, and Van are taken by “Yoga” \(14:30–15:15\)/);
  });
});
