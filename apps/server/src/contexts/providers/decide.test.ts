import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { afterPoll, httpTime, isOlder, POLL_EVERY_MS, sentenceOf, stateOf, type PollOutcome } from "./decide.ts";
import type { Feed, FeedTrouble } from "./model.ts";

const NOW_MS = 1_800_000_000_000;
const feed: Feed = {
  id: "fee_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
  calendarId: "cal_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
  url: "https://feeds.example/a.ics",
  etag: null,
  lastModified: null,
  contentHash: null,
  events: 0,
  failures: 0,
  halted: false,
  accept: false,
  removing: false,
  why: null,
  detail: null,
  triedAtMs: null,
  freshAtMs: null,
  changedAtMs: null,
  nextPollAtMs: 0,
};
const failed = (why: FeedTrouble, retryAfterSeconds: number | null = null): PollOutcome => ({
  kind: "failed",
  why,
  detail: null,
  retryAfterSeconds,
});
const taken: PollOutcome = {
  kind: "taken",
  etag: '"1"',
  lastModified: null,
  contentHash: "h",
  events: 3,
  hasChanged: true,
  problem: null,
};
const minutes = (after: Feed): number => Math.round((after.nextPollAtMs - NOW_MS) / 60_000);

describe("a feed", () => {
  test("waits a quarter of an hour when it is well, and twice as long with each failure, up to a day", () => {
    const waits = [];
    let now = afterPoll(feed, taken, NOW_MS, 0.5);
    waits.push(minutes(now));
    for (let failures = 0; failures < 12; failures++) {
      now = afterPoll(now, failed("unreachable"), NOW_MS, 0.5);
      waits.push(minutes(now));
    }
    assert.deepEqual(waits, [15, 15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440, 1440, 1440]);
    assert.equal(minutes(afterPoll(now, { kind: "unchanged" }, NOW_MS, 0.5)), 15);
  });

  test("waits as long as the server asks, at most a day, and never less than its own turn", () => {
    assert.equal(minutes(afterPoll(feed, failed("refused", 7_200), NOW_MS, 0.5)), 120);
    assert.equal(minutes(afterPoll(feed, failed("refused", 5), NOW_MS, 0.5)), 15);
    assert.equal(minutes(afterPoll(feed, failed("refused", 999_999_999), NOW_MS, 0.5)), 1_440);
  });

  test("lies within a tenth of its turn, wherever chance puts it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
        const waitMs = afterPoll(feed, taken, NOW_MS, chance).nextPollAtMs - NOW_MS;
        assert.ok(waitMs >= POLL_EVERY_MS * 0.9 - 1 && waitMs <= POLL_EVERY_MS * 1.1 + 1);
      }),
    );
  });

  const table: [then: string, after: Feed, state: string, sentence: RegExp][] = [
    ["nobody has asked yet", feed, "new", /first time/],
    ["it was taken", afterPoll(feed, taken, NOW_MS, 0), "fresh", /^3 events, as the source has them\.$/],
    [
      "a part was not read",
      afterPoll(feed, { ...taken, problem: "Line 4: what is this?" }, NOW_MS, 0),
      "fresh",
      /^3 events; some could not be read: Line 4/,
    ],
    [
      "it failed",
      afterPoll(feed, failed("unreachable"), NOW_MS, 0),
      "failing",
      /^The server does not answer\. It is asked again by itself\.$/,
    ],
    [
      "it failed again",
      afterPoll({ ...feed, failures: 2 }, failed("not-public"), NOW_MS, 0),
      "failing",
      /^No server of the public internet has this address.* \(3 times in a row\)$/,
    ],
    ["it was emptied", afterPoll(feed, failed("emptied"), NOW_MS, 0), "halted", /nothing was removed/],
    [
      "it came back",
      afterPoll({ ...feed, halted: true, why: "emptied", failures: 4 }, taken, NOW_MS, 0),
      "fresh",
      /^3 events/,
    ],
  ];
  for (const [then, after, state, sentence] of table)
    test(`is ${state} when ${then}`, () => {
      assert.equal(stateOf(after), state);
      assert.match(sentenceOf(after), sentence);
    });
});

describe("an answer", () => {
  const older: [given: string | null, held: string | null, isIt: boolean][] = [
    ["Sat, 21 Nov 2026 10:00:00 GMT", "Sat, 21 Nov 2026 10:00:01 GMT", true],
    ["Sat, 21 Nov 2026 10:00:01 GMT", "Sat, 21 Nov 2026 10:00:01 GMT", false],
    ["Sun, 22 Nov 2026 10:00:00 GMT", "Sat, 21 Nov 2026 10:00:01 GMT", false],
    [null, "Sat, 21 Nov 2026 10:00:01 GMT", false],
    ["yesterday", "Sat, 21 Nov 2026 10:00:01 GMT", false],
  ];
  for (const [given, held, isIt] of older)
    test(`of ${given} is ${isIt ? "" : "not "}older than one of ${held}`, () =>
      assert.equal(isOlder(given, held), isIt));
  test("with a day that is none has no time", () => assert.equal(httpTime("Mon, 31 Feb 2026 10:00:00 GMT"), null));
});
