// Strategy: sentences by table; then any order of answers and hours: one yes at most, one asked at a time in order, an end in the end,
// and nothing after it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isRefused } from "@hourwright/contract";
import { advanced, answered, asking, cancelled, dueOf, inTurn, leftOut, newsOf } from "./decide.ts";
import type { Call } from "./model.ts";

const MINUTE = 60_000;
const call = (how: Call["how"], count: number, startsMs = 48 * MINUTE): Call => ({
  state: "asking",
  how,
  minutesEach: 10,
  startsMs,
  endedMs: null,
  people: Array.from({ length: count }, (_, i) => ({
    personId: `p${i}`,
    state: "waiting",
    askedMs: null,
    untilMs: null,
    answeredMs: null,
    why: "",
  })),
});
const goOn = (one: Call, nowMs: number): Call => {
  let now = advanced(one, nowMs);
  for (const id of inTurn(now)) now = asking(now, id, nowMs);
  return now;
};
const states = ({ people }: Call) => people.map(({ state }) => state).join(" ");
const said = (one: Call, id: string, says: "yes" | "no", nowMs: number): Call => {
  const after = answered(one, id, says, nowMs);
  assert.ok(!isRefused(after), isRefused(after) ? after.refused.detail : "");
  return after;
};
const refusal = (one: Call, id: string, says: "yes" | "no", nowMs: number): string => {
  const after = answered(one, id, says, nowMs);
  assert.ok(isRefused(after));
  return after.refused.detail;
};

describe("a call for cover", () => {
  test("asks one after the other: a no asks the next, time as well, and who is late may still say yes", () => {
    let one = goOn(call("in-order", 4), 0);
    assert.equal(states(one), "asked waiting waiting waiting");
    assert.equal(dueOf(one), 10 * MINUTE);
    one = goOn(said(one, "p0", "no", 3 * MINUTE), 3 * MINUTE);
    assert.equal(states(one), "no asked waiting waiting");
    one = goOn(one, 13 * MINUTE);
    assert.equal(states(one), "no late asked waiting");
    assert.equal(refusal(one, "p3", "yes", 14 * MINUTE), "It is not your turn: you are asked when it is.");
    one = said(one, "p1", "yes", 14 * MINUTE);
    assert.deepEqual([one.state, states(one), dueOf(one)], ["covered", "no yes not-needed not-needed", null]);
    assert.equal(refusal(one, "p2", "yes", 14 * MINUTE), "Somebody else has taken the shift. Thank you!");
    assert.equal(said(one, "p1", "yes", 15 * MINUTE), one, "the same said twice is said once");
  });

  test("asks all at once, and the first yes has it", () => {
    const one = goOn(call("at-once", 3), 0);
    assert.equal(states(one), "asked asked asked");
    const after = said(said(one, "p2", "no", 1), "p1", "yes", 2);
    assert.equal(states(after), "not-needed yes no");
    assert.deepEqual(newsOf(one, after, "boss"), [
      { personId: "p0", kind: "cover-over" },
      { personId: "boss", kind: "cover-covered" },
    ]);
  });

  test("ends when nobody is left, when the shift begins, and when it is cancelled; and says which", () => {
    const last = goOn(call("in-order", 1), 0);
    const nobody = goOn(last, 10 * MINUTE);
    assert.equal(nobody.state, "nobody");
    assert.deepEqual(newsOf(last, nobody, "boss"), [{ personId: "boss", kind: "cover-nobody" }]);
    assert.equal(
      refusal(nobody, "p0", "yes", 11 * MINUTE),
      "Nobody is asked any more: the time to answer has gone by.",
    );
    const begun = goOn(call("at-once", 2), 0);
    assert.equal(refusal(begun, "p0", "yes", 48 * MINUTE), "The shift has begun.");
    assert.equal(goOn(begun, 48 * MINUTE).state, "over");
    const gone = cancelled(begun, 5);
    assert.ok(!isRefused(gone));
    assert.equal(refusal(gone, "p0", "yes", 6), "Nobody is needed any more: the call was cancelled.");
    assert.ok(isRefused(cancelled(nobody, 12 * MINUTE)));
    assert.equal(goOn(leftOut(call("in-order", 1), "p0", "They are ill."), 1).state, "nobody");
  });

  test("nobody is asked for longer than until the shift begins", () => {
    const one = goOn(call("in-order", 1, 4 * MINUTE), 0);
    assert.equal(one.people[0]!.untilMs, 4 * MINUTE);
  });
});

test("whatever is said and however time goes by: one yes at most, an end in the end, nothing after it, each asked once", () => {
  const anyStep = fc.record({
    who: fc.nat({ max: 5 }),
    says: fc.constantFrom("yes", "no", "no", "no", "time", "cannot", "cancel"),
    minutes: fc.nat({ max: 7 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom<Call["how"]>("in-order", "at-once"),
      fc.integer({ min: 1, max: 6 }),
      fc.array(anyStep, { maxLength: 20 }),
      (how, count, steps) => {
        let now = 0;
        let one = goOn(call(how, count), now);
        const timesAsked = new Map<string, number>();
        const look = (next: Call) => {
          for (const { personId, kind } of newsOf(one, next, "boss"))
            if (kind === "cover") timesAsked.set(personId, (timesAsked.get(personId) ?? 0) + 1);
          if (one.state !== "asking") assert.deepEqual([next.state, next.endedMs], [one.state, one.endedMs]);
          const yes = next.people.filter(({ state }) => state === "yes").length;
          assert.equal(yes, next.state === "covered" ? 1 : 0);
          if (how === "in-order") assert.ok(next.people.filter(({ state }) => state === "asked").length <= 1);
          assert.equal(dueOf(next) === null, next.state !== "asking");
          one = next;
        };
        for (const { who, says, minutes } of steps) {
          now += minutes * MINUTE;
          const id = `p${who}`;
          const after =
            says === "time"
              ? one
              : says === "cancel"
                ? who === 0
                  ? cancelled(one, now)
                  : one
                : says === "cannot"
                  ? one.people.some(({ personId, state }) => personId === id && state !== "yes")
                    ? leftOut(one, id, "ill")
                    : one
                  : answered(one, id, says, now);
          look(goOn(isRefused(after) ? one : after, now));
        }
        for (let left = 0; left <= 10 && one.state === "asking"; left++) look(goOn(one, (now = dueOf(one)!)));
        assert.notEqual(one.state, "asking");
        assert.ok([...timesAsked.values()].every((times) => times === 1));
      },
    ),
  );
});
