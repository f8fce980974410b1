import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parametersOf, rawValue } from "../content-line.ts";
import { DEPTH_MAX, parse } from "../parse.ts";
import { print } from "../print.ts";
import { calendarBytes, mutants } from "../testing.ts";
import type { Component, Node } from "../tree.ts";
import { decode, encode } from "../utf8.ts";
import { fromJCal } from "./from-jcal.ts";
import type { JCalComponent } from "./jcal.ts";
import { fileToJCal, propertyToJCal, toJCal } from "./to-jcal.ts";

function componentOf(text: string): Component {
  const [node] = parse(encode(text)).nodes;
  assert(node?.kind === "component");
  return node;
}

/** The one property of a line as jCal, and the line that comes of it again. */
function through(line: string): { jcal: unknown; line: string } {
  const jcal = toJCal(componentOf(`BEGIN:X\r\n${line}\r\nEND:X\r\n`));
  const { component } = fromJCal(JSON.parse(JSON.stringify(jcal)));
  assert(component !== undefined);
  return {
    jcal: jcal[1][0],
    line: decode(print([component]))
      .split("\r\n")
      .slice(1, -2)
      .join("\r\n"),
  };
}

describe("a property as jCal [JC1] [JC2]", () => {
  const cases: readonly (readonly [line: string, jcal: unknown])[] = [
    ["SUMMARY:Tea\\, cake\\; more\\nand \\\\", ["summary", {}, "text", "Tea, cake; more\nand \\"]],
    ["SUMMARY;LANGUAGE=cs:Čaj", ["summary", { language: "cs" }, "text", "Čaj"]],
    ["DTSTART:20260329T023000Z", ["dtstart", {}, "date-time", "2026-03-29T02:30:00Z"]],
    [
      "DTSTART;TZID=Europe/Prague:20260329T023000",
      ["dtstart", { tzid: "Europe/Prague" }, "date-time", "2026-03-29T02:30:00"],
    ],
    ["DTSTART;VALUE=DATE:20260329", ["dtstart", {}, "date", "2026-03-29"]],
    ["DURATION:-PT15M", ["duration", {}, "duration", "-PT15M"]],
    ["TRIGGER;VALUE=DATE-TIME:20260329T023000Z", ["trigger", {}, "date-time", "2026-03-29T02:30:00Z"]],
    ["TZOFFSETTO:+0100", ["tzoffsetto", {}, "utc-offset", "+01:00"]],
    ["TZOFFSETTO:-005744", ["tzoffsetto", {}, "utc-offset", "-00:57:44"]],
    ["PRIORITY:5", ["priority", {}, "integer", 5]],
    ["X-SCORE;VALUE=FLOAT:-1.5", ["x-score", {}, "float", -1.5]],
    ["X-SURE;VALUE=BOOLEAN:TRUE", ["x-sure", {}, "boolean", true]],
    ["X-AT;VALUE=TIME:083000Z", ["x-at", {}, "time", "08:30:00Z"]],
    ["GEO:37.386013;-122.082932", ["geo", {}, "float", [37.386013, -122.082932]]],
    [
      "REQUEST-STATUS:2.8;Success\\; almost;RRULE:FREQ=DAILY",
      ["request-status", {}, "text", ["2.8", "Success; almost", "RRULE:FREQ=DAILY"]],
    ],
    ["CATEGORIES:Work,Tea\\, cake", ["categories", {}, "text", "Work", "Tea, cake"]],
    ["CATEGORIES:", ["categories", {}, "text", ""]],
    ["EXDATE;VALUE=DATE:20260101,20260102", ["exdate", {}, "date", "2026-01-01", "2026-01-02"]],
    [
      "RDATE;VALUE=PERIOD:20260101T000000Z/PT1H,20260102T000000Z/20260102T010000Z",
      ["rdate", {}, "period", ["2026-01-01T00:00:00Z", "PT1H"], ["2026-01-02T00:00:00Z", "2026-01-02T01:00:00Z"]],
    ],
    [
      "RRULE:FREQ=MONTHLY;BYDAY=-1SU,MO;BYMONTH=3;BYMONTHDAY=-1,2;COUNT=5;WKST=SU",
      [
        "rrule",
        {},
        "recur",
        { freq: "MONTHLY", byday: ["-1SU", "MO"], bymonth: 3, bymonthday: [-1, 2], count: 5, wkst: "SU" },
      ],
    ],
    [
      "RRULE:FREQ=DAILY;UNTIL=20260329T023000Z;X-MORE=a=b",
      ["rrule", {}, "recur", { freq: "DAILY", until: "2026-03-29T02:30:00Z", "x-more": "a=b" }],
    ],
    [
      'ATTENDEE;CN="Ben, B.";ROLE=CHAIR:mailto:ben@example.org',
      ["attendee", { cn: "Ben, B.", role: "CHAIR" }, "cal-address", "mailto:ben@example.org"],
    ],
    [
      'ATTENDEE;MEMBER="mailto:a@example.org","mailto:b@example.org":mailto:c@example.org',
      ["attendee", { member: ["mailto:a@example.org", "mailto:b@example.org"] }, "cal-address", "mailto:c@example.org"],
    ],
    ["X-FOO;X-BAR=^'quoted^' ^^ ^n:a\\,b,c;d", ["x-foo", { "x-bar": '"quoted" ^ \n' }, "unknown", "a\\,b,c;d"]],
    ["X-FOO;VALUE=X-BAR:a\\,b", ["x-foo", {}, "x-bar", "a\\,b"]],
    ["ATTACH;VALUE=BINARY;ENCODING=BASE64:AAEC", ["attach", { encoding: "BASE64" }, "binary", "AAEC"]],
    [
      "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://example.org",
      ["conference", { feature: ["AUDIO", "VIDEO"] }, "uri", "https://example.org"],
    ],
    ["REFRESH-INTERVAL;VALUE=DURATION:P1W", ["refresh-interval", {}, "duration", "P1W"]],
    ["GROUP1.X-FOO:bar", ["group1.x-foo", {}, "unknown", "bar"]],
  ];
  for (const [line, jcal] of cases) {
    test(`of ${line}`, () => {
      const result = through(line);
      assert.deepEqual(result.jcal, jcal);
      assert.equal(result.line.replaceAll("\r\n ", ""), line);
    });
  }

  test("is the same when its line is folded, even within a character", () => {
    const folded = "SUM\r\n MARY;LANGU\r\n AGE=cs:Tea \\\r\n n and\r\n  cake";
    assert.deepEqual(through(folded).jcal, ["summary", { language: "cs" }, "text", "Tea \n and cake"]);
    const cut = Uint8Array.from([
      ...encode("BEGIN:X\r\nSUMMARY:"),
      0xc4,
      13,
      10,
      32,
      0x8c,
      ...encode("aj\r\nEND:X\r\n"),
    ]);
    const [node] = parse(cut).nodes;
    assert.deepEqual(toJCal(node as Component)[1], [["summary", {}, "text", "Čaj"]]);
  });

  test("has VALUE when it is not the default of its name, or when the RFC gives none", () => {
    assert.equal(through("DTSTART;VALUE=DATE-TIME:20260101T000000").line, "DTSTART:20260101T000000");
    assert.equal(through("SOURCE:https://example.org").line, "SOURCE;VALUE=URI:https://example.org");
  });
});

