// Rules DR* and PB* are in ../SPEC.md. Strategy: what people read; then any drafts of any people: what is merged is what the
// approved adjustments would make, what is judged again equals what is judged from nothing, and every alternative holds.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkRules, decideAdjustment, unify, type Adjustment } from "@hourwright/schedule";
import { approved, contract, dayOf, linesOf, shift } from "@hourwright/schedule/testing";
import { compare } from "./compare.ts";
import { rowsOf } from "./demand.ts";
import { adjustmentsOf, withEntries, type Entry, type Person } from "./draft.ts";
import {
  brokenIn,
  costOf,
  evaluate,
  groundOf,
  objectionsIn,
  reevaluate,
  resultFor,
  ruleWindow,
  stepsIn,
  type Evaluation,
  type RosterQuestion,
} from "./evaluate.ts";
import { toldOf } from "./publication.ts";
import { anyEntries, anyEntry, anyQuestion, clocks, demand, FIRST, zone } from "./testing.ts";
import { put, tried, whyNot } from "./why-not.ts";

const MONDAY = dayOf("2027-03-01");
const early = shift("early shift", "06:00", "14:00", { site: "Ward" });
const late = shift("late shift", "14:00", "22:00", { site: "Ward" });
const person = (personId: string, name: string, more: Partial<Person> = {}): Person => ({
  personId,
  name,
  zone,
  contracts: [
    contract({
      turns: { weeks: [[[], [], [], [], [], [], []]], anchorDay: MONDAY },
      rules: [{ kind: "rest", minutesMin: 660 }],
      cost: { minorUnits: 2_000, currency: "EUR" },
    }),
  ],
  holidays: [],
  adjustments: [],
  skills: [],
  ...more,
});
const question = (people: readonly Person[]): RosterQuestion => ({
  people,
  rows: rowsOf([demand()]),
  clocks,
  skillName: () => "first aid",
  fromDay: MONDAY,
  toDay: MONDAY + 7,
});
const add = (id: string, personId: string | null, day: number, one = early, skillId: string | null = null) =>
  ({ id, kind: "add", personId, day, shift: one, skillId }) as const;
const drop = (id: string, personId: string, day: number, fromMinute: number) =>
  ({ id, kind: "drop", personId, of: { day, fromMinute } }) as const;
const said = (evaluation: Evaluation) => objectionsIn(evaluation).map(({ sentence }) => sentence);

