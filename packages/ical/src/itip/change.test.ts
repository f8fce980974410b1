// Rules IT* are in ../../SPEC.md. Strategy: a table of small changes that a person can read, and what each makes known.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { componentsOf, type Component } from "../tree.ts";
import { messagesOfChange, withDelivery } from "./change.ts";
import type { SchedulingMessage } from "./message.ts";
import { calendar, event, linesNamed, linesOf, partNamed, todo } from "./testing.ts";

const nowMs = Temporal.Instant.from("2026-02-01T12:00Z").epochMilliseconds;
const HOST = "ORGANIZER;CN=Host:mailto:host@example.org";
const ANN = "ATTENDEE;CN=Ann:mailto:ann@example.org";
const BOB = "ATTENDEE;CN=Bob:mailto:bob@example.org";
const TIMES = ["DTSTART:20260302T090000Z", "DTEND:20260302T100000Z"];
const WEEKLY = [...TIMES, "RRULE:FREQ=WEEKLY;COUNT=4"];
const SECOND = "20260309T090000Z";

/** `METHOD to change` of each message. */
function told(messages: readonly SchedulingMessage[]): string[] {
  return messages.map(({ method, recipient, change }) => `${method} ${recipient?.slice(7, 10) ?? "all"} ${change}`);
}

function changed(before: Component | null, after: Component | null, who: string) {
  const made = messagesOfChange({ before, after, addresses: [`${who}@example.org`], nowMs });
  assert.ok(made.refused === undefined);
  return made;
}

const single = (...more: string[]) => calendar(event(...TIMES, "SEQUENCE:1", HOST, ANN, BOB, ...more));
const series = (...more: string[]) => event(...WEEKLY, "SEQUENCE:1", HOST, ANN, BOB, ...more);
const second = (...lines: string[]) => event(`RECURRENCE-ID:${SECOND}`, "SEQUENCE:1", HOST, ...lines);
const secondTimes = [`DTSTART:${SECOND}`, "DTEND:20260309T100000Z"];

