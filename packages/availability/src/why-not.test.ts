// Rules SL16 and SL17 are in ../SPEC.md. Strategy: each reason and each change once by hand; then every fifth minute of
// random weeks: no reason exactly where there is a slot, and the changes, all but none of them, make it one.
// HOURWRIGHT_WEEKS=1000 tries as many weeks.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { MINUTE_MS, findZone, type Interval } from "@hourwright/time";
import type { SlotQuestion, SlotRules, SubjectTime, TakenTime } from "./question.ts";
import { applied, relaxationOf, type Change } from "./relaxation.ts";
import { slotsIn } from "./slots.ts";
import { anyScene, obviousSeatings } from "./testing.ts";
import { whyNot, type Reason } from "./why-not.ts";
import { changeText, reasonSentence, type SlotWords } from "./words.ts";

const zone = findZone("Europe/Berlin")!;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const at = (time: string) => instant(`2027-03-01T${time}`);
const hours = (from: string, to: string): Interval => ({ startMs: at(from), endMs: at(to) });
const taken = (from: string, to: string, guard = 0, site: string | null = null): TakenTime => ({
  ...hours(from, to),
  guardStartMs: at(from) - guard * MINUTE_MS,
  guardEndMs: at(to) + guard * MINUTE_MS,
  site,
});
const person = (...list: TakenTime[]): SubjectTime => ({ open: [hours("09:00", "17:00")], taken: list });

const plain: SlotRules = {
  lengthMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  bookable: null,
  raster: { everyMinutes: 30, from: "midnight" },
  zone,
  hours: null,
  limits: { perDay: null, perWeek: null, perCustomer: null },
  roles: [{ anyOf: [0, 1], count: 1 }],
  places: 1,
  site: null,
};

const words: SlotWords = {
  subject: (subject) => ["Anna", "Ben"][subject]!,
  role: () => "Adviser",
  taken: (_, index) => (index === 0 ? "the review" : null),
  time: (ms) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("Europe/Berlin").toPlainTime().toString().slice(0, 5),
};

type Row = {
  readonly name: string;
  readonly rules?: Partial<SlotRules>;
  readonly subjects?: readonly SubjectTime[];
  readonly more?: Partial<SlotQuestion>;
  readonly start?: string;
  readonly reasons: readonly string[];
  readonly changes: readonly string[] | null;
};

