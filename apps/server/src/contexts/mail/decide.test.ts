// Strategy: a table of what is said of each change, then a property: whatever is done to a booking and whenever its messages are
// looked at, whoever reads them in order ends up knowing how it is, from as few as can be.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { afterAttempt, newsBetween, questionAfter, reminderMs, remindersOf, retryMs, turnOf } from "./decide.ts";
import { ATTEMPTS_MAX, NEWS_LATE_MS, NEWS_WAIT_MS, type Facts, type News } from "./model.ts";

const HOUR_MS = 3_600_000;
const START_MS = Temporal.Instant.from("2027-04-08T12:00:00Z").epochMilliseconds;
const facts = (state: Facts["state"], hours = 0, who = "sub_1"): Facts => ({
  state,
  startMs: START_MS + hours * HOUR_MS,
  endMs: START_MS + (hours + 1) * HOUR_MS,
  subjectIds: [who],
});

const offered = (...hours: number[]): Facts => ({
  ...facts("confirmed"),
  offered: hours.map((hour) => START_MS + hour * HOUR_MS),
});

describe("what news of a booking says", () => {
  const table: readonly [told: Facts | null, now: Facts, says: News | null, sentence: string][] = [
    [null, facts("requested"), "requested", "what was asked for"],
    [null, facts("confirmed"), "confirmed", "what was booked"],
    [null, facts("cancelled"), "cancelled", "what was booked and cancelled within the wait"],
    [null, facts("declined"), "declined", "what was asked for and declined within the wait"],
    [facts("requested"), facts("confirmed"), "approved", "what was approved"],
    [facts("requested"), facts("confirmed", 2), "approved", "what was approved and moved"],
    [facts("requested"), facts("declined"), "declined", "what was declined"],
    [facts("requested"), facts("requested", 2), "moved", "what was moved while it waits for a yes"],
    [facts("confirmed"), facts("requested", 2), "moved", "what its customer moved where a yes is wanted"],
    [facts("confirmed"), facts("confirmed", 2), "moved", "what was moved"],
    [facts("confirmed"), facts("confirmed", 2, "sub_2"), "moved", "what was moved to somebody else"],
    [facts("confirmed"), facts("confirmed", 0, "sub_2"), "changed", "what somebody else does"],
    [facts("confirmed"), offered(1, 2, 3), "offered", "that other times are offered"],
    [offered(1, 2, 3), offered(1, 2, 3), null, "nothing where they were told"],
    [offered(1, 2, 3), offered(4), "offered", "that others are offered than before"],
    [offered(1, 2, 3), facts("confirmed"), "kept", "that it stays after all, where the offer was taken back"],
    [offered(1, 2, 3), facts("confirmed", 1), "moved", "what was chosen of them"],
    [offered(1, 2, 3), facts("confirmed", 0, "sub_2"), "changed", "who stands in after all"],
    [offered(1, 2, 3), facts("cancelled"), "cancelled", "what was cancelled instead"],
    [facts("confirmed"), facts("cancelled"), "cancelled", "what was cancelled"],
    [facts("confirmed"), facts("requested"), "requested", "what was approved by mistake"],
    [facts("cancelled"), facts("confirmed"), "confirmed", "what was cancelled by mistake"],
    [facts("declined"), facts("requested"), "requested", "what was declined by mistake"],
    [facts("confirmed"), facts("confirmed"), null, "nothing, where nothing is new"],
    [facts("cancelled"), facts("cancelled", 2), null, "nothing of where it would have been"],
    [facts("confirmed"), facts("completed"), null, "nothing of what has happened"],
    [facts("confirmed"), facts("no-show"), null, "nothing of who did not come"],
  ];
  for (const [told, now, says, sentence] of table)
    test(`is ${sentence}`, () => assert.equal(newsBetween(told, now), says));
});

