// Strategy: one proof done by counting up; then each way in which it would be another's, too late, done again or made up.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createProofs, isDone } from "./proof.ts";

const NOW = Temporal.Instant.from("2027-03-01T08:00:00Z").epochMilliseconds;
const MINUTE_MS = 60_000;

function done(challenge: string): string {
  for (let number = 0; ; number++) if (isDone(`${challenge}.${number}`)) return `${challenge}.${number}`;
}

describe("a proof of work", () => {
  const proofs = createProofs("a secret");
  const here = { organisation: 1, serviceId: "svc", requestId: "first" };
  const proof = () => done(proofs.issue(1, "svc", NOW).challenge);

  test("is good once, and for the same request again", () => {
    const made = proof();
    assert.ok(proofs.use(here, made, NOW + MINUTE_MS));
    assert.ok(proofs.use(here, made, NOW + MINUTE_MS), "a unit that runs again");
    assert.ok(!proofs.use({ ...here, requestId: "second" }, made, NOW + MINUTE_MS));
  });

  const table: readonly [string, (made: string) => boolean][] = [
    ["of another organisation", (made) => proofs.use({ ...here, organisation: 2 }, made, NOW)],
    ["of another service", (made) => proofs.use({ ...here, serviceId: "other" }, made, NOW)],
    ["of another server", (made) => createProofs("another").use(here, made, NOW)],
    ["that is too old", (made) => proofs.use(here, made, NOW + 30 * MINUTE_MS)],
    ["that is not done", (made) => proofs.use(here, undone(made), NOW)],
    ["with more behind it", (made) => proofs.use(here, `${made}.1`, NOW)],
    ["with a longer life", (made) => proofs.use(here, made.replace(/^\w+/, "zzzzzzzzz"), NOW)],
    ["that is empty", () => proofs.use(here, "", NOW)],
    ["that is made up", () => proofs.use(here, "a.b.c.1", NOW)],
  ];
  for (const [name, use] of table) test(`${name} is none`, () => assert.equal(use(proof()), false));

  /** The first number that is wrong. */
  function undone(made: string): string {
    const challenge = made.slice(0, made.lastIndexOf("."));
    for (let number = 0; ; number++) if (!isDone(`${challenge}.${number}`)) return `${challenge}.${number}`;
  }
});
