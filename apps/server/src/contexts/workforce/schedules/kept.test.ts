import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { unify } from "@hourwright/schedule";
import { anySchedule } from "@hourwright/schedule/testing";
import { KeptSchedules } from "./kept.ts";
import { packSchedule } from "./pack.ts";
import type { Scene } from "./scenes.ts";

test("what is kept is what would be merged now, whichever part has changed", () => {
  const part = fc.constantFrom("contracts", "holidays", "adjustments", "zone", "days", "nothing");
  fc.assert(
    fc.property(anySchedule, anySchedule, fc.array(part, { minLength: 1, maxLength: 8 }), (one, other, parts) => {
      const kept = new KeptSchedules();
      const sources = [one, other] as const;
      const from = { contracts: 0, holidays: 0, adjustments: 0, zone: 0, days: 0, nothing: 0 };
      for (const changed of parts) {
        from[changed] = 1 - from[changed];
        const scene = {
          ...one,
          personId: "per_1",
          zone: sources[from.zone]!.zone,
          contracts: sources[from.contracts]!.contracts,
          // A version says all that the contract does that comes of it.
          versions: sources[from.contracts]!.contracts as unknown as Scene["versions"],
          holidays: sources[from.holidays]!.holidays,
          adjustments: sources[from.adjustments]!.adjustments,
        } as unknown as Scene;
        const { fromDay, toDay } = sources[from.days]!;
        const found = kept.of(scene, { fromDay, toDay });
        assert.deepEqual(found, packSchedule(unify({ ...scene, fromDay, toDay })));
        assert.equal(kept.of({ ...scene }, { fromDay, toDay }), found, "asked again it is not merged again");
      }
    }),
    { numRuns: 60 },
  );
});
