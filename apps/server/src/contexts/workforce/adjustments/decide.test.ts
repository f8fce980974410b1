// Strategy: a table of swaps and their objections; then effects worked out by hand; deciding by itself is judged by the package's tests.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Deviation, Rule } from "@hourwright/schedule";
import { contract, dayOf, shift } from "@hourwright/schedule/testing";
import { findZone } from "@hourwright/time";
import type { Scene } from "../schedules/scenes.ts";
import { decideGroup, effectOf } from "./decide.ts";
import { adjustmentOf, daysTouched, type StoredAdjustment } from "./model.ts";

const zone = findZone("Europe/Berlin")!;
const MONDAY = dayOf("2027-03-01");
const day = shift("day shift", "09:00", "17:00");

let made = 0;
function asked(personId: string, what: Deviation): StoredAdjustment {
  const id = `adj${++made}`;
  return {
    id,
    groupId: "group",
    personId,
    what,
    ...daysTouched(what, zone),
    state: "requested",
    note: "",
    asked: { by: personId, name: personId, atMs: 0 },
    decided: null,
    answer: "",
    position: null,
    version: 1,
  };
}

function scenes(
  group: readonly StoredAdjustment[],
  more: { readonly weekdays?: readonly number[]; readonly rules?: readonly Rule[]; readonly cost?: number } = {},
) {
  const people = [...new Set(group.map(({ personId }) => personId))];
  return new Map(
    people.map((personId): [string, Scene] => {
      const weekdays = personId === "ben" ? [1] : (more.weekdays ?? [2]);
      const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => (weekdays.includes(weekday) ? [day] : []));
      const cost = more.cost === undefined ? null : { minorUnits: more.cost, currency: "EUR" };
      const terms = { turns: { weeks: [week], anchorDay: MONDAY }, rules: more.rules ?? [], cost };
      const own = group.filter((each) => each.personId === personId);
      const adjustments = own.map((each) => adjustmentOf({ ...each, approved: null }, zone, (id) => id));
      return [
        personId,
        {
          personId,
          name: personId,
          zone,
          versions: [],
          contracts: [contract(terms)],
          holidays: [],
          adjustments,
          approvedMs: new Map(),
        },
      ];
    }),
  );
}

const approval = { by: "Ana", onDay: MONDAY };
const key = { day: MONDAY, fromMinute: 540 };
const swap = (): StoredAdjustment[] => [
  asked("ben", { kind: "given", of: key, to: "eva" }),
  asked("eva", { kind: "taken", day: MONDAY, shift: day, from: "ben", interrupts: false }),
];

describe("what is decided together", () => {
  test("is approved when each half stands beside those before it", () => {
    const group = swap();
    const { objections, after } = decideGroup(group, scenes(group), approval);
    assert.deepEqual(objections, []);
    assert.ok([...after.values()].every(({ adjustments }) => adjustments.every((each) => each.approval !== null)));
  });

  test("is refused as a whole with what speaks against any half", () => {
    const group = swap();
    const { objections } = decideGroup(group, scenes(group, { weekdays: [1] }), approval);
    assert.deepEqual(
      objections.map(({ sentence }) => sentence),
      ["day shift (09:00–17:00) on 1 March 2027 overlaps day shift (09:00–17:00) of the contract."],
    );
    const twice = [...swap(), asked("ben", { kind: "given", of: key, to: "zoe" })];
    assert.deepEqual(
      decideGroup(twice, scenes(twice), approval).objections.map(({ code }) => code),
      ["no-such-shift"],
      "what was given is not given again",
    );
  });

  test("has nothing to differ from where there is no contract", () => {
    const group = [asked("ben", { kind: "absence", type: "leave", span: { fromDay: MONDAY, toDay: MONDAY + 1 } })];
    assert.deepEqual(decideGroup(group, new Map(), approval).objections, [
      {
        code: "no-contract",
        facts: { kind: "nothing-to-change" },
        sentence: "They have no contract, and so nothing to differ from.",
      },
    ]);
  });
});

test("the effect names rules that are broken anew, paid time and what it costs", () => {
  const rules: Rule[] = [{ kind: "week", minutesMax: 600 }];
  const group = [asked("eva", { kind: "extra", day: MONDAY, shift: day, from: null, interrupts: false })];
  const before = scenes(group, { rules, cost: 3_000 });
  const { after } = decideGroup(group, before, approval);
  const { broken, paidMinutes, cost } = effectOf(group, before, after);
  assert.deepEqual(
    [broken.length, broken[0]!.personId, paidMinutes, cost],
    [1, "eva", 480, [{ minorUnits: 24_000, currency: "EUR" }]],
  );
});
