// Strategy: a table of first bytes, of names and of what a question takes; then any name at all: it leads nowhere and stays itself.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { limits } from "@hourwright/contract";
import { MEDIA, nameOf, typeOf, whyUnfitFile, type FileType } from "./decide.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : Buffer.from(part))));

describe("what a file is", () => {
  const table: readonly [string, Buffer, FileType | null][] = [
    ["a PDF", bytes("%PDF-1.7\n"), "pdf"],
    ["a PDF behind something else", bytes("<script>%PDF-1.7\n"), null],
    ["a PNG", bytes([0x89], "PNG", [0x0d, 0x0a, 0x1a, 0x0a, 0]), "png"],
    ["a JPEG", bytes([0xff, 0xd8, 0xff, 0xe0]), "jpeg"],
    ["a WebP", bytes("RIFF", [1, 2, 3, 4], "WEBP"), "webp"],
    ["a WAV in the same clothes", bytes("RIFF", [1, 2, 3, 4], "WAVE"), null],
    ["a HEIC", bytes([0, 0, 0, 24], "ftypheic"), "heic"],
    ["a film in the same box", bytes([0, 0, 0, 24], "ftypisom"), null],
    ["plain text", bytes("Größe: 1,80 m\r\n"), "text"],
    ["text that compares", bytes("a < b and b > c"), "text"],
    ["text in Latin-1", bytes([0x47, 0x72, 0xf6]), null],
    ["a page", bytes("  <!DOCTYPE html><p>"), null],
    ["a drawing that runs scripts", bytes('<svg xmlns="x" onload="alert(1)">'), null],
    ["a drawing behind its prologue", bytes('<?xml version="1.0"?><svg>'), null],
    ["a program", bytes([0x4d, 0x5a, 0, 1, 2]), null],
    ["nothing", bytes(""), null],
  ];
  for (const [name, contents, type] of table)
    test(`${name} is ${type ?? "none that can be sent"}`, () => assert.equal(typeOf(contents), type));
});

describe("what a file is called", () => {
  const table: readonly [string, FileType, string][] = [
    ["licence.pdf", "pdf", "licence.pdf"],
    ["../../etc/passwd", "text", "passwd.txt"],
    ["C:\\Users\\Ada\\scan.PDF", "pdf", "scan.PDF"],
    ["page.html", "pdf", "page.html.pdf"],
    ["gpj.\u202etxt.exe", "jpeg", "gpj.txt.exe.jpg"],
    ['a"b\r\nSet-Cookie: x.png', "png", "abSet-Cookie x.png"],
    [".htaccess", "text", "htaccess.txt"],
    ["", "pdf", "file.pdf"],
    ["///", "png", "file.png"],
    ["Führerschein  vorn.jpeg", "jpeg", "Führerschein vorn.jpeg"],
  ];
  for (const [given, type, name] of table)
    test(`${JSON.stringify(given)} is kept as ${JSON.stringify(name)}`, () => assert.equal(nameOf(given, type), name));

  test("whatever it was called, the name is short, leads nowhere, and is kept the same again", () => {
    const types = fc.constantFrom(...limits.FILE_TYPES);
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), types, (given, type) => {
        const name = nameOf(given.toWellFormed(), type);
        assert.ok(name.length <= limits.FILE_NAME_CHARACTERS_MAX && name.isWellFormed());
        assert.doesNotMatch(name, /[/\\\p{Cc}\u202a-\u202e\u2066-\u2069"]/u);
        assert.ok(MEDIA[type].endings.some((ending) => name.toLowerCase().endsWith(ending)));
        assert.ok(!name.startsWith("."));
        assert.equal(nameOf(name, type), name);
      }),
    );
  });
});

describe("a file for a question", () => {
  const asked = { bytesMax: 2_048, filesMax: 2, types: ["pdf", "png"] as FileType[] };
  const question = { id: "scan", kind: "file", label: "Scan", isRequired: true, options: [], file: asked } as const;
  const none = { ofQuestion: 0, ofOrganisation: 0, bytesOfOrganisation: 0 };
  const table: readonly [string, { type: FileType | null; bytes: number }, Partial<typeof none>, string | null][] = [
    ["fits", { type: "pdf", bytes: 2_048 }, {}, null],
    ["is too large", { type: "pdf", bytes: 2_049 }, {}, "too-large"],
    ["is of another type", { type: "text", bytes: 5 }, {}, "type"],
    ["is of no type", { type: null, bytes: 5 }, {}, "type"],
    ["is empty", { type: null, bytes: 0 }, {}, "empty"],
    ["is one too many", { type: "pdf", bytes: 5 }, { ofQuestion: 2 }, "too-many"],
    ["is one too many of all", { type: "pdf", bytes: 5 }, { ofOrganisation: limits.FILES_OF_ORGANISATION_MAX }, "full"],
    [
      "has no room",
      { type: "pdf", bytes: 5 },
      { bytesOfOrganisation: limits.FILES_BYTES_OF_ORGANISATION_MAX - 4 },
      "full",
    ],
  ];
  for (const [name, file, standing, reason] of table)
    test(name, () => {
      const why = whyUnfitFile({ ...question, options: [] }, file, { ...none, ...standing });
      assert.equal(why?.refused.extra["reason"] ?? null, reason);
    });

  test("is wanted by no other question", () => {
    const text = { ...question, options: [], kind: "text", file: null } as const;
    for (const other of [undefined, { ...text, options: [] }])
      assert.equal(whyUnfitFile(other, { type: "pdf", bytes: 5 }, none)?.refused.extra["reason"], "unasked");
  });
});
