import { dateOf, dayNumber } from "@hourwright/time";
import { parseDate, printDate } from "@hourwright/timeline";
import type { EventDetail, Subject } from "../../data/api.ts";
import { textsOf, timesFrom, type NewTimes } from "../../data/edits.ts";
import type { TakenTime, TimeWish } from "../../data/find-time.ts";
import { instantOfWall, parseInstant, wallClockOf, wallMs } from "../../data/wall-clock.ts";
import { isZone } from "../../data/zones.ts";

const DAY_MINUTES = 1440;

export type Repeat = "none" | "daily" | "weekdays" | "weekly" | "fortnightly" | "monthly" | "yearly" | "other";

/** An event as it is typed: dates and times of its own zone, as text. The end date is the last day itself. */
export type EventForm = {
  readonly title: string;
  readonly calendarId: string;
  readonly allDay: boolean;
  readonly startDate: string;
  readonly startTime: string;
  readonly endDate: string;
  readonly endTime: string;
  readonly zone: string;
  readonly location: string;
  readonly attendees: string;
  /** Who of them need not come, by address in lower case. */
  readonly optional: readonly string[];
  readonly resourceIds: readonly string[];
  readonly repeat: Repeat;
  /** Only a hand moves it. */
  readonly locked: boolean;
};

const RULES: Readonly<Record<Exclude<Repeat, "none" | "other">, string>> = {
  daily: "FREQ=DAILY",
  weekdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  weekly: "FREQ=WEEKLY",
  fortnightly: "FREQ=WEEKLY;INTERVAL=2",
  monthly: "FREQ=MONTHLY",
  yearly: "FREQ=YEARLY",
};

const NEW_FROM_MINUTE = 540;
const NEW_MINUTES = 60;

/** What is known of an event that is to be made, before the form is opened. */
export type Draft = {
  readonly title: string;
  readonly times: NewTimes | null;
  readonly attendees: readonly string[];
  readonly resourceIds: readonly string[];
  readonly rrule: string | null;
};

/** The form of an event that is to be made on a day: at nine for an hour, and as far as `draft` says. */
export function newForm(day: number, calendarId: string, zone: string, draft: Draft | null = null): EventForm {
  const date = printDate(dateOf(day));
  const empty: EventForm = {
    title: "",
    calendarId,
    allDay: false,
    startDate: date,
    startTime: printMinute(NEW_FROM_MINUTE),
    endDate: date,
    endTime: printMinute(NEW_FROM_MINUTE + NEW_MINUTES),
    zone,
    location: "",
    attendees: "",
    optional: [],
    resourceIds: [],
    repeat: "none",
    locked: false,
  };
  if (draft === null) return empty;
  const { title, times, attendees, resourceIds, rrule } = draft;
  const said = { title, attendees: attendees.join(", "), resourceIds, repeat: repeatOf(rrule) };
  if (times === null) return { ...empty, ...said };
  const { start, end } = textsOf(times);
  return { ...empty, ...said, allDay: times.allDay, ...timesOf(start, end, times.allDay, zone) };
}

/** The form of an event that exists; `homeZone` is where a floating one is read, and one of a zone unknown here. */
export function formOf(event: EventDetail, homeZone: string): EventForm {
  const zone = event.timeZone !== null && isZone(event.timeZone) ? event.timeZone : homeZone;
  const kept = {
    title: event.title,
    calendarId: event.calendarId,
    allDay: event.allDay,
    zone,
    location: event.location ?? "",
    attendees: event.attendees
      .filter(isGuest)
      .map(({ email }) => email)
      .join(", "),
    optional: event.attendees
      .filter((guest) => isGuest(guest) && guest.optional === true)
      .map(({ email }) => email.toLowerCase()),
    resourceIds: event.resourceIds,
    repeat: repeatOf(event.rrule),
    locked: event.locked === true,
  };
  return { ...kept, ...timesOf(event.start, event.end, event.allDay, zone) };
}

/** Rooms and things are attendees in iCalendar; here they are chosen by name. */
export function isGuest({ kind }: EventDetail["attendees"][number]): boolean {
  return kind !== "room" && kind !== "resource";
}

type Times = Pick<EventForm, "startDate" | "startTime" | "endDate" | "endTime">;