const table: readonly Row[] = [
  { name: "nothing when it is offered", reasons: [], changes: [] },
  {
    name: "[SL6] it is past, and nothing helps",
    more: { nowMs: at("10:30") },
    reasons: ["It is past."],
    changes: null,
  },
  {
    name: "[SL6] it is too soon",
    rules: { noticeMinutes: 180 },
    more: { nowMs: at("08:20") },
    reasons: ["It takes 3 hours of notice: from 11:20 on."],
    changes: ["the notice were 100 minutes"],
  },
  {
    name: "[SL7] it is too late",
    rules: { bookable: { kind: "days", days: 2 } },
    more: { nowMs: instant("2027-02-20T10:00") },
    reasons: ["It can be booked before 00:00 only."],
    changes: ["bookings were possible 9 days ahead"],
  },
  {
    name: "[SL9] [SL18] it lies beside the raster",
    rules: { raster: { everyMinutes: 30, from: "midnight" } },
    start: "10:20",
    reasons: ["It begins every 30 minutes from midnight on, not then."],
    changes: ["it began every 10 minutes from midnight on"],
  },
  {
    name: "[SL8] the service is closed",
    rules: { hours: [hours("09:00", "10:30")] },
    reasons: ["The service is closed for a part of that time."],
    changes: ["the service were open from 10:00 to 11:00"],
  },
  {
    name: "[SL12] the day is full",
    rules: { limits: { perDay: 2, perWeek: null, perCustomer: null } },
    more: {
      booked: [hours("12:00", "13:00"), hours("13:00", "14:00")].map((time) => ({ ...time, byCustomer: false })),
    },
    reasons: ["There may be 2 bookings a day, and there are."],
    changes: ["there might be 3 bookings a day"],
  },
  {
    name: "[SL14] the customer has enough",
    rules: { limits: { perDay: null, perWeek: null, perCustomer: { count: 1, days: 7 } } },
    more: { booked: [{ ...hours("12:00", "13:00"), byCustomer: true }] },
    reasons: ["You have 1 booking in these days, which is as many as may be."],
    changes: ["you might have 2 bookings in these days"],
  },
  {
    name: "[SL3] everybody is taken: the one with the least to move is named",
    subjects: [person(taken("10:00", "10:30"), taken("10:30", "12:00")), person(taken("09:30", "10:15"))],
    reasons: [
      "Adviser: 1 needed, 0 can. Anna is taken by the review, and is taken by something else. Ben is taken by the review.",
    ],
    changes: ["Ben were free of the review"],
  },
  {
    name: "[SL2] nobody is open: one would have to be",
    subjects: [
      { open: [], taken: [taken("10:00", "11:00")] },
      { open: [hours("10:30", "17:00")], taken: [] },
    ],
    reasons: [
      "Adviser: 1 needed, 0 can. Anna is not open for all of that time, and is taken by the review. Ben is not open for all of that time.",
    ],
    changes: ["Ben were open from 10:00 to 11:00"],
  },
  {
    name: "[SL4] a buffer is short: the service's own gives way as little as it can",
    rules: { roles: [{ anyOf: [0], count: 1 }], bufferBeforeMinutes: 30, bufferAfterMinutes: 15 },
    subjects: [person(taken("09:00", "09:40", 10)), person()],
    reasons: ["Adviser: 1 needed, 0 can. Anna has 20 minutes too little beside the review."],
    changes: ["the buffers were 10 minutes before and 15 minutes after"],
  },
  {
    name: "[SL4] the other's buffer is too long by itself: that one gives way",
    rules: { roles: [{ anyOf: [0], count: 1 }], bufferAfterMinutes: 15 },
    subjects: [person(taken("11:10", "12:00", 20)), person()],
    reasons: ["Adviser: 1 needed, 0 can. Anna has 25 minutes too little beside the review."],
    changes: ["the buffers were 0 minutes before and 10 minutes after", "the review of Anna had no buffer"],
  },
  {
    name: "[SL5] the way is too long",
    rules: { roles: [{ anyOf: [0], count: 1 }], site: "main" },
    subjects: [person(taken("09:00", "09:40", 10, "branch")), person()],
    more: { wayMinutes: () => 45 },
    reasons: ["Adviser: 1 needed, 0 can. Anna has 25 minutes too little for the way beside the review."],
    changes: ["Anna were free of the review"],
  },
  {
    name: "[SL5] the buffer is too short and, without it, the way still too long",
    rules: { roles: [{ anyOf: [0], count: 1 }], site: "main", bufferBeforeMinutes: 40 },
    subjects: [person(taken("09:00", "09:50", 0, "branch")), person()],
    more: { wayMinutes: () => 20 },
    reasons: ["Adviser: 1 needed, 0 can. Anna has 30 minutes too little beside the review."],
    changes: ["Anna were free of the review"],
  },
  {
    name: "[SL8] a rule that may be changed is named, one that may not is not",
    more: {
      objections: (subject) => [
        {
          ruleId: "rest",
          sentence: "It leaves too little rest.",
          relaxation: subject === 0 ? null : "rest were 9 hours",
        },
      ],
    },
    reasons: [
      "Adviser: 1 needed, 0 can. Anna may not: It leaves too little rest. Ben may not: It leaves too little rest.",
    ],
    changes: ["for Ben: rest were 9 hours"],
  },
  {
    name: "[SL10] two are needed and there is only one",
    rules: { roles: [{ anyOf: [1], count: 2 }] },
    reasons: ["Adviser: 2 needed, 1 can."],
    changes: null,
  },
];

