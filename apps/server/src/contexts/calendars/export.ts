import {
  componentsOf,
  escapeText,
  newProperty,
  parse,
  print,
  propertyOf,
  rawValue,
  type Component,
} from "@hourwright/ical";
import type { Unit } from "../../platform/db/database.ts";
import type { SeenCalendar } from "./access.ts";
import { ExportZones } from "./export-zones.ts";
import { reaches } from "./model.ts";
import { objectsOfCalendar } from "./store.ts";

/** What is read from the database at once, and printed between two waits. */
const PAGE_MAX = { rows: 200, bytes: 524_288 };

type Read = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

/**
 * A calendar as one .ics file: every component as it was stored, alarms and unknown properties included, and one
 * VTIMEZONE for each TZID. Streams page by page; `read` opens a unit for each, so that nobody waits for a long
 * download. Everything is read twice, because the zones stand before what names them. Who may only read the calendar
 * gets what is public of it.
 */
export async function* exportCalendar(
  calendar: Pick<SeenCalendar, "id" | "name" | "access">,
  read: Read,
): AsyncGenerator<Uint8Array> {
  const isTold = reaches(calendar.access, "write") ? () => true : isPublic;
  const encoder = new TextEncoder();
  yield encoder.encode(
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hourwright//Hourwright//EN\r\nCALSCALE:GREGORIAN\r\n",
  );
  yield print([newProperty("X-WR-CALNAME", [], escapeText(calendar.name))]);

  const zones = new ExportZones();
  for await (const page of pagesOf(calendar.id, read))
    for (const object of page.filter(isTold)) zones.componentsOf(object);
  yield print(zones.unwritten());

  for await (const all of pagesOf(calendar.id, read)) {
    const components = all.filter(isTold).flatMap((object) => zones.componentsOf(object));
    // What was added since the first reading may name another zone.
    yield print([...zones.unwritten(), ...components]);
  }
  yield encoder.encode("END:VCALENDAR\r\n");
}

/** Whether everything of an object is public: an occurrence of a private series tells of the series. */
function isPublic(object: Component): boolean {
  return componentsOf(object).every((component) => {
    const classification = propertyOf(component, "CLASS");
    return classification === null || rawValue(classification).trim().toUpperCase() === "PUBLIC";
  });
}

/** The VCALENDARs of a calendar's objects, by id, some at a time. */
async function* pagesOf(calendarId: string, read: Read): AsyncGenerator<Component[]> {
  let after = "";
  for (;;) {
    const from = after;
    const page = await read((unit) => objectsOfCalendar(unit, calendarId, from, PAGE_MAX));
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.flatMap(({ bytes }) => parse(bytes).nodes.filter((node) => node.kind === "component"));
    after = last.id;
  }
}
