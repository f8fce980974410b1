import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dateOf, dayNumber, expand, parseRule, UTC } from "@hourwright/time";
import { german } from "./de.ts";
import { english } from "./en.ts";
import type { Grammar } from "./grammar.ts";
import type { Situation } from "./meaning.ts";
import { readDate } from "./read-date.ts";
import { READINGS_MAX, readWords } from "./read-words.ts";
import {
  SITUATION,
  TODAY,
  anyDay,
  anySentence,
  anySituation,
  anyText,
  printDay,
  printMeaning,
  printMinute,
  printParts,
} from "./testing.ts";
import { READ_UNITS_MAX } from "./tokens.ts";
import { vocabularyOf } from "./vocabulary.ts";

const GERMAN: Situation = { ...SITUATION, locale: "de" };
const said = (text: string, situation: Partial<Situation> = {}) =>
  printMeaning(readWords(text, { ...SITUATION, ...situation }).meaning);
const underlined = (text: string, situation: Partial<Situation> = {}) =>
  printParts(text, readWords(text, { ...SITUATION, ...situation }));

describe("parts", () => {
  test("[LG1] the parts of the picture are underlined, what is doubtful dashed", () => {
    assert.equal(
      underlined("lunch with Ines next Fri 12 30m Studio"),
      "title:lunch | person:Ines | day?:next Fri | time?:12 | duration:30m | place:Studio",
    );
  });

  test("[LG1] whatever is typed, parts lie in the text, in order, apart and not empty", () => {
    fc.assert(
      fc.property(anyText, anySituation, (text, situation) => {
        const { parts, readings } = readWords(text, situation);
        for (const list of [parts, ...readings.map((reading) => reading.parts)]) {
          let end = 0;
          for (const { from, to } of list) {
            assert.ok(end <= from && from < to && to <= text.length);
            assert.ok(!isInsideLetter(text, from) && !isInsideLetter(text, to));
            end = to;
          }
        }
        readDate(text, situation);
      }),
      { numRuns: 3000 },
    );
  });

  test("[LG1] a meaning is always a plan: whole days that end after they begin, or a time of the day with a length", () => {
    fc.assert(
      fc.property(anySentence, anySituation, (text, situation) => {
        const { meaning, readings } = readWords(text, situation);
        for (const one of [meaning, ...readings.map((reading) => reading.meaning)]) {
          assert.ok(Number.isInteger(one.fromDay));
          if (one.startMinute === null) assert.ok(one.toDay > one.fromDay);
          else assert.ok(one.startMinute >= 0 && one.startMinute < 1440 && one.minutes > 0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("[LG3] spaces at the end change nothing", () => {
    fc.assert(
      fc.property(anyText, anySituation, fc.integer({ min: 1, max: 5 }), (text, situation, spaces) => {
        fc.pre(text.length < READ_UNITS_MAX - 5);
        assert.deepEqual(readWords(text + " ".repeat(spaces), situation), readWords(text, situation));
      }),
      { numRuns: 1000 },
    );
  });

  for (const [locale, grammar] of [["en", english] as const, ["de", german] as const]) {
    test(`[LG3] a weekday that was read stays read while it is typed to the end (${locale})`, () => {
      const vocabulary = vocabularyOf({ people: [], resources: [] });
      for (const [short, weekday] of grammar.weekdays) {
        for (const [long, other] of grammar.weekdays) {
          if (weekday !== other || !long.startsWith(short)) continue;
          for (let length = short.length; length <= long.length; length++) {
            const text = `x ${long.slice(0, length)}`;
            assert.equal(said(text, { locale, vocabulary }), said(`x ${short}`, { locale, vocabulary }), text);
          }
        }
      }
    });

    test(`[LG3] a month that was read stays read while it is typed to the end (${locale})`, () => {
      for (const [short, month] of grammar.months) {
        for (const [long, other] of grammar.months) {
          if (month !== other || !long.startsWith(short)) continue;
          for (let length = short.length; length <= long.length; length++) {
            assert.equal(
              readDate(`12 ${long.slice(0, length)}`, { ...SITUATION, locale })?.day,
              dayNumber(2027, month, 12),
            );
          }
        }
      }
    });
  }

  const typed: readonly (readonly [string, string])[] = [
    ["lunch f", "title:lunch f"],
    ["lunch fr", "title:lunch fr"],
    ["lunch fri", "title:lunch | day:fri"],
    ["lunch frid", "title:lunch | day:frid"],
    ["lunch friday", "title:lunch | day:friday"],
    ["lunch friday 8", "title:lunch | day?:friday | time?:8"],
    ["lunch friday 8:", "title:lunch | day:friday | time:8:"],
    ["lunch friday 8:3", "title:lunch | day:friday | time:8:3"],
    ["lunch friday 8:30", "title:lunch | day:friday | time:8:30"],
    ["lunch fri 8a", "title:lunch | day:fri | time:8a"],
    ["lunch 30m", "title:lunch | duration:30m"],
    ["lunch 30mi", "title:lunch | duration:30mi"],
    ["lunch 30min", "title:lunch | duration:30min"],
    ["frid kahlo", "title:frid kahlo"],
    ["with frida", "person:frida"],
  ];
  for (const [text, parts] of typed) test(`[LG3] "${text}" is ${parts}`, () => assert.equal(underlined(text), parts));

  test("[LG4] nothing is read inside words, codes and addresses", () => {
    for (const text of ["x-fri", "fri-x", "v12.3.4.", "12:30:15x", "a@studio.de", "(25.3.)x", "#8am5", "friday's"]) {
      assert.equal(underlined(text), `title:${text}`);
    }
    assert.equal(underlined("(25.3.), x"), "day:25.3. | title:x");
  });

  test("[LG5] what lies beyond the limit is title, and a word cut there too", () => {
    const filler = "a ".repeat(248);
    assert.match(underlined(`${filler}fri x`), /day:fri/);
    assert.doesNotMatch(underlined(`${filler}frid x`.replace("frid", "  friday")), /day:/);
    const long = `${"ṩ̴".repeat(5000)} fri`;
    assert.equal(readWords(long, SITUATION).meaning.title, long);
    const spaces = `a${" ".repeat(10_000)}b`;
    assert.equal(readWords(spaces, SITUATION).meaning.title, spaces);
  });

  test("[LG6] one part of each kind, the one with a connecting word first", () => {
    assert.equal(underlined("Friday report on Monday"), "title:Friday report | day:Monday");
    assert.equal(underlined("Friday report Monday"), "day:Friday | title:report Monday");
    assert.equal(underlined("shift 8h at 9 fri"), "title:shift | duration:8h | time:9 | day:fri");
    assert.equal(underlined("fri 9-10 1h"), "day:fri | time:9-10 | title:1h");
  });

  test("[LG7] a part can be made plain text, with its connecting word", () => {
    const text = "lunch with Ines next Fri 12";
    assert.equal(
      underlined(text, { plain: [{ from: 11, to: 15 }] }),
      "title:lunch with Ines | day?:next Fri | time?:12",
    );
    assert.equal(said(text, { plain: [{ from: 16, to: 24 }] }), "lunch next Fri 12 | 03-18 @ines");
  });

  test("[LG7] nothing plain is ever read", () => {
    fc.assert(
      fc.property(anySentence, anySituation, fc.nat(), (text, situation, pick) => {
        const read = readWords(text, situation).parts.filter(({ kind }) => kind !== "title");
        fc.pre(read.length > 0);
        const { from, to } = read[pick % read.length]!;
        const { parts } = readWords(text, { ...situation, plain: [{ from, to }] });
        assert.ok(parts.every((part) => part.kind === "title" || part.to <= from || part.from >= to));
      }),
      { numRuns: 1000 },
    );
  });

  test("[LG8] without parts the title is the text, trimmed and no more", () => {
    for (const title of ["– lunch –", "(x)", "…", "with", "at the", "👩‍🏫 שלום", "x, y."]) {
      assert.equal(readWords(`  ${title} `, SITUATION).meaning.title, title);
    }
    assert.equal(readWords("   ", SITUATION).meaning.title, "");
    assert.deepEqual(readWords("", SITUATION).parts, []);
  });

  test("[LG9] readings are few, differ from the meaning and from each other, and say in what", () => {
    fc.assert(
      fc.property(anySentence, anySituation, (text, situation) => {
        const { parts, meaning, readings } = readWords(text, situation);
        assert.ok(readings.length <= READINGS_MAX);
        const all = [meaning, ...readings.map((reading) => reading.meaning)].map((one) => JSON.stringify(one));
        assert.equal(new Set(all).size, all.length);
        assert.equal(
          readings.length > 0,
          parts.some(({ isAmbiguous }) => isAmbiguous),
        );
        for (const { differs, from, to } of readings) {
          assert.ok(differs.length > 0);
          assert.ok(parts.some((part) => part.isAmbiguous && part.from >= from && part.to <= to));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("days", () => {
  test("[LG11] the next week begins on the first weekday", () => {
    assert.equal(said("x next sun"), "x | 03-28");
    assert.equal(said("x next sun", { firstWeekday: 7 }), "x | 03-21");
    assert.equal(said("x next week", { firstWeekday: 7 }), "x | 03-22");
  });

  test("[LG10] on its own weekday a weekday is in seven days, and today is offered", () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        const name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][(((today + 3) % 7) + 7) % 7]!;
        const { meaning, readings } = readWords(`x ${name}`, { ...SITUATION, today, selectedDay: today });
        assert.deepEqual([meaning.fromDay, ...readings.map((one) => one.meaning.fromDay)], [today + 7, today]);
      }),
    );
  });

  test("[LG14] which of day and month comes first is a habit that can be said", () => {
    assert.equal(said("x 3/4", { isDayFirst: true }), "x | 04-03");
    assert.equal(said("x 3/4", { locale: "de", isDayFirst: false }), "x | 2028-03-04");
    assert.equal(said("x 4/4"), "x | 04-04");
    assert.deepEqual(readWords("x 4/4", SITUATION).readings, []);
  });

  test("[LG15] [LG16] with another year in view, dates without a year lie in it", () => {
    const selectedDay = dayNumber(2029, 6, 5);
    assert.equal(said("x 3 mar", { selectedDay }), "x | 2029-03-03");
    assert.equal(said("x the 2nd", { selectedDay }), "x | 2029-06-02");
    assert.equal(said("x 29 feb", { selectedDay }), "x | 2032-02-29");
  });

  test("[LG18] +6w counts from the selected day, in 6 weeks from today", () => {
    const selectedDay = TODAY + 10;
    assert.equal(said("x +6w", { selectedDay }), `x | ${printDay(TODAY + 52).slice(5)}`);
    assert.equal(said("x in 6 weeks", { selectedDay }), `x | ${printDay(TODAY + 42).slice(5)}`);
  });

  test("[LG13] [LG14] every day of three centuries is read back from every form it is printed in", () => {
    const nameOf = (grammar: Grammar, month: number) =>
      [...grammar.months].findLast(([, value]) => value === month)?.[0] ?? "";
    fc.assert(
      fc.property(anyDay, anySituation, (day, situation) => {
        const { year, month, day: number } = dateOf(day);
        const two = (value: number) => String(value).padStart(2, "0");
        const forms: readonly (readonly ["en" | "de", string])[] = [
          ["en", printDay(day)],
          ["en", `${number} ${nameOf(english, month)} ${year}`],
          ["en", `${nameOf(english, month)} ${number}, ${year}`],
          ["en", `${number}.${month}.${year}`],
          ["en", `${month}/${number}/${year}`],
          ["de", `${two(number)}.${two(month)}.${year}`],
          ["de", `${number}. ${nameOf(german, month)} ${year}`],
          ["de", `${number}/${month}/${year}`],
        ];
        for (const [locale, text] of forms) {
          const { meaning, parts } = readWords(`x ${text} y`, { ...situation, locale });
          assert.equal(meaning.fromDay, day, text);
          assert.equal(parts.length, 3);
          assert.equal(readDate(text, { ...situation, locale })?.day, day, text);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("[LG20] a range of days is read back", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 400 }), anySituation, (day, length, situation) => {
        fc.pre(day + length < dayNumber(2200, 1, 1));
        const { meaning } = readWords(`x ${printDay(day)} – ${printDay(day + length)}`, situation);
        assert.deepEqual([meaning.fromDay, meaning.startMinute === null && meaning.toDay], [day, day + length + 1]);
      }),
    );
  });

  test("[LG22] a number behind a weekday is its date only when it falls on it", () => {
    assert.equal(said("x fri 19"), "x | 03-19");
    assert.equal(said("x fri 12"), "x | 03-19 12:00 60m");
    assert.equal(said("x fri 26"), "x | 03-26");
    assert.equal(said("x fri 31"), "x | 12-31");
  });
});

describe("times", () => {
  test("[LG30] [LG31] every minute of the day is read back", () => {
    for (let minute = 0; minute < 1440; minute++) {
      const text = printMinute(minute).padStart(5, "0");
      for (const form of [`x tomorrow ${text}`, `x tomorrow at ${text} y`]) {
        assert.equal(readWords(form, SITUATION).meaning.startMinute, minute, form);
      }
      assert.equal(readWords(`x morgen um ${text.replace(":", ".")} Uhr`, GERMAN).meaning.startMinute, minute);
    }
  });

  test("[LG30] every minute is read back from the twelve-hour clock", () => {
    for (let minute = 0; minute < 1440; minute++) {
      const hour = Math.floor(minute / 60);
      const text = `${hour % 12 || 12}:${String(minute % 60).padStart(2, "0")}${hour < 12 ? "am" : " p.m."}`;
      assert.equal(readWords(`x tomorrow ${text}`, SITUATION).meaning.startMinute, minute, text);
    }
  });

  test("[LG34] every range is read back, over midnight too", () => {
    fc.assert(
      fc.property(fc.nat(1439), fc.integer({ min: 1, max: 1439 }), (start, length) => {
        const end = (start + length) % 1440;
        fc.pre(end > start || end < 600 || end >= 780); // "14:30–10:00" ends at 22:00.
        const text = `x tomorrow ${printMinute(start).padStart(5, "0")}–${printMinute(end).padStart(5, "0")}`;
        const { meaning } = readWords(text, SITUATION);
        assert.deepEqual([meaning.startMinute, meaning.startMinute !== null && meaning.minutes], [start, length]);
      }),
    );
  });

  test("[LG32] a bare hour is in the half of the day that is nearer to the working hours", () => {
    const night = { workingHours: { fromMinute: 1080, toMinute: 1380 } };
    assert.equal(said("x fri at 8", night), "x | 03-19 20:00 60m");
    assert.equal(said("x fri at 8"), "x | 03-19 8:00 60m");
    assert.deepEqual(readWords("x fri at 3", SITUATION).readings, []);
    assert.equal(readWords("x fri at 7", SITUATION).readings.length, 1);
  });

  test("[LG36] a time from now may fall on the next day", () => {
    assert.equal(said("x in 12 hours"), "x | 03-19 1:24 60m");
  });
});

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

describe("people and places", () => {
  test("[LG60] three letters of any word, or a whole word, find a name", () => {
    assert.equal(said("x with dua"), "x | 03-18 @ines");
    assert.equal(said("x with du"), "x with du | 03-18");
    assert.equal(said("x with LUKASZ soon"), "x soon | 03-18 @lukasz");
    assert.equal(said("x with o'neil"), "x | 03-18 @jean");
  });

  test("[LG61] equal names are readings in the order given; more words decide", () => {
    const { readings } = readWords("x with ana", SITUATION);
    assert.deepEqual(
      readings.map(({ differs, meaning }) => [differs, meaning.people]),
      [[["people"], ["ana-r"]]],
    );
    assert.equal(said("x with ana rossi and ana silva"), "x | 03-18 @ana-r @ana-s");
  });

  test("every name of a large vocabulary is found by itself", () => {
    const people = Array.from({ length: 300 }, (_, i) => ({ id: `p${i}`, name: `Person${i} Família${i % 40}` }));
    const vocabulary = vocabularyOf({ people, resources: [] });
    for (const { id, name } of people) {
      assert.deepEqual(readWords(`x with ${name} fri`, { ...SITUATION, vocabulary }).meaning.people, [id]);
    }
    assert.equal(readWords("x with pers", { ...SITUATION, vocabulary }).readings.length, 5);
  });
});

describe("go to date", () => {
  const rows: readonly (readonly [string, string | null, ...string[]])[] = [
    ["3 sep", "2027-09-03"],
    ["3 mar", "2027-03-03"],
    ["+6w", "2027-04-29"],
    ["-1y", "2026-03-18"],
    ["next fri", "2027-03-26", "2027-03-19"],
    ["Fri", "2027-03-19"],
    ["12.5.", "2027-05-12"],
    ["12.5", "2027-05-12"],
    ["12.05.2028", "2028-05-12"],
    ["3/4", "2027-03-04", "2027-04-03"],
    ["12", "2027-03-12"],
    ["the 12th", "2027-03-12"],
    ["on 25 march.", "2027-03-25"],
    ["sep", "2027-09-01"],
    ["sep 2029", "2029-09-01"],
    ["25–28 mar", "2027-03-25"],
    ["next weekend", "2027-03-27"],
    ["today", "2027-03-18"],
    ["32", null],
    ["3 sep lunch", null],
    ["lunch", null],
    ["30 feb", null],
    ["+9999y", null],
    ["", null],
    ["...", null],
    ["8:30", null],
    ["@ines", null],
  ];
  for (const [text, day, ...others] of rows) {
    test(`[LG70] "${text}" is ${day ?? "no date"}`, () => {
      const date = readDate(text, SITUATION);
      assert.equal(date === null ? null : printDay(date.day), day);
      assert.deepEqual(date?.others.map(printDay) ?? [], others);
    });
  }

  test("[LG70] unsaid years and months are those in view", () => {
    const selectedDay = dayNumber(2030, 6, 15);
    assert.equal(readDate("3 sep", { ...SITUATION, selectedDay })?.day, dayNumber(2030, 9, 3));
    assert.equal(readDate("12", { ...SITUATION, selectedDay })?.day, dayNumber(2030, 6, 12));
    assert.equal(readDate("mär", { ...GERMAN, selectedDay })?.day, dayNumber(2030, 3, 1));
  });
});

/** Whether a place lies between the two units of one letter. */
function isInsideLetter(text: string, at: number): boolean {
  return at > 0 && at < text.length && text.codePointAt(at - 1)! > 0xffff;
}
