import { openTimeOf, type OpenTime, type Thresholds } from "@hourwright/capacity";
import { dayNumber } from "@hourwright/time";
import { api } from "./api.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";
import { instantOfWall, parseInstant, printInstant, wallClockOf } from "./wall-clock.ts";

/** When the people of the organisation may be claimed in a year, and when they are; by id. */
export type PeopleTime = {
  readonly open: ReadonlyMap<string, OpenTime>;
  readonly taken: ReadonlyMap<string, OpenTime>;
  readonly thresholds: Thresholds;
  readonly focusMinutes: number;
};

export const capacityStore = createStore<{ readonly years: ReadonlyMap<number, PeopleTime> }>({ years: new Map() });

const DAY_MS = 86_400_000;
const YEARS_KEPT_MAX = 4;

const latestRead = new Map<number, number>();
let reads = 0;
/** Whose capacity of a year was asked for last. */
const asked = new Map<number, readonly string[] | null>();

/**
 * Asks for a year's capacity of some people, null: of everybody; or for it again. Of several reads of a year the one
 * started last wins. A failure is not shown: without an answer there are no ribbons, and the next change asks again.
 */
export async function loadCapacity(year: number, zone: string, people: readonly string[] | null): Promise<void> {
  asked.set(year, people);
  if (people?.length === 0) return;
  const read = ++reads;
  latestRead.set(year, read);
  const clock = wallClockOf(zone, year);
  const at = (of: number) => printInstant(instantOfWall(clock, dayNumber(of, 1, 1) * DAY_MS));
  try {
    const of = people === null ? {} : { subjects: [...people] };
    const answer = await api("capacity.read", { query: { start: at(year), end: at(year + 1), ...of } });
    if (latestRead.get(year) !== read) return;
    const startMs = parseInstant(answer.start)!;
    const open = answer.open.flatMap(({ subjectIds, minutes }) => {
      const shared = openTimeOf(minutes, startMs);
      return subjectIds.map((id) => [id, shared] as const);
    });
    const time: PeopleTime = {
      open: new Map(open),
      taken: new Map(answer.taken.map(({ subjectId, minutes }) => [subjectId, openTimeOf(minutes, startMs)])),
      thresholds: answer.thresholds,
      focusMinutes: answer.focusMinutes,
    };
    capacityStore.set(({ years }) => {
      const kept = [...years].filter(([other]) => other !== year).slice(-(YEARS_KEPT_MAX - 1));
      return { years: new Map(kept).set(year, time) };
    });
  } catch (error) {
    noticeSignedOut(error);
  }
}

/** Asks again for every year that is kept. */
export async function reloadCapacity(zone: string): Promise<void> {
  const years = [...capacityStore.get().years.keys()];
  await Promise.all(years.map((year) => loadCapacity(year, zone, asked.get(year) ?? null)));
}
