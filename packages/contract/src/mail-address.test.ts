// Strategy: addresses as people type them as a table, then whatever is typed: what is taken is one that mail servers take.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { domainToASCII } from "node:url";
import fc from "fast-check";
import { asciiAddress, mailAddress, whyNoAddress } from "./mail-address.ts";

describe("an address", () => {
  const table: readonly [typed: string, ascii: string | null, why: ReturnType<typeof whyNoAddress>][] = [
    ["ana@example.org", "ana@example.org", null],
    [" Ana.B+c@Example.ORG ", "Ana.B+c@example.org", null],
    ["ana@müller.example", "ana@xn--mller-kva.example", null],
    ["ana@MÜLLER.example", "ana@xn--mller-kva.example", null],
    ["ana@xn--mller-kva.example", "ana@xn--mller-kva.example", null],
    ["ana@例え。テスト", "ana@xn--r8jz45g.xn--zckzah", null],
    ["aña@example.org", null, "local-part"],
    ["aña@müller.example", null, "local-part"],
    ["aña@", null, "form"],
    ["ana@ex ample.org", null, "form"],
    ["ana@example.org/path", null, "form"],
    ["ana@example.org:25", null, "form"],
    ["ana@exa%6dple.org", null, "form"],
    ["ana@[127.0.0.1]", null, "form"],
    ["ana@127.1", null, "form"],
    ["ana@localhost", null, "form"],
    ["ana@eve@example.org", null, "form"],
    ["@example.org", null, "form"],
    ["", null, "form"],
    ["ana@example.org\r\nbcc: eve@example.org", null, "form"],
  ];
  for (const [typed, ascii, why] of table)
    test(`“${typed.replaceAll(/[\r\n]/g, "↵")}” ${ascii === null ? "is none" : `is ${ascii}`}`, () => {
      assert.equal(asciiAddress(typed), ascii);
      assert.equal(whyNoAddress(typed), why);
      assert.equal(mailAddress.safeParse(typed).success, why === null);
    });

  test("that is taken is ASCII, and is the same when it is taken again", () => {
    const local = fc.stringMatching(/^[a-z][a-z0-9.+-]{0,9}$/);
    fc.assert(
      fc.property(local, fc.string({ unit: "grapheme", maxLength: 20 }), (name, domain) => {
        const taken = asciiAddress(`${name}@${domain}.example`);
        if (taken === null) return;
        assert.match(taken, /^[\x21-\x7e]+$/);
        assert.equal(asciiAddress(taken), taken);
        assert.equal(taken.slice(taken.indexOf("@") + 1), domainToASCII(`${domain.trim()}.example`));
      }),
    );
  });

  test("says why it is none", () => {
    const said = (typed: string) => mailAddress.safeParse(typed).error?.issues[0]?.message ?? "";
    assert.match(said("aña@example.org"), /without accents/);
    assert.match(said("nobody"), /looks like ana@example\.org/);
  });
});
