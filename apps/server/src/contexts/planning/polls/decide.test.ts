import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import * as fc from "fast-check";
import { guestsAt, pollOf, stateOf, tallyOf, whyOver } from "./decide.ts";
import type { PollContents, Said } from "./model.ts";

const NOW_MS = Temporal.Instant.from("2027-03-01T08:00:00Z").epochMilliseconds;
const HOUR_MS = 3_600_000;
const at = (hour: number, hours = 1) => ({
  startMs: NOW_MS + hour * HOUR_MS,
  endMs: NOW_MS + (hour + hours) * HOUR_MS,
});
const wish = {
  title: " Talk ",
  makerId: "me",
  times: [at(5), at(2)],
  people: ["ana", "me", "ben", "ana"],
  resourceIds: ["r"],
};
const poll = pollOf(wish, NOW_MS) as PollContents;

describe("a poll", () => {
  test("has its times by start, asks everybody once and never who made it", () => {
    assert.deepEqual(poll.times, [at(2), at(5)]);
    assert.deepEqual([poll.people, poll.title, poll.isClosed, poll.picked], [["ana", "ben"], "Talk", false, null]);
  });

  const refusals: [what: string, change: Partial<typeof wish>, says: RegExp][] = [
    ["nobody else", { people: ["me"] }, /Nobody is asked but you/],
    ["no title", { title: "  " }, /title/],
    ["one time", { times: [at(1)] }, /2 to 8 times, not 1/],
    ["nine times", { times: Array.from({ length: 9 }, (_, hour) => at(hour + 1)) }, /2 to 8 times, not 9/],
    ["a time that ends before it starts", { times: [at(1), at(2, -1)] }, /ends after it starts/],
    ["a time of eight days", { times: [at(1), at(2, 8 * 24)] }, /at most a week/],
    ["a time that has begun", { times: [at(0), at(2)] }, /has begun already/],
    ["the same time twice", { times: [at(1), at(1)] }, /twice/],
  ];
  for (const [what, change, says] of refusals)
    test(`is refused with ${what}`, () => {
      const refused = pollOf({ ...wish, ...change }, NOW_MS);
      assert.ok(isRefused(refused));
      assert.match(refused.refused.detail, says);
    });

  test("is open until its last time begins, or it is closed", () => {
    const states = [0, 4.9, 5, 9].map((hour) => stateOf(poll, NOW_MS + hour * HOUR_MS));
    assert.deepEqual(states, ["open", "open", "expired", "expired"]);
    assert.equal(stateOf({ ...poll, isClosed: true }, NOW_MS + 9 * HOUR_MS), "closed");
    assert.equal(whyOver(poll, NOW_MS), null);
    for (const over of [{ isClosed: true }, { isClosed: true, picked: 1 }])
      assert.equal(whyOver({ ...poll, ...over }, NOW_MS)?.refused.code, "planning/poll-over");
  });

  test("counts each answer once, and invites everybody who has not said no", () => {
    const said = fc.constantFrom<Said>("yes", "maybe", "no");
    const people = ["a", "b", "c", "d", "e"];
    const answered = fc.dictionary(fc.constantFrom(...people), fc.tuple(said, said));
    fc.assert(
      fc.property(answered, fc.nat(1), (given, time) => {
        const answers = new Map(Object.entries(given));
        const { yes, maybe, no } = tallyOf(answers, time);
        assert.equal(yes + maybe + no, answers.size);
        const guests = guestsAt({ ...poll, people }, answers, time);
        assert.equal(guests.length, people.length - no);
        for (const id of people) assert.equal(guests.includes(id), given[id]?.[time] !== "no");
      }),
    );
  });
});
