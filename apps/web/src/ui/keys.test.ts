import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { CHANGEABLE, changedKey, meantBy, pressedFor, printedFor, type KeyChoice } from "./keys.ts";

const AS_DESIGNED: KeyChoice = { areOff: false, instead: {} };

describe("keys that a person has chosen", () => {
  test("mean what they were given, and what had them means what was given up", () => {
    const chosen = changedKey(AS_DESIGNED, "n", "w");
    assert.equal(meantBy(chosen, "w"), "n");
    assert.equal(meantBy(chosen, "n"), "w");
    assert.equal(printedFor(chosen, "N"), "W");
    assert.equal(printedFor(chosen, "⇧C"), "⇧C");
  });

  test("leave a key without meaning when it was given up for one that nothing had", () => {
    const chosen = changedKey(AS_DESIGNED, "n", "a");
    assert.equal(meantBy(chosen, "a"), "n");
    assert.equal(meantBy(chosen, "n"), null);
  });

  test("do nothing when they are switched off, but those with ⌘, and Enter, and Escape, do", () => {
    const off = { ...AS_DESIGNED, areOff: true };
    for (const pressed of ["n", "1", "/", "Shift+c", "["]) assert.equal(meantBy(off, pressed), null);
    for (const pressed of ["Mod+z", "Escape", "Enter", "PageUp"]) assert.equal(meantBy(off, pressed), pressed);
    assert.equal(printedFor(off, "N"), null);
    assert.equal(printedFor(off, "Esc"), "Esc");
  });

  test("reach everything once, however often they are changed", () => {
    const change = fc.tuple(fc.constantFrom(...CHANGEABLE), fc.constantFrom(...CHANGEABLE, "a", "b", "Shift+n"));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const chosen = changes.reduce((before, [name, pressed]) => changedKey(before, name, pressed), AS_DESIGNED);
        for (const name of CHANGEABLE) assert.equal(meantBy(chosen, pressedFor(chosen, name)), name);
      }),
    );
  });
});
