import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { stacksOf, type MadeRequest } from "./mine.ts";

const request = (id: string, undone: string | null): MadeRequest => ({
  id,
  operation: "test",
  changes:
    undone === null
      ? []
      : [
          {
            seq: 1,
            at: Temporal.Instant.fromEpochMilliseconds(0),
            actor: { kind: "user", userId: "usr", personId: "per", label: "Ana" },
            operation: "requests.undo",
            requestId: id,
            kind: "updated",
            thing: { type: "request", id: undone },
            collectionId: null,
            fields: ["undone"],
          },
        ],
});

test("the stacks made from the log are those of a page that did it all", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("do", "undo", "redo"), { maxLength: 60 }), (steps) => {
      const log: MadeRequest[] = [];
      let [undo, redo]: [string[], string[]] = [[], []];
      const make = (undone: string | null): string => {
        log.push(request(`req_${log.length}`, undone));
        return log.at(-1)!.id;
      };
      for (const step of steps) {
        if (step === "do") [undo, redo] = [[...undo, make(null)], []];
        else {
          const [from, to] = step === "undo" ? [undo, redo] : [redo, undo];
          const last = from.pop();
          if (last !== undefined) to.push(make(last));
        }
      }
      const made = stacksOf(log);
      assert.deepEqual([made.undo.map(({ id }) => id), made.redo.map(({ id }) => id)], [undo, redo]);
    }),
  );
});