describe("a draft", () => {
  const ana = person("p0", "Ana");
  const ben = person("p1", "Ben", {
    skills: [{ skillId: "aid", level: 1, fromDay: MONDAY, untilDay: MONDAY + 1 }],
    adjustments: [approved("a1", { kind: "absence", type: "leave", span: { fromDay: MONDAY + 4, toDay: MONDAY + 5 } })],
  });

  test("[DR3] tells of a shift the first three that it meets, however many lie upon each other", () => {
    const people = [person("a", "Ann")];
    const heaped = Array.from({ length: 2_000 }, (_, i) => add(`e${i}`, "a", MONDAY));
    const found = objectionsIn(evaluate(groundOf(question(people)), heaped));
    assert.equal(found.length, 1 + 2 + 3 * (heaped.length - 3));
    assert.equal(
      new Set(found.map(({ entryId }) => entryId)).size,
      heaped.length - 1,
      "the first alone is in nobody's way",
    );
  });

  test("[DR3] is told everything that speaks against it", () => {
    const weekly = person("p2", "Cem", { contracts: [contract()] });
    const ended = person("p3", "Dora", { contracts: [contract({ toDay: MONDAY + 1 })] });
    const evaluation = evaluate(groundOf(question([ana, ben, weekly, ended])), [
      add("e1", "p0", MONDAY),
      add("e2", "p0", MONDAY, shift("talk", "13:00", "15:00")),
      add("e3", "p1", MONDAY + 4),
      add("e4", "p1", MONDAY + 1, early, "aid"),
      add("e5", "p1", MONDAY + 2, early, "aid"),
      add("e6", "p2", MONDAY, late),
      drop("e7", "p2", MONDAY + 1, 540),
      add("e8", "p2", MONDAY + 1, late),
      drop("e9", "p2", MONDAY + 5, 540),
      add("e10", "p3", MONDAY + 2),
      add("e11", "p9", MONDAY),
      add("e12", null, MONDAY),
    ]);
    assert.deepEqual(said(evaluation), [
      "talk (13:00–15:00) on 1 March 2027 overlaps early shift (06:00–14:00) on 1 March 2027 of Ana.",
      "Ben is away then: early shift (06:00–14:00) on 5 March 2027 lies in leave approved by Ana on 1 March 2027.",
      "Ben does not have first aid on 3 March 2027.",
      "Cem has no shift at 09:00 on 6 March 2027.",
      "late shift (14:00–22:00) on 1 March 2027 overlaps day shift (09:00–17:00) of the contract on 1 March 2027 of Cem.",
      "Dora has no contract on 3 March 2027.",
      "They have no contract, and so no roster.",
    ]);
  });

  test("[DR4] [DR5] [DR6] has hours beside the contract, cost, rules that it breaks anew, and coverage", () => {
    const evaluation = evaluate(groundOf(question([ana, ben])), [
      add("e1", "p0", MONDAY, late),
      add("e2", "p0", MONDAY + 1),
      add("e3", "p1", MONDAY + 1),
    ]);
    const { plannedMinutes, nominalMinutes } = resultFor(evaluation, "p0")!;
    assert.deepEqual([plannedMinutes, nominalMinutes], [960, 2_400]);
    assert.deepEqual(
      brokenIn(evaluation).map(({ personId, sentence }) => `${personId}: ${sentence}`),
      ["p0: 8 h of rest from 1 March 2027 to 2 March 2027. The rule is at least 11 h of rest between shifts."],
    );
    assert.deepEqual(costOf(evaluation.results.values()), [{ minorUnits: 48_000, currency: "EUR" }]);
    const [row] = question([]).rows;
    assert.deepEqual(
      evaluation.coverage.get(row!.key)!.map(({ have, need, level }) => `${have}/${need} ${level}`),
      ["0/2 short", "2/2 exact", ...Array.from({ length: 5 }, () => "0/2 short")],
    );
    assert.deepEqual(
      stepsIn(evaluation, row!, MONDAY + 1).map(({ have, people }) => [have, ...people]),
      [[0], [2, "p0", "p1"], [0]],
    );
  });

  test("[DR8] says why not, and what could be done instead", () => {
    const evaluation = evaluate(groundOf(question([ana, ben])), [add("e1", "p0", MONDAY, late)]);
    const asked = add("new", "p0", MONDAY + 1);
    const { objections, broken, alternatives } = whyNot(evaluation, asked);
    assert.deepEqual([objections.length, broken.map(({ rule }) => rule.kind)], [0, ["rest"]]);
    assert.deepEqual(
      alternatives.map(({ label, note }) => `${label}: ${note}`),
      [
        "Start at 09:00 instead: early shift (09:00–17:00) on Tuesday keeps all rules.",
        "Give it to Ben: 0 h of 40 h planned.",
        "Leave it open: People can ask for it once it is published.",
      ],
    );
    assert.deepEqual(whyNot(evaluation, add("new", "p1", MONDAY + 1)), {
      objections: [],
      broken: [],
      alternatives: [],
    });
  });

  test("[PB1] tells each person what is new, changed and dropped, and not what stays as it is", () => {
    const cem = person("p2", "Cem", { contracts: [contract()] });
    const { stretches } = unify({ ...cem, fromDay: MONDAY, toDay: MONDAY + 7 });
    const day = cem.contracts[0]!.turns.weeks[0]![0]![0]!;
    const told = toldOf(
      [
        drop("e1", "p2", MONDAY, 540),
        add("e2", "p2", MONDAY, late),
        add("e3", "p2", MONDAY + 5),
        drop("e4", "p2", MONDAY + 1, 540),
        drop("e5", "p2", MONDAY + 2, 540),
        add("e6", "p2", MONDAY + 2, day),
      ],
      stretches,
    );
    const sentences = (lines: typeof told.new) => lines.map(({ sentence }) => sentence);
    assert.deepEqual(
      [sentences(told.new), sentences(told.changed), sentences(told.dropped)],
      [
        ["New on 6 March 2027: early shift (06:00–14:00)."],
        ["Changed on 1 March 2027: late shift (14:00–22:00), before day shift (09:00–17:00)."],
        ["No more on 2 March 2027: day shift (09:00–17:00)."],
      ],
    );
  });

  test("[DR9] is compared with another by person and day", () => {
    const [same, again] = [add("a", "p0", MONDAY), add("b", "p0", MONDAY)];
    assert.deepEqual(compare([same], [again]), []);
    const other = add("c", "p1", MONDAY);
    assert.deepEqual(compare([same, other], [again, drop("d", "p1", MONDAY, 360)]), [
      { personId: "p1", day: MONDAY, here: [other], there: [drop("d", "p1", MONDAY, 360)] },
    ]);
    assert.equal(compare([same, again], [same])[0]!.here.length, 1, "what is there twice is there once more");
  });
});

