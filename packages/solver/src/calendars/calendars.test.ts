import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { catalogue, presetOf } from "@hourwright/conflict";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@hourwright/time";
import { distance, lacking } from "../apart.ts";
import { stepBudget } from "../budget.ts";
import { explainScore } from "../explain.ts";
import { scoreOf } from "../plan.ts";
import { compareScores, type Score } from "../score.ts";
import { shadowCheck } from "../shadow.ts";
import { bestByTryingAll } from "../testing.ts";
import type { Optimised, OptimiseOptions, Progress } from "./answer.ts";
import { takesOf } from "./layout.ts";
import { measuresOf } from "./measure.ts";
import { OBJECTIVE_IDS } from "./objective.ts";
import { optimise } from "./optimise.ts";
import type { CalendarPlan, PlannedThing } from "./plan.ts";
import { calendarProblem, type CalendarProblem } from "./problem.ts";
import { newlyBroken } from "./scene.ts";
import { exampleCalendars, onlyThing, seededCalendars, slowMeasures } from "./testing.ts";

const ALL = new Map(OBJECTIVE_IDS.map((id) => [id, 1] as const));

const anyCalendars = fc.record({
  people: fc.integer({ min: 1, max: 4 }),
  days: fc.integer({ min: 2, max: 8 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  meetings: fc.integer({ min: 1, max: 5 }),
});

/** Calendars with something that may move. */
function calendarsOf(given: Parameters<typeof seededCalendars>[0]): CalendarPlan {
  const plan = seededCalendars(given);
  fc.pre(plan.things.some(({ isLocked }) => !isLocked));
  return plan;
}

function optimised(plan: CalendarPlan, options: Partial<OptimiseOptions> = {}): Optimised {
  const answer = optimise(plan, { objectives: OBJECTIVE_IDS, seed: 1, budget: stepBudget(400), ...options });
  assert.ok(!("refused" in answer), "refused" in answer ? answer.refused.sentence : "");
  return answer;
}

/** The values of an answer. */
function valuesAfter({ layout, start }: CalendarProblem, moves: Optimised["moves"]): Int32Array {
  const values = start.slice();
  for (const { thing, toMs, toChoice } of moves) {
    const variable = layout.variables.findIndex(({ index }) => index === thing);
    const { startsMs, choices } = layout.variables[variable]!;
    values[variable] = startsMs.indexOf(toMs) * choices + toChoice;
  }
  return values;
}

/** Who is taken when by what, after some moves: rows of the obvious judge. */
function rowsAfter(plan: CalendarPlan, moves: Optimised["moves"]) {
  const moved = new Map(moves.map((each) => [each.thing, each]));
  const rows = plan.things.flatMap((thing, i) => {
    const { fromMs: _, toMs, toChoice } = moved.get(i) ?? { fromMs: 0, toMs: thing.startMs, toChoice: thing.choice };
    return takesOf(thing, toChoice).map(({ subject }) => ({
      subject,
      event: thing.event,
      startMs: toMs,
      endMs: toMs + thing.endMs - thing.startMs,
    }));
  });
  return [...rows, ...plan.fixed];
}

/** Pairs that share time, each with how long. */
function overlaps(rows: ReturnType<typeof rowsAfter>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [i, one] of rows.entries()) {
    for (const other of rows.slice(i + 1)) {
      const ms = Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs);
      if (one.subject !== other.subject || one.event === other.event || ms <= 0) continue;
      found.set(`${one.subject} ${[one.event, other.event].sort((a, b) => a - b).join(" ")}`, ms);
    }
  }
  return found;
}