describe("an organizer's change", () => {
  const table: [string, Component | null, Component | null, string[]][] = [
    [
      "a new event invites everybody but the organizer",
      null,
      single("ATTENDEE:mailto:HOST@example.org"),
      ["REQUEST ann significant", "REQUEST bob significant"],
    ],
    ["nothing new is not told", single(), single("LAST-MODIFIED:20260101T000000Z", "DTSTAMP:20260101T000000Z"), []],
    [
      "alarms are nobody else's",
      single(),
      calendar(event(...TIMES, "SEQUENCE:1", HOST, ANN, BOB, "BEGIN:VALARM", "ACTION:DISPLAY", "END:VALARM")),
      [],
    ],
    ["another title is a detail", single(), single("SUMMARY:New"), ["REQUEST ann details", "REQUEST bob details"]],
    [
      "another time is significant",
      single(),
      calendar(event("DTSTART:20260302T100000Z", "DTEND:20260302T110000Z", "SEQUENCE:2", HOST, ANN, BOB)),
      ["REQUEST ann significant", "REQUEST bob significant"],
    ],
    [
      "one answer changes participation alone",
      single(),
      calendar(event(...TIMES, "SEQUENCE:1", HOST, `ATTENDEE;PARTSTAT=ACCEPTED;CN=Ann:mailto:ann@example.org`, BOB)),
      ["REQUEST ann participation", "REQUEST bob participation"],
    ],
    [
      "a new guest is invited; the others read of him",
      calendar(event(...TIMES, "SEQUENCE:1", HOST, ANN)),
      single(),
      ["REQUEST ann details", "REQUEST bob significant"],
    ],
    [
      "who is removed is told so",
      single(),
      calendar(event(...TIMES, "SEQUENCE:1", HOST, BOB)),
      ["REQUEST bob details", "CANCEL ann significant"],
    ],
    ["deleting cancels", single(), null, ["CANCEL ann significant", "CANCEL bob significant"]],
    [
      "STATUS:CANCELLED cancels",
      single(),
      single("STATUS:CANCELLED"),
      ["CANCEL ann significant", "CANCEL bob significant"],
    ],
    ["what is cancelled stays so quietly", single("STATUS:CANCELLED"), single("STATUS:CANCELLED", "SUMMARY:x"), []],
    ["what was cancelled is deleted quietly", single("STATUS:CANCELLED"), null, []],
    [
      "what was cancelled can be held after all",
      single("STATUS:CANCELLED"),
      single(),
      ["REQUEST ann significant", "REQUEST bob significant"],
    ],
    ["without organizer there is nobody to invite", null, calendar(event(...TIMES, ANN)), []],
    [
      "SCHEDULE-AGENT=CLIENT and NONE are another's business",
      null,
      calendar(
        event(
          ...TIMES,
          HOST,
          "ATTENDEE;SCHEDULE-AGENT=CLIENT:mailto:ann@example.org",
          "ATTENDEE;SCHEDULE-AGENT=NONE:mailto:bob@example.org",
          "ATTENDEE;SCHEDULE-AGENT=X-ROBOT:mailto:eve@example.org",
        ),
      ),
      [],
    ],
    [
      "SCHEDULE-FORCE-SEND sends what nobody needs",
      single(),
      calendar(
        event(...TIMES, "SEQUENCE:1", HOST, "ATTENDEE;CN=Ann;SCHEDULE-FORCE-SEND=REQUEST:mailto:ann@example.org", BOB),
      ),
      ["REQUEST ann none"],
    ],
    [
      "an override without a guest takes it from him",
      calendar(series()),
      calendar(series(), second(...secondTimes, ANN)),
      ["REQUEST ann details", "REQUEST bob significant"],
    ],
    [
      "an override that moves one",
      calendar(series()),
      calendar(series(), second("DTSTART:20260309T120000Z", "DTEND:20260309T130000Z", ANN, BOB)),
      ["REQUEST ann significant", "REQUEST bob significant"],
    ],
    ["an override that says nothing new", calendar(series()), calendar(series(), second(...secondTimes, ANN, BOB)), []],
    [
      "a guest of one occurrence only",
      calendar(series()),
      calendar(series(), second(...secondTimes, ANN, BOB, "ATTENDEE:mailto:eve@example.org")),
      ["REQUEST ann details", "REQUEST bob details", "REQUEST eve significant"],
    ],
  ];
  for (const [name, before, after, expected] of table) {
    test(`[IT2] ${name}`, () => assert.deepEqual(told(changed(before, after, "host").messages), expected));
  }

  test("[IT3] shows each guest only what he is invited to", () => {
    const after = calendar(series("EXDATE:20260316T090000Z"), second(...secondTimes, ANN));
    const [ann, bob] = changed(null, after, "host").messages;
    assert.equal(componentsOf(ann!.calendar, "VEVENT").length, 2);
    assert.deepEqual(linesNamed(ann!.calendar, "", "EXDATE"), ["EXDATE:20260316T090000Z"]);
    assert.equal(componentsOf(bob!.calendar, "VEVENT").length, 1);
    assert.deepEqual(linesNamed(bob!.calendar, "", "EXDATE"), ["EXDATE:20260316T090000Z", `EXDATE:${SECOND}`]);
  });

  test("[IT3] says of an open-ended part of a series that it is cancelled for who is not invited to it", () => {
    const ranged = event(`RECURRENCE-ID;RANGE=THISANDFUTURE:${SECOND}`, ...secondTimes, HOST, ANN, "SUMMARY:Secret");
    const [, bob] = changed(null, calendar(series(), ranged), "host").messages;
    const part = linesOf(partNamed(bob!.calendar, SECOND));
    assert.ok(part.includes("STATUS:CANCELLED") && part.includes(`RECURRENCE-ID;RANGE=THISANDFUTURE:${SECOND}`));
    assert.ok(!part.some((line) => line.includes("ann@")));
  });

  test("[IT4] cancels all for who loses the series, and asks anew for the occurrence that he keeps", () => {
    const after = calendar(event(...WEEKLY, "SEQUENCE:1", HOST, BOB), second(...secondTimes, ANN, BOB));
    const { messages } = changed(calendar(series()), after, "host");
    const [cancel, request] = messages.filter(({ recipient }) => recipient === "mailto:ann@example.org");
    assert.deepEqual([cancel!.method, request!.method], ["CANCEL", "REQUEST"]);
    assert.deepEqual(linesNamed(cancel!.calendar, "", "DTSTAMP"), ["DTSTAMP:20260201T120000Z"]);
    assert.deepEqual(linesNamed(request!.calendar, SECOND, "DTSTAMP"), ["DTSTAMP:20260201T120001Z"]);
  });

  test("[IT4] cancels single occurrences for who was never invited to the series", () => {
    const eve = "ATTENDEE:mailto:eve@example.org";
    const before = calendar(series(), second(...secondTimes, ANN, BOB, eve));
    const { messages } = changed(before, calendar(series(), second(...secondTimes, ANN, BOB)), "host");
    const cancel = messages.find(({ recipient }) => recipient === "mailto:eve@example.org")!;
    assert.equal(cancel.method, "CANCEL");
    assert.deepEqual(linesNamed(cancel.calendar, SECOND, "RECURRENCE-ID", "ATTENDEE"), [
      `RECURRENCE-ID:${SECOND}`,
      eve,
    ]);
  });

  test("[IT4] cancels with a newer revision than anybody has, and names nobody else", () => {
    const [cancel] = changed(single(), null, "host").messages;
    assert.equal(cancel!.sequence, 2);
    assert.deepEqual(linesNamed(cancel!.calendar, "", "ATTENDEE", "ORGANIZER"), [HOST, ANN]);
  });

  test("[IT7] sends no alarms, no parameters between a user and his server, and the zones that it names", () => {
    const zoned = ["DTSTART;TZID=Europe/Berlin:20260302T090000", "DURATION:PT1H"];
    const ann =
      'ATTENDEE;SCHEDULE-STATUS="2.0";X-HOURWRIGHT-REPLIED=20260101T000000Z;SCHEDULE-AGENT=SERVER:mailto:ann@example.org';
    const alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT5M", "END:VALARM"];
    const [request] = changed(
      null,
      calendar(event(...zoned, HOST, ann, "REQUEST-STATUS:2.0;ok", ...alarm)),
      "host",
    ).messages;
    assert.deepEqual(linesNamed(request!.calendar, "", "ATTENDEE", "REQUEST-STATUS"), [
      "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ann@example.org",
    ]);
    assert.equal(componentsOf(partNamed(request!.calendar)).length, 0);
    assert.equal(componentsOf(request!.calendar, "VTIMEZONE").length, 1);
  });
});

