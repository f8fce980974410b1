import { dayText, shiftText, type Shift, type ShiftKey, type Stretch } from "@hourwright/schedule";
import { standingIn, type Entry } from "./draft.ts";

/** What becomes of one shift of somebody: new where nothing was, dropped where nothing is. */
export type Line = {
  readonly day: number;
  readonly shift: Shift | null;
  readonly was: Shift | null;
  readonly sentence: string;
};

/** What somebody is told of a publication [PB1]. */
export type Told = {
  readonly new: readonly Line[];
  readonly changed: readonly Line[];
  readonly dropped: readonly Line[];
};

/**
 * What a draft has for one person, in order of days. A shift that is dropped on a day and one that comes on it are one change, in order
 * of their beginnings; what comes as it was is told by nobody. `stretches`: their schedule without the draft.
 */
export function toldOf(entries: readonly Entry[], stretches: readonly Stretch[]): Told {
  const standing = new Map(
    standingIn(stretches).map(({ placed }) => [keyOf({ ...placed.shift, day: placed.day }), placed]),
  );
  const days = new Map<number, { comes: Shift[]; goes: Shift[] }>();
  const dayFor = (day: number) => {
    let found = days.get(day);
    if (found === undefined) days.set(day, (found = { comes: [], goes: [] }));
    return found;
  };
  for (const entry of entries) {
    if (entry.kind === "add") dayFor(entry.day).comes.push(entry.shift);
    else {
      const was = standing.get(keyOf(entry.of));
      if (was !== undefined) dayFor(entry.of.day).goes.push(was.shift);
    }
  }
  const told = { new: [] as Line[], changed: [] as Line[], dropped: [] as Line[] };
  for (const [day, { comes, goes }] of [...days].sort(([one], [other]) => one - other)) {
    const kept = new Set(comes.filter((shift) => goes.some((was) => isSame(shift, was))).map(textOf));
    const [news, gone] = [comes, goes].map((list) =>
      list.filter((shift) => !kept.has(textOf(shift))).toSorted(byStart),
    );
    for (let i = 0; i < Math.max(news!.length, gone!.length); i++) {
      const line = lineOf(day, news![i] ?? null, gone![i] ?? null);
      if (line.was === null) told.new.push(line);
      else if (line.shift === null) told.dropped.push(line);
      else told.changed.push(line);
    }
  }
  return told;
}

const keyOf = ({ day, fromMinute }: ShiftKey): string => `${day} ${fromMinute}`;
const byStart = (one: Shift, other: Shift): number => one.fromMinute - other.fromMinute;
const textOf = ({ name, kind, fromMinute, toMinute, site, breaks }: Shift): string =>
  JSON.stringify([name, kind, fromMinute, toMinute, site, breaks]);
const isSame = (one: Shift, other: Shift): boolean => textOf(one) === textOf(other);

function lineOf(day: number, shift: Shift | null, was: Shift | null): Line {
  const on = dayText(day);
  if (was === null) return { day, shift, was, sentence: `New on ${on}: ${shiftText(shift!)}.` };
  if (shift === null) return { day, shift, was, sentence: `No more on ${on}: ${shiftText(was)}.` };
  return { day, shift, was, sentence: `Changed on ${on}: ${shiftText(shift)}, before ${shiftText(was)}.` };
}

/** "3 new shifts, 1 changed, 2 dropped from 1 March 2027 on" */
export function toldText({ new: added, changed, dropped }: Told): string {
  const parts = [
    count(added.length, "new shift"),
    changed.length === 0 ? "" : `${changed.length} changed`,
    dropped.length === 0 ? "" : `${dropped.length} dropped`,
  ];
  const first = Math.min(...[...added, ...changed, ...dropped].map(({ day }) => day));
  return `${parts.filter((part) => part !== "").join(", ")} from ${dayText(first)} on`;
}

const count = (number: number, thing: string): string =>
  number === 0 ? "" : `${number} ${thing}${number === 1 ? "" : "s"}`;
