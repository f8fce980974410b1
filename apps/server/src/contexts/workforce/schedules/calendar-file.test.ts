// Strategy: over random schedules, minute by minute: what is worked lies in a stint of its shift and nothing else but breaks does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stretchAt, unify } from "@hourwright/schedule";
import { anySchedule } from "@hourwright/schedule/testing";
import { MINUTE_MS } from "@hourwright/time";
import fc from "fast-check";
import { stintsOf } from "./calendar-file.ts";

test("stints are all that is worked, shift by shift, with breaks and nothing else", () => {
  fc.assert(
    fc.property(anySchedule, (question) => {
      const unified = unify(question);
      const stints = stintsOf(unified.stretches);
      let worked = 0;
      for (const { startMs, endMs, placed } of stints) {
        let own = 0;
        for (let ms = startMs; ms < endMs; ms += MINUTE_MS) {
          const { kind, shift } = stretchAt(unified, ms)!;
          assert.ok(kind === "work" || kind === "on-call" || kind === "break", `${kind} in a stint`);
          assert.equal(shift!.startMs, placed.startMs);
          if (kind !== "break") own++;
        }
        assert.ok(own > 0, "a break alone is no stint");
        worked += own;
      }
      let all = 0;
      for (const { kind, shift, startMs, endMs } of unified.stretches)
        if (shift !== null && (kind === "work" || kind === "on-call")) all += (endMs - startMs) / MINUTE_MS;
      assert.equal(worked, all);
      for (let i = 1; i < stints.length; i++)
        assert.ok(stints[i - 1]!.endMs <= stints[i]!.startMs, "one after the other");
    }),
  );
});