describe("what is kept of an organizer's change", () => {
  const accepted = "ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:mailto:ann@example.org";
  const table: [string, string[], string[], string[]][] = [
    [
      "a move asks anew, and counts",
      TIMES,
      ["DTSTART:20260302T110000Z", "DTEND:20260302T120000Z"],
      ["SEQUENCE:2", ANN],
    ],
    ["a longer one asks anew", TIMES, ["DTSTART:20260302T090000Z", "DURATION:PT2H"], ["SEQUENCE:2", ANN]],
    [
      "DURATION for DTEND says the same",
      TIMES,
      ["DTSTART:20260302T090000Z", "DURATION:PT1H"],
      ["SEQUENCE:1", accepted],
    ],
    ["a title asks nobody", TIMES, [...TIMES, "SUMMARY:New"], ["SEQUENCE:1", accepted]],
    [
      "the order of a rule's parts says nothing",
      WEEKLY,
      [...TIMES, "RRULE:count=4;FREQ=WEEKLY"],
      ["SEQUENCE:1", accepted],
    ],
    ["more occurrences ask anew", WEEKLY, [...TIMES, "RRULE:FREQ=WEEKLY;COUNT=5"], ["SEQUENCE:2", ANN]],
    ["fewer count, and ask nobody", WEEKLY, [...TIMES, "RRULE:FREQ=WEEKLY;COUNT=2"], ["SEQUENCE:2", accepted]],
    ["an excluded one counts, and asks nobody", WEEKLY, [...WEEKLY, `EXDATE:${SECOND}`], ["SEQUENCE:2", accepted]],
    ["one that is back asks anew", [...WEEKLY, `EXDATE:${SECOND}`], WEEKLY, ["SEQUENCE:2", ANN]],
    ["one more asks anew", WEEKLY, [...WEEKLY, "RDATE:20260401T090000Z"], ["SEQUENCE:2", ANN]],
    ["tentative counts, and asks nobody", TIMES, [...TIMES, "STATUS:TENTATIVE"], ["SEQUENCE:2", accepted]],
    ["CONFIRMED is what no STATUS means", TIMES, [...TIMES, "STATUS:CONFIRMED"], ["SEQUENCE:1", accepted]],
  ];
  const asked = (lines: readonly string[]) =>
    lines.map((line) => line.replace("CN=Ann;PARTSTAT=NEEDS-ACTION", "CN=Ann"));
  for (const [name, before, after, expected] of table) {
    test(`[IT5] [IT6] ${name}`, () => {
      const made = changed(
        calendar(event(...before, "SEQUENCE:1", HOST, accepted)),
        calendar(event(...after, "SEQUENCE:1", HOST, accepted)),
        "host",
      );
      assert.deepEqual(asked(linesNamed(made.calendar!, "", "SEQUENCE", "ATTENDEE")), expected);
    });
  }

  test("[IT6] keeps the bytes when there is nothing to count or to ask", () => {
    const after = single("SUMMARY:New");
    assert.equal(changed(single(), after, "host").calendar, after);
  });

  test("[IT6] takes out SCHEDULE-FORCE-SEND, and never counts back", () => {
    const forced = "ATTENDEE;SCHEDULE-FORCE-SEND=REQUEST:mailto:ann@example.org";
    const made = changed(single(), calendar(event(...TIMES, "SEQUENCE:0", HOST, forced)), "host");
    assert.deepEqual(linesNamed(made.calendar!, "", "SEQUENCE", "ATTENDEE"), [
      "SEQUENCE:1",
      "ATTENDEE:mailto:ann@example.org",
    ]);
  });

  test("[IT6] puts the fate of messages on those they went to", () => {
    const deliveries = [
      { recipient: "mailto:ANN@example.org", status: "1.2" },
      { recipient: "bob@example.org", status: "2.0;evil" },
    ];
    assert.deepEqual(linesNamed(withDelivery(single(), deliveries), "", "ATTENDEE"), [
      "ATTENDEE;CN=Ann;SCHEDULE-STATUS=1.2:mailto:ann@example.org",
      BOB,
    ]);
  });
});