describe("why not", () => {
  for (const {
    name,
    rules = {},
    subjects = [person(), person()],
    more = {},
    start = "10:00",
    reasons,
    changes,
  } of table) {
    test(name, () => {
      const question: SlotQuestion = {
        rules: { ...plain, ...rules },
        subjects,
        nowMs: at("00:00"),
        booked: [],
        sessions: [],
        ...more,
      };
      const startMs = at(start);
      assert.deepEqual(
        whyNot(question, startMs).map((reason) => reasonSentence(reason, words)),
        reasons,
      );
      assert.deepEqual(relaxationOf(question, startMs)?.map((change) => changeText(change, words)) ?? null, changes);
    });
  }

  test("[SL10] names the roles that lack somebody together", () => {
    const roles = [
      { anyOf: [0], count: 1 },
      { anyOf: [0, 1], count: 1 },
      { anyOf: [2], count: 1 },
    ];
    const away = { open: [], taken: [] };
    const question = {
      rules: { ...plain, roles },
      subjects: [person(), away, person()],
      nowMs: 0,
      booked: [],
      sessions: [],
    };
    const expected: Reason = {
      kind: "subjects",
      roles: [0, 1],
      needed: 2,
      able: [0],
      unable: [{ subject: 1, why: [{ kind: "closed" }] }],
    };
    assert.deepEqual(whyNot(question, at("10:00")), [expected]);
  });

  test("[SL16] names no more roles than lack somebody by themselves", () => {
    const roles = [
      { anyOf: [0], count: 1 },
      { anyOf: [0, 1], count: 1 },
    ];
    const subjects = [{ open: [], taken: [] }, person()];
    const question = { rules: { ...plain, roles }, subjects, nowMs: 0, booked: [], sessions: [] };
    assert.deepEqual(
      whyNot(question, at("10:00")).map((reason) => (reason.kind === "subjects" ? reason.roles : reason)),
      [[0]],
    );
  });

  test("[SL17] reaches with the booking window over a midnight that comes twice", () => {
    const newfoundland = findZone("America/St_Johns")!; // Until 2011 clocks were put back at a minute past midnight.
    const lateMs = Temporal.Instant.from("2010-11-07T03:00:00Z").epochMilliseconds; // 23:30 for the second time.
    const rules: SlotRules = { ...plain, zone: newfoundland, bookable: { kind: "days", days: 0 } };
    const anytime = { open: null, taken: [] };
    const question = { rules, subjects: [anytime, anytime], nowMs: lateMs - 3_600_000 * 48, booked: [], sessions: [] };
    const changes = relaxationOf(question, lateMs)!;
    assert.equal(isOffered(applied(question, changes), lateMs), true, JSON.stringify(changes));
  });

  const weeks = Number(process.env["HOURWRIGHT_WEEKS"] ?? 8);

  test(`[SL16] [SL17] has no reason exactly where there is a slot, and its changes make one, in ${weeks} weeks`, () => {
    fc.assert(
      fc.property(anyScene(7), ({ question, window }) => {
        const offered = new Set(slotsIn(question, window, 20_000).map(({ startMs }) => startMs));
        for (let startMs = window.startMs; startMs < window.endMs; startMs += 5 * MINUTE_MS) {
          const reasons = whyNot(question, startMs);
          assert.equal(reasons.length === 0, offered.has(startMs), JSON.stringify(reasons));
          const changes = relaxationOf(question, startMs);
          if (changes === null) assert.ok(isHopeless(question, startMs), JSON.stringify(reasons));
          else assertNearest(question, startMs, changes);
        }
      }),
      { numRuns: weeks },
    );
  });

  test("[SL17] names changes of which none can be left out", () => {
    fc.assert(
      fc.property(anyScene(2), fc.nat({ max: 575 }), ({ question, window }, fives) => {
        const startMs = window.startMs + fives * 5 * MINUTE_MS;
        const changes = relaxationOf(question, startMs) ?? [];
        for (const each of changes) {
          const others = changes.filter((change) => change !== each);
          assert.equal(isOffered(applied(question, others), startMs), false, JSON.stringify(each));
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Past, or too few in a role even if everybody were free whom no fixed rule keeps away. */
function isHopeless({ rules, subjects, nowMs, objections }: SlotQuestion, startMs: number): boolean {
  const endMs = startMs + rules.lengthMinutes * MINUTE_MS;
  const isKept = (subject: number) =>
    (objections?.(subject, startMs, endMs) ?? []).some(({ relaxation }) => relaxation === null);
  const others = new Set(subjects.keys().filter((subject) => !isKept(subject)));
  return startMs < nowMs || obviousSeatings(rules.roles, others).length === 0;
}

function assertNearest(question: SlotQuestion, startMs: number, changes: readonly Change[]): void {
  const after = applied(question, changes);
  assert.ok(isOffered(after, startMs), `${JSON.stringify(changes)} leave ${JSON.stringify(whyNot(after, startMs))}`);
  assert.equal(changes.length === 0, isOffered(question, startMs));
}

function isOffered(question: SlotQuestion, startMs: number): boolean {
  return slotsIn(question, { startMs, endMs: startMs + 1 }, 1).length > 0;
}