describe("a value that is not what its type says [JC3]", () => {
  const kept: readonly (readonly [line: string, type: string, value: unknown])[] = [
    ["DTSTART:tomorrow", "date-time", "tomorrow"],
    ["DTSTART:20260101", "date-time", "2026-01-01"],
    ["DTSTART;VALUE=DATE:20260101T000000", "date", "2026-01-01T00:00:00"],
    ["PRIORITY:high", "integer", "high"],
    ["PRIORITY:99999999999999999999", "integer", "99999999999999999999"],
    ["GEO:here", "float", "here"],
    ["GEO:1;north", "float", "1;north"],
    ["RRULE:every day", "recur", "every day"],
    ["RRULE:FREQ=DAILY;FREQ=WEEKLY", "recur", "FREQ=DAILY;FREQ=WEEKLY"],
    ["FREEBUSY:20260101T000000Z", "period", "2026-01-01T00:00:00Z"],
    ["TZOFFSETTO:one", "utc-offset", "one"],
    ["DURATION:an hour", "duration", "an hour"],
  ];
  for (const [line, type, value] of kept) {
    test(`is the text of ${line}`, () => {
      const result = through(line);
      assert.deepEqual((result.jcal as unknown[]).slice(2), [type, value]);
      assert.equal(result.line, line);
    });
  }

  test("is false or 0 where jCal has no other word for it", () => {
    assert.deepEqual(through("X-MAYBE;VALUE=BOOLEAN:MAYBE").jcal, ["x-maybe", {}, "boolean", false]);
    assert.deepEqual(through("X-NUMBER;VALUE=FLOAT:many").jcal, ["x-number", {}, "float", 0]);
  });

  test("never reaches the prototype of anything", () => {
    const { jcal } = through("X-FOO;X-A=1;X-A=2:bar");
    assert.deepEqual(jcal, ["x-foo", { "x-a": ["1", "2"] }, "unknown", "bar"]);
    const odd = toJCal(componentOf("BEGIN:X\r\nX-FOO;__PROTO__=a,b:bar\r\nEND:X\r\n"));
    assert.equal(JSON.stringify(odd[1]), '[["x-foo",{"__proto__":["a","b"]},"unknown","bar"]]');
  });
});

