import { useState } from "react";
import { type WallClock, type YearShape } from "@hourwright/timeline";
import { copyEntry, metBy, movedBy, retime, type NewTimes } from "../data/edits.ts";
import type { Entry } from "../data/entries.ts";
import { say } from "../data/history.ts";
import { instantOfWall, wallMs } from "../data/wall-clock.ts";
import { reloadYears } from "../data/years.ts";
import type { Drag } from "../features/year/use-year-drag.ts";
import { useLanguage } from "../messages/index.tsx";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What a drag would do, in words, and whether it would meet something. */
export type DragState = { readonly when: string; readonly meets: string | null };

/** An entry at other times, or a copy of it. */
type Change = { readonly entry: Entry; readonly times: NewTimes; readonly isCopy: boolean };

/** A change that was refused, and what may be done about it. */
export type Refused = Change & {
  readonly sentence: string;
  readonly mayInsist: boolean;
};

/** Dragging over the year: what the header says meanwhile, and what a drop does. */
export function useDragWork(props: {
  readonly shape: YearShape;
  readonly clock: WallClock;
  readonly zone: string;
  readonly byKey: ReadonlyMap<string, Entry>;
  /** Everything that is known, shown or not: it can be met. */
  readonly entries: readonly Entry[];
  readonly onCreate: (times: NewTimes) => void;
  readonly onRefused: (refused: Refused) => void;
}) {
  const { shape, clock, zone, byKey, entries } = props;
  const { words, format } = useLanguage();
  const [state, setState] = useState<DragState | null>(null);

  const entryOf = ({ grab }: Drag): Entry | null =>
    grab.what === "bar"
      ? (byKey.get(grab.bar.id) ?? null)
      : grab.what === "block"
        ? (byKey.get(grab.block.id) ?? null)
        : null;

  const timesOf = (drag: Drag): NewTimes => timesOfDrag(drag, entryOf(drag), shape, clock);

  const printed = (times: NewTimes): string => {
    if (times.allDay) {
      const [first, last] = [format.dayShort(times.fromDay), format.dayShort(times.toDay - 1)];
      return first === last ? first : words.drag.days(first, last);
    }
    const day = format.dayShort(Math.floor(wallMs(clock, times.startMs) / DAY_MS));
    return words.drag.timed(day, format.timeRange(times.startMs, times.endMs));
  };

  const onDrag = (drag: Drag | null): void => {
    if (drag === null) return setState(null);
    const times = timesOf(drag);
    const entry = entryOf(drag);
    const met = entry === null ? [] : metBy(entry, times, entries);
    setState({
      when: printed(times),
      meets: met.length === 0 ? null : words.drag.meets(met[0]!.event.title, met.length - 1),
    });
  };

  const apply = async (change: Change, insists: boolean): Promise<void> => {
    const { entry, times, isCopy } = change;
    const said = (isCopy ? words.drag.copied : words.drag.moved)(entry.event.title, printed(times));
    const reload = () => reloadYears(zone);
    try {
      const refused = await (isCopy ? copyEntry : retime)(entry, times, { insists, said, reload });
      if (refused !== null)
        props.onRefused({
          ...change,
          sentence: refused.sentence,
          mayInsist: refused.code === "claims/taken" && !insists,
        });
    } catch {
      say(words.failures.network);
    }
  };

  const onDrop = (drag: Drag): void => {
    const entry = entryOf(drag);
    const times = timesOf(drag);
    if (entry === null) props.onCreate(times);
    else if (drag.isCopy || !isSame(entry, times)) void apply({ entry, times, isCopy: drag.isCopy }, false);
  };

  const mayDrag = (grab: Drag["grab"]): boolean => {
    if (grab.what === "day") return true;
    return byKey.get(grab.what === "bar" ? grab.bar.id : grab.block.id)?.event.canEdit === true;
  };

  return { state, onDrag, onDrop, mayDrag, apply };
}

/** The times that a drag means: of a new thing those of the ghost, of one that exists its own, moved by what the ghost moved. */
function timesOfDrag({ grab, ghost }: Drag, entry: Entry | null, shape: YearShape, clock: WallClock): NewTimes {
  const epoch = (day: number) => shape.firstEpochDay + day;
  if (entry === null || grab.what === "day") {
    if (ghost.minutes === null) return { allDay: true, fromDay: epoch(ghost.fromDay), toDay: epoch(ghost.toDay) };
    const at = (minute: number) => instantOfWall(clock, epoch(ghost.fromDay) * DAY_MS + minute * MINUTE_MS);
    return { allDay: false, startMs: at(ghost.minutes.fromMinute), endMs: at(ghost.minutes.toMinute) };
  }
  if (grab.what === "bar") {
    const { fromDay, toDay } = grab.bar;
    return movedBy(entry, (ghost.fromDay - fromDay) * DAY_MS, (ghost.toDay - toDay) * DAY_MS, clock);
  }
  const { day, fromMinute, toMinute } = grab.block;
  const days = (ghost.fromDay - day) * DAY_MS;
  const { minutes } = ghost;
  return movedBy(
    entry,
    days + ((minutes?.fromMinute ?? fromMinute) - fromMinute) * MINUTE_MS,
    days + ((minutes?.toMinute ?? toMinute) - toMinute) * MINUTE_MS,
    clock,
  );
}

function isSame(entry: Entry, times: NewTimes): boolean {
  if (times.allDay) return entry.fromDay === times.fromDay && entry.toDay === times.toDay;
  return entry.startMs === times.startMs && entry.endMs === times.endMs;
}
