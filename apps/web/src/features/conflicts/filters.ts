import { dateOf } from "@hourwright/time";
import type { Glyph as Kind } from "@hourwright/timeline";
import type { Conflict } from "../../data/api.ts";
import type { Clash } from "../../data/entries.ts";
import { glyphOf } from "../../ui/glyph-of.ts";

export const KINDS: readonly Kind[] = ["time", "travel", "resource", "load"];
export const SEVERITIES: readonly Conflict["severity"][] = ["must", "should", "look"];

/** What of a year's conflicts is asked for. */
export type Filters = {
  /** Only these kinds; empty for all. */
  readonly kinds: ReadonlySet<Kind>;
  readonly hidden: ReadonlySet<Conflict["severity"]>;
  /** Only conflicts of this subject; null for anyone. */
  readonly subjectId: string | null;
  /** The next fourteen days, a month, or null for the whole year. */
  readonly when: "soon" | number | null;
  /** What is over, and what others have to resolve; null: as long as there is something else. */
  readonly withPast: boolean | null;
  readonly withOthers: boolean | null;
};

export const NO_FILTERS: Filters = {
  kinds: new Set(),
  hidden: new Set(),
  subjectId: null,
  when: null,
  withPast: null,
  withOthers: null,
};

export type Filtered = {
  readonly shown: readonly Clash[];
  /** Before kinds and severities are chosen: what their chips count. */
  readonly among: readonly Clash[];
  /** Before anything is chosen but what is over and of whom: what the menus offer. */
  readonly offered: readonly Clash[];
  readonly withPast: boolean;
  readonly withOthers: boolean;
  /** How many there are of others; null when there is nothing else, or nothing of theirs. */
  readonly others: number | null;
  /** Whether some are over and some are not: then one can choose. */
  readonly mixesPast: boolean;
};

const SOON_MS = 14 * 86_400_000;

/** Those of the conflicts that are asked for, in their order. */
export function filtered(
  clashes: readonly Clash[],
  filters: Filters,
  { now, isMine }: { readonly now: number; readonly isMine: (clash: Clash) => boolean },
): Filtered {
  const upcoming = clashes.filter(({ endMs }) => endMs > now);
  const withPast = filters.withPast ?? upcoming.length === 0; // Of a year that is over, everything.
  const timely = withPast ? clashes : upcoming;
  const others = timely.filter((clash) => !isMine(clash)).length;
  const withOthers = (filters.withOthers ?? false) || others === timely.length; // Where one only looks, everything.
  const offered = withOthers ? timely : timely.filter(isMine);
  const { kinds, hidden, subjectId, when } = filters;
  const among = offered.filter(
    ({ conflict, startMs, endMs, fromDay }) =>
      (subjectId === null || conflict.subjectIds.includes(subjectId)) &&
      (when === null || (when === "soon" ? endMs > now && startMs < now + SOON_MS : dateOf(fromDay).month === when)),
  );
  const shown = among.filter(
    ({ conflict }) => !hidden.has(conflict.severity) && (kinds.size === 0 || kinds.has(glyphOf(conflict.kind))),
  );
  return {
    shown,
    among,
    offered,
    withPast,
    withOthers,
    others: others > 0 && others < timely.length ? others : null,
    mixesPast: upcoming.length > 0 && upcoming.length < clashes.length,
  };
}

export type Group = { readonly key: "soon" | "past" | number; readonly clashes: readonly Clash[] };

/** The next fourteen days first, then by month; what is over last. */
export function groupsOf(clashes: readonly Clash[], now: number): Group[] {
  const groups = Map.groupBy(clashes, ({ startMs, endMs, fromDay }): Group["key"] => {
    if (endMs <= now) return "past";
    return startMs < now + SOON_MS ? "soon" : dateOf(fromDay).month;
  });
  const rankOf = (key: Group["key"]) => (key === "soon" ? 0 : key === "past" ? 13 : key);
  return [...groups]
    .map(([key, group]) => ({ key, clashes: group }))
    .sort((one, other) => rankOf(one.key) - rankOf(other.key));
}

/** The people and things that clash, most often first, with how often. */
export function subjectsOf(clashes: readonly Clash[], most: number): { id: string; name: string; count: number }[] {
  const counts = new Map<string, { id: string; name: string; count: number }>();
  for (const { conflict } of clashes)
    conflict.subjectIds.forEach((id, i) => {
      const known = counts.get(id) ?? { id, name: conflict.subjects[i] ?? "", count: 0 };
      counts.set(id, { ...known, count: known.count + 1 });
    });
  return [...counts.values()]
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
    .slice(0, most);
}
