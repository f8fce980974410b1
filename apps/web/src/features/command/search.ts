import type { Entry } from "../../data/entries.ts";
import type { Directory } from "../../data/session.ts";

/** Something found by its name. */
export type Found =
  | { readonly what: "event"; readonly entry: Entry }
  | { readonly what: "person" | "thing" | "calendar"; readonly id: string; readonly name: string };

const EVENTS_MAX = 6;
const SUBJECTS_MAX = 4;
const QUERY_MIN = 2;

/**
 * Events by title and place, people, things and calendars by name: all words of the query must begin a word of it, accents and
 * case aside. Of a series the next occurrence from `nowMs` on, else the last; names before events. O(entries).
 */
export function search(query: string, entries: readonly Entry[], directory: Directory, nowMs: number): Found[] {
  const wanted = wordsOf(query);
  if (query.trim().length < QUERY_MIN || wanted.length === 0) return [];
  const isFound = (text: string) => {
    const words = wordsOf(text);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
  const subjects: Found[] = [
    ...directory.people.map(({ id, name }) => ({ what: "person", id, name }) as const),
    ...directory.things.map(({ id, name }) => ({ what: "thing", id, name }) as const),
    ...[...directory.calendars.values()].map(({ id, name }) => ({ what: "calendar", id, name }) as const),
  ].filter(({ name }) => isFound(name));

  const best = new Map<string, Entry>();
  for (const entry of entries) {
    if (!isFound(`${entry.event.title} ${entry.event.location ?? ""}`)) continue;
    const before = best.get(entry.event.id);
    // Entries come by start: the first that is not over stays, until then the later one is nearer.
    if (before === undefined || before.endMs <= nowMs) best.set(entry.event.id, entry);
  }
  const events = [...best.values()].sort(
    (one, other) => Number(one.endMs <= nowMs) - Number(other.endMs <= nowMs) || one.startMs - other.startMs,
  );
  return [
    ...subjects.slice(0, SUBJECTS_MAX),
    ...events.slice(0, EVENTS_MAX).map((entry) => ({ what: "event", entry }) as const),
  ];
}

function wordsOf(text: string): string[] {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
