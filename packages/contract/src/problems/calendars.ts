import { defineProblems } from "../problem.ts";

export const calendarProblems = defineProblems("calendars", {
  "not-a-calendar": {
    status: 422,
    title: "This is not a calendar file",
    about: "Nothing in it can be read as iCalendar. `problems` names the first lines that are wrong.",
  },
  "ends-before-start": {
    status: 422,
    title: "It ends before it starts",
    about: "An event needs an end after its start. All-day events end on the day after their last one.",
  },
  "zone-missing": {
    status: 422,
    title: "The time has no zone",
    about: "A local time needs `timeZone`, or an offset of its own.",
  },
  "unknown-zone": {
    status: 422,
    title: "There is no such time zone",
    about: "Zones are named as in the IANA database, such as Europe/Prague.",
  },
  "out-of-range": {
    status: 422,
    title: "The time is out of range",
    about: "Times are kept from the year 1900 to the year 2199.",
  },
  "rule-invalid": {
    status: 422,
    title: "The recurrence rule cannot be used",
    about: "The rule is not one of RFC 5545, gives no dates, or would need more steps than the budget allows.",
  },
  "address-invalid": {
    status: 422,
    title: "This is no mail address",
    about:
      "Somebody is invited by an address that nobody can write to. An address looks like ana@example.org, and is all of the text.",
  },
  "occurrence-not-found": {
    status: 404,
    title: "The series has no such occurrence",
    about: "`recurrenceId` names the original start of an occurrence, as `GET /v1/calendar/events` shows it.",
  },
  "read-only": {
    status: 403,
    title: "This calendar is read-only for you",
    about: "You may see it, and you may not change it. Its owner can share it with you for writing.",
  },
  "may-move": {
    status: 409,
    title: "You may move it yourself",
    about: "Proposals are for those who may not change the event. Who may, moves it.",
  },
  "not-a-guest": {
    status: 403,
    title: "Only its guests may propose a time",
    about: "Another time is proposed by somebody who is invited to the event and has not declined.",
  },
  "same-times": {
    status: 422,
    title: "It is at that time already",
    about: "A proposal names another time than the event has now.",
  },
  "in-the-past": {
    status: 422,
    title: "That time is over",
    about: "What is over is not moved, and nothing is moved to where it would begin in the past.",
  },
  "nobody-answers": {
    status: 409,
    title: "Nobody here can move it",
    about: "Its events come from an address elsewhere, or nobody who may change its calendar can sign in.",
  },
  "proposal-over": {
    status: 409,
    title: "This proposal is over",
    about: "It was answered, taken back or replaced, or the event has been moved or cancelled since.",
  },
  "uid-exists": {
    status: 409,
    title: "The calendar already holds this event",
    about: "An event is in a calendar once. Change the one that is there.",
  },
  "not-empty": {
    status: 409,
    title: "The calendar is not empty",
    about: "It still holds events. Move or remove them first, so that nothing is lost by a single click.",
  },
  "too-large": {
    status: 422,
    title: "The event is too large",
    about: "One event with all its occurrences may take 1 MiB as iCalendar text.",
  },
});