describe("a JSON that is no jCal [JC5]", () => {
  const deep = (depth: number): unknown => (depth === 0 ? ["x", [], []] : ["x", [], [deep(depth - 1)]]);
  const cases: readonly (readonly [what: string, json: unknown, pointer: string])[] = [
    ["null", null, ""],
    ["a component of two parts", ["vcalendar", []], ""],
    ["a component without a name", [1, [], []], "/0"],
    ["a component called by two lines", ["VEVENT\r\nX:y", [], []], "/0"],
    ["properties that are no list", ["x", {}, []], "/1"],
    ["a property without a value", ["x", [["summary", {}, "text"]], []], "/1/0"],
    ["a property called BEGIN", ["x", [["begin", {}, "text", "VEVENT"]], []], "/1/0/0"],
    ["a parameter that is a number", ["x", [["summary", { "x/y": 1 }, "text", ""]], []], "/1/0/1/x~1y"],
    ["VALUE among the parameters", ["x", [["summary", { value: "TEXT" }, "text", ""]], []], "/1/0/1/value"],
    ["an object as a text", ["x", [["summary", {}, "text", {}]], []], "/1/0/3"],
    ["null as a value", ["x", [["summary", {}, "text", null]], []], "/1/0/3"],
    ["a part of a rule that is two", ["x", [["rrule", {}, "recur", { freq: "DAILY;COUNT=1" }]], []], "/1/0/3"],
    ["a period of one time", ["x", [["freebusy", {}, "period", ["2026-01-01T00:00:00Z"]]], []], "/1/0/3"],
    ["components too deep", deep(DEPTH_MAX), "/2/0".repeat(DEPTH_MAX)],
  ];
  for (const [what, json, pointer] of cases) {
    test(`is refused for ${what}`, () => {
      const { refused } = fromJCal(json);
      assert.equal(refused?.pointer, pointer);
      assert.equal(refused.code, "jcal-malformed");
      assert.match(refused.message, /^[A-Z].*\.$/);
    });
  }

  test("cannot write a second line, whatever its texts hold [TX2]", () => {
    const texts = fc.string({
      unit: fc.constantFrom("\r", "\n", "\u2028", "\\", ";", ",", ":", '"', "a", " ", "\u0000"),
    });
    const types = fc.constantFrom("text", "uri", "unknown", "date-time", "recur", "x-own", "period");
    fc.assert(
      fc.property(texts, texts, types, (value, parameter, type) => {
        const { component } = fromJCal(["x", [["x-foo", { "x-bar": parameter }, type, value]], []]);
        const { nodes, problems } = parse(print([component!]));
        assert.equal((nodes[0] as Component).children.length, 1);
        assert.deepEqual(problems, []);
      }),
    );
  });
});

