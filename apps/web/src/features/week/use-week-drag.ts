import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from "react";
import {
  DRAG_FROM_PX,
  weekDraggedTo,
  weekGrabAt,
  type PlacedBar,
  type PlacedBlock,
  type Point,
  type WeekAxis,
  type WeekGrab,
  type WeekPart,
  type WeekScale,
  type WeekTimes,
} from "@hourwright/timeline";
import { useStable } from "../../ui/use-stable.ts";

/** What is carried over the week, where it would be now, and whether a copy of it would. */
export type WeekDrag = { readonly grab: WeekGrab; readonly times: WeekTimes; readonly isCopy: boolean };

type At = { readonly part: WeekPart; readonly point: Point };
type Pressed = { readonly scale: WeekScale; readonly x: number; readonly y: number; readonly grab: WeekGrab };

/** This near to the edge of what is seen, a drag scrolls it. */
const SCROLL_FROM_PX = 28;
const SCROLL_PX = 14;

/**
 * Dragging over the week with a mouse or pen. A drag begins after 4 px, ends with the button, and is given up by Esc and when
 * the scale changes under it. Alt copies what is moved; with Alt, minutes count singly.
 */
export function useWeekDrag(props: {
  readonly axis: WeekAxis;
  readonly scale: WeekScale;
  readonly placed: { readonly blocks: readonly PlacedBlock[]; readonly bars: readonly PlacedBar[] };
  /** Where a pointer is: in which part, from the start and top of the days there. */
  readonly whereIs: (event: { readonly clientX: number; readonly clientY: number }) => At | null;
  readonly scroller: () => HTMLElement | null;
  readonly mayDrag: (grab: WeekGrab) => boolean;
  readonly onDrag: (drag: WeekDrag | null) => void;
  readonly onDrop: (drag: WeekDrag) => void;
}) {
  const { axis, scale, placed, whereIs, mayDrag } = props;
  const pressed = useRef<Pressed | null>(null);
  const wasDragged = useRef(false);
  const [drag, setDrag] = useState<WeekDrag | null>(null);
  const onDrag = useStable(props.onDrag);
  const onDrop = useStable(props.onDrop);
  const show = useStable((next: WeekDrag | null) => {
    setDrag(next);
    onDrag(next);
  });
  const giveUp = useStable(() => {
    pressed.current = null;
    if (drag !== null) show(null);
  });

  useEffect(() => {
    if (drag === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      giveUp();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [drag, giveUp]);

  return {
    drag,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      wasDragged.current = false;
      if (event.button !== 0 || event.pointerType === "touch") return; // Touch scrolls.
      if (event.target instanceof Element && event.target.closest("[data-control]") !== null) return;
      const at = whereIs(event);
      if (at === null) return;
      const grab = weekGrabAt(scale, placed, at.part, at.point);
      if (mayDrag(grab)) pressed.current = { scale, x: event.clientX, y: event.clientY, grab };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const { current } = pressed;
      if (current === null) return;
      const { width, minutePx } = current.scale;
      if (width !== scale.width || minutePx !== scale.minutePx) return giveUp(); // Resized: nothing is where it was.
      if (drag === null) {
        if (Math.hypot(event.clientX - current.x, event.clientY - current.y) < DRAG_FROM_PX) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        wasDragged.current = true;
      }
      scrollNear(props.scroller(), event.clientY);
      const at = whereIs(event);
      if (at === null) return;
      const times = weekDraggedTo(axis, scale, current.grab, at, { isFine: event.altKey });
      show({ grab: current.grab, times, isCopy: event.altKey && isMove(current.grab) });
    },
    onPointerUp: () => {
      const done = drag;
      giveUp();
      if (done !== null) onDrop(done);
    },
    onPointerCancel: giveUp,
    /** The click that ends a drag is none. */
    onClickCapture: (event: MouseEvent) => {
      if (!wasDragged.current) return;
      wasDragged.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

function isMove(grab: WeekGrab): boolean {
  return (grab.what === "bar" || grab.what === "block") && grab.edge === null;
}

function scrollNear(scroller: HTMLElement | null, y: number): void {
  if (scroller === null) return;
  const { bottom, top } = scroller.getBoundingClientRect();
  if (y > bottom - SCROLL_FROM_PX) scroller.scrollBy(0, SCROLL_PX);
  else if (y < top + SCROLL_FROM_PX) scroller.scrollBy(0, -SCROLL_PX);
}
