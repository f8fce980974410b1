import assert from "node:assert/strict";
import { test } from "node:test";
import { findZone } from "@hourwright/time";
import { zoneNames } from "./zones.ts";

test("the zones that are offered are those of today, each once, and all are known to the server", () => {
  const names = zoneNames();
  for (const zone of ["UTC", "Europe/Prague", "Asia/Kathmandu", "Asia/Kolkata", "Europe/Kyiv"])
    assert.ok(names.includes(zone), zone);
  for (const zone of ["Asia/Katmandu", "Europe/Kiev"]) assert.ok(!names.includes(zone), zone);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    names.filter((zone) => findZone(zone) === null),
    [],
  );
});
