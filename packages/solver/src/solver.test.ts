import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  BrokenConstraint,
  disagreementSentence,
  distance,
  scoreOf,
  type Constraint,
  type Model,
  type Problem,
  type Rule,
} from "./index.ts";
import { CLASSIC_ANNEALING, steppedCooling } from "./acceptor.ts";
import { apartFrom } from "./apart.ts";
import { solveAlternatives, solveAlternativesInSlices } from "./alternatives.ts";
import { stepBudget, STEPS_BETWEEN_LOOKS, timeBudget } from "./budget.ts";
import { explainScore } from "./explain.ts";
import { methods, type LegStart } from "./method.ts";
import { emptyMove, put } from "./move.ts";
import { openPlan } from "./plan.ts";
import { compareScores, WEIGHT_MAX, type Score } from "./score.ts";
import { shadowCheck } from "./shadow.ts";
import { solve, solveInSlices } from "./solve.ts";
import { bestByTryingAll, colouring, seededRosterProblem } from "./testing.ts";
import { TRACE_MAX } from "./trace.ts";

const apart = (problem: Problem<Model>, other: Int32Array): Problem<Model> => ({
  ...problem,
  constraints: [apartFrom<Model>(problem.start, other, "the other")],
});

const small = { seed: 7, variables: 6, colours: 3, edges: 9 };

describe("scores", () => {
  const cases: [name: string, better: Score, worse: Score][] = [
    ["one hard point outweighs a million soft ones", { hard: 0, soft: 1_000_000 }, { hard: 1, soft: 0 }],
    ["among equal hard points the soft ones decide", { hard: 2, soft: -5 }, { hard: 2, soft: 0 }],
  ];
  for (const [name, better, worse] of cases) {
    test(`[SV1] ${name}`, () => {
      assert.ok(compareScores(better, worse) < 0);
      assert.ok(compareScores(worse, better) > 0);
      assert.equal(compareScores(worse, { ...worse }), 0);
    });
  }

  const odd: [name: string, change: Partial<Constraint<Model>>][] = [
    ["weighs nothing", { weight: 0 }],
    ["weighs a part of a point", { weight: 0.5 }],
    ["weighs no number", { weight: Number.NaN }],
    ["weighs more than may be", { weight: WEIGHT_MAX * 10 }],
    ["counts no number", { on: () => ({ full: () => Number.NaN, delta: () => 0, explain: () => [] }) }],
    ["counts less than nothing and is hard", { on: () => ({ full: () => -1, delta: () => 0, explain: () => [] }) }],
    ["counts beyond all bounds", { on: () => ({ full: () => 2 ** 41, delta: () => 0, explain: () => [] }) }],
  ];
  for (const [name, change] of odd) {
    test(`[SV1] a constraint that ${name} is refused by its name`, () => {
      const problem = colouring(small);
      const [first] = problem.constraints;
      const constraints = [{ ...first!, name: "odd", ...change }];
      assert.throws(() => scoreOf({ ...problem, constraints }, problem.start), /odd/);
    });
  }
});

describe("a plan", () => {
  test("[SV4] keeps the full score through moves that are taken and left", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(
          fc.record({
            isTaken: fc.boolean(),
            assignments: fc.array(fc.tuple(fc.nat(5), fc.nat(2)), { maxLength: 5 }),
          }),
          { maxLength: 30 },
        ),
        (seed, moves) => {
          const problem = colouring({ ...small, seed });
          const plan = openPlan(problem, problem.start);
          const move = emptyMove();
          for (const { isTaken, assignments } of moves) {
            move.size = 0;
            for (const [variable, value] of assignments) put(move, variable, value);
            const before = plan.model.values.slice();
            const expected = before.slice();
            for (const [variable, value] of assignments) expected[variable] = value;
            plan.weigh(move);
            const by = { hard: plan.hard + plan.byHard, soft: plan.soft + plan.bySoft };
            assert.deepEqual(by, scoreOf(problem, expected));
            if (isTaken) plan.take(move);
            else plan.leave(move);
            assert.deepEqual(plan.model.values, isTaken ? expected : before);
            const { hard, soft } = plan;
            assert.deepEqual({ hard, soft }, scoreOf(problem, plan.model.values));
          }
        },
      ),
    );
  });
});