describe("an attendee's change", () => {
  const as = (participation: string) => ANN.replace(";CN", `;PARTSTAT=${participation};CN`);
  const copy = (ann: string, ...more: string[]) => calendar(event(...WEEKLY, "SEQUENCE:3", HOST, ann, BOB, ...more));
  const answer = (before: Component | null, after: Component | null): string[] => {
    const { messages } = changed(before, after, "ann");
    return messages.flatMap((sent) => {
      assert.equal(sent.sender, "mailto:ann@example.org");
      return componentsOf(sent.calendar, "VEVENT").map((part) => {
        const lines = linesOf(part);
        const id = lines.find((line) => line.startsWith("RECURRENCE-ID"))?.split(":")[1] ?? "all";
        const own = lines
          .filter((line) => line.startsWith("ATTENDEE"))
          .map((line) => /PARTSTAT=([A-Z-]+)/.exec(line)![1]!);
        return `${sent.method} ${sent.recipient!.slice(7)} ${id} ${own.join()}`;
      });
    });
  };
  const one = (ann: string) => second(...secondTimes, ann, BOB);
  const both = (master: string, override: string) => calendar(event(...WEEKLY, HOST, master, BOB), one(override));
  const table: [string, Component | null, Component | null, string[]][] = [
    ["an answer is told to the organizer", copy(ANN), copy(as("ACCEPTED")), ["REPLY host@example.org all ACCEPTED"]],
    ["the same answer is not", copy(as("ACCEPTED")), copy(as("accepted"), "X-NOTE:mine"), []],
    ["a copy that comes answered", null, copy(as("TENTATIVE")), ["REPLY host@example.org all TENTATIVE"]],
    ["a copy that comes unanswered", null, copy(ANN, `EXDATE:${SECOND}`), []],
    ["deleting declines", copy(as("ACCEPTED")), null, ["REPLY host@example.org all DECLINED"]],
    ["deleting what was declined says nothing new", copy(as("DECLINED")), null, []],
    [
      "one occurrence is answered by itself",
      copy(ANN),
      both(ANN, as("ACCEPTED")),
      [`REPLY host@example.org ${SECOND} ACCEPTED`],
    ],
    [
      "taking one out declines it",
      copy(ANN),
      copy(ANN, `EXDATE:${SECOND}`),
      [`REPLY host@example.org ${SECOND} DECLINED`],
    ],
    ["taking one out of what is declined", copy(as("DECLINED")), copy(as("DECLINED"), `EXDATE:${SECOND}`), []],
    [
      "an override that goes follows the series again",
      both(as("ACCEPTED"), as("DECLINED")),
      copy(as("ACCEPTED")),
      [`REPLY host@example.org ${SECOND} ACCEPTED`],
    ],
    [
      "deleting declines each that was to be",
      both(as("DECLINED"), as("ACCEPTED")),
      null,
      [`REPLY host@example.org ${SECOND} DECLINED`],
    ],
    ["what is cancelled needs no answer", copy(ANN, "STATUS:CANCELLED"), null, []],
    [
      "what others answer is not his",
      copy(ANN),
      calendar(event(...WEEKLY, HOST, ANN, BOB.replace(";CN", ";PARTSTAT=ACCEPTED;CN"))),
      [],
    ],
    [
      "SCHEDULE-AGENT=CLIENT: his client answers",
      calendar(event(...TIMES, HOST.replace(";CN", ";SCHEDULE-AGENT=CLIENT;CN"), ANN)),
      calendar(event(...TIMES, HOST.replace(";CN", ";SCHEDULE-AGENT=CLIENT;CN"), as("ACCEPTED"))),
      [],
    ],
    [
      "SCHEDULE-FORCE-SEND=REPLY",
      copy(ANN),
      calendar(event(...WEEKLY, HOST.replace(";CN", ";SCHEDULE-FORCE-SEND=REPLY;CN"), ANN, BOB)),
      ["REPLY host@example.org all NEEDS-ACTION"],
    ],
  ];
  for (const [name, before, after, expected] of table) {
    test(`[IT8] ${name}`, () => assert.deepEqual(answer(before, after), expected));
  }

  test("[IT9] keeps the organizer's revision on the copy, whatever a client counts, and marks what he took out", () => {
    const before = copy(ANN, "DTSTAMP:20260101T000000Z");
    const after = calendar(
      event(...WEEKLY, "SEQUENCE:7", "DTSTAMP:20260201T000000Z", HOST, as("ACCEPTED"), BOB, `EXDATE:${SECOND}`),
    );
    const { calendar: kept, messages } = changed(before, after, "ann");
    assert.deepEqual(linesNamed(kept!, "", "SEQUENCE", "DTSTAMP", "EXDATE"), [
      "SEQUENCE:3",
      "DTSTAMP:20260101T000000Z",
      `EXDATE;X-HOURWRIGHT-DECLINED=3:${SECOND}`,
    ]);
    assert.equal(messages[0]!.sequence, 3);
  });

  test("[IT10] who passes his place on tells the organizer, and invites his delegate", () => {
    const delegated = 'ATTENDEE;CN=Ann;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:eve@example.org":mailto:ann@example.org';
    const { messages } = changed(copy(ANN), calendar(event(...WEEKLY, HOST, delegated, BOB)), "ann");
    assert.deepEqual(told(messages), ["REPLY hos participation", "REQUEST eve significant"]);
    const eve =
      'ATTENDEE;RSVP=TRUE;DELEGATED-FROM="mailto:ann@example.org";PARTSTAT=NEEDS-ACTION:mailto:eve@example.org';
    assert.deepEqual(linesNamed(messages[0]!.calendar, "", "ATTENDEE"), [delegated, eve]);
    assert.ok(linesNamed(messages[1]!.calendar, "", "ATTENDEE").includes(eve));
  });

  test("[IT23] tasks are answered as events are, with how far they are", () => {
    const task = (ann: string, ...more: string[]) => calendar(todo("DUE:20260302T090000Z", HOST, ann, ...more));
    const [reply] = changed(task(ANN), task(as("IN-PROCESS"), "PERCENT-COMPLETE:40"), "ann").messages;
    assert.equal(reply!.kind, "VTODO");
    const lines = linesOf(partNamed(reply!.calendar));
    assert.ok(lines.includes("PERCENT-COMPLETE:40") && lines.includes("DUE:20260302T090000Z"));
  });
});