describe("what becomes of a message that is due", () => {
  const message = {
    minutes: null,
    startsMs: START_MS,
    madeMs: START_MS - 24 * HOUR_MS,
    said: null,
    mayBeHere: false,
    isOffer: false,
    isRating: false,
  };
  const due = {
    told: null,
    now: facts("confirmed"),
    question: null,
    zone: "UTC",
    nowMs: START_MS - 24 * HOUR_MS + NEWS_WAIT_MS,
  };
  const said = { ...facts("confirmed"), says: "confirmed" as const };

  test("is that it says how the booking is", () => assert.deepEqual(turnOf(message, due), { kind: "say", said }));
  test("is nothing where its booking or customer is gone", () =>
    assert.deepEqual(turnOf(message, { ...due, now: null }), { kind: "withdraw" }));
  test("is nothing where what it would say was told, or taken back", () =>
    assert.deepEqual(turnOf(message, { ...due, told: said }), { kind: "withdraw" }));
  test("is nothing from the instant on at which the booking begins", () => {
    assert.equal(turnOf(message, { ...due, nowMs: START_MS - 1 }).kind, "say");
    assert.equal(turnOf(message, { ...due, nowMs: START_MS }).kind, "late");
  });
  test("is nothing when it has waited too long, as while mail was off", () => {
    const early = { ...message, madeMs: START_MS - 10 * 24 * HOUR_MS };
    assert.equal(turnOf(early, { ...due, nowMs: early.madeMs + NEWS_LATE_MS }).kind, "say");
    assert.equal(turnOf(early, { ...due, nowMs: early.madeMs + NEWS_LATE_MS + 1 }).kind, "late");
  });
  test("is the same offer however often it is sent, and nothing once it was taken, passed or is over", () => {
    const offer = { ...message, isOffer: true };
    const offered = { ...facts("confirmed"), state: "held" as const };
    assert.deepEqual(turnOf(offer, { ...due, now: offered }), { kind: "say", said: { ...offered, says: "offer" } });
    assert.equal(turnOf({ ...offer, mayBeHere: true }, { ...due, now: offered }).kind, "say");
    assert.equal(turnOf(offer, due).kind, "withdraw");
    assert.equal(turnOf(offer, { ...due, now: null }).kind, "withdraw");
  });
  test("is the same again where nobody answered, and another message where the booking is not as it said", () => {
    const lost = { ...message, mayBeHere: true, said };
    assert.deepEqual(turnOf(lost, due), { kind: "say", said });
    assert.deepEqual(turnOf(lost, { ...due, now: facts("confirmed", 2) }), { kind: "replace" });
    assert.equal(turnOf({ ...lost, mayBeHere: false }, { ...due, now: facts("confirmed", 2) }).kind, "say");
  });

  test("ends with its attempts, or at once where it will never be taken", () => {
    const refused = (isFinal: boolean) => ({ kind: "refused", isFinal, reason: "no" }) as const;
    assert.equal(afterAttempt({ kind: "accepted" }, 1, 0).state, "sent");
    assert.equal(afterAttempt(refused(true), 1, 0).state, "failed");
    assert.deepEqual(afterAttempt(refused(false), 1, 0), {
      state: "waiting",
      attempts: 1,
      dueMs: 30_000,
      mayBeHere: false,
      reason: "no",
    });
    assert.equal(afterAttempt({ kind: "unanswered", reason: "" }, 2, 0).mayBeHere, true);
    assert.equal(afterAttempt({ kind: "unanswered", reason: "" }, ATTEMPTS_MAX, 0).state, "failed");
    const nobodyThere = afterAttempt({ kind: "unreachable", reason: "" }, ATTEMPTS_MAX, 0);
    assert.deepEqual(
      [nobodyThere.state, nobodyThere.attempts],
      ["waiting", ATTEMPTS_MAX - 1],
      "no message is to blame",
    );
    assert.equal(retryMs(3), 120_000);
    assert.equal(retryMs(ATTEMPTS_MAX), HOUR_MS);
  });
});

describe("a reminder", () => {
  const zone = "Europe/Prague";
  const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;

  test("comes a day before at the same time of day, also over a change of the clocks", () => {
    assert.equal(reminderMs(at("2027-03-28T09:00"), 1_440, zone), at("2027-03-27T09:00"));
    assert.equal(reminderMs(at("2027-10-31T09:00"), 2_880, zone), at("2027-10-29T09:00"));
    assert.equal(at("2027-03-28T09:00") - at("2027-03-27T09:00"), 23 * HOUR_MS);
  });
  test("of hours comes so many hours before, whatever the clocks do", () => {
    assert.equal(reminderMs(at("2027-03-28T09:00"), 720, zone), at("2027-03-27T20:00"));
    assert.equal(reminderMs(at("2027-10-31T09:00"), 720, zone), at("2027-10-30T22:00"));
  });
  test("for a time of day that the day before does not have comes when the clocks are beyond it", () =>
    assert.equal(reminderMs(at("2027-03-29T02:30"), 1_440, zone), at("2027-03-28T03:30")));
  test("is none for what was booked later than it would come, and none before it is confirmed", () => {
    const booking = { state: "confirmed", startMs: at("2027-05-04T09:00") } as const;
    const wanted = { minutes: [60, 1_440, 1_440], zone };
    const minutes = (changedMs: number) => remindersOf(booking, { ...wanted, changedMs }).map((each) => each.minutes);
    assert.deepEqual(minutes(at("2027-05-03T08:59")), [60, 1_440]);
    assert.deepEqual(minutes(at("2027-05-03T09:00")), [60]);
    assert.deepEqual(minutes(at("2027-05-04T08:30")), []);
    assert.deepEqual(remindersOf({ ...booking, state: "requested" }, { ...wanted, changedMs: 0 }), []);
  });
  test("is not sent when the booking was moved or cancelled, or when half of its time is over", () => {
    const message = {
      minutes: 60,
      startsMs: START_MS,
      madeMs: 0,
      said: null,
      mayBeHere: false,
      isOffer: false,
      isRating: false,
    };
    const turn = (now: Facts, nowMs: number) => turnOf(message, { told: null, now, question: null, zone, nowMs }).kind;
    const dueMs = START_MS - HOUR_MS;
    assert.equal(turn(facts("confirmed"), dueMs), "say");
    assert.equal(turn(facts("confirmed"), dueMs + HOUR_MS / 2), "late");
    assert.equal(turn(facts("confirmed", 1), dueMs), "withdraw");
    assert.equal(turn(facts("cancelled"), dueMs), "withdraw");
  });
});

