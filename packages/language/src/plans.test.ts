import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dayNumber, expand, parseRule, UTC } from "@hourwright/time";
import type { Situation } from "./meaning.ts";
import { readWords } from "./read-words.ts";
import { SITUATION, TODAY, anySituation, printMeaning } from "./testing.ts";

const said = (text: string, situation: Partial<Situation> = {}) =>
  printMeaning(readWords(text, { ...SITUATION, ...situation }).meaning);

describe("lengths, repeats and the whole", () => {
  test("[LG40] every length up to a day is read back", () => {
    for (let minutes = 1; minutes < 1440; minutes++) {
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      for (const text of [`${minutes}m`, `${minutes} min`, `for ${hours} hours ${rest} minutes`]) {
        if (hours * rest === 0 && text.startsWith("for")) continue;
        const { meaning } = readWords(`x tomorrow 09:00 ${text}`, SITUATION);
        assert.equal(meaning.startMinute !== null && meaning.minutes, minutes, text);
      }
    }
  });

  const REPEATS = [
    "every tue|every mon, wed and fri|every second tue|every 3 weeks on sun|daily|every weekday|mondays|yearly",
    "every month on the 31st|every last fri|every fifth mon of the month|every 2 months|every 29th",
  ].flatMap((line) => line.split("|"));
  const ENDS = ["", " until 31.12.2199", " 10 times", " for 6 weeks", " for 2 months"];
  const anyRepeat = fc.tuple(fc.constantFrom(...REPEATS), fc.constantFrom(...ENDS)).map((parts) => parts.join(""));

  test("[LG44] [LG45] a rule is read strictly, and the plan begins with its first occurrence", () => {
    fc.assert(
      fc.property(anyRepeat, anySituation, (text, situation) => {
        const { title, fromDay, repeat } = readWords(`x ${text}`, { ...situation, locale: "en" }).meaning;
        assert.equal(title, "x", text);
        const { rule, remarks } = parseRule(repeat ?? "", { strict: true });
        assert.ok(rule !== undefined && remarks.length === 0, repeat ?? "");
        const startLocalMs = fromDay * 86_400_000;
        const { epochMs } = expand(
          { startLocalMs, zone: UTC, rrules: [rule] },
          { kind: "from", fromMs: -Infinity, limit: 2 },
        );
        assert.equal(epochMs[0], startLocalMs);
        const plain = parseRule((repeat ?? "").replace(/UNTIL=\d+;?|COUNT=\d+;?/, "")).rule!;
        const [first, second] = expand(
          { startLocalMs, zone: UTC, rrules: [plain] },
          { kind: "from", fromMs: -Infinity, limit: 2 },
        ).epochMs;
        assert.ok(first === startLocalMs && second! > first, "the start is one of the rule's own days");
      }),
    );
  });

  test("[LG44] rules of the tables are read strictly", () => {
    for (const text of [
      "daily for 5 days",
      "every other week",
      "every 12th",
      "first monday of every month",
      "every tue until 3 march",
    ]) {
      const { repeat } = readWords(text, { ...SITUATION, firstWeekday: 7 }).meaning;
      assert.deepEqual(parseRule(repeat!, { strict: true }).remarks, [], repeat!);
    }
    assert.equal(
      said("x every 2 weeks on mon and sun", { firstWeekday: 7 }),
      "x | 03-21 | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
    );
  });

  test("[LG45] a repeat begins on or after the selected day", () => {
    assert.equal(said("x every fri", { selectedDay: TODAY + 20 }), "x | 04-09 | FREQ=WEEKLY;BYDAY=FR");
    assert.equal(said("x every thu"), "x | 03-18 | FREQ=WEEKLY;BYDAY=TH");
    assert.equal(said("x every thu 9"), "x | 03-25 9:00 60m | FREQ=WEEKLY;BYDAY=TH");
  });

  test("[LG51] a passed time is tomorrow's, today is offered; another selected day is kept", () => {
    const { meaning, readings } = readWords("x 10:00", SITUATION);
    assert.deepEqual([meaning.fromDay, ...readings.map((one) => one.meaning.fromDay)], [TODAY + 1, TODAY]);
    assert.equal(said("x 10:00", { selectedDay: TODAY - 3 }), "x | 03-15 10:00 60m");
    assert.equal(said("x 13:25"), "x | 03-18 13:25 60m");
  });

  test("[LG52] a length alone begins with the next quarter today, with the work on other days", () => {
    assert.equal(said("x 30m", { nowMinute: 300 }), "x | 03-18 9:00 30m");
    assert.equal(said("x 30m", { nowMinute: 1439 }), "x | 03-18 9:00 30m");
    assert.equal(said("x 30m", { selectedDay: TODAY + 1 }), "x | 03-19 9:00 30m");
  });

  test("[LG54] a time over several days is on each of them; through the nights is offered", () => {
    const { meaning, readings } = readWords("camp mon to wed 9-17", SITUATION);
    assert.equal(printMeaning(meaning), "camp | 03-22 9:00 480m | FREQ=DAILY;COUNT=3");
    assert.deepEqual(
      readings.map((one) => printMeaning(one.meaning)),
      ["camp | 03-22 9:00 3360m"],
    );
  });
});

