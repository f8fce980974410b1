import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { createQueue, PRIORITIES, type Priority } from "./queue.ts";

type Job = { readonly name: string; readonly priority: Priority; readonly sinceMs: number };

const job = (name: string, priority: Priority, sinceMs: number): Job => ({ name, priority, sinceMs });

function queueOf(...jobs: readonly Job[]) {
  const queue = createQueue<Job>();
  for (const each of jobs) queue.add(each);
  return queue;
}

const names = (jobs: readonly Job[]) => jobs.map(({ name }) => name).join(" ");

describe("what waits for a thread", () => {
  const training = job("training", "train", 0);
  const plan = job("plan", "plan", 1);
  const file = job("file", "parse", 2);
  const check = job("check", "check", 3);
  const otherPlan = job("other plan", "plan", 4);

  test("is served by what it is for, then by age", () => {
    const queue = queueOf(training, plan, file, check, otherPlan);
    const served = Array.from({ length: 6 }, () => queue.take()?.name ?? "nobody");
    assert.deepEqual(served, ["file", "check", "plan", "other plan", "training", "nobody"]);
  });

  const shedding: [name: string, waiting: readonly Job[], max: number, shed: string][] = [
    [
      "the oldest of the lowest priority goes first",
      [training, plan, otherPlan, job("late", "train", 9)],
      3,
      "training",
    ],
    ["when none of the lowest is left, the next higher", [plan, check, otherPlan], 1, "plan other plan"],
    ["the newcomer itself, when it is alone at the bottom", [check, plan, job("late", "train", 9)], 2, "late"],
    ["nobody, while there is room", [check, plan], 2, ""],
    ["everybody, when nothing may wait", [training, file], 0, "training file"],
  ];
  for (const [name, waiting, max, shed] of shedding) {
    test(`is shed when it is too much: ${name}`, () => {
      const queue = queueOf(...waiting);
      assert.equal(names(queue.shed(max)), shed);
      assert.equal(queue.size(), Math.min(max, waiting.length));
    });
  }

  test("that gave up is neither served nor shed, and gives up once", () => {
    const queue = queueOf(plan, check);
    assert.equal(queue.remove(check), true);
    assert.equal(queue.remove(check), false);
    assert.equal(queue.take(), plan);
    assert.deepEqual([queue.take(), queue.shed(0), queue.waitingSinceMs()], [null, [], null]);
  });

  type Act =
    | { readonly add: Priority }
    | { readonly remove: number }
    | { readonly shed: number }
    | { readonly take: 1 };
  const acts = fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.record({ add: fc.constantFrom(...PRIORITIES) }) },
      { weight: 2, arbitrary: fc.constant({ take: 1 as const }) },
      fc.record({ remove: fc.nat(30) }),
      fc.record({ shed: fc.nat(6) }),
    ),
    { maxLength: 60 },
  );

  test("is what a list that is sorted at every question says", () => {
    fc.assert(
      fc.property(acts, (given: readonly Act[]) => {
        const queue = createQueue<Job>();
        let list: Job[] = [];
        const known: Job[] = [];
        const rank = ({ priority }: Job) => PRIORITIES.indexOf(priority);
        const leave = (gone: readonly Job[]) => (list = list.filter((each) => !gone.includes(each)));
        for (const [i, act] of given.entries()) {
          if ("add" in act) {
            const added = job(`${i}`, act.add, i);
            known.push(added);
            list.push(added);
            queue.add(added);
          } else if ("take" in act) {
            const first = list.toSorted((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs).slice(0, 1);
            assert.equal(queue.take(), first[0] ?? null);
            leave(first);
          } else if ("remove" in act) {
            const one = known[act.remove];
            if (one === undefined) continue;
            assert.equal(queue.remove(one), list.includes(one));
            leave([one]);
          } else {
            const last = list.toSorted((a, b) => rank(b) - rank(a) || a.sinceMs - b.sinceMs);
            const shed = last.slice(0, Math.max(0, list.length - act.shed));
            assert.deepEqual(queue.shed(act.shed), shed);
            leave(shed);
          }
          assert.equal(queue.size(), list.length);
          const since = list.map(({ sinceMs }) => sinceMs).toSorted((a, b) => a - b);
          assert.equal(queue.waitingSinceMs(), since[0] ?? null);
        }
      }),
    );
  });
});