describe("the search", () => {
  for (const [name, method] of Object.entries(methods)) {
    test(`finds the best plan of a small problem by ${name}, and says its full score [SV2]`, () => {
      for (let seed = 0; seed < 25; seed++) {
        const problem = colouring({ ...small, seed });
        const legs = name === "annealing" ? 1 : 20; // The others end in valleys; kicks lead out.
        const budget = stepBudget(name === "tabu" ? 2_000 : 10_000);
        const found = solve(problem, { seed, budget, method, legs });
        assert.deepEqual(found.score, bestByTryingAll(problem).score, `seed ${seed}`);
        assert.deepEqual(found.score, scoreOf(problem, found.values));
      }
    });

    test(`[SV3] repeats from its seed by ${name}`, () => {
      const problem = seededRosterProblem({ people: 8, days: 14, seed: 3 });
      const run = () => solve(problem, { seed: 5, budget: stepBudget(5_000), method, legs: 3 });
      assert.deepEqual(run(), run());
    });
  }

  test("[SV5] keeps the best by hard, then soft points, though a hard one counts little while walking", () => {
    const problem = colouring({ ...small, seed: 11 });
    const cheap = { ...problem, advice: { ...problem.advice, hardPoints: 0 } };
    const told: Score[] = [];
    const onBest = (score: Score) => void told.push(score);
    const { score } = solve(cheap, { seed: 1, budget: stepBudget(5_000), onBest });
    assert.ok(told.every((each, i) => i === 0 || compareScores(each, told[i - 1]!) < 0));
    assert.deepEqual(told.at(-1), score);
  });

  test("[SV6] stops within 1,024 steps of being cancelled, and gives the best so far", () => {
    const problem = seededRosterProblem({ people: 8, days: 14, seed: 3 });
    const signal = { aborted: false };
    const budget = { ...stepBudget(1_000_000), spent: (steps: number) => ((signal.aborted = steps >= 1_000), 0) };
    const { steps, stopped, values, score } = solve(problem, { seed: 1, budget, signal });
    assert.equal(stopped, "cancelled");
    assert.ok(steps <= 1_000 + STEPS_BETWEEN_LOOKS, `${steps} steps`);
    assert.deepEqual(score, scoreOf(problem, values));
    assert.equal(solve(problem, { seed: 1, budget, signal: { aborted: true } }).steps, 0);
  });

  test("[SV6] shares its steps equally among the legs, also few of them", () => {
    const problem = colouring(small);
    const begun: number[] = [];
    const method = (start: LegStart) => {
      begun.push(start.leg);
      return methods.hillClimbing();
    };
    assert.equal(solve(problem, { seed: 1, budget: stepBudget(100), legs: 10, method }).steps, 100);
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("cools by the four classic numbers, from 1,000 to 1 in 135 stretches", () => {
    const cooling = steppedCooling();
    const { iterations } = CLASSIC_ANNEALING;
    const temperatures = new Set(Array.from({ length: iterations }, (_, i) => cooling(i / iterations)));
    assert.equal(temperatures.size, 135);
    assert.equal(Math.max(...temperatures), 1_000);
    assert.ok(Math.min(...temperatures) < 1.1 && Math.min(...temperatures) >= 1);
  });

  test("stops when the clock that was handed in says so, and as soon as the plan is good enough", () => {
    const problem = colouring(small);
    let nowMs = 0;
    const timed = solve(problem, { seed: 1, budget: timeBudget(100, () => (nowMs += 10)) });
    assert.equal(timed.stopped, "budget");
    assert.ok(timed.steps <= 10 * STEPS_BETWEEN_LOOKS);
    const enough = bestByTryingAll(problem).score;
    const { stopped, score } = solve(problem, { seed: 1, budget: stepBudget(1_000_000), enough });
    assert.deepEqual({ stopped, score }, { stopped: "enough", score: enough });
  });

  test("begins at the plan that stands when it is asked to, and never ends worse", () => {
    const problem = seededRosterProblem({ people: 8, days: 14, seed: 3 });
    const { values } = solve(problem, { seed: 1, budget: stepBudget(20_000) });
    const better = solve({ ...problem, start: values }, { seed: 2, budget: stepBudget(300), isFromStart: true });
    assert.ok(compareScores(better.score, scoreOf(problem, values)) <= 0);
    assert.deepEqual(better.trace[0], { steps: 0, ...scoreOf(problem, values) });
  });

  test("[SV8] leaves what is locked as it is, also when nothing else is left", () => {
    const problem = seededRosterProblem({ people: 8, days: 14, seed: 3 });
    const { locked, start } = problem.roster;
    const { values } = solve(problem, { seed: 1, budget: stepBudget(20_000) });
    assert.ok(locked.includes(1));
    for (const [cell, isLocked] of locked.entries()) if (isLocked === 1) assert.equal(values[cell], start[cell]);
  });

  test("[SV10] keeps a trace of at most 256 points, from the first plan to the last", () => {
    const problem = seededRosterProblem({ people: 20, days: 28, seed: 3 });
    const { trace, score } = solve(
      { ...problem, start: problem.start },
      { seed: 1, budget: stepBudget(60_000), isFromStart: true },
    );
    assert.ok(trace.length > 20 && trace.length <= TRACE_MAX, `${trace.length} points`);
    assert.equal(trace[0]!.steps, 0);
    assert.deepEqual({ hard: trace.at(-1)!.hard, soft: trace.at(-1)!.soft }, score);
    assert.ok(trace.every((point, i) => i === 0 || compareScores(point, trace[i - 1]!) < 0));
  });
});

describe("the explanation of a score", () => {
  test("adds up to the score, each breach with a sentence and what it is about", () => {
    const problem = seededRosterProblem({ people: 12, days: 14, seed: 9 });
    const { values, score } = solve(problem, { seed: 1, budget: stepBudget(500) });
    const lines = explainScore(problem, values);
    assert.equal(lines.length, problem.constraints.length);
    const points = (level: string) => lines.reduce((sum, line) => sum + (line.level === level ? line.points : 0), 0);
    assert.deepEqual({ hard: points("hard"), soft: points("soft") }, score);
    for (const { name, units, breaches } of lines) {
      assert.equal(
        breaches.reduce((sum, breach) => sum + breach.units, 0),
        units,
        name,
      );
      for (const { sentence } of breaches) assert.match(sentence, /^\S.*\.$/);
    }
  });
});

describe("the shadow check", () => {
  const wrong: [
    name: string,
    change: (rule: ReturnType<Constraint<Model>["on"]>) => Partial<ReturnType<Constraint<Model>["on"]>>,
  ][] = [
    ["a delta that disagrees", () => ({ delta: () => 1 })],
    ["a delta that is no number", () => ({ delta: () => Number.NaN })],
    ["variables that concern it and are said not to", () => ({ concerns: () => false })],
    ["an explanation that does not add up", () => ({ explain: () => [] })],
  ];
  for (const [name, change] of wrong) {
    test(`[SV4] names a constraint with ${name}, and only that`, () => {
      const problem = colouring(small);
      const [first] = problem.constraints;
      const liar: Constraint<Model> = {
        ...first!,
        name: "liar",
        on: (model) => {
          const rule = first!.on(model);
          return { ...rule, ...change(rule) };
        },
      };
      const found = shadowCheck(
        { ...problem, constraints: [...problem.constraints, liar] },
        { seed: 1, steps: 100, every: 5 },
      );
      assert.deepEqual(
        found.map(({ constraint }) => constraint),
        ["liar"],
      );
    });
  }
});

/** The problem with one more constraint, which is like the first but for what is changed. */
function withLiar(
  problem: Problem<Model>,
  change: (rule: Rule, model: Model) => Partial<Rule>,
  level: "hard" | "soft" = "hard",
): Problem<Model> {
  const [first] = problem.constraints;
  const on = (model: Model) => {
    const rule = first!.on(model);
    return { ...rule, ...change(rule, model) };
  };
  return { ...problem, constraints: [...problem.constraints, { ...first!, name: "liar", level, on }] };
}

describe("a constraint that cannot be followed", () => {
  const fail = () => {
    throw new Error("on purpose");
  };
  const late = (calls: number) => () => (calls-- > 0 ? 0 : fail());
  const ways: [name: string, change: Parameters<typeof withLiar>[1], what: RegExp][] = [
    ["begins with a throw", fail, /throws when it begins: on purpose/],
    ["throws when it is asked what concerns it", () => ({ concerns: fail }), /throws when it is asked/],
    ["throws when it is counted", () => ({ full: fail }), /throws when it is counted/],
    ["throws at a delta late in the search", () => ({ delta: late(500) }), /throws when it says its delta/],
    ["throws when it is told of a change", () => ({ assigned: late(50) }), /throws when it is told of a change/],
    ["throws a word", () => ({ full: () => throwWord() }), /throws when it is counted: a word/],
    ["says a delta that is no number", () => ({ delta: () => Number.NaN }), /says a delta of NaN/],
    ["says an endless delta", () => ({ delta: () => -Infinity }), /says a delta of -Infinity/],
    ["counts an endless number", () => ({ full: () => Infinity }), /counts Infinity points/],
  ];
  for (const [name, change, what] of ways) {
    for (const level of ["hard", "soft"] as const) {
      test(`[SV9] ends the run with its name when it ${name} and is ${level}`, () => {
        for (const method of Object.values(methods)) {
          assert.throws(
            () =>
              solve(withLiar(colouring(small), change, level), { seed: 1, budget: stepBudget(2_000), method, legs: 3 }),
            (error) => error instanceof BrokenConstraint && error.constraint === "liar" && what.test(error.message),
          );
        }
      });
    }
  }

  test("[SV9] is told from another by its name: two of one name are refused", () => {
    const problem = colouring(small);
    const constraints = [...problem.constraints, problem.constraints[0]!];
    assert.throws(() => scoreOf({ ...problem, constraints }, problem.start), /two constraints are called/);
  });

  test("[SV4] misleads the search: it is named with the solution, whose score is true", () => {
    const lying = withLiar(colouring(small), () => ({ delta: () => -1 }), "soft");
    const { score, values, disagreements } = solve(lying, { seed: 1, budget: stepBudget(2_000), legs: 2 });
    assert.deepEqual(score, scoreOf(lying, values));
    assert.deepEqual(
      disagreements.map(({ constraint }) => constraint),
      ["liar"],
    );
    assert.match(
      disagreementSentence(disagreements[0]!),
      /^The constraint "liar" misleads: by its deltas it counted -/,
    );
    assert.deepEqual(solve(colouring(small), { seed: 1, budget: stepBudget(2_000), legs: 2 }).disagreements, []);
  });
});

function throwWord(): never {
  // oxlint-disable-next-line typescript/only-throw-error -- what others write may throw anything
  throw "a word";
}

describe("a run in slices", () => {
  test("[SV6] finds what it finds at once, and is given the best so far whenever it is cancelled", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 120 }), (seed, until) => {
        const problem = colouring({ ...small, seed });
        const signal = { aborted: false };
        const slices = solveInSlices(problem, { seed, budget: stepBudget(100), signal });
        let seen = 0;
        let slice = slices.next();
        while (slice.done !== true) {
          assert.ok(slice.value.spent >= 0 && slice.value.spent <= 1);
          if (++seen > until) signal.aborted = true;
          slice = slices.next();
        }
        const { score, values, stopped } = slice.value;
        assert.deepEqual(score, scoreOf(problem, values));
        // A slice for each of 6 variables and 100 steps; after the last there is nothing left to cancel.
        assert.equal(stopped, until < 105 ? "cancelled" : "budget");
        if (stopped === "budget") assert.deepEqual(slice.value, solve(problem, { seed, budget: stepBudget(100) }));
      }),
      { numRuns: 50 },
    );
  });

  test("[SV6] is never longer than 50 ms without a slice, however slow a constraint is", () => {
    let nowMs = 0;
    const slow = withLiar(colouring({ ...small, colours: 200 }), ({ delta }) => ({
      delta(variable, from, to) {
        nowMs += 1;
        return delta(variable, from, to);
      },
    }));
    let lastMs = 0;
    for (const { best } of solveInSlices(slow, { seed: 1, budget: timeBudget(10_000, () => nowMs) })) {
      assert.ok(nowMs - lastMs <= 50, `${nowMs - lastMs} ms`);
      assert.ok(best.hard >= 0);
      lastMs = nowMs;
    }
    assert.ok(nowMs >= 10_000 && nowMs < 10_050, `${nowMs} ms`);
  });

  test("[SV6] counts construction as part of its time, and gives what is planned by then", () => {
    let nowMs = 0;
    const problem = colouring({ ...small, variables: 50 });
    const budget = timeBudget(20, () => nowMs++);
    const { steps, stopped, score, values } = solve(problem, { seed: 1, budget });
    assert.deepEqual({ steps, stopped }, { steps: 0, stopped: "budget" });
    assert.deepEqual(score, scoreOf(problem, values));
  });

  test("[SV7] looks for alternatives in slices too, from nothing to the whole budget", () => {
    const problem = seededRosterProblem({ people: 8, days: 14, seed: 1 });
    const spent: number[] = [];
    const slices = solveAlternativesInSlices(problem, 3, { seed: 1, budget: stepBudget(3_000) });
    let slice = slices.next();
    for (; slice.done !== true; slice = slices.next()) spent.push(slice.value.spent);
    assert.ok(spent.every((each, i) => i === 0 || each >= spent[i - 1]!));
    assert.ok(spent[0]! < 0.01 && spent.at(-1)! > 0.98);
    assert.deepEqual(slice.value, solveAlternatives(problem, 3, { seed: 1, budget: stepBudget(3_000) }));
  });
});

