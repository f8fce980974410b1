// ADD (RFC 5546 §3.2.4): one more occurrence of a series, beside its rules.

import { newProperty, parametersOf, rawValue } from "../content-line.ts";
import { propertiesOf, propertyOf, withChildren, type Component, type Property } from "../tree.ts";
import { withEach, withLinesOf, withSequence } from "./lines.ts";
import { receivedComponent, withParts } from "./message.ts";
import { OUTDATED, UNKNOWN_OBJECT, ignore, isOlder, type Ignored, type Received } from "./outcome.ts";
import { userIn, withOwnThings } from "./own-copy.ts";
import { excludedOf, momentOf, timeIn } from "./scheduled.ts";

/** The series with an RDATE for the new occurrence, and an override that says what it is. */
export function extended({ message, stored, own }: Received): Component | Ignored {
  if (stored === null) return UNKNOWN_OBJECT;
  const { master } = stored;
  const added = message.master;
  if (master === null || stored.like === null) return ignore("unknown-occurrence", "There is no series to add to.");
  if (added === null || propertiesOf(added.component, "RRULE").length > 0) {
    return ignore("unsupported", "ADD names one occurrence by its start, and no rule.");
  }
  const start = propertyOf(added.component, "DTSTART");
  const time = timeIn(added.component, "DTSTART", message.zones);
  if (start === null || time === null) return ignore("no-start", "The new occurrence has no start.");
  if ((time.form === "date") !== (stored.like.form === "date")) {
    return ignore("unsupported", "The new occurrence and the series are not both dates, or both times of day.");
  }
  if (userIn(master, own) !== null && userIn(added, own) === null) {
    return ignore("not-invited", "The new occurrence does not name this user.");
  }
  if (isOlder(added, master)) return OUTDATED;
  const atMs = momentOf(time, stored.like);
  if (stored.overrides.has(atMs)) return ignore("unchanged", "The calendar has this occurrence.");
  if (excludedOf(stored).has(atMs)) return ignore("outdated", "The occurrence was taken out of the series.");

  const override = withOwnThings(receivedComponent(renamed(added.component, start)), master.component);
  const at = master.component.children.findLastIndex((child) => child.kind === "property") + 1;
  const { children } = master.component;
  const longer = withChildren(master.component, [
    ...children.slice(0, at),
    copyOf(start, "RDATE"),
    ...children.slice(at),
  ]);
  const counted = withLinesOf(withSequence(longer, added.sequence), "DTSTAMP", added.component);
  return withParts(stored.calendar, new Map([[master.component, counted]]), [override], [message.calendar]);
}

const OF_A_SERIES = new Set(["RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"]);

function renamed(component: Component, start: Property): Component {
  const plain = withEach(component, (property) => (OF_A_SERIES.has(property.name) ? null : property));
  return withChildren(plain, [copyOf(start, "RECURRENCE-ID"), ...plain.children]);
}

/** The same time under another name. */
function copyOf(line: Property, name: string): Property {
  const parameters = parametersOf(line).filter((parameter) => parameter.name === "TZID" || parameter.name === "VALUE");
  return newProperty(name, parameters, rawValue(line));
}
