import { escapeText, newComponent, newProperty, print, vtimezoneOf, type Property } from "@hourwright/ical";
import { findZone, printBasicTime } from "@hourwright/time";
import { takesTime, type Booking } from "./model.ts";
import type { shownBookings } from "./queries.ts";

type Shown = Awaited<ReturnType<typeof shownBookings>>[number];

type Of = { readonly organisation: string; readonly nowMs: number };

/**
 * Bookings as a calendar file (RFC 5545): in the zone that the customer was told, under a UID that stays while it is moved, and
 * cancelled when it is. Read again it takes the place of what was read before. Dates of a series are events of their own, since
 * each may be moved alone.
 */
export function calendarOf(dates: readonly (readonly [Booking, Shown])[], of: Of): Uint8Array {
  const zones = new Map(dates.toReversed().map(([{ startMs }, { zone }]) => [zone, startMs]));
  return print([
    newComponent("VCALENDAR", [
      newProperty("VERSION", [], "2.0"),
      newProperty("PRODID", [], "-//Hourwright//Hourwright//EN"),
      newProperty("METHOD", [], "PUBLISH"),
      ...[...zones].map(([zone, startMs]) => vtimezoneOf(findZone(zone)!, zone, startMs)),
      ...dates.map(([booking, shown]) => eventOf(booking, shown, of)),
    ]),
  ]);
}

function eventOf(booking: Booking, shown: Shown, { organisation, nowMs }: Of) {
  const zone = findZone(shown.zone)!;
  const wall = (name: string, ms: number) =>
    newProperty(name, [{ name: "TZID", values: [shown.zone] }], printBasicTime(zone.toLocalMs(ms), "local"));
  const utc = (name: string, ms: number) => newProperty(name, [], printBasicTime(ms, "utc"));
  const text = (name: string, value: string): Property[] =>
    value === "" ? [] : [newProperty(name, [], escapeText(value))];
  const names = shown.subjects.map(({ name }) => name).join(", ");
  const status = takesTime(booking.state) ? (booking.state === "requested" ? "TENTATIVE" : "CONFIRMED") : "CANCELLED";
  return newComponent("VEVENT", [
    newProperty("UID", [], `${booking.id}@hourwright`),
    utc("DTSTAMP", nowMs),
    newProperty("SEQUENCE", [], String(booking.version)),
    wall("DTSTART", booking.startMs),
    wall("DTEND", booking.endMs),
    ...text("SUMMARY", `${shown.service.name}, ${organisation}`),
    ...text("DESCRIPTION", [names, shown.policy].filter((line) => line !== "").join("\n")),
    ...text("LOCATION", shown.where.text),
    newProperty("STATUS", [], status),
  ]);
}