describe("a change that cannot be sent", () => {
  const table: [string, Component | null, Component | null, string][] = [
    ["two UIDs", null, calendar(event(...TIMES, HOST), todo(HOST)), "several-uids"],
    ["another UID than before", calendar(todo(HOST, ANN)), single(), "several-uids"],
    [
      "two organizers",
      null,
      calendar(
        series(),
        second(...secondTimes).map((line) => line.replace("host@", "evil@")),
      ),
      "several-organizers",
    ],
    [
      "another organizer than before",
      single(),
      calendar(event(...TIMES, "ORGANIZER:mailto:ann@example.org", ANN)),
      "organizer-changed",
    ],
    [
      "an organizer put in by an attendee",
      calendar(event(...TIMES, "ORGANIZER:mailto:boss@example.org", HOST.replace("ORGANIZER", "ATTENDEE"))),
      calendar(event(...TIMES, "ORGANIZER:mailto:third@example.org", HOST.replace("ORGANIZER", "ATTENDEE"))),
      "organizer-changed",
    ],
    ["no component", null, calendar(), "no-component"],
    ["no UID", null, calendar(["BEGIN:VEVENT", ...TIMES, HOST, "END:VEVENT"]), "uid-missing"],
  ];
  for (const [name, before, after, code] of table) {
    test(`[IT1] is refused with ${code}: ${name}`, () => {
      const made = messagesOfChange({ before, after, addresses: ["host@example.org"], nowMs });
      assert.equal(made.refused?.code, code);
    });
  }
});
