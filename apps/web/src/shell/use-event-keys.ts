import { useEffect, useState } from "react";
import type { WallClock } from "@hourwright/timeline";
import { announce } from "../data/announcement.ts";
import { movedBy } from "../data/edits.ts";
import type { Entry } from "../data/entries.ts";
import { useLanguage } from "../messages/index.tsx";
import { useStable } from "../ui/use-stable.ts";
import type { useDragWork } from "./use-drag-work.ts";

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/** Moved by keys, in steps: ms of wall time that the start and the end have gone. */
type Steps = { readonly key: string; readonly start: number; readonly end: number };

/**
 * The events of a day by keys: `[` and `]` walk through them, Alt with the arrows carries the one that is chosen, with
 * Shift its end alone; letting go of Alt drops it, Esc puts it back.
 */
export function useEventKeys(props: {
  /** Those of the selected day, in the order of its list. */
  readonly entries: readonly Entry[];
  readonly clock: WallClock;
  readonly drag: ReturnType<typeof useDragWork>;
  readonly isOff: boolean;
}) {
  const { entries, clock, drag, isOff } = props;
  const { words, format } = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const [steps, setSteps] = useState<Steps | null>(null);
  const entry = entries.find(({ key }) => key === chosen) ?? stillCarried(drag.carried?.entry ?? null, steps);

  const walk = (by: 1 | -1): void => {
    if (entries.length === 0) return announce(words.day.nothing);
    const at = entries.findIndex(({ key }) => key === chosen);
    const next =
      entries[at === -1 ? (by === 1 ? 0 : entries.length - 1) : (at + by + entries.length) % entries.length]!;
    setChosen(next.key);
    const time = next.event.allDay ? words.day.allDay : format.timeRange(next.startMs, next.endMs);
    announce(`${next.event.title}, ${time}`);
  };

  const onKeyDown = useStable((event: KeyboardEvent) => {
    if (isOff || event.defaultPrevented) return;
    if (event.code === "KeyP" && drag.toggleDraft()) return event.preventDefault();
    if (entry === null) return;
    if (event.key === "Escape" && drag.carried !== null) {
      event.preventDefault();
      setSteps(null);
      return drag.giveUp();
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const by = stepOf(event.key, entry);
    if (by === null) return;
    event.preventDefault();
    if (!drag.mayCarry(entry)) return announce(words.event.readOnly);
    const before = steps?.key === entry.key ? steps : { key: entry.key, start: 0, end: 0 };
    const end = before.end + by;
    const start = event.shiftKey ? before.start : before.start + by;
    if (entry.endMs + end <= entry.startMs + start) return;
    setSteps({ key: entry.key, start, end });
    drag.carry(entry, movedBy(entry, start, end, clock));
  });
  const onKeyUp = useStable((event: KeyboardEvent) => {
    if (event.key !== "Alt" || drag.carried === null) return;
    setSteps(null);
    drag.dropCarried();
  });
  useEffect(() => {
    addEventListener("keydown", onKeyDown, { capture: true });
    addEventListener("keyup", onKeyUp);
    return () => {
      removeEventListener("keydown", onKeyDown, { capture: true });
      removeEventListener("keyup", onKeyUp);
    };
  }, [onKeyDown, onKeyUp]);

  return { chosen: entry, walk, choose: setChosen, forget: () => setChosen(null) };
}

/** While it is carried, an entry stays the chosen one whatever day is selected. */
function stillCarried(carried: Entry | null, steps: Steps | null): Entry | null {
  return carried !== null && steps?.key === carried.key ? carried : null;
}

/** How far an arrow carries: days sideways, a quarter of an hour or a week up and down. */
function stepOf(key: string, entry: Entry): number | null {
  const upDown = entry.event.allDay ? 7 * DAY_MS : QUARTER_MS;
  switch (key) {
    case "ArrowLeft":
      return -DAY_MS;
    case "ArrowRight":
      return DAY_MS;
    case "ArrowUp":
      return -upDown;
    case "ArrowDown":
      return upDown;
    default:
      return null;
  }
}
