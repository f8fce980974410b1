// Strategy: what is a swap by table, what becomes of it by sentences; then any order of answers: agreed only when all have said yes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isRefused, type Refused } from "@hourwright/contract";
import { shift } from "@hourwright/schedule/testing";
import { advancedSwap, answeredSwap, faultOf, isAgreed, newsOf, withdrawnSwap } from "./decide.ts";
import { peopleIn, type Swap } from "./model.ts";

const leg = (from: string, to: string) => ({ from, to, of: { day: 0, fromMinute: 420 } });
const swap = (...pairs: (readonly [string, string])[]): Swap => {
  const legs = pairs.map(([from, to]) => ({
    ...leg(from, to),
    shift: shift("early shift", "07:00", "15:00"),
    startMs: 1_000,
    endMs: 2_000,
  }));
  const people = peopleIn(legs).filter((id) => id !== "ana");
  return {
    id: "swp",
    legs,
    state: "asking",
    proposedBy: { personId: "ana", name: "Ana", atMs: 0 },
    people: people.map((personId) => ({ personId, state: "asked", answeredMs: null })),
    untilMs: 1_000,
    groupId: null,
    note: "",
    version: 1,
  };
};
function done(after: Swap | Refused): Swap {
  assert.ok(!isRefused(after), isRefused(after) ? after.refused.detail : "");
  return after;
}

describe("a swap", () => {
  test("is of two, of three in a ring, or given for nothing [SW1]", () => {
    const whole = "Two exchange a shift each, or three in a ring: each gives to the next, and the last to the first.";
    const table: readonly (readonly [readonly (readonly [string, string])[], string | null])[] = [
      [[["ana", "ben"]], null],
      [
        [
          ["ana", "ben"],
          ["ben", "ana"],
        ],
        null,
      ],
      [
        [
          ["ana", "ben"],
          ["ben", "cid"],
          ["cid", "ana"],
        ],
        null,
      ],
      [[], "A swap is of one to 3 shifts."],
      [[["ana", "ana"]], "Nobody swaps with themselves."],
      [
        [
          ["ana", "ben"],
          ["ana", "cid"],
        ],
        "Everybody gives one shift, and takes one.",
      ],
      [
        [
          ["ana", "ben"],
          ["ben", "cid"],
        ],
        whole,
      ],
      [
        [
          ["ana", "ben"],
          ["ben", "ana"],
          ["cid", "dora"],
        ],
        whole,
      ],
    ];
    for (const [pairs, wrong] of table)
      assert.equal(faultOf(pairs.map(([from, to]) => leg(from, to)))?.refused.detail ?? null, wrong);
  });

  test("ends with any no, with time, and when it is taken back; and says so", () => {
    const one = swap(["ana", "ben"], ["ben", "cid"], ["cid", "ana"]);
    const half = done(answeredSwap(one, "ben", "yes", 1));
    assert.ok(!isAgreed(half));
    assert.ok(isAgreed(done(answeredSwap(half, "cid", "yes", 2))));
    const no = done(answeredSwap(half, "cid", "no", 2));
    assert.equal(no.state, "declined");
    assert.deepEqual(
      newsOf(half, no).map(({ personId, kind }) => `${personId} ${kind}`),
      ["ana swap-declined", "ben swap-declined", "cid swap-declined"],
    );
    const why = (after: Swap | Refused) => (isRefused(after) ? after.refused.detail : "");
    assert.equal(why(answeredSwap(no, "ben", "no", 3)), "Somebody has said no.");
    assert.equal(why(answeredSwap(one, "ana", "yes", 3)), "You are not asked.");
    assert.equal(why(answeredSwap(one, "ben", "yes", 1_000)), "One of the shifts has begun.");
    assert.equal(why(answeredSwap(done(withdrawnSwap(one, 5)), "ben", "yes", 6)), "It was taken back.");
    assert.equal(advancedSwap(one, 1_000).state, "over");
  });
});

test("whatever is said, it is agreed only when everybody has said yes, and declined once anybody has said no", () => {
  const anyAnswers = fc.array(
    fc.tuple(fc.constantFrom("ben", "cid"), fc.constantFrom<"yes" | "no">("yes", "yes", "no")),
    {
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      let one = swap(["ana", "ben"], ["ben", "cid"], ["cid", "ana"]);
      const said = new Map<string, string>();
      for (const [who, says] of answers) {
        const after = answeredSwap(one, who, says, 1);
        if (isRefused(after)) assert.equal(one.state, "declined");
        else {
          said.set(who, says);
          one = after;
        }
      }
      assert.equal(isAgreed(one), said.get("ben") === "yes" && said.get("cid") === "yes");
      assert.equal(one.state === "declined", [...said.values()].includes("no"));
    }),
  );
});
