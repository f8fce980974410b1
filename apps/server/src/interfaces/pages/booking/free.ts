import { isRefused, limits, type Catalogue, type OperationAnswer, type Refused } from "@hourwright/contract";
import type { Ask } from "./ask.ts";
import type { Times } from "./times.ts";

export type PublicPage = OperationAnswer<Catalogue["bookingPage.show"]>;
export type Offered = PublicPage["services"][number];

export type Slot = { readonly startMs: number; readonly endMs: number; readonly placesLeft: number };

/** What is free in a month, and what of it is in front. */
export type Free = {
  /** The first day of the month. */
  readonly month: Temporal.PlainDate;
  readonly slots: readonly Slot[];
  /** By the day's text. */
  readonly byDay: ReadonlyMap<string, readonly Slot[]>;
  /** The day whose times are shown; null: the month has none. */
  readonly day: Temporal.PlainDate | null;
  /** The next after the month, where it has none. */
  readonly nextMs: number | null;
};

type Wish = {
  readonly serviceId: string;
  readonly minutes: number;
  readonly choose: readonly string[];
  readonly places: number;
  /** The day in front; null: the first that has times, this month or later. */
  readonly on: Temporal.PlainDate | null;
  /** What this customer holds: to them it is free. */
  readonly held?: Slot | null;
};

export const msOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

/** Asks what is free in the month of the day in front; where nobody has named one, in the month of the first free time. */
export async function readFree(ask: Ask, wish: Wish, times: Times, nowMs: number): Promise<Free | Refused> {
  const today = times.dayOf(nowMs);
  const first = await readMonth(ask, wish, times, (wish.on ?? today).with({ day: 1 }));
  if (isRefused(first) || first.slots.length > 0) return first;
  if (first.nextMs === null) return { ...first, nextMs: await firstBefore(ask, wish, times, nowMs, first.month) };
  if (wish.on !== null) return first;
  return readMonth(ask, wish, times, times.dayOf(first.nextMs).with({ day: 1 }));
}

/** The first free time of all, where a month lies past the last of them. */
async function firstBefore(
  ask: Ask,
  { serviceId, minutes, choose, places }: Wish,
  times: Times,
  nowMs: number,
  month: Temporal.PlainDate,
): Promise<number | null> {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs);
  const [from, to] = [now.toString(), now.add({ hours: 24 * limits.SLOT_DAYS_MAX }).toString()];
  if (Temporal.PlainDate.compare(month, times.dayOf(nowMs)) <= 0) return null;
  const answer = await ask("services.slots", {
    params: { id: serviceId },
    query: { from, to, minutes, choose, places, limit: 1 },
  });
  return isRefused(answer) || answer.items.length === 0 ? null : msOf(answer.items[0]!.start);
}

async function readMonth(
  ask: Ask,
  { serviceId, minutes, choose, places, on, held = null }: Wish,
  times: Times,
  month: Temporal.PlainDate,
): Promise<Free | Refused> {
  const at = (day: Temporal.PlainDate) => day.toZonedDateTime(times.zone).toString({ timeZoneName: "never" });
  const query = { from: at(month), to: at(month.add({ months: 1 })), zone: times.zone, minutes, choose, places };
  const answer = await ask("services.slots", { params: { id: serviceId }, query });
  if (isRefused(answer)) return answer;
  const listed = answer.items.map(({ start, end, placesLeft }) => ({
    startMs: msOf(start),
    endMs: msOf(end),
    placesLeft,
  }));
  const isHeldHere = held !== null && times.dayOf(held.startMs).with({ day: 1 }).equals(month);
  const slots = isHeldHere ? withOwn(listed, held) : listed;
  const byDay = Map.groupBy(slots, ({ startMs }) => times.dayOf(startMs).toString());
  const days = [...byDay.keys()];
  const wished = on === null ? undefined : (days.find((day) => day >= on.toString()) ?? days.at(-1));
  const day = wished ?? days[0];
  return {
    month,
    slots,
    byDay,
    day: day === undefined ? null : Temporal.PlainDate.from(day),
    nextMs: answer.next === null ? null : msOf(answer.next),
  };
}

const withOwn = (listed: readonly Slot[], own: Slot): readonly Slot[] =>
  listed.some(({ startMs }) => startMs === own.startMs)
    ? listed
    : [...listed, own].toSorted((a, b) => a.startMs - b.startMs);

/** Times offered in place of one that is gone. */
const NEAREST_MAX = 3;

export const nearestOf = (slots: readonly Slot[], startMs: number): readonly Slot[] =>
  slots
    .toSorted((a, b) => Math.abs(a.startMs - startMs) - Math.abs(b.startMs - startMs) || a.startMs - b.startMs)
    .slice(0, NEAREST_MAX)
    .toSorted((a, b) => a.startMs - b.startMs);
