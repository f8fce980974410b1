import { useCallback, useMemo, useState } from "react";
import type { Ghost, WallClock, YearShape } from "@hourwright/timeline";
import { announce } from "../data/announcement.ts";
import { copyEntry, metBy, movedBy, retime, type NewTimes } from "../data/edits.ts";
import type { Entry } from "../data/entries.ts";
import type { Me } from "../data/api.ts";
import { freeTimesOf, isOfTime, type FreeTime } from "../data/free-times.ts";
import { say } from "../data/history.ts";
import { printTimes } from "../data/printed-times.ts";
import { proposeTime } from "../data/proposed-times.ts";
import { mayPropose } from "../data/rights.ts";
import { instantOfWall, wallMs } from "../data/wall-clock.ts";
import type { Drag } from "../features/year/use-year-drag.ts";
import { useLanguage } from "../messages/index.tsx";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What a drag would do, in words, and whether it would meet something. */
export type DragState = {
  readonly when: string;
  readonly meets: string | null;
  readonly change: Change;
  /** Only proposed: who drags may not move it. */
  readonly isProposal: boolean;
};

/** An entry at other times, or a copy of it; null is a new one. */
type Change = { readonly entry: Entry | null; readonly times: NewTimes; readonly isCopy: boolean };
export type Move = Change & { readonly entry: Entry };

/** A change that was refused, and what may be done about it. */
export type Refused = Move & {
  readonly sentence: string;
  readonly mayInsist: boolean;
  /** Where it could go instead, the best first; null where taken time was not what stood against it. */
  readonly freeTimes: readonly FreeTime[] | null;
};