describe("any draft", () => {
  const ofPerson = (entries: readonly Entry[], id: string) => entries.filter(({ personId }) => personId === id);

  test("[DR1] [DR2] is what stands with its entries as approved adjustments, drops first", () => {
    fc.assert(
      fc.property(anyQuestion, anyEntries, ({ people, fromDay, toDay }, entries) => {
        for (const one of people) {
          const own = ofPerson(entries, one.personId);
          const adjustments = [...one.adjustments, ...adjustmentsOf(own, { by: "Ana", onDay: FIRST })];
          const merged = unify({ ...withEntries(one, own), fromDay, toDay });
          assert.deepEqual(
            linesOf(merged.stretches),
            linesOf(unify({ ...one, adjustments, fromDay, toDay }).stretches),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  test("[DR3] is spoken against where approving its adjustments one after the other is refused, or a skill is missing", () => {
    let refusals = 0;
    fc.assert(
      fc.property(anyQuestion, anyEntries, (asked, entries) => {
        const plain = entries.map((entry) => (entry.kind === "add" ? { ...entry, skillId: null } : entry));
        const evaluation = evaluate(groundOf(asked), plain);
        for (const one of asked.people) {
          let adjustments: Adjustment[] = [...one.adjustments];
          let isRefused = false;
          for (const each of adjustmentsOf(ofPerson(plain, one.personId), { by: "Ana", onDay: FIRST })) {
            if (decideAdjustment({ ...one, adjustments }, each).length > 0) isRefused = true;
            adjustments = [...adjustments, each];
          }
          if (isRefused) refusals++;
          assert.equal((resultFor(evaluation, one.personId)?.objections.length ?? 0) > 0, isRefused);
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(refusals > 20, `only ${refusals} were refused`);
  });

  test("[DR4] [DR5] breaks anew what the whole schedule breaks with it and not without", () => {
    let broken = 0;
    fc.assert(
      fc.property(anyQuestion, anyEntries, (asked, entries) => {
        const evaluation = evaluate(groundOf(asked), entries);
        for (const one of asked.people) {
          const { rules } = one.contracts[0]!;
          const window = ruleWindow(rules, asked);
          const keys = (who: Person) => checkRules(unify({ ...who, ...window }), rules).map(({ sentence }) => sentence);
          const before = new Set(keys(one));
          const own = ofPerson(entries, one.personId);
          const anew = keys(withEntries(one, own)).filter((sentence) => !before.has(sentence));
          const found = new Set(resultFor(evaluation, one.personId)!.broken.map(({ sentence }) => sentence));
          for (const sentence of anew) assert.ok(found.has(sentence), sentence);
          broken += anew.length;
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(broken > 10, `only ${broken} were broken`);
  });

  test("[DR7] judged again after an edit is what is judged from nothing", () => {
    const plain = ({ results, coverage, byPerson, entries }: Evaluation) => ({
      results: [...results].toSorted(([one], [other]) => (one < other ? -1 : 1)),
      coverage: [...coverage],
      byPerson: [...byPerson].toSorted(([one], [other]) => (one < other ? -1 : 1)),
      entries,
    });
    fc.assert(
      fc.property(anyQuestion, anyEntries, anyEntry("new"), fc.nat({ max: 9 }), (asked, entries, entry, gone) => {
        const ground = groundOf(asked);
        let evaluation = evaluate(ground, entries);
        const edits = [put(entries, entry), put(entries, entry).filter((_, i) => i !== gone), []];
        for (const edited of edits) {
          evaluation = reevaluate(evaluation, edited);
          assert.deepEqual(plain(evaluation), plain(evaluate(ground, edited)));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("[DR8] every alternative holds: nothing speaks against it, and it breaks no rule anew", () => {
    let offered = 0;
    fc.assert(
      fc.property(anyQuestion, anyEntries, anyEntry("new"), (asked, entries, entry) => {
        const ground = groundOf(asked);
        const evaluation = evaluate(ground, entries);
        const { objections, broken, alternatives } = whyNot(evaluation, entry);
        assert.deepEqual({ objections, broken }, tried(evaluation, entry));
        const known = new Set(said(evaluation));
        const knownBroken = new Set(brokenIn(evaluation).map(({ personId, sentence }) => `${personId} ${sentence}`));
        for (const alternative of alternatives) {
          offered++;
          const after = evaluate(ground, put(entries, alternative.entry));
          const fresh = objectionsIn(after).filter(
            ({ entryId, sentence }) => entryId === "new" || !known.has(sentence),
          );
          assert.deepEqual(fresh, [], alternative.label);
          const anew = brokenIn(after).filter(({ personId, sentence }) => !knownBroken.has(`${personId} ${sentence}`));
          assert.deepEqual(anew, [], alternative.label);
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(offered > 30, `only ${offered} were offered`);
  });
});