describe("alternatives", () => {
  test("[SV7] differ from one another in a fifth of what they move, best first", () => {
    for (const seed of [1, 2, 3, 4]) {
      const problem = seededRosterProblem({ people: 8, days: 14, seed });
      const found = solveAlternatives(problem, 3, { seed, budget: stepBudget(30_000) });
      assert.equal(found.length, 3);
      for (const [i, { values, score }] of found.entries()) {
        assert.deepEqual(score, scoreOf(problem, values));
        if (i > 0) assert.ok(compareScores(found[i - 1]!.score, score) <= 0);
        for (const other of found.slice(0, i)) {
          const { differs, moved } = distance(problem.start, values, other.values);
          assert.ok(differs * 5 >= moved && differs > 0, `${differs} of ${moved}`);
        }
      }
    }
  });

  test("[SV7] the distance that is kept move by move is the counted one", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const problem = colouring({ ...small, seed });
        const other = solve(problem, { seed, budget: stepBudget(300) }).values;
        assert.deepEqual(shadowCheck(apart(problem, other), { seed, steps: 200, every: 7 }), []);
      }),
    );
  });

  test("[SV7] there are none when only one plan is possible", () => {
    const problem = seededRosterProblem({ people: 2, days: 3, seed: 1 });
    const start = problem.start.slice();
    const locked = {
      ...problem,
      start,
      domainOf: (cell: number) => start.subarray(cell, cell + 1),
      neighbours: [{ name: "none", share: 1, propose: () => {} }],
    };
    assert.equal(solveAlternatives(locked, 3, { seed: 1, budget: stepBudget(3_000) }).length, 1);
  });
});
