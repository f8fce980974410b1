import { MINUTE_MS } from "@hourwright/time";
import type { Service, Unsure } from "./model.ts";

// Calendars elsewhere, whose busy time keeps people from being booked: how old what is known of them is, and what that means.

/** A calendar elsewhere of somebody; `freshMs`: when it was last known to be as its source has it, null: never yet. */
export type Source = Unsure;

type Policy = Service["stale"];

/** Half-open, in this one place: at the instant at which it is as old as it may be a calendar is stale. */
export const isStale = ({ freshMs }: Source, { afterMinutes }: Policy, nowMs: number): boolean =>
  freshMs === null || nowMs >= freshMs + afterMinutes * MINUTE_MS;

export type KnownSources = {
  readonly service: Pick<Service, "stale">;
  readonly sources: readonly Source[];
  readonly nowMs: number;
};

/** Those that keep whose they are from being offered. */
export const barring = ({ service: { stale }, sources, nowMs }: KnownSources): readonly Source[] =>
  stale.policy === "refuse" ? sources.filter((source) => isStale(source, stale, nowMs)) : [];

/** Those for whose sake a booking asks for a yes. */
export const asking = ({ service: { stale }, sources, nowMs }: KnownSources): readonly Source[] =>
  stale.policy === "ask" ? sources.filter((source) => isStale(source, stale, nowMs)) : [];

/** When age alone keeps somebody else from being offered; null where nobody can be. */
export function nextStaleMs({ service: { stale }, sources, nowMs }: KnownSources): number | null {
  if (stale.policy !== "refuse") return null;
  const fresh = sources.filter((source) => !isStale(source, stale, nowMs));
  return fresh.length === 0 ? null : Math.min(...fresh.map(({ freshMs }) => freshMs! + stale.afterMinutes * MINUTE_MS));
}

/** How old what is known of a calendar is; null: it was never read. */
export const ageMinutes = ({ freshMs }: Source, nowMs: number): number | null =>
  freshMs === null ? null : Math.max(0, Math.floor((nowMs - freshMs) / MINUTE_MS));

/** What a stale calendar has against somebody's time, and how old it would have to be allowed to be. */
export function objectionOf(source: Source, { afterMinutes }: Policy, nowMs: number) {
  const { calendar, freshMs } = source;
  const ruleId = `stale ${source.calendarId}`;
  if (freshMs === null)
    return {
      ruleId,
      source,
      sentence: `The calendar “${calendar}” was never read yet`,
      relaxation: "its calendar had been read",
    };
  const minutes = Math.floor((nowMs - freshMs) / MINUTE_MS) + 1;
  return {
    ruleId,
    source,
    sentence: `The calendar “${calendar}” was last read ${ageText(nowMs - freshMs)} ago, and may be ${ageText(afterMinutes * MINUTE_MS)} old`,
    relaxation: `“${calendar}” were read again, or calendars might be ${ageText(minutes * MINUTE_MS, "up")} old`,
  };
}

const UNITS = [
  ["day", 1_440],
  ["hour", 60],
  ["minute", 1],
] as const;

/** In the largest unit of which there are two, or one exactly: 3 days, 36 hours, 1 day. Rounded down, or up. */
export function ageText(ms: number, way: "down" | "up" = "down"): string {
  const minutes = Math.max(0, ms / MINUTE_MS);
  const [name, size] = UNITS.find(([, of]) => minutes >= 2 * of || minutes === of) ?? UNITS[2];
  const count = (way === "up" ? Math.ceil : Math.floor)(minutes / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
