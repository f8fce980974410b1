import type { Entry } from "./entries.ts";

/** Of what has no calendar: the hue of the neutral surfaces. */
const NEUTRAL_HUE = 262;

/** The hue of an entry's category. */
export function hueOf({ calendar }: Entry): number {
  return calendar?.colour ?? NEUTRAL_HUE;
}

/** How an entry is drawn: leave quietly, what is tentative dashed. */
export function toneOf({ event, calendar }: Entry): "plain" | "leave" | "tentative" {
  if (calendar?.category === "leave") return "leave";
  return event.status === "tentative" ? "tentative" : "plain";
}

/** Where an entry is and whose it is, as one line: its calendar, its place, the people and things it takes. */
export function whereOf({ calendar, event }: Entry, names: ReadonlyMap<string, string>): string {
  const parts = [calendar?.name, event.location, ...event.subjectIds.map((id) => names.get(id))];
  return [...new Set(parts.filter((part) => part !== null && part !== undefined && part !== ""))].join(" · ");
}
