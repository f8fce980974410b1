// Strategy: ages in words as a table; then random ages and bounds against saying of each calendar whether it is too old: who is offered,
// what is explained, what is asked for, and until when it stays so, all agree.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { relaxationOf, slotsIn, whyNot, whoCan } from "@hourwright/availability";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";
import type { Service } from "./model.ts";
import { changesAt, questionOf, type SlotFacts } from "./slot-question.ts";
import { ageText, asking, type Source } from "./sources.ts";

const NOW = Temporal.Instant.from("2027-03-01T08:00:00Z").epochMilliseconds;
const START = NOW + 2 * 60 * MINUTE_MS;
const PEOPLE = ["ana", "ben"] as const;

const none = {
  subjectId: null,
  startMs: [],
  endMs: [],
  guardStartMs: [],
  guardEndMs: [],
  site: [],
  source: [],
  commitment: [],
  label: [],
};

function factsFor(stale: Service["stale"], sources: readonly Source[], nowMs = NOW): SlotFacts {
  const service = {
    id: "svc",
    name: "Lesson",
    lengths: [60],
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 0,
    windowDays: null,
    windowEnd: null,
    raster: { everyMinutes: 60, from: "midnight" },
    hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: "00:00", closes: "24:00" })),
    limitPerDay: null,
    limitPerWeek: null,
    limitPerCustomer: null,
    roles: [{ name: "Who", anyOf: [...PEOPLE], count: 1, assign: "fair", weights: {} }],
    places: 1,
    where: { kind: "none", text: "" },
    stale,
  } as unknown as Service;
  return {
    service,
    zone: "UTC",
    lengthMinutes: 60,
    subjects: PEOPLE,
    roles: [{ anyOf: [0, 1], count: 1 }],
    openTime: JSON.stringify({ known: [], subject: null, start: null, end: null }),
    guarded: JSON.stringify(none),
    retired: [],
    ofService: [],
    owed: [],
    sources,
    nowMs,
    fromMs: START,
    toMs: START + 1,
    ruled: null,
    withoutSessions: [],
  };
}

describe("the age of what is known", () => {
  for (const [minutes, text] of [
    [0, "0 minutes"],
    [1, "1 minute"],
    [59, "59 minutes"],
    [60, "1 hour"],
    [90, "90 minutes"],
    [150, "2 hours"],
    [1_440, "1 day"],
    [2_000, "33 hours"],
    [4_321, "3 days"],
  ] as const)
    test(`of ${minutes} minutes is ${text}`, () => assert.equal(ageText(minutes * MINUTE_MS), text));
});

describe("a calendar that is stale", () => {
  const anySource = fc.record({
    subjectId: fc.constantFrom(...PEOPLE),
    calendarId: fc.constantFrom("one", "two", "three"),
    calendar: fc.constant("Private"),
    freshMs: fc.option(fc.integer({ min: NOW - 3 * DAY_MS, max: NOW }), { freq: 8 }),
  });
  const anyStale = fc.record({
    policy: fc.constantFrom("book" as const, "ask" as const, "refuse" as const),
    afterMinutes: fc.integer({ min: 30, max: 4_000 }),
  });

  test("keeps exactly those from being offered whose calendar is too old, and is explained exactly then", () => {
    fc.assert(
      fc.property(
        anyStale,
        fc.uniqueArray(anySource, { selector: ({ calendarId }) => calendarId }),
        (stale, sources) => {
          const isOld = (who: string) =>
            sources.some(
              ({ subjectId, freshMs }) =>
                subjectId === who && (freshMs === null || NOW - freshMs >= stale.afterMinutes * MINUTE_MS),
            );
          const facts = factsFor(stale, sources);
          const question = questionOf(facts);
          const may = PEOPLE.filter((who) => stale.policy !== "refuse" || !isOld(who));
          assert.deepEqual(
            whoCan(question, START)[0]!.map((index) => PEOPLE[index]),
            may,
          );
          const isOffered = slotsIn(question, { startMs: START, endMs: START + 1 }, 1).length > 0;
          assert.equal(isOffered, may.length > 0);
          const explained = questionOf(facts, { explains: true });
          assert.equal(whyNot(explained, START).length === 0, isOffered);
          assert.notEqual(relaxationOf(explained, START), null, "it can always be read again");
          assert.deepEqual(
            new Set(asking(facts).map(({ subjectId }) => subjectId)),
            new Set(stale.policy === "ask" ? PEOPLE.filter(isOld) : []),
          );
        },
      ),
    );
  });

  test("is the reason why nobody is offered any more from the very instant that was foretold", () => {
    fc.assert(
      fc.property(anyStale, anySource, (stale, source) => {
        const sources = [
          source,
          { ...source, subjectId: PEOPLE.find((who) => who !== source.subjectId)!, calendarId: "own" },
        ];
        const offeredAt = (nowMs: number) =>
          slotsIn(questionOf(factsFor(stale, sources, nowMs)), { startMs: START, endMs: START + 1 }, 1).length > 0;
        const untilMs = changesAt(factsFor(stale, sources), null, null);
        const lastMs = Math.min(untilMs, START) - 1;
        assert.equal(offeredAt(lastMs), offeredAt(NOW), "nothing changes before");
        if (stale.policy === "refuse" && offeredAt(NOW) && untilMs <= START) assert.equal(offeredAt(untilMs), false);
      }),
    );
  });
});