describe("the question after a visit", () => {
  const askedMs = START_MS + 3 * HOUR_MS;
  const question = { askedMs, isRated: false };
  test("waits for its time while something is asked, and is left alone once it has come", () => {
    assert.equal(questionAfter(question, askedMs - 1), "wait");
    assert.equal(questionAfter(question, askedMs), "leave");
    assert.equal(questionAfter({ ...question, isRated: true }, 0), "withdraw");
    assert.equal(questionAfter(null, 0), "withdraw");
  });
  test("is asked from its instant on, for two days, of whom nothing is known yet", () => {
    const message = {
      minutes: null,
      startsMs: START_MS,
      madeMs: 0,
      said: null,
      mayBeHere: false,
      isOffer: false,
      isRating: true,
    };
    const turn = (asked: typeof question | null, nowMs: number, now: Facts | null = facts("completed")) =>
      turnOf(message, { told: null, now, question: asked, zone: "UTC", nowMs }).kind;
    assert.equal(turn(question, askedMs - 1), "withdraw");
    assert.equal(turn(question, askedMs), "say");
    assert.equal(turn(question, askedMs + NEWS_LATE_MS), "say");
    assert.equal(turn(question, askedMs + NEWS_LATE_MS + 1), "late");
    assert.equal(turn({ ...question, isRated: true }, askedMs), "withdraw");
    assert.equal(turn(null, askedMs, facts("no-show")), "withdraw", "who did not come is asked nothing");
    assert.equal(turn(question, askedMs, null), "withdraw", "nor who was forgotten");
  });
});

describe("the messages of a booking", () => {
  type Step = { readonly afterMs: number; readonly deed: "change" | "look"; readonly now: Facts };
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 3 * NEWS_WAIT_MS }),
    deed: fc.constantFrom("change", "look"),
    now: fc
      .record({
        state: fc.constantFrom("requested", "confirmed", "cancelled", "declined"),
        hours: fc.integer({ min: 0, max: 2 }),
        who: fc.constantFrom("sub_1", "sub_2"),
      })
      .map(({ state, hours, who }) => facts(state, hours, who)),
  });

  /** What somebody believes who has read them: nothing of a booking that is off but that it is off. */
  const believed = (told: Facts | null) =>
    told === null ? null : told.state === "cancelled" || told.state === "declined" ? told.state : told;
  const factsIn = ({ state, startMs, endMs, subjectIds }: Facts): Facts => ({ state, startMs, endMs, subjectIds });

  test("leave whoever reads them with the truth, none says what is known, and there is one at most for each time they wait", () =>
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps: readonly Step[]) => {
        let nowMs = START_MS - 10 * 24 * HOUR_MS;
        let now: Facts | null = null;
        let dueMs: number | null = null;
        let told: Facts | null = null;
        let [messages, waits] = [0, 0];
        const look = () => {
          if (dueMs === null || nowMs < dueMs || now === null) return;
          const turn = turnOf(
            {
              minutes: null,
              startsMs: now.startMs,
              madeMs: dueMs - NEWS_WAIT_MS,
              said: null,
              mayBeHere: false,
              isOffer: false,
              isRating: false,
            },
            { told, now, question: null, zone: "UTC", nowMs },
          );
          dueMs = null;
          if (turn.kind !== "say") return assert.equal(turn.kind, "withdraw");
          assert.notDeepEqual(believed(told), believed(turn.said), "nobody is told what they know");
          told = factsIn(turn.said);
          messages++;
        };
        for (const { afterMs, deed, now: next } of steps) {
          nowMs += afterMs;
          if (deed === "look") look();
          else {
            now = next;
            if (dueMs === null) waits++;
            dueMs ??= nowMs + NEWS_WAIT_MS;
          }
        }
        nowMs += NEWS_WAIT_MS;
        look();
        assert.deepEqual(believed(told), believed(now));
        assert.ok(messages <= waits);
      }),
    ));
});