/** Dragging over the year: what the header says meanwhile, and what a drop does. */
export function useDragWork(props: {
  readonly me: Me;
  readonly shape: YearShape;
  readonly clock: WallClock;
  readonly find: (key: string) => Entry | null;
  /** Everything that is known, shown or not: it can be met. */
  readonly entries: readonly Entry[];
  readonly onCreate: (times: NewTimes) => void;
  readonly onRefused: (refused: Refused) => void;
}) {
  const { me, shape, clock, find, entries } = props;
  const language = useLanguage();
  const { words } = language;
  const [change, setChange] = useState<Change | null>(null);
  const [carried, setCarried] = useState<Move | null>(null);
  /** P while something is carried: it is proposed where it is let go. */
  const [isDraft, setDraft] = useState(false);

  const entryOf = ({ grab }: Drag): Entry | null =>
    grab.what === "bar" ? find(grab.bar.id) : grab.what === "block" ? find(grab.block.id) : null;

  const timesOf = (drag: Drag): NewTimes => timesOfDrag(drag, entryOf(drag), shape, clock);

  const printed = useCallback((times: NewTimes): string => printTimes(times, clock, language), [clock, language]);

  const stateOf = useCallback(
    (of: Change): DragState => {
      const { entry, times } = of;
      const met = entry === null ? [] : metBy(entry, times, entries);
      const isProposal = entry !== null && isProposedOnly(entry);
      return {
        when: isProposal
          ? words.proposing.to(printed(times))
          : isDraft
            ? words.drafts.would(printed(times))
            : printed(times),
        isProposal,
        meets: met.length === 0 ? null : words.drag.meets(met[0]!.event.title, met.length - 1),
        change: of,
      };
    },
    [entries, printed, words, isDraft],
  );
  // What could be met may come to be known while it is carried.
  const state = useMemo(() => (change === null ? null : stateOf(change)), [change, stateOf]);

  const changeTo = (next: Change | null): void => {
    setChange(next);
    if (next === null) setDraft(false);
  };
  /** Proposes what is carried instead of moving it, or moves it after all. Answers whether anything is. */
  const toggleDraft = (): boolean => {
    if (change?.entry?.event.canEdit !== true || change.isCopy) return false;
    setDraft(!isDraft);
    const when = printed(change.times);
    announce(isDraft ? when : words.drafts.would(when));
    return true;
  };

  const onDrag = (drag: Drag | null): void =>
    changeTo(drag === null ? null : { entry: entryOf(drag), times: timesOf(drag), isCopy: drag.isCopy });

  /** The same of a week: an entry at other times, or new ones; null when nothing is dragged. */
  const onTimes = (entry: Entry | null, times: NewTimes | null): void =>
    changeTo(times === null ? null : { entry, times, isCopy: false });

  /** Carries an entry with keys: shown where it would be until it is dropped. */
  const carry = (entry: Entry, times: NewTimes): void => {
    const carrying = { entry, times, isCopy: false };
    const next = stateOf(carrying);
    changeTo(carrying);
    setCarried(carrying);
    announce(`${next.when}, ${next.meets ?? words.drag.free}`);
  };
  const giveUp = (): void => {
    changeTo(null);
    setCarried(null);
  };
  const dropCarried = (): void => {
    giveUp();
    if (carried !== null && !isSame(carried.entry, carried.times)) void apply(carried, false);
  };
  const ghosts = useMemo(
    () => (carried === null ? [] : [ghostOf(carried.times, shape, clock)]),
    [carried, shape, clock],
  );

  /** For guests the same gesture proposes: the event stays where it is. */
  const propose = async ({ event }: Entry, times: NewTimes): Promise<void> => {
    try {
      const refused = await proposeTime(event, times, null, (names) => words.proposing.done(printed(times), names));
      if (refused !== null) say(refused.sentence);
    } catch {
      say(words.failures.network);
    }
  };

  const apply = async (move: Move, insists: boolean): Promise<void> => {
    const { entry, times, isCopy } = move;
    if (isProposedOnly(entry)) return propose(entry, times);
    if (isDraft && !isCopy) {
      const title = words.drafts.toward(entry.event.title, printed(times));
      const { keepMove } = await import("../data/drafts.ts");
      return keepMove(entry, times, { title, said: words.drafts.kept(title), failed: words.failures.network });
    }
    const said = (isCopy ? words.drag.copied : words.drag.moved)(entry.event.title, printed(times));
    try {
      const refused = await (isCopy ? copyEntry : retime)(entry, times, { insists, said });
      if (refused === null) return;
      const { sentence, code } = refused;
      const freeTimes = isOfTime(code) ? freeTimesOf(refused, (free) => !isCopy && isSame(entry, free)) : null;
      props.onRefused({ ...move, sentence, mayInsist: code === "claims/taken" && !insists, freeTimes });
    } catch {
      say(words.failures.network);
    }
  };

  const onDrop = (drag: Drag): void => dropTimes(entryOf(drag), timesOf(drag), drag.isCopy);

  const dropTimes = (entry: Entry | null, times: NewTimes, isCopy: boolean): void => {
    if (entry === null) props.onCreate(times);
    else if ((isCopy && !isProposedOnly(entry)) || !isSame(entry, times)) void apply({ entry, times, isCopy }, false);
  };

  const mayDrag = (grab: Drag["grab"]): boolean => {
    if (grab.what === "day") return true;
    const entry = find(grab.what === "bar" ? grab.bar.id : grab.block.id);
    return entry !== null && mayCarry(entry);
  };
  const mayCarry = (entry: Entry): boolean => entry.event.canEdit || mayPropose(entry, me);

  return {
    mayCarry,
    state,
    carried,
    ghosts,
    onDrag,
    onDrop,
    onTimes,
    dropTimes,
    mayDrag,
    apply,
    carry,
    toggleDraft,
    dropCarried,
    giveUp,
  };
}

const isProposedOnly = ({ event }: Entry): boolean => !event.canEdit;

/** The times that a drag means: of a new thing those of the ghost, of one that exists its own, moved by what the ghost moved. */
function timesOfDrag({ grab, to: ghost }: Drag, entry: Entry | null, shape: YearShape, clock: WallClock): NewTimes {
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

/** Where times lie in a year. */
export function ghostOf(times: NewTimes, shape: YearShape, clock: WallClock): Ghost {
  const dayOf = (epochDay: number) => epochDay - shape.firstEpochDay;
  if (times.allDay) return { fromDay: dayOf(times.fromDay), toDay: dayOf(times.toDay), minutes: null };
  const [from, to] = [wallMs(clock, times.startMs), wallMs(clock, times.endMs)];
  const day = Math.floor(from / DAY_MS);
  const fromMinute = (from - day * DAY_MS) / MINUTE_MS;
  const minutes = { fromMinute, toMinute: fromMinute + (to - from) / MINUTE_MS };
  return { fromDay: dayOf(day), toDay: dayOf(day) + 1, minutes };
}

function isSame(entry: Entry, times: NewTimes): boolean {
  if (times.allDay !== entry.event.allDay) return false;
  if (times.allDay) return entry.fromDay === times.fromDay && entry.toDay === times.toDay;
  return entry.startMs === times.startMs && entry.endMs === times.endMs;
}
