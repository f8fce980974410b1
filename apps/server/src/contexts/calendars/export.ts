import { componentsOf, parse, print } from "@hourwright/ical";
import type { Unit } from "../../platform/db/database.ts";
import { objectsOfCalendar } from "./store.ts";

/** Objects read from the database at once, between two waits. */
const OBJECTS_OF_A_PAGE = 200;

/**
 * A calendar as one .ics file: every component as it was stored, alarms and unknown properties included, each VTIMEZONE
 * once. Streams page by page; `read` opens a unit for each, so that nobody waits for a long download.
 */
export async function* exportCalendar(
  calendar: { readonly id: string; readonly name: string },
  read: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const name = calendar.name.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/[\r\n]+/g, " ");
  yield encoder.encode(
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hourwright//Hourwright//EN\r\nCALSCALE:GREGORIAN\r\nX-WR-CALNAME:${name}\r\n`,
  );
  const zones = new Set<string>();
  let after = "";
  for (;;) {
    const from = after;
    const page = await read((unit) => objectsOfCalendar(unit, calendar.id, from, OBJECTS_OF_A_PAGE));
    for (const object of page) {
      for (const component of parse(object.bytes).nodes.flatMap((node) =>
        node.kind === "component" ? componentsOf(node) : [],
      )) {
        const bytes = print([component]);
        const text = component.name === "VTIMEZONE" ? new TextDecoder().decode(bytes) : null;
        if (text !== null && zones.has(text)) continue;
        if (text !== null) zones.add(text);
        yield bytes;
      }
    }
    if (page.length < OBJECTS_OF_A_PAGE) break;
    after = page.at(-1)!.id;
  }
  yield encoder.encode("END:VCALENDAR\r\n");
}
