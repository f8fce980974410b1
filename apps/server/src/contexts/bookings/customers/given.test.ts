// Strategy: a table of what was given and what stands, and who is seen and told by whom.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createSealing } from "../sealing.ts";
import { seenBy, whoComes, whoIsTold } from "./given.ts";

const unit = { organisation: 1 };
const sealing = createSealing("a secret that is long enough for a test");
const seal = (name: string, email: string, phone = "") => sealing.seal(1, { name, email, phone });

describe("what was given with a booking under an address that was corrected since", () => {
  const kept = { sealed: seal("Ada", "ada@new.example", "+420 1"), given: seal("A. Learner", "ada@old.example") };

  test("is told at the address that stands, by the name that was given", () =>
    assert.deepEqual(whoIsTold(unit, sealing, kept), { name: "A. Learner", email: "ada@new.example", phone: "" }));

  test("shows who offers it the address that stands, and whoever has the link what was given alone", () => {
    assert.equal(seenBy(unit, sealing, kept, "organisation").customer?.email, "ada@new.example");
    assert.equal(seenBy(unit, sealing, kept, "customer").customer?.email, "ada@old.example");
    assert.equal(whoComes(unit, sealing, kept)?.email, "ada@old.example");
  });

  test("is told where it was given when what stands cannot be read any more, and to nobody who was forgotten", () => {
    const other = createSealing("another secret that is long enough for it").seal(1, {
      name: "",
      email: "",
      phone: "",
    });
    assert.equal(whoIsTold(unit, sealing, { ...kept, sealed: other })?.email, "ada@old.example");
    assert.equal(whoIsTold(unit, sealing, { ...kept, sealed: undefined }), null);
  });
});