/** Times from the server, an instant or a date, as they are typed in a zone. */
export function timesOf(start: string, end: string, allDay: boolean, zone: string): Times {
  if (allDay) {
    const last = dayOf(end.slice(0, 10))! - 1;
    return { startDate: start.slice(0, 10), endDate: printDate(dateOf(last)), startTime: "09:00", endTime: "10:00" };
  }
  const [from, to] = [wallOf(start, zone), wallOf(end, zone)];
  return { startDate: from.date, startTime: from.time, endDate: to.date, endTime: to.time };
}

export type FormFault = "title" | "time" | "order";

/** What the server wants to hear, or what is wrong with the form. */
export function bodyOf(form: EventForm): EventBody | FormFault {
  if (form.title.trim() === "") return "title";
  const when = whenOf(form);
  if (typeof when === "string") return when;
  const shared = {
    title: form.title.trim(),
    location: form.location.trim() === "" ? null : form.location.trim(),
    attendees: addressesOf(form).map((address) =>
      needNotCome(form, address) ? { email: address, optional: true as const } : address,
    ),
    resourceIds: [...form.resourceIds],
    ...(form.locked ? { locked: true } : {}),
    ...(form.repeat === "other" ? {} : { rrule: form.repeat === "none" ? null : RULES[form.repeat] }),
  };
  return { ...shared, ...when };
}

/** The times of a form alone, on everybody's clocks, or what is wrong with them. */
export function newTimesOf(form: EventForm): NewTimes | FormFault | "zone" {
  const when = whenOf(form);
  if (typeof when === "string") return when;
  if (form.allDay) return timesFrom({ ...when, allDay: true }) ?? "time";
  if (!isZone(form.zone)) return "zone";
  const at = (date: string, time: string) =>
    instantOfWall(wallClockOf(form.zone, Number(date.slice(0, 4))), minutesOf(date, time)! * 60_000);
  const [startMs, endMs] = [at(form.startDate, form.startTime), at(form.endDate, form.endTime)];
  return startMs < endMs ? { allDay: false, startMs, endMs } : "order";
}

function whenOf(form: EventForm): Pick<EventBody, "start" | "end" | "timeZone"> | FormFault {
  const [startDay, endDay] = [dayOf(form.startDate), dayOf(form.endDate)];
  if (startDay === null || endDay === null) return "time";
  if (form.allDay) {
    if (endDay < startDay) return "order";
    return { start: form.startDate, end: printDate(dateOf(endDay + 1)) };
  }
  if (!isTime(form.startTime) || !isTime(form.endTime)) return "time";
  const [start, end] = [`${form.startDate}T${form.startTime}:00`, `${form.endDate}T${form.endTime}:00`];
  if (end <= start) return "order";
  return { start, end, timeZone: form.zone };
}

/** A guest by address; an object for who need not come. */
export type InvitedAs = string | { readonly email: string; readonly optional: true };

export type EventBody = {
  readonly title: string;
  readonly location: string | null;
  readonly attendees: InvitedAs[];
  readonly resourceIds: string[];
  readonly rrule?: string | null;
  readonly locked?: boolean;
  readonly start: string;
  readonly end: string;
  readonly timeZone?: string;
};

/** Only what differs: an edit says what it means, and leaves the rest of the event alone. Times go together. */
export function changesOf(before: EventBody, after: EventBody): Partial<EventBody> {
  const changes: Partial<Record<keyof EventBody, unknown>> = {};
  for (const key of ["title", "location", "attendees", "resourceIds", "rrule"] as const)
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changes[key] = after[key];
  if ((before.locked ?? false) !== (after.locked ?? false)) changes.locked = after.locked ?? false;
  const isMoved = (["start", "end", "timeZone"] as const).some((key) => before[key] !== after[key]);
  if (isMoved) Object.assign(changes, { start: after.start, end: after.end });
  if (isMoved && after.timeZone !== undefined) changes.timeZone = after.timeZone;
  return changes as Partial<EventBody>;
}

/** Moving the start takes the end along, so that the length stays. */
export function withStart(form: EventForm, change: Partial<Pick<EventForm, "startDate" | "startTime">>): EventForm {
  const next = { ...form, ...change };
  const before = minutesOf(form.startDate, form.startTime);
  const after = minutesOf(next.startDate, next.startTime);
  const end = minutesOf(form.endDate, form.endTime);
  if (before === null || after === null || end === null) return next;
  const moved = end + after - before;
  return {
    ...next,
    endDate: printDate(dateOf(Math.floor(moved / DAY_MINUTES))),
    endTime: printMinute(moved % DAY_MINUTES),
  };
}

/** Who is of the house, as far as a form asks. */
type House = { readonly me: string; readonly people: readonly Subject[]; readonly things: readonly Subject[] };

