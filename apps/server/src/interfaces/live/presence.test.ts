import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { LiveFromServer } from "@hourwright/contract";
import { testClock } from "../../platform/testing/clock.ts";
import { bounds } from "./bounds.ts";
import { Presence, type Looker, type View } from "./presence.ts";

type Told = Extract<LiveFromServer, { type: "presence" }>;

function stage() {
  const clock = testClock(0);
  const presence = new Presence(clock, bounds);
  const last = new Map<Looker, Told>();
  const looker = (organisation: number, personId: string): Looker => {
    const own: Looker = {
      organisation,
      personId,
      name: personId,
      hear: (text) => void last.set(own, JSON.parse(text) as Told),
    };
    return own;
  };
  return { clock, presence, last, looker };
}

const views: readonly View[] = [
  { place: "year", year: 2027 },
  { place: "year", year: 2028 },
  { place: "conflicts", year: 2027 },
];

describe("who looks at the same view", () => {
  test("is told as it is after everybody has come and gone, to each of them, and never of themselves", () => {
    const step = fc.tuple(fc.nat(7), fc.option(fc.nat(2)));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { clock, presence, last, looker } = stage();
        // Two connections a person, two organisations.
        const all = Array.from({ length: 8 }, (_, i) => looker(i % 2, `per_${i % 4}`));
        const where = new Map<Looker, number>();
        for (const [who, view] of steps) {
          presence.look(all[who]!, view === null ? null : views[view]!);
          if (view === null) where.delete(all[who]!);
          else where.set(all[who]!, view);
          if (who % 3 === 0) clock.advance(bounds.presenceMs);
        }
        clock.advance(bounds.presenceMs);
        for (const [me, view] of where) {
          const others = [...where].filter(
            ([other, theirs]) =>
              theirs === view && other.organisation === me.organisation && other.personId !== me.personId,
          );
          const expected = [...new Set(others.map(([{ personId }]) => personId))].sort();
          const told = last.get(me)!;
          assert.deepEqual(told.people.map(({ personId }) => personId).sort(), expected);
          assert.deepEqual([told.count, told.view], [expected.length, views[view]]);
        }
      }),
    );
  });

  test("ends for who has not said for a good minute that they are still there", () => {
    const { clock, presence, last, looker } = stage();
    const [mine, theirs] = [looker(1, "per_me"), looker(1, "per_other")];
    presence.look(mine, views[0]!);
    presence.look(theirs, views[0]!);
    clock.advance(bounds.hereMs - 1);
    presence.look(mine, views[0]!);
    presence.beat();
    assert.equal(last.get(mine)!.count, 1);
    clock.advance(1);
    presence.beat();
    clock.advance(bounds.presenceMs);
    assert.equal(last.get(mine)!.count, 0);
  });

  test("is the first fifty by name and all by number", () => {
    const { clock, presence, last, looker } = stage();
    const all = Array.from({ length: 60 }, (_, i) => looker(1, `per_${i}`));
    for (const each of all) presence.look(each, views[0]!);
    clock.advance(bounds.presenceMs);
    assert.deepEqual([last.get(all[0]!)!.people.length, last.get(all[0]!)!.count], [50, 59]);
  });
});
