// Rules AS* are in ../SPEC.md. Strategy: each way once by hand; then 10,000 bookings of a team that comes and goes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { choose, type Candidate, type Credit, type How } from "./assignment.ts";

const TURN: How = { kind: "round robin" };
const person = (subject: string, weight = 1, takenMinutes = 0): Candidate => ({ subject, weight, takenMinutes });
const team = [person("Anna"), person("Ben"), person("Cleo")];

function turns(candidates: readonly Candidate[], count: number, credits: readonly Credit[] = []) {
  const given: (string | null)[] = [];
  let left = credits;
  for (let i = 0; i < count; i++) {
    const chosen = choose(candidates, TURN, left);
    given.push(chosen.subject);
    left = chosen.credits;
  }
  return { given: given.join(" "), credits: left };
}

describe("a booking is given", () => {
  test("[AS1] [AS2] in turn, ties by their order", () => {
    assert.equal(turns(team, 6).given, "Anna Ben Cleo Anna Ben Cleo");
  });

  test("[AS1] by weight: who has twice the weight has two of three", () => {
    assert.equal(turns([person("Anna", 2), person("Ben")], 6).given, "Anna Ben Anna Anna Ben Anna");
  });

  test("[AS3] to a newcomer as to the others, neither more nor less", () => {
    const { credits } = turns(team, 300);
    const { given } = turns([...team, person("Dora")], 8, credits);
    assert.equal(given.split(" ").filter((each) => each === "Dora").length, 2);
  });

  test("[AS4] to whoever was away as before: nothing is earned by absence", () => {
    const { credits } = turns(team, 3);
    const without = turns(team.slice(1), 100, credits).credits;
    const { given } = turns(team, 6, without);
    assert.equal(given.split(" ").filter((each) => each === "Anna").length, 2);
  });

  test("[AS5] to the least busy, the last or the chosen one without anybody paying for it", () => {
    const { credits } = turns(team, 1);
    const busy = [person("Anna", 1, 120), person("Ben", 1, 60), person("Cleo", 1, 60)];
    const choice = (how: How) => choose(busy, how, credits);
    assert.deepEqual(choice({ kind: "least busy" }), { subject: "Ben", credits });
    assert.deepEqual(choice({ kind: "customer", subject: "Cleo" }), { subject: "Cleo", credits });
    assert.deepEqual(choice({ kind: "customer", subject: "Dora" }), { subject: null, credits });
    assert.deepEqual(choice({ kind: "same as last time", last: "Anna" }), { subject: "Anna", credits });
    assert.deepEqual(choice({ kind: "same as last time", last: "Dora" }), choice(TURN));
    assert.deepEqual(choice({ kind: "same as last time", last: null }), choice(TURN));
    assert.deepEqual(choose([], TURN, credits), { subject: null, credits });
  });

  for (const seed of [1, 2, 3]) {
    test(`[AS6] within one booking × weight of the fair share, 10,000 times, nobody away (seed ${seed})`, () => {
      for (const { weight, given, share } of simulated(seededRandom(seed), 0)) {
        assert.ok(Math.abs(given - share) <= weight, `${given} of ${share}`);
      }
    });

    test(`[AS6] within one booking × weight of the whole share, with absences and newcomers (seed ${seed})`, () => {
      for (const { weight, given, share } of simulated(seededRandom(seed), 0.02)) {
        assert.ok(given >= Math.floor(share) - weight && given <= Math.ceil(share) + weight, `${given} of ${share}`);
      }
    });
  }
});

type Share = { readonly weight: number; readonly given: number; readonly share: number };

/** Every moment of everybody in 10,000 bookings: what they were given, and their share of those they were present at. */
function* simulated(random: Random, awayChance: number): Generator<Share> {
  const people = Array.from({ length: 12 }, (_, i) => ({
    candidate: person(`person ${i}`, wholeBetween(random, 1, 3)),
    fromBooking: awayChance === 0 || i < 6 ? 0 : wholeBetween(random, 0, 5_000),
    away: 0,
    given: 0,
    share: 0,
  }));
  let credits: readonly Credit[] = [];
  for (let booking = 0; booking < 10_000; booking++) {
    for (const each of people) {
      if (each.away > 0) each.away--;
      else if (random() < awayChance) each.away = wholeBetween(random, 1, 50);
    }
    const present = people.filter(({ away, fromBooking }) => away === 0 && booking >= fromBooking);
    const sum = present.reduce((total, { candidate }) => total + candidate.weight, 0);
    const chosen = choose(
      present.map(({ candidate }) => candidate),
      TURN,
      credits,
    );
    ({ credits } = chosen);
    for (const each of present) {
      const { weight, subject } = each.candidate;
      each.share += weight / sum;
      if (subject === chosen.subject) each.given++;
      yield { weight, given: each.given, share: each.share };
    }
  }
}
