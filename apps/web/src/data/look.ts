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
