// Strategy: a table of names that would break a header, then any name at all: what is sent is one line, and read back it is the name.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { attachmentOf } from "./disposition.ts";

for (const [name, wanted] of [
  ["licence.pdf", `attachment; filename="licence.pdf"; filename*=UTF-8''licence.pdf`],
  [
    "Führerschein (neu).pdf",
    `attachment; filename="F_hrerschein (neu).pdf"; filename*=UTF-8''F%C3%BChrerschein%20%28neu%29.pdf`,
  ],
  [`a";x="b.pdf`, `attachment; filename="a_;x=_b.pdf"; filename*=UTF-8''a%22%3Bx%3D%22b.pdf`],
  ["a\r\nset-cookie: b", `attachment; filename="a__set-cookie: b"; filename*=UTF-8''a%0D%0Aset-cookie%3A%20b`],
  ["it's*.txt", `attachment; filename="it's*.txt"; filename*=UTF-8''it%27s%2A.txt`],
] as const)
  test(`a file called ${JSON.stringify(name)} is saved as ${JSON.stringify(wanted)}`, () =>
    assert.equal(attachmentOf(name), wanted));

test("whatever a file is called, its header is one line of ASCII that says its name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (name) => {
      const header = attachmentOf(name);
      assert.match(header, /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*$/);
      assert.match(header, /^[\x20-\x7e]*$/);
      assert.equal(decodeURIComponent(header.split("UTF-8''")[1]!), name.toWellFormed());
    }),
  );
});
