import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createFrame, type Stage } from "./frame.ts";

function watched() {
  const painted: Stage[] = [];
  const queued: (() => void)[] = [];
  const during: Partial<Record<Stage, () => void>> = {};
  const stage = (name: Stage) => () => {
    painted.push(name);
    during[name]?.();
  };
  const frame = createFrame(
    { layout: stage("layout"), events: stage("events"), rows: stage("rows"), cursor: stage("cursor") },
    (run) => queued.push(run),
  );
  return { painted, queued, during, frame };
}

describe("a frame", () => {
  test("paints a hundred changes once [TL9]", () => {
    const { painted, queued, frame } = watched();
    for (let change = 0; change < 100; change++) frame.markStale("cursor");
    assert.equal(queued.length, 1);
    queued[0]!();
    assert.deepEqual(painted, ["cursor"]);
  });

  test("takes the later stages with the earliest that is stale [TL9]", () => {
    const { painted, queued, frame } = watched();
    frame.markStale("cursor");
    frame.markStale("events");
    queued[0]!();
    assert.deepEqual(painted, ["events", "rows", "cursor"]);
  });

  test("a painter may ask for the next frame [TL9]", () => {
    const { painted, queued, during, frame } = watched();
    during.rows = () => {
      delete during.rows;
      frame.markStale("cursor");
    };
    frame.markStale("rows");
    queued[0]!();
    assert.equal(queued.length, 2);
    queued[1]!();
    assert.deepEqual(painted, ["rows", "cursor", "cursor"]);
  });

  test("can be painted at once, and is then not painted again", () => {
    const painted: string[] = [];
    const frames: (() => void)[] = [];
    const note = (stage: string) => () => void painted.push(stage);
    const painters = { layout: note("layout"), events: note("events"), rows: note("rows"), cursor: note("cursor") };
    const frame = createFrame(painters, (run) => void frames.push(run));
    frame.markStale("rows");
    frame.paintNow();
    for (const run of frames) run();
    frame.paintNow();
    assert.deepEqual(painted, ["rows", "cursor"]);
  });
});
