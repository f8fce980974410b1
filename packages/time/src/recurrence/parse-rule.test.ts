// Rules RR* are in ../../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { rules } from "../testing.ts";
import { RULE_CHARACTERS_MAX, parseRule } from "./parse-rule.ts";
import { PLAIN_RULE, printRule } from "./rule.ts";

describe("a rule", () => {
  test("[RR1] is printed as it was read, whatever its parts", () => {
    const ends = fc.constantFrom(
      "",
      ";COUNT=7",
      ";UNTIL=20261231",
      ";UNTIL=20261231T235959",
      ";UNTIL=20261231T235959Z",
    );
    fc.assert(
      fc.property(rules(), ends, (rule, end) => {
        const text = printRule(rule) + end;
        const parsed = parseRule(text).rule;
        assert.ok(parsed !== undefined, text);
        assert.deepEqual(parseRule(printRule(parsed)).rule, parsed);
        assert.deepEqual({ ...parsed, count: null, until: null }, rule);
      }),
      { numRuns: 500 },
    );
  });

  test("[RR2] has its lists sorted, each number once", () => {
    const { rule } = parseRule("FREQ=MONTHLY;BYMONTHDAY=15,-1,2,15;BYDAY=SU,MO,1MO,MO");
    assert.deepEqual(rule?.byMonthDay, [-1, 2, 15]);
    assert.equal(printRule(rule), "FREQ=MONTHLY;BYDAY=MO,SU,1MO;BYMONTHDAY=-1,2,15");
  });

  test("[RR3] may give a leap second, which is the second before", () => {
    assert.deepEqual(parseRule("FREQ=DAILY;BYSECOND=58,59,60").rule?.bySecond, [58, 59]);
  });

  const lenient: [text: string, printed: string, code: string][] = [
    ["freq=weekly;byday=mo", "FREQ=WEEKLY;BYDAY=MO", ""],
    [" FREQ = WEEKLY ; BYDAY = MO , TU ", "FREQ=WEEKLY;BYDAY=MO,TU", ""],
    ["FREQ=YEARLY;", "FREQ=YEARLY", "rule-part-malformed"],
    ["FREQ=DAILY;X-NAME=Y", "FREQ=DAILY", "rule-part-unknown"],
    ["FREQ=DAILY;COUNT=3;UNTIL=20260101", "FREQ=DAILY;UNTIL=20260101;COUNT=3", "rule-parts-exclude-each-other"],
    ["FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=WEEKLY;BYMONTHDAY=1", "rule-parts-exclude-each-other"],
    ["FREQ=DAILY;BYDAY=1MO", "FREQ=DAILY;BYDAY=1MO", "rule-parts-exclude-each-other"],
    ["FREQ=MONTHLY;BYWEEKNO=1", "FREQ=MONTHLY;BYWEEKNO=1", "rule-parts-exclude-each-other"],
    ["FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=1", "rule-parts-exclude-each-other"],
    ["FREQ=MONTHLY;BYYEARDAY=1", "FREQ=MONTHLY;BYYEARDAY=1", "rule-parts-exclude-each-other"],
    ["FREQ=DAILY;BYSETPOS=1", "FREQ=DAILY;BYSETPOS=1", "rule-parts-exclude-each-other"],
    ["FREQ=DAILY;SKIP=FORWARD", "RSCALE=GREGORIAN;FREQ=DAILY;SKIP=FORWARD", "rule-part-malformed"],
  ];
  for (const [text, printed, code] of lenient) {
    test(`[RR4] ${text} is read as ${printed}, ${code === "" ? "without remark" : `with the remark ${code}`}`, () => {
      const { rule, remarks } = parseRule(text);
      assert.equal(printRule(rule!), printed);
      assert.equal(remarks?.[0]?.code ?? "", code);
      if (code !== "") assert.equal(parseRule(text, { strict: true }).refused?.code, code);
    });
  }

  test("[RR4] every weekday as Apple writes it is no fault even to a strict reader", () => {
    assert.deepEqual(parseRule("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", { strict: true }).remarks, []);
  });

  const refused: [text: string, code: string][] = [
    ["", "rule-no-frequency"],
    ["INTERVAL=2", "rule-no-frequency"],
    ["FREQ=FORTNIGHTLY", "rule-part-malformed"],
    ["FREQ=", "rule-part-malformed"],
    ["FREQ", "rule-part-malformed"],
    ["FREQ=DAILY;INTERVAL=0", "rule-part-out-of-range"],
    ["FREQ=DAILY;INTERVAL=-1", "rule-part-malformed"],
    ["FREQ=DAILY;INTERVAL=99999999999", "rule-part-out-of-range"],
    ["FREQ=DAILY;COUNT=0", "rule-part-out-of-range"],
    ["FREQ=DAILY;COUNT=1e3", "rule-part-malformed"],
    ["FREQ=DAILY;FREQ=WEEKLY", "rule-part-twice"],
    ["FREQ=DAILY;UNTIL=20260230", "rule-part-malformed"],
    ["FREQ=YEARLY;BYMONTH=13", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYMONTH=0", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYMONTHDAY=32", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYMONTHDAY=0", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYYEARDAY=-367", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYWEEKNO=54", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYDAY=0MO", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYDAY=54MO", "rule-part-out-of-range"],
    ["FREQ=YEARLY;BYDAY=XX", "rule-part-malformed"],
    ["FREQ=YEARLY;BYDAY=", "rule-part-malformed"],
    ["FREQ=DAILY;BYHOUR=24", "rule-part-out-of-range"],
    ["FREQ=DAILY;BYMINUTE=60", "rule-part-out-of-range"],
    ["FREQ=DAILY;BYSECOND=61", "rule-part-out-of-range"],
    ["FREQ=DAILY;BYHOUR=1,,2", "rule-part-malformed"],
    ["FREQ=DAILY;WKST=XX", "rule-part-malformed"],
    ["RSCALE=CHINESE;FREQ=YEARLY", "rule-calendar-unsupported"],
    ["RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=MAYBE", "rule-part-malformed"],
    [`FREQ=DAILY;BYHOUR=${"1,".repeat(RULE_CHARACTERS_MAX)}1`, "rule-too-long"],
  ];
  for (const [text, code] of refused) {
    test(`[RR5] "${text.slice(0, 50)}" is refused: ${code}`, () => {
      const { rule, refused } = parseRule(text);
      assert.equal(rule, undefined);
      assert.equal(refused?.code, code);
      assert.match(refused.message, /^.{10,200}\.$/, "one sentence");
    });
  }

  test("[RR6] survives any text: it is a rule or a refusal, never a crash", () => {
    const word = fc.constantFrom(
      "FREQ",
      "=",
      ";",
      ",",
      "DAILY",
      "BYDAY",
      "MO",
      "-1",
      "99999",
      "UNTIL",
      "2026",
      "\u0000",
      "É",
      " ",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const { rule, refused } = parseRule(words.join(""));
        assert.ok((rule === undefined) !== (refused === undefined));
      }),
      { numRuns: 1000 },
    );
  });

  test("[RR1] of nothing but a frequency is the plain one", () => {
    assert.deepEqual(parseRule("FREQ=DAILY").rule, PLAIN_RULE);
  });
});