describe("calendars as a problem", () => {
  test("[SV4] [SV17] have deltas that agree with a full count, the whole catalogue among them", () => {
    fc.assert(
      fc.property(anyCalendars, fc.integer(), (given, seed) => {
        const plan = calendarsOf(given);
        assert.deepEqual(shadowCheck(calendarProblem(plan, ALL), { seed, steps: 40, every: 8 }), []);
      }),
      { numRuns: 40 },
    );
  });

  test("[SV17] measure what an obvious count minute by minute does", () => {
    fc.assert(
      fc.property(anyCalendars, (given) => {
        const plan = calendarsOf(given);
        const { layout, counts, start } = calendarProblem(plan, ALL);
        const [fast, slow] = [measuresOf(layout, counts, start), slowMeasures(plan)];
        for (const id of OBJECTIVE_IDS)
          assert.ok(Math.abs(fast[id] - slow[id]) < 1e-6, `${id}: ${fast[id]}, and ${slow[id]} minute by minute`);
      }),
      { numRuns: 40 },
    );
  });

  test("[SV17] count every constraint of the catalogue by its examples: kept is 0, broken is seen and solved away", () => {
    for (const constraint of catalogue) {
      for (const [i, example] of constraint.examples.entries()) {
        const plan = exampleCalendars(constraint, example);
        const problem = calendarProblem(plan, new Map());
        const own = explainScore(problem, problem.start).find(({ name }) => name === `rule ${constraint.id}`);
        assert.ok(own !== undefined, constraint.id);
        // What stands is no wish.
        if (constraint.judges === "wish") {
          assert.equal(own.units, 0);
          continue;
        }
        assert.equal(own.units > 0, i === 1, `${constraint.id}: ${example.says}`);
        if (i === 0) continue;
        const answer = optimised(plan, { objectives: ["conflicts"], budget: stepBudget(2_000) });
        const after = answer.constraints.find(({ name }) => name === `rule ${constraint.id}`);
        // Who takes part stays the same at every time.
        const isHelpless =
          ["capacity", "skills"].includes(constraint.id) ||
          (constraint.names !== undefined && constraint.compares === undefined);
        assert.equal(after!.units > 0, isHelpless, `${constraint.id} after: ${after!.breaches[0]?.sentence}`);
      }
    }
  });

  test("[SV17] let nothing go where it would come at too short notice, or too far ahead", () => {
    for (const id of ["notice", "window"]) {
      const constraint = catalogue.find((each) => each.id === id)!;
      const [, broken] = constraint.examples;
      const plan = exampleCalendars(constraint, broken);
      const thing = plan.things[0]!;
      // It stands well, and would rather be where the example wishes it.
      const likings = Array.from({ length: 168 }, (_, hour) =>
        hour === Math.floor(broken.wish.from / 60) ? 100 : -100,
      );
      const moved = { ...thing, startMs: thing.startMs + 2 * HOUR_MS, endMs: thing.endMs + 2 * HOUR_MS };
      const wishing = {
        ...plan,
        things: [moved],
        subjects: plan.subjects.map((subject) => ({ ...subject, likings })),
      };
      const answer = optimised(wishing, { objectives: ["preferences"], budget: stepBudget(2_000) });
      assert.ok(
        answer.moves.every(({ toMs }) => toMs !== thing.startMs),
        id,
      );
      const free = optimised({ ...wishing, settings: [] }, { objectives: ["preferences"], budget: stepBudget(2_000) });
      assert.ok(
        free.moves.some(({ toMs }) => toMs === thing.startMs),
        `${id} is not what keeps it`,
      );
    }
  });
});

