import { escapeText, newComponent, newProperty, print, vtimezoneOf, type Property } from "@hourwright/ical";
import { findZone, printBasicTime } from "@hourwright/time";
import { takesTime, type Booking } from "./model.ts";

/** What a calendar says of a booking, beside the booking itself. */
export type CalendarFacts = {
  /** As the customer was told. */
  readonly zone: string;
  readonly subjects: readonly { readonly name: string }[];
  readonly service: { readonly name: string };
  readonly organisation: string;
  readonly policy: string;
  readonly where: { readonly text: string };
  readonly nowMs: number;
};

type Party = { readonly name: string; readonly address: string };

/** Who tells whom by mail (RFC 6047), and where the booking can be changed. */
export type Scheduling = { readonly organiser: Party; readonly attendee: Party; readonly url: string };

/**
 * Bookings as a calendar file (RFC 5545): in the zone that the customer was told, under a UID that stays while it is moved, and
 * cancelled when it is. Read again it takes the place of what was read before. Dates of a series are events of their own, since
 * each may be moved alone. With `scheduling` it is what a message carries: of one a request, or that it is cancelled (RFC 5546 §3.2.2,
 * §3.2.5); of several, whose UIDs neither of these may mix, what is published (§3.2.1), which names nobody who is asked.
 */
export function calendarOf(
  dates: readonly (readonly [Booking, CalendarFacts])[],
  scheduling: Scheduling | null = null,
): { readonly method: "PUBLISH" | "REQUEST" | "CANCEL"; readonly bytes: Uint8Array } {
  const zones = new Map(dates.toReversed().map(([{ startMs }, { zone }]) => [zone, startMs]));
  const isOn = dates.some(([{ state }]) => takesTime(state));
  const isAsked = scheduling !== null && dates.length === 1;
  const method = !isAsked ? "PUBLISH" : isOn ? "REQUEST" : "CANCEL";
  const bytes = print([
    newComponent("VCALENDAR", [
      newProperty("VERSION", [], "2.0"),
      newProperty("PRODID", [], "-//Hourwright//Hourwright//EN"),
      newProperty("METHOD", [], method),
      ...[...zones].map(([zone, startMs]) => vtimezoneOf(findZone(zone)!, zone, startMs)),
      ...dates.map(([booking, facts]) => eventOf(booking, facts, scheduling, isAsked)),
    ]),
  ]);
  return { method, bytes };
}

function eventOf(booking: Booking, facts: CalendarFacts, scheduling: Scheduling | null, isAsked: boolean) {
  const zone = findZone(facts.zone)!;
  const wall = (name: string, ms: number) =>
    newProperty(name, [{ name: "TZID", values: [facts.zone] }], printBasicTime(zone.toLocalMs(ms), "local"));
  const utc = (name: string, ms: number) => newProperty(name, [], printBasicTime(ms, "utc"));
  const text = (name: string, value: string): Property[] =>
    value === "" ? [] : [newProperty(name, [], escapeText(value))];
  const names = facts.subjects.map(({ name }) => name).join(", ");
  const status = takesTime(booking.state) ? (booking.state === "requested" ? "TENTATIVE" : "CONFIRMED") : "CANCELLED";
  return newComponent("VEVENT", [
    newProperty("UID", [], `${booking.id}@hourwright`),
    utc("DTSTAMP", facts.nowMs),
    newProperty("SEQUENCE", [], String(booking.version)),
    wall("DTSTART", booking.startMs),
    wall("DTEND", booking.endMs),
    ...text("SUMMARY", `${facts.service.name}, ${facts.organisation}`),
    ...text("DESCRIPTION", [names, facts.policy].filter((line) => line !== "").join("\n")),
    ...text("LOCATION", facts.where.text),
    newProperty("STATUS", [], status),
    ...(scheduling === null ? [] : parties(scheduling, isAsked)),
  ]);
}

/** Who has booked has said yes by booking: nobody asks them for an answer that nobody would read. */
const parties = ({ organiser, attendee, url }: Scheduling, isAsked: boolean): Property[] => [
  newProperty("ORGANIZER", [{ name: "CN", values: [organiser.name] }], `mailto:${organiser.address}`),
  ...(isAsked ? [attendeeOf(attendee)] : []),
  newProperty("URL", [], url),
];

const attendeeOf = ({ name, address }: Party): Property =>
  newProperty(
    "ATTENDEE",
    [
      { name: "CN", values: [name] },
      { name: "ROLE", values: ["REQ-PARTICIPANT"] },
      { name: "PARTSTAT", values: ["ACCEPTED"] },
      { name: "RSVP", values: ["FALSE"] },
    ],
    `mailto:${address}`,
  );
