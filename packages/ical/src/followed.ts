import type { CalendarObject } from "./calendar-object.ts";
import { escapeText, newProperty } from "./content-line.ts";
import { print } from "./print.ts";
import { PRODID } from "./product.ts";
import { componentsOf, newComponent } from "./tree.ts";

/** How seldom whoever follows a calendar may ask again. */
const ASK_EVERY = "PT1H";

/**
 * Events in UTC as one calendar that others follow: with its name and how often they are to ask again (RFC 7986 §5.1, §5.7), each in
 * the older words for it as well, which are the only ones that some programs read. Linear in the events.
 */
export function followedCalendar(name: string, objects: readonly CalendarObject[]): Uint8Array {
  const events = objects.flatMap(({ calendar }) => componentsOf(calendar).filter((each) => each.name === "VEVENT"));
  const head = [
    newProperty("VERSION", [], "2.0"),
    newProperty("PRODID", [], PRODID),
    newProperty("CALSCALE", [], "GREGORIAN"),
    newProperty("NAME", [], escapeText(name)),
    newProperty("X-WR-CALNAME", [], escapeText(name)),
    newProperty("REFRESH-INTERVAL", [{ name: "VALUE", values: ["DURATION"] }], ASK_EVERY),
    newProperty("X-PUBLISHED-TTL", [], ASK_EVERY),
  ];
  return print([newComponent("VCALENDAR", [...head, ...events])]);
}