describe("what is proposed", () => {
  test("[SV18] makes no overlap that is not there, none longer, and moves nothing that is locked", () => {
    fc.assert(
      fc.property(anyCalendars, fc.integer({ min: 0, max: 99 }), (given, seed) => {
        const plan = calendarsOf(given);
        const answer = optimised(plan, { seed });
        for (const { moves } of [answer, ...answer.alternatives]) {
          assert.ok(moves.every(({ thing }) => !plan.things[thing]!.isLocked));
          const before = overlaps(rowsAfter(plan, []));
          for (const [pair, ms] of overlaps(rowsAfter(plan, moves)))
            assert.ok(ms <= (before.get(pair) ?? 0), `${pair} share ${ms} ms, and shared ${before.get(pair)}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("[SV18] breaks no hard rule that is kept now, and is no worse than what stands", () => {
    fc.assert(
      fc.property(anyCalendars, fc.integer({ min: 0, max: 99 }), (given, seed) => {
        const plan = calendarsOf(given);
        const answer = optimised(plan, { seed });
        const problem = calendarProblem(plan, ALL);
        for (const { moves, score } of [answer, ...answer.alternatives]) {
          const values = valuesAfter(problem, moves);
          assert.deepEqual(newlyBroken(problem.layout, values), []);
          assert.deepEqual(scoreOf(problem, values), score);
          assert.ok(compareScores(score, answer.before) <= 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("[SV7] [SV19] has alternatives that differ in a fifth of what they move", () => {
    const plan = seededCalendars({ people: 4, days: 7, seed: 5 });
    const answer = optimised(plan, { budget: stepBudget(4_000) });
    const problem = calendarProblem(plan, ALL);
    const all = [answer, ...answer.alternatives].map(({ moves }) => valuesAfter(problem, moves));
    assert.equal(all.length, 4);
    for (const [i, one] of all.entries())
      for (const other of all.slice(i + 1)) assert.equal(lacking(distance(problem.start, one, other)), 0);
  });

  /** Calendars of which all plans can be tried, the best of them, and what is found; null where that is not proposed. */
  function foundBesideBest(seed: number) {
    const whole = seededCalendars({ people: 2, days: 2, seed, meetings: 3 });
    const things = whole.things.slice(0, 3).map((thing) => ({
      ...thing,
      isLocked: false,
      choices: thing.choices.slice(0, 1),
      choice: 0,
      earliestMs: thing.startMs - 45 * MINUTE_MS,
      latestMs: thing.endMs + 60 * MINUTE_MS,
    }));
    const plan = { ...whole, things };
    const problem = calendarProblem(plan, ALL);
    const best = bestByTryingAll(problem);
    // A best plan that exchanges one breach for a smaller one is not proposed.
    if (things.length === 0 || newlyBroken(problem.layout, best.values).length > 0) return null;
    return { best: best.score, found: optimised(plan, { budget: stepBudget(6_000), alternatives: 0 }).score };
  }

  test("[SV19] is the best there is for these, where all plans can be tried", () => {
    const tried = Array.from({ length: 40 }, (_, seed) => foundBesideBest(seed)).filter((each) => each !== null);
    assert.ok(tried.length >= 15);
    for (const { best, found } of tried) assert.deepEqual(found, best);
  });

  test("[SV19] is never far from the best there is, where all plans can be tried", () => {
    // Of 118 seeds two were missed in so few steps, by 2.7 % at most.
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const both = foundBesideBest(seed);
        fc.pre(both !== null);
        assert.ok(compareScores(both.found, both.best) >= 0, "nothing is better than the best");
        assert.equal(both.found.hard, both.best.hard);
        assert.ok(both.found.soft <= both.best.soft * 1.15 + 500, JSON.stringify(both));
      }),
      { numRuns: 15 },
    );
  });

  test("is nothing where nothing is won", () => {
    const answer = optimised({ ...onlyThing({}), settings: [] }, { objectives: ["conflicts", "travel"] });
    assert.deepEqual([answer.moves, answer.alternatives, answer.before, answer.score], [[], [], NIL, NIL]);
  });

  test("[SV17] goes to whoever of a group has less, and to nobody who would have too much", () => {
    const plan = onlyThing({});
    const [ana] = plan.subjects;
    const { startMs, endMs, traits } = plan.things[0]!;
    const choices = [0, 1].map((subject) => ({ takes: [{ subject, how: 1 }], site: null }));
    const thing: PlannedThing = {
      ...plan.things[0]!,
      takes: [],
      choices,
      choice: 0,
      earliestMs: startMs,
      latestMs: endMs,
    };
    const busy = {
      occurrence: 9,
      event: 9,
      how: 1,
      subject: 0,
      traits,
      startMs: startMs + 2 * HOUR_MS,
      endMs: endMs + 3 * HOUR_MS,
    };
    const fairness = catalogue.find(({ id }) => id === "fairness")!;
    const subjects = [ana!, { ...ana!, name: "Ben" }, { ...ana!, name: "Cleo" }];
    for (const isHard of [true, false]) {
      const setting = { ...presetOf(fairness, { above: 1, weeks: 1 }), isHard, weight: 50 };
      const given = { ...plan, subjects, things: [thing], fixed: [busy], settings: [setting] };
      const answer = optimised(given, { objectives: ["conflicts"] });
      assert.deepEqual(
        answer.moves.map(({ fromChoice, toChoice }) => [fromChoice, toChoice]),
        [[0, 1]],
      );
      assert.deepEqual(answer.contradictions, []);
      // Of a collection in which what stands does not lie there is nothing to share out.
      const ofAnother = { ...given, settings: [{ ...setting, collection: 0 }], collections: ["Lessons"] };
      assert.deepEqual(optimised(ofAnother, { objectives: ["conflicts"] }).moves, []);
      const lying = <One extends { readonly traits: typeof traits }>(one: One): One => ({
        ...one,
        traits: { ...one.traits, collections: [0] },
      });
      const inIt = optimised(
        { ...ofAnother, things: [lying(thing)], fixed: [lying(busy)] },
        { objectives: ["conflicts"] },
      );
      assert.equal(inIt.moves.length, 1);
    }
  });

  test("[SV17] goes to whoever is able to, at a time at which they are", () => {
    const plan = onlyThing({});
    const [ana] = plan.subjects;
    const { startMs } = plan.things[0]!;
    const choices = [0, 1].map((subject) => ({ takes: [{ subject, how: 1 }], site: null }));
    const thing: PlannedThing = { ...plan.things[0]!, takes: [], choices, choice: 0 };
    const skills = catalogue.find(({ id }) => id === "skills")!;
    const setting = presetOf(skills, { level: 2 }, [2]);
    const able = (level: number, fromMs: number, untilMs: number) => ({
      ...ana!,
      skills: [{ skill: 2, level, fromMs, untilMs }],
    });
    const chosen = (subjects: CalendarPlan["subjects"]) => {
      const given = { ...plan, subjects, named: ["First aid"], things: [thing], fixed: [], settings: [setting] };
      return optimised(given, { objectives: ["conflicts"] }).moves.map(({ toChoice }) => toChoice);
    };
    assert.deepEqual(chosen([ana!, able(2, -Infinity, Infinity)]), [1]);
    assert.deepEqual(chosen([able(2, -Infinity, Infinity), ana!]), []);
    assert.deepEqual(chosen([able(1, -Infinity, Infinity), able(2, startMs - HOUR_MS, startMs + 9 * HOUR_MS)]), [1]);
    assert.deepEqual(chosen([able(1, -Infinity, Infinity), able(1, -Infinity, Infinity)]), []);
  });

  test("takes another room rather than another time", () => {
    const plan = onlyThing({});
    const thing: PlannedThing = {
      ...plan.things[0]!,
      choices: [1, 2].map((subject) => ({ takes: [{ subject, how: 4 }], site: null })),
    };
    const { startMs, endMs, traits } = thing;
    const taken = { occurrence: 9, event: 9, how: 4, subject: 1, startMs, endMs, traits };
    const answer = optimised({ ...plan, things: [thing], fixed: [taken] }, { objectives: ["conflicts"] });
    assert.deepEqual(
      answer.moves.map(({ fromMs, toMs, fromChoice, toChoice }) => [toMs - fromMs, fromChoice, toChoice]),
      [[0, 0, 1]],
    );
    assert.deepEqual(answer.improvements, [{ objective: "conflicts", before: 1, after: 0 }]);
  });
});

const NIL: Score = { hard: 0, soft: 0 };

describe("what cannot be", () => {
  test("[SV20] locked things that clash are facts, told apart from the score", () => {
    const plan = onlyThing({});
    const locked = [0, 1].map((i) => ({
      ...plan.things[0]!,
      occurrence: 5 + i,
      event: 5 + i,
      isLocked: true,
      startMs: plan.things[0]!.startMs + 4 * HOUR_MS,
      endMs: plan.things[0]!.endMs + 4 * HOUR_MS,
    }));
    const answer = optimised({ ...plan, things: [...plan.things, ...locked] }, { objectives: ["conflicts"] });
    assert.equal(answer.before.hard, 0);
    assert.deepEqual(
      answer.standing.map(({ constraint, occurrences }) => [constraint, occurrences]),
      [["overlap", [5, 6]]],
    );
    assert.deepEqual(answer.contradictions, []);
  });

  test("[SV20] hard rules that contradict each other are named, with what stands against the other times", () => {
    const plan = onlyThing({});
    const hours = catalogue.find(({ id }) => id === "hours")!;
    const settings = [presetOf(hours, { from: 0, to: 60 }), presetOf(catalogue.find(({ id }) => id === "outside")!)];
    const answer = optimised({ ...plan, settings }, { objectives: ["conflicts"] });
    assert.deepEqual(answer.moves, []);
    const [only] = answer.contradictions;
    assert.equal(answer.contradictions.length, 1);
    assert.equal(only!.breach.constraint, "hours");
    assert.match(only!.sentence, /“Plan” on .* lies outside 00:00–01:00\./);
    assert.ok(only!.against.length > 0);
  });

  const plan = onlyThing({});
  const thing = plan.things[0]!;
  const options = { objectives: ["focus"] as const, seed: 1, budget: stepBudget(10) };
  const refusals: [name: string, plan: CalendarPlan, options: Partial<OptimiseOptions>, code: string, says: RegExp][] =
    [
      ["no objectives", plan, { objectives: [] }, "no-objectives", /one at least of conflicts, focus/],
      ["a weight that is no number", plan, { weights: { focus: Number.NaN } }, "objective-weight", /1 to 100, not NaN/],
      ["a weight of 10^12", plan, { weights: { focus: 1e12 } }, "objective-weight", /1 to 100, not 1000000000000/],
      ["a thousand alternatives", plan, { alternatives: 1_000 }, "alternatives", /0 to 10 .*1000/],
      ["no people", { ...plan, subjects: [], things: [] }, {}, "no-people", /nobody/],
      [
        "10,000 people",
        { ...plan, subjects: Array.from({ length: 10_000 }, () => plan.subjects[0]!) },
        {},
        "subjects",
        /At most 2000 .*10000/,
      ],
      [
        "a window of 50 years",
        { ...plan, window: { ...plan.window, endMs: plan.window.startMs + 18_262 * DAY_MS } },
        {},
        "window",
        /at most 400 days, not 18262/,
      ],
      ["a window that ends first", { ...plan, window: { startMs: 1, endMs: 0 } }, {}, "window", /longer than nothing/],
      ["a thousand people for a year", withMany(plan, 1_000, 366), {}, "cells", /at most 200000, not 366000/],
      [
        "a thousand things that may go anywhere in a year",
        { ...withMany(plan, 1, 366), things: Array.from({ length: 1_000 }, () => thing) },
        {},
        "quarters",
        /20000000 .*35136000/,
      ],
      ["nothing that may move", { ...plan, things: [{ ...thing, isLocked: true }] }, {}, "nothing-movable", /locked/],
      ["too many things", { ...plan, things: Array.from({ length: 5_001 }, () => thing) }, {}, "things", /5000.*5001/],
      ["the same thing twice", { ...plan, things: [thing, thing] }, {}, "thing", /“Plan” is there twice/],
      ["a thing of no length", { ...plan, things: [{ ...thing, endMs: thing.startMs }] }, {}, "thing", /no time/],
      [
        "a thing of a month",
        { ...plan, things: [{ ...thing, endMs: thing.startMs + 30 * DAY_MS }] },
        {},
        "thing",
        /7 days/,
      ],
      ["a thing elsewhere", { ...plan, things: [{ ...thing, startMs: 0, endMs: 60_000 }] }, {}, "thing", /window/],
      [
        "somebody unknown",
        { ...plan, things: [{ ...thing, takes: [{ subject: 7, how: 1 }] }] },
        {},
        "thing",
        /not there/,
      ],
      [
        "a constraint that weighs nothing a number can",
        { ...plan, settings: [{ ...presetOf(catalogue[0]!), weight: Number.NaN }] },
        {},
        "setting-weight",
        /1 to 10000, not NaN/,
      ],
      [
        "likings of a day",
        { ...plan, subjects: [{ ...plan.subjects[0]!, likings: [1] }] },
        {},
        "likings",
        /168 numbers/,
      ],
    ];
  for (const [name, given, more, code, says] of refusals) {
    test(`[SV21] is refused with ${name}`, () => {
      const answer = optimise(given, { ...options, ...more });
      assert.ok("refused" in answer);
      assert.equal(answer.refused.code, code);
      assert.match(answer.refused.sentence, says);
    });
  }
});

function withMany(plan: CalendarPlan, people: number, days: number): CalendarPlan {
  return {
    ...plan,
    subjects: Array.from({ length: people }, () => plan.subjects[0]!),
    window: { ...plan.window, endMs: plan.window.startMs + days * DAY_MS },
  };
}

describe("a run", () => {
  test("[SV3] repeats from its seed", () => {
    const plan = seededCalendars({ people: 3, days: 5, seed: 2 });
    assert.deepEqual(optimised(plan, { seed: 7 }), optimised(plan, { seed: 7 }));
  });

  test("[SV6] may be cancelled at any moment, and then answers what is best by then", () => {
    const plan = seededCalendars({ people: 3, days: 5, seed: 2 });
    for (const after of [0, 1, 3, 10]) {
      let looks = 0;
      const signal = {
        get aborted() {
          return looks++ >= after;
        },
      };
      const answer = optimised(plan, { signal, budget: stepBudget(100_000) });
      assert.equal(answer.stopped, "cancelled");
      assert.ok(compareScores(answer.score, answer.before) <= 0);
    }
  });

  test("tells its progress a bounded number of times, and its end", () => {
    const told: Progress[] = [];
    const plan = seededCalendars({ people: 2, days: 5, seed: 2 });
    const { steps } = optimised(plan, { budget: stepBudget(4_000), onProgress: (each) => told.push(each) });
    assert.ok(told.length > 50 && told.length <= 200, `${told.length}`);
    assert.ok(told.every(({ share }, i) => share >= (told[i - 1]?.share ?? 0)));
    assert.deepEqual([told.at(-1)!.share, told.at(-1)!.alternative], [1, 3]);
    assert.ok(told.at(-1)!.steps <= steps);
  });
});
