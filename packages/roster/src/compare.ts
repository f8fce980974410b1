import { dayOfEntry, type Entry } from "./draft.ts";

/** What one draft has of somebody's day that the other has not. */
export type Difference = {
  readonly personId: string | null;
  readonly day: number;
  readonly here: readonly Entry[];
  readonly there: readonly Entry[];
};

/** What two drafts say otherwise, by day and person; each entry once, however often it is in both [DR9]. O(entries log entries). */
export function compare(here: readonly Entry[], there: readonly Entry[]): Difference[] {
  const others = Map.groupBy(there, textOf);
  const alone: Entry[] = [];
  for (const entry of here) if (others.get(textOf(entry))?.pop() === undefined) alone.push(entry);
  const left = [...others.values()].flat();
  const byPlace = new Map<string, { here: Entry[]; there: Entry[]; first: Entry }>();
  const placeFor = (entry: Entry) => {
    const key = `${dayOfEntry(entry)} ${entry.personId ?? ""}`;
    let place = byPlace.get(key);
    if (place === undefined) byPlace.set(key, (place = { here: [], there: [], first: entry }));
    return place;
  };
  for (const entry of alone) placeFor(entry).here.push(entry);
  for (const entry of left) placeFor(entry).there.push(entry);
  return Array.from(byPlace.values(), ({ first, ...sides }) => ({
    personId: first.personId,
    day: dayOfEntry(first),
    ...sides,
  })).sort((one, other) => one.day - other.day || ((one.personId ?? "") < (other.personId ?? "") ? -1 : 1));
}

/** What an entry says, whatever its id. */
function textOf(entry: Entry): string {
  const { id: _, ...said } = entry;
  return JSON.stringify(Object.entries(said).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
