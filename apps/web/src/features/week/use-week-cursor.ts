import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { isWeekKey, quarterFrom, weekCursorAfter, weekUpright, type DayKey } from "@hourwright/timeline";
import { announce } from "../../data/announcement.ts";
import { useLanguage } from "../../messages/index.tsx";
import { useStable } from "../../ui/use-stable.ts";
import type { WeekPicture } from "./picture.ts";
import type { Sentences } from "./sentences.ts";

const FIRST_MINUTE = 540;
const FIRST_SHOWN = 420;
const CURSOR_MINUTES = 15;
/** Kept free above and below what is brought into view. */
const AROUND_PX = 15;

/**
 * The keyboard's place in a week, a quarter of an hour of the selected day or its lane: it moves with keys, has the focus
 * while the grid has it, and is brought into view, as the chosen event is.
 */
export function useWeekCursor(props: {
  readonly picture: WeekPicture;
  readonly say: Sentences;
  /** The selected day, an epoch day. */
  readonly day: number;
  readonly chosen: string | null;
  readonly focusRequest: number | null;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly grid: RefObject<HTMLElement | null>;
  readonly onSelect: (day: number) => void;
  readonly onChoose: (key: string | null) => void;
  /** Enter or the space bar, at the cursor. */
  readonly onEnter: (minute: number | null, key: string) => void;
}) {
  const { picture, say, day, chosen, focusRequest, scroller, grid } = props;
  const { axis, span, scale, blocks, isMirrored } = picture;
  const { format } = useLanguage();
  const [minute, setMinute] = useState<number | null>(FIRST_MINUTE);
  const hasFocus = useRef(false);
  const focus = useStable((at: number, of: number | null) => {
    const part = of === null ? "lane" : "hours";
    const cell = grid.current?.querySelector<HTMLElement>(`[data-day="${at}"][data-part="${part}"]`);
    cell?.focus({ preventScroll: true });
  });

  useEffect(() => {
    if (focusRequest === null) return;
    if (focusRequest > 0 || document.activeElement === document.body) focus(day, minute);
    // Only a request moves the focus, and coming here with it lost.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [focusRequest]);
  useEffect(() => {
    if (hasFocus.current) focus(day, minute);
  }, [day, minute, focus]);

  // It opens at the hours of work, and keeps its hour when it is resized.
  const topMinute = useRef(FIRST_SHOWN);
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: topMinute.current * scale.minutePx });
  }, [scroller, scale.minutePx]);

  const pan = useStable((index: number, gridWidth: number) => {
    const node = scroller.current;
    const width = picture.box.width - picture.zonesWidth;
    if (node === null || gridWidth <= width) return;
    const { x, width: own } = scale.columns[index]!;
    const hidden = Math.abs(node.scrollLeft); // Negative where the page runs from right to left.
    if (x >= hidden && x + own <= hidden + width) return;
    node.scrollTo({ left: (isMirrored ? -1 : 1) * Math.max(0, x - (width - own) / 2) });
  });
  const show = useStable((fromMinute: number, toMinute: number, index: number) => {
    const node = scroller.current;
    if (node === null) return;
    const { y, height } = weekUpright(scale, { fromMinute, toMinute });
    const room = node.clientHeight - picture.headHeight - picture.laneHeight;
    if (y < node.scrollTop) node.scrollTo({ top: Math.max(0, y - AROUND_PX) });
    else if (y + height > node.scrollTop + room) node.scrollTo({ top: Math.min(y, y + height - room + AROUND_PX) });
    pan(index, scale.width);
  });
  const index = Math.min(span.days - 1, Math.max(0, day - span.firstDay));
  useEffect(() => {
    if (minute !== null && hasFocus.current) show(minute, minute + CURSOR_MINUTES, index);
  }, [minute, index, show]);
  useEffect(() => pan(index, scale.width), [scale.width, index, pan]);
  useEffect(() => {
    const block = blocks.find(({ thing }) => thing.id === chosen);
    if (block !== undefined) show(block.fromMinute, block.toMinute, block.day);
    // When another is chosen, not when it is placed anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [chosen, show]);

  const moveTo = (nextDay: number, nextMinute: number | null) => {
    const isShown = nextDay >= span.firstDay && nextDay < span.firstDay + span.days;
    // On another day the quarter may be one that that day does not have.
    const open = nextMinute === null || !isShown ? nextMinute : quarterFrom(axis, nextDay, nextMinute, 1);
    const target = open ?? nextMinute;
    if (chosen !== null) props.onChoose(null);
    setMinute(target);
    if (nextDay !== day) props.onSelect(nextDay);
    announce(isShown ? say.cell(nextDay, target) : format.day(nextDay));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    const isOnButton = event.target instanceof Element && event.target.closest("button") !== null;
    if (isWeekKey(event.key)) {
      event.preventDefault();
      const key = isMirrored ? (MIRRORED_KEYS[event.key] ?? event.key) : event.key;
      const next = weekCursorAfter(axis, { day, minute }, key);
      moveTo(next.day, next.minute);
    } else if ((event.key === "Enter" || event.key === " ") && !isOnButton) {
      event.preventDefault();
      props.onEnter(minute, event.key);
    }
  };
  return {
    minute,
    moveTo: (at: number, of: number | null) => {
      moveTo(at, of);
      focus(at, of);
    },
    onKeyDown,
    onFocus: () => {
      hasFocus.current = true;
    },
    onBlur: () => {
      hasFocus.current = false;
    },
    onScroll: () => {
      topMinute.current = (scroller.current?.scrollTop ?? 0) / scale.minutePx;
    },
  };
}

const MIRRORED_KEYS: Readonly<Partial<Record<string, DayKey>>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
