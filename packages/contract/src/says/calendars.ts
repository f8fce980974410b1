import { calendarProblems } from "../problems/calendars.ts";
import { refuserOf } from "../says.ts";

type Text = { readonly text: string };
type Years = { readonly from: number; readonly to: number };
type Most = { readonly most: number };

/** What the cores of calendars and of times say themselves. */
const asSaid = ({ sentence }: { readonly sentence: string }): string => sentence;

/** What a refusal about calendars and events says to do, by its reason. */
export const calendarSays = {
  "not-a-calendar": {
    line: ({ line, message }: { readonly line: number; readonly message: string }) =>
      `Nothing in the file can be read as a calendar. Line ${line}: ${message}`,
    unreadable: () => "The file cannot be read.",
  },
  "ends-before-start": {
    field: ({ place }: { readonly place: string }) => `${place}end must be after ${place}start.`,
    end: () => "The end must be after the start.",
    window: () => "`end` must be after `start`.",
    mixed: () => "Start and end are both days, or both times.",
    "end-before-start": asSaid,
    "end-needed": asSaid,
  },
  "zone-missing": {
    zone: ({ text }: Text) => `"${text}" needs timeZone, or an offset of its own.`,
  },
  "unknown-zone": {
    zone: ({ zone }: { readonly zone: string }) => `"${zone}" is no IANA time zone.`,
  },
  "out-of-range": {
    years: ({ text, from, to }: Text & Years) => `"${text}" is outside the years ${from} to ${to}.`,
    field: ({ field, text, from, to }: Text & Years & { readonly field: string }) =>
      `${field}: "${text}" is outside the years ${from} to ${to}.`,
    "no-time": ({ text }: Text) => `"${text}" is no date and time that exists.`,
    second: () => "An event starts and ends at a whole second.",
    far: () => "So far away it is not known what is planned. Ask for a nearer time.",
    "two-years": () => "Ask for at most two years at once.",
  },
  "rule-invalid": {
    "no-date": ({ rule }: { readonly rule: string }) => `"${rule}" names no date from the start of the event on.`,
    unkeepable: asSaid,
    "rule-too-long": asSaid,
    "rule-no-frequency": asSaid,
    "rule-part-twice": asSaid,
    "rule-part-malformed": asSaid,
    "rule-part-unknown": asSaid,
    "rule-part-out-of-range": asSaid,
    "rule-parts-exclude-each-other": asSaid,
    "rule-calendar-unsupported": asSaid,
    "rule-of-one-occurrence": asSaid,
    "rule-does-not-move": asSaid,
    "exceptions-in-the-way": asSaid,
    "range-this-and-future": asSaid,
    "cannot-split-here": asSaid,
    "too-many-steps": asSaid,
  },
  "address-invalid": {
    address: ({ address }: { readonly address: string }) => `"${address}" is no mail address.`,
  },
  "occurrence-not-found": {
    date: ({ date }: { readonly date: string }) => `It has no occurrence ${date}.`,
    "no-such-occurrence": asSaid,
    which: () => "It is gone, or a series: then say which of its dates.",
  },
  "read-only": {
    watched: () => "Its events come from an address: they are only watched.",
    owner: () => "Its owner can change it.",
    ask: () => "Ask its owner to share it with you for writing.",
    mover: () => "Who may move the event answers.",
    removed: () => "The calendar was removed meanwhile.",
  },
  "may-move": {
    move: () => "Move it: you may.",
  },
  "not-a-guest": {
    guest: () => "You are not invited to it, or you have declined.",
  },
  "same-times": {
    other: () => "Propose another.",
  },
  "in-the-past": {
    ahead: () => "Propose a time that is still ahead.",
    over: () => "It is over.",
  },
  "nobody-answers": {
    ask: () => "Ask whoever made it, where it was made.",
  },
  "proposal-over": {
    over: () => "It was answered, or the event is elsewhere by now.",
  },
  "not-empty": {
    held: ({ holder }: { readonly holder: string }) => `${holder} needs it: remove that first.`,
    events: () => "Move or remove its events first.",
  },
  "too-large": {
    bytes: ({ most }: Most) => `An event may take ${most} bytes.`,
  },
} as const;

/** Refuses about calendars and events for a reason. */
export const refuseCalendar = refuserOf(calendarProblems, calendarSays);
