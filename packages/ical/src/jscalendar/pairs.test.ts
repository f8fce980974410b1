// The pairs of iCalendar and JSCalendar that calcard publishes with its tests. It writes the coming revision of RFC 8984,
// we write RFC 8984; where more than names differ, the difference has its reason here.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { encode } from "../utf8.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { asOfRfc8984 } from "./newer.ts";
import { toJSCalendar } from "./to-jscalendar.ts";

/** Members whose keys are made up: only what lies under them is compared. */
const MAPS = new Set(["locations", "virtualLocations", "links", "participants", "alerts"]);
/** Where the text came from, and the newer names for what RFC 8984 says otherwise. */
const LEFT_OUT = new Set(["iCalendar", "mainLocationId", "timeZones", "@type"]);

/** What an object says, without made-up ids and without what was kept. */
function said(value: Json | undefined): unknown {
  if (Array.isArray(value)) return (value as readonly Json[]).map(said);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => !LEFT_OUT.has(name));
  return Object.fromEntries(
    members
      .map(([name, inner]) => {
        const isMap = MAPS.has(name) && isObject(inner);
        return [
          name,
          isMap
            ? Object.values(inner)
                .map((each) => JSON.stringify(said(each)))
                .sort()
            : said(inner),
        ] as const;
      })
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** The JSON of a block: an object, or the members of one. */
function jsonOf(block: string): JsonObject {
  const json = JSON.parse(block.startsWith("{") ? block : `{"@type":"Event",${block}}`) as JsonObject;
  return asOfRfc8984({ "@type": "Event", ...json }) as JsonObject;
}

/** The JSCalendar of the lines of a block, whatever of BEGIN and END they have. */
function readBlock(block: string): JsonObject {
  const lines = block.startsWith("BEGIN:") ? block : `BEGIN:VEVENT\n${block}`;
  const { nodes } = parse(encode(`${lines}\n`));
  const component = nodes.find((node) => node.kind === "component");
  assert(component !== undefined);
  return single(toJSCalendar(component));
}

/** A group of one is that one: a block says nothing of the calendar around. */
function single(js: JsonObject): JsonObject {
  const entries = Array.isArray(js["entries"]) ? (js["entries"] as readonly JsonObject[]) : [];
  return entries.length === 1 && js["prodId"] === undefined && js["title"] === undefined ? entries[0]! : js;
}

const isJson = (block: string): boolean => /^["{]/.test(block);

/** Blocks of which what we make says something else, by title and number of the step. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  "ATTACH with FMTTYPE 1": "calcard writes data:base64,…; RFC 2397 has data:image/png;base64,…",
  "IMAGE 1": "RFC 8984 shows a link in one way; that it may be shown in two is kept",
  "LINK, ATTACH and IMAGE together 1": "RFC 8984 shows a link in one way; that it may be shown in two is kept",
  "Coordinates URI 2": "calcard escapes commas in addresses, RFC 5545 §3.3.13 does not",
  "Coordinates URI 1": "calcard escapes commas in addresses, RFC 5545 §3.3.13 does not",
  "JSCalendar - Event with Physical and Virtual Location 1":
    "calcard gives LOCATION and VLOCATION as two places, and escapes addresses",
  "JSCalendar - Event with Physical and Virtual Location 2":
    "calcard escapes commas in addresses, RFC 5545 §3.3.13 does not",
  "JSCalendar - Recurring Event with Overrides 1":
    "calcard writes overrides as patches; they are whole components (RFC 5545 §3.8.4.4)",
  "JSCalendar - Recurring Event with Overrides 2":
    "calcard writes overrides as patches; they are whole components (RFC 5545 §3.8.4.4)",
  "JSCalendar - Recurring Event with Participants 1":
    "calcard writes overrides as patches, and two ROLEs; RFC 5545 §3.2.16 has one",
  "JSCalendar - Recurring Event with Participants 2":
    "calcard writes overrides as patches, and two ROLEs; RFC 5545 §3.2.16 has one",
  "RRULE and non-IANA timezone 1":
    "REQ-PARTICIPANT attends; the revision calls it required. An empty LOCATION is a place without a name",
  "RRULE and non-IANA timezone 2": "calcard writes an empty value as [], which is no value of jCal",
};

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const folder = join(corpora, "jscalendar");
const skip = corpora !== "" && existsSync(folder) ? false : "CORPORA names no folder with the corpora";

describe("the pairs of calcard", { skip }, () => {
  const files = skip === false ? readdirSync(folder) : [];
  const pairs = files.flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .split(/^> test /m)
      .slice(1),
  );
  const found: string[] = [];
  for (const pair of pairs) {
    const title = pair.slice(0, pair.indexOf("\n"));
    const blocks = pair
      .slice(title.length)
      .split(/^> convert$/m)
      .map((block) => block.trim());
    test(`${title} say the same`, () => {
      for (const [i, block] of blocks.slice(1).entries()) {
        const name = `${title} ${i + 1}`;
        const [ours, theirs] = isJson(block)
          ? [readBlock(blocks[i]!), single(jsonOf(block))]
          : [writtenFrom(blocks[i]!), readBlock(block)];
        const isAlike = JSON.stringify(said(ours)) === JSON.stringify(said(theirs));
        if (isAlike) continue;
        found.push(name);
        if (DIFFERENCES[name] === undefined) assert.deepEqual(said(ours), said(theirs), name);
      }
    });
  }

  test("differ nowhere else than is explained", () => assert.deepEqual(found.sort(), Object.keys(DIFFERENCES).sort()));

  function writtenFrom(block: string): JsonObject {
    const { calendar, refused } = fromJSCalendar(jsonOf(block));
    if (calendar === undefined) return { refused: refused.message };
    const [node] = parse(print([calendar])).nodes;
    assert(node?.kind === "component");
    return single(toJSCalendar(node));
  }
});
