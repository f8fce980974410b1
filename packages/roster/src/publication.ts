import {
  isoDay,
  isoDayText,
  shiftText,
  shiftTold,
  type Shift,
  type ShiftKey,
  type ShiftTold,
  type Stretch,
} from "@hourwright/schedule";
import { standingIn, type Entry } from "./draft.ts";

/** What becomes of one shift of somebody: new where nothing was, dropped where nothing is. */
export type Line = {
  readonly day: number;
  readonly shift: Shift | null;
  readonly was: Shift | null;
  readonly sentence: string;
};

/** What becomes of one shift, by what its sentence is made of, in any language: days as 2027-03-01. As JSON has it. */
export type LineFacts =
  | { readonly kind: "line-new"; readonly day: string; readonly shift: ShiftTold }
  | { readonly kind: "line-changed"; readonly day: string; readonly shift: ShiftTold; readonly was: ShiftTold }
  | { readonly kind: "line-dropped"; readonly day: string; readonly was: ShiftTold };

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
  const told = { day: isoDay(day), shift: shift && shiftTold(shift), was: was && shiftTold(was) };
  return { day, shift, was, sentence: lineText(lineFacts(told)) };
}

type Becomes = { readonly day: string; readonly shift: ShiftTold | null; readonly was: ShiftTold | null };

/** Of a shift that was, that comes, or both. */
export function lineFacts({ day, shift, was }: Becomes): LineFacts {
  if (was === null) return { kind: "line-new", day, shift: shift! };
  return shift === null ? { kind: "line-dropped", day, was } : { kind: "line-changed", day, shift, was };
}

/** What is told, in English: one sentence. */
export function lineText(facts: LineFacts): string {
  const on = isoDayText(facts.day);
  switch (facts.kind) {
    case "line-new":
      return `New on ${on}: ${shiftText(facts.shift)}.`;
    case "line-changed":
      return `Changed on ${on}: ${shiftText(facts.shift)}, before ${shiftText(facts.was)}.`;
    case "line-dropped":
      return `No more on ${on}: ${shiftText(facts.was)}.`;
  }
}