describe("the numbered rules", () => {
  const rows: readonly (readonly [string, string, string, Partial<Situation>?])[] = [
    ["LG2", "x 12.05", "x | 05-12", { locale: "de" }],
    ["LG2", "x first monday of every month", "x | 04-05 | FREQ=MONTHLY;BYDAY=1MO"],
    ["LG12", "so do mi", "so do mi | 03-18", { locale: "de" }],
    ["LG12", "x Di 9", "x | 03-23 9:00 60m", { locale: "de" }],
    ["LG17", "x in 1 month", "x | 2028-02-29", { today: dayNumber(2028, 1, 31), selectedDay: dayNumber(2028, 1, 31) }],
    ["LG19", "x weekend", "x | 03-20 2d", { today: TODAY + 3 }],
    ["LG19", "x next year", "x | 2028-01-01"],
    ["LG21", "x tue 12 mar", "x | 2028-03-12"],
    ["LG21", "x Fr 12.10", "x | 03-19 12:10 60m", { locale: "de" }],
    ["LG23", "x until mon", "x | 03-18 5d"],
    ["LG32", "x at 7", "x | 03-18 19:00 60m"],
    ["LG32", "x at 7", "x | 03-18 7:00 60m", { nowMinute: 0 }],
    ["LG33", "x 3", "x 3 | 03-18"],
    ["LG35", "x 16–15", "x 16–15 | 03-18"],
    ["LG41", "x 400 m", "x 400 m | 03-18"],
    ["LG42", "x 6h", "x | 03-18 13:30 360m"],
    ["LG42", "x 7h tomorrow", "x | 03-19 7:00 60m"],
    ["LG43", "x every first tue", "x | 04-06 | FREQ=MONTHLY;BYDAY=1TU"],
    [
      "LG44",
      "x daily until 3 mar",
      "x | 2030-06-05 | FREQ=DAILY;UNTIL=20310303",
      { selectedDay: dayNumber(2030, 6, 5) },
    ],
    ["LG44", "x daily until 3.3.2020", "x | 03-18 | FREQ=DAILY;UNTIL=20270318"],
    [
      "LG43",
      "x every tue 10-11 with Ines until 29 june",
      "x | 03-23 10:00 60m @ines | FREQ=WEEKLY;UNTIL=20270629;BYDAY=TU",
    ],
    ["LG43", "x every tue at 9 for 6 weeks", "x | 03-23 9:00 60m | FREQ=WEEKLY;UNTIL=20270503;BYDAY=TU"],
    ["LG43", "x every tue 10 times from 6 apr", "x | 04-06 | FREQ=WEEKLY;COUNT=10;BYDAY=TU"],
    ["LG32", "x am Fr 3:30", "x | 03-19 3:30 60m", { locale: "de" }],
    ["LG32", "x halb vier", "x | 03-18 15:30 60m", { locale: "de" }],
    ["LG43", "x every tue 2-3pm for 6 weeks", "x | 03-23 14:00 60m | FREQ=WEEKLY;UNTIL=20270503;BYDAY=TU"],
    ["LG43", "x every tue from 6 april until 29 june", "x | 04-06 | FREQ=WEEKLY;UNTIL=20270629;BYDAY=TU"],
    ["LG43", "x every day mon to wed", "x | 03-22 | FREQ=DAILY;UNTIL=20270324"],
    ["LG43", "x weekly mon to wed", "x | 03-22 3d | FREQ=WEEKLY"],
    ["LG50", "x", "x | 03-25", { selectedDay: TODAY + 7 }],
    ["LG53", "x 13:30", "x | 03-18 13:30 25m", { defaultMinutes: 25 }],
    ["LG53", "x fri all day 2 days", "x | 03-19 2d"],
    ["LG62", "Hall B fri", "Hall B | 03-19"],
    ["LG62", "x fri Hall B", "x | 03-19 #hall-b"],
    ["LG62", "x fri hall", "x hall | 03-19"],
  ];
  for (const [rule, text, meaning, situation] of rows) {
    test(`[${rule}] "${text}" is ${meaning}`, () => assert.equal(said(text, situation), meaning));
  }
});
