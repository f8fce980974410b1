// Strategy: the task itself, without a thread: of people who do not exist it knows the limit, of others it does not.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { collect, parseHistory, printHistory, simulateHistory, watchedCount } from "@hourwright/learn";
import { madeUpHead } from "./lines.ts";
import { madeUpTask, trainTask, type Trained, type TrainInput } from "./train.task.ts";

async function trained(history: TrainInput["history"]): Promise<Trained | { readonly refused: string }> {
  const task = trainTask({ history, seed: 1 }, () => {});
  const { value } = await task.next();
  return value;
}

describe("a training", () => {
  test("of made-up commitments tells the limit, and what a trial in other weeks would have seen", async () => {
    const answer = await trained({ seed: 1, rows: 1_200 });
    assert.ok(!("refused" in answer));
    const { report, add, trial } = answer;
    assert.ok(report.limit !== null && report.limit.auc! > 0.7, JSON.stringify(report.limit?.auc));
    assert.equal(add.model.card.isSimulated, true);
    assert.ok(watchedCount(trial!) >= 4_000, "enough to let it serve, or to take it back");
  });

  test("of an organisation's own lines knows no limit and has no trial", async () => {
    const { history } = simulateHistory(2, 1_200);
    const answer = await trained({ text: printHistory({ ...history, source: "Calendars", consent: "All agreed." }) });
    assert.ok(!("refused" in answer));
    assert.deepEqual([answer.report.limit, answer.trial, answer.add.model.card.isSimulated], [null, null, false]);
  });

  test("of too few, or of what is no history, is refused with a sentence", async () => {
    const { history } = simulateHistory(2, 300);
    const few = await trained({ text: printHistory(history) });
    assert.ok("refused" in few);
    assert.match(few.refused, /^Too little history: \d+ commitments .* 1000 are needed/);
    const odd = await trained({ text: "no history" });
    assert.ok("refused" in odd);
    assert.match(odd.refused, /^Line 1: /);
  });
});

test("the file of a demo is read by whoever trains from files, and says that nobody of them exists", async () => {
  const parts = [madeUpHead()];
  for await (const part of madeUpTask({ seed: 1, rows: 1_300 })) parts.push(part);
  const history = parseHistory(parts.join(""));
  assert.ok(!("refused" in history), JSON.stringify(history));
  assert.equal(history.rows.length, 1_300);
  assert.match(history.source, /^A made-up organisation/);
  assert.ok(!("refused" in collect(history)));
});