/** What a time is looked for when it is asked for in a form: its title, who is invited, its room and its length. */
export function wishOfForm(form: EventForm, { me, people, things }: House): TimeWish {
  const [from, to] = [minutesOf(form.startDate, form.startTime), minutesOf(form.endDate, form.endTime)];
  const day = dayOf(form.startDate) ?? 0;
  const invited = people.filter(({ id, email }) => id !== me && isAmong(email, addressesOf(form)));
  const isRoom = (id: string) => things.some((thing) => thing.id === id && thing.kind === "room");
  const length = form.allDay || from === null || to === null ? NEW_MINUTES : to - from;
  return {
    title: form.title.trim(),
    people: [me, ...invited.map(({ id }) => id)].map((id) => ({ id, isRequired: true })),
    room: form.resourceIds.find(isRoom) ?? "none",
    calendarId: form.calendarId,
    minutes: length >= LENGTH_MIN && length <= DAY_MINUTES ? length : NEW_MINUTES,
    window: "week",
    day,
    fromDate: form.startDate,
    toDate: printDate(dateOf(day + 6)),
    part: "any",
    isWithinHours: true,
  };
}

const LENGTH_MIN = 5;

/** A form with a time that was taken: guests of the house are those who come, others stay; so do things that are no rooms. */
export function formWithTaken(form: EventForm, taken: TakenTime, { me, people, things }: House): EventForm {
  const { start, end } = textsOf(taken.times);
  const others = addressesOf(form).filter((address) => !people.some(({ email }) => isAmong(email, [address])));
  const come = people.filter(({ id }) => id !== me && taken.people.includes(id)).flatMap(({ email }) => email ?? []);
  const isRoom = (id: string) => things.some((thing) => thing.id === id && thing.kind === "room");
  return {
    ...form,
    title: taken.title === "" ? form.title : taken.title,
    calendarId: taken.calendarId === "" ? form.calendarId : taken.calendarId,
    allDay: false,
    ...timesOf(start, end, false, form.zone),
    attendees: [...come, ...others].join(", "),
    resourceIds:
      taken.roomId === null
        ? form.resourceIds
        : [...form.resourceIds.filter((id) => !isRoom(id) && id !== taken.roomId), taken.roomId],
  };
}

export const addressesOf = ({ attendees }: Pick<EventForm, "attendees">): string[] =>
  attendees.split(/[,;\s]+/).filter((address) => address !== "");

export const needNotCome = ({ optional }: Pick<EventForm, "optional">, address: string): boolean =>
  optional.includes(address.toLowerCase());

const isAmong = (email: string | null, addresses: readonly string[]): boolean =>
  email !== null && addresses.some((address) => address.toLowerCase() === email.toLowerCase());

/** After somebody else's change: what was typed here stays, everything else is as it is now. Times go together. */
export function mergedForm(before: EventForm, mine: EventForm, now: EventForm): EventForm {
  const isMine = (key: keyof EventForm) => JSON.stringify(mine[key]) !== JSON.stringify(before[key]);
  const when = ["allDay", "startDate", "startTime", "endDate", "endTime", "zone"] as const;
  const keys = Object.keys(now) as (keyof EventForm)[];
  const kept = keys.filter((key) => (when.includes(key as (typeof when)[number]) ? when.some(isMine) : isMine(key)));
  return { ...now, ...Object.fromEntries(kept.map((key) => [key, mine[key]])) };
}

function repeatOf(rrule: string | null): Repeat {
  if (rrule === null) return "none";
  const known = Object.entries(RULES).find(([, rule]) => rule === rrule);
  return known === undefined ? "other" : (known[0] as Repeat);
}

function minutesOf(date: string, time: string): number | null {
  const day = dayOf(date);
  if (day === null || !isTime(time)) return null;
  return day * DAY_MINUTES + Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function dayOf(text: string): number | null {
  const date = parseDate(text);
  return date === null ? null : dayNumber(date.year, date.month, date.day);
}

function wallOf(instant: string, zone: string): { date: string; time: string } {
  const ms = parseInstant(instant);
  if (ms === null) return { date: instant.slice(0, 10), time: instant.slice(11, 16) };
  const minutes = Math.floor(wallMs(wallClockOf(zone, Number(instant.slice(0, 4))), ms) / 60_000);
  const day = Math.floor(minutes / DAY_MINUTES);
  return { date: printDate(dateOf(day)), time: printMinute(minutes - day * DAY_MINUTES) };
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function printMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
