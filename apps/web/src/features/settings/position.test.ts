// A table: what people write and what maps give them.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { positionText, readPosition } from "./position.ts";

const PRAGUE = { latitude: 50.0755, longitude: 14.4378 };

for (const text of [
  "50.0755, 14.4378",
  "50.0755 14.4378",
  "50.0755;14.4378",
  " 50.0755 , 14.4378 ",
  "(50.0755, 14.4378)",
  "50,0755 14,4378",
  "50,0755; 14,4378",
  "50,0755, 14,4378",
  "geo:50.0755,14.4378",
  "geo:50.0755,14.4378?z=17",
  "https://www.openstreetmap.org/#map=17/50.0755/14.4378",
  "https://maps.example/place/Town/@50.0755,14.4378,17z",
  "https://maps.example/?q=50.0755%2C14.4378",
])
  test(`a position is read from ${text}`, () => assert.deepEqual(readPosition(text), PRAGUE));

for (const text of [
  "",
  "Town",
  "50.0755",
  "Long Street 12, 34",
  "50,0755",
  "NaN, NaN",
  "1e1, 5",
  "91, 0",
  "0, 181",
  "https://maps.example/place/17/12",
])
  test(`no position is read from “${text}”`, () => assert.equal(readPosition(text), null));

test("what is shown is read as what it was", () => {
  const degrees = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((micro) => micro / 1e6);
  fc.assert(
    fc.property(degrees(90), degrees(180), (latitude, longitude) => {
      const read = readPosition(positionText({ latitude, longitude }))!;
      assert.ok(Math.abs(read.latitude - latitude) < 1e-6 && Math.abs(read.longitude - longitude) < 1e-6);
    }),
  );
});