describe("jCal and back", () => {
  const value = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("a,b;c\\n", "  blanks  ", "ends with \\"));
  const clean = value.map((text) => text.replace(/\p{Cc}/gu, "").toWellFormed());
  const property = fc.oneof(
    clean.map((text) => ["summary", {}, "text", text]),
    fc.tuple(clean, clean).map(([one, other]) => ["categories", { language: "en" }, "text", one, other]),
    fc.tuple(clean, clean).map(([one, other]) => ["x-foo", { "x-bar": one }, "text", other]),
    fc.integer().map((count) => ["sequence", {}, "integer", count]),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
      .map((count) => ["x-float", {}, "float", Number(count.toFixed(6)) + 0]),
    fc.boolean().map((flag) => ["x-flag", {}, "boolean", flag]),
  );
  test("gives the same JSON [JC4]", () => {
    fc.assert(
      fc.property(fc.array(property, { maxLength: 5 }), (properties) => {
        const jcal = ["x", properties, [["y", properties, []]]];
        const { component } = fromJCal(jcal);
        assert.deepEqual(toJCal(component!), jcal);
        const read = parse(print([component!]));
        assert.deepEqual(fileToJCal(read.nodes), jcal);
      }),
    );
  });

  test("survives damage: what is read again says the same [JC3] [JC4]", () => {
    const bytes = calendarBytes(
      "BEGIN:VEVENT",
      "DTSTART;TZID=Europe/Prague:20260329T023000",
      "RRULE:FREQ=DAILY;BYDAY=MO,TU",
      "GEO:1.5;2.5",
      'ATTENDEE;CN="Ben, B.":mailto:ben@example.org',
      "END:VEVENT",
    );
    fc.assert(
      fc.property(mutants(bytes), (mutant) => {
        for (const node of parse(mutant).nodes) {
          if (node.kind !== "component") continue;
          const jcal = toJCal(node);
          const { component } = fromJCal(JSON.parse(JSON.stringify(jcal)));
          if (component === undefined) continue; // A name that nobody may write.
          const again = toJCal(component);
          assert.deepEqual(toJCal(fromJCal(again).component!), again);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "ics-index.json")) ? false : "CORPORA names no folder with the corpora";

describe("the calendar corpora as jCal", { skip }, () => {
  type Entry = { file: string; kind: string; "jcal.json"?: string };
  const entries = () =>
    (JSON.parse(readFileSync(join(corpora, "ics-index.json"), "utf8")) as Entry[]).map((entry) => ({
      ...entry,
      nodes: parse(new Uint8Array(readFileSync(join(corpora, entry.file)))).nodes,
    }));

  test("are what the fixtures say, wherever they say it", () => {
    let compared = 0;
    for (const { file, nodes, ...entry } of entries()) {
      const golden = entry["jcal.json"];
      if (golden === undefined) continue;
      assert.deepEqual(fileToJCal(nodes), JSON.parse(readFileSync(join(corpora, golden), "utf8")), file);
      compared++;
    }
    assert.ok(compared >= 7);
  });

  /** What cannot come back as it was: RFC 7265 has no word for a truth or a number that is none. */
  const LOST = new Set(["X-MAYBE", "X-INVALID-FLOAT"]);

  /** Names, parameters and decoded values of all lines, at their depth; VALUE is told by the type. */
  const flat = (nodes: readonly Node[], depth = 0): unknown[] =>
    nodes.flatMap((node) => {
      if (node.kind === "junk") return [];
      if (node.kind === "component") return [[depth, node.name], ...flat(node.children, depth + 1)];
      const parameters = parametersOf(node).filter(({ name }) => name !== "VALUE");
      const jcal = propertyToJCal(node);
      const isFree = jcal[2] === "text" || jcal[2] === "float"; // The same text, or number, is written in several ways.
      return [[depth, node.name, parameters, isFree || LOST.has(node.name) ? jcal.slice(2) : rawValue(node)]];
    });

  test("come back as the same tree where they are valid", (context) => {
    let files = 0;
    for (const { file, kind, nodes } of entries()) {
      if (!kind.startsWith("valid") || kind === "valid or historic") continue;
      const components = nodes.filter((node) => node.kind === "component");
      const back = components.map((component) => {
        const { component: made } = fromJCal(JSON.parse(JSON.stringify(toJCal(component))) as JCalComponent);
        assert.ok(made !== undefined, file);
        return made;
      });
      assert.deepEqual(flat(parse(print(back)).nodes), flat(components), file);
      files++;
    }
    context.diagnostic(`${files} files`);
    assert.ok(files >= 100);
  });
});
