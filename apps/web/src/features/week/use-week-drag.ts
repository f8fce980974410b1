import type { RefObject } from "react";
import {
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
import { useCarry, type Carry, type CarryPlace } from "../../ui/use-carry.ts";

/** What is carried over the week, where it would be now, and whether a copy of it would. */
export type WeekDrag = Carry<WeekGrab, WeekTimes>;

type At = { readonly part: WeekPart; readonly point: Point };

/** This near to the edge of what is seen, a drag scrolls it. */
const SCROLL_FROM_PX = 28;
const SCROLL_PX = 14;

/** Carrying over the week: blocks, bars of the lane, and empty minutes and days. With Alt, minutes count singly. */
export function useWeekDrag(props: {
  readonly surface: RefObject<HTMLElement | null>;
  readonly axis: WeekAxis;
  readonly scale: WeekScale;
  readonly placed: { readonly blocks: readonly PlacedBlock[]; readonly bars: readonly PlacedBar[] };
  /** Where a pointer is: in which part, from the start and top of the days there. */
  readonly whereIs: (place: CarryPlace) => At | null;
  readonly scroller: () => HTMLElement | null;
  readonly mayDrag: (grab: WeekGrab) => boolean;
  readonly onDrag: (drag: WeekDrag | null) => void;
  readonly onDrop: (drag: WeekDrag) => void;
}) {
  const { surface, axis, scale, placed, whereIs, scroller, mayDrag, onDrag, onDrop } = props;
  return useCarry<WeekGrab, WeekTimes>({
    surface,
    layout: `${scale.width} × ${scale.minutePx}`,
    take: (place) => {
      const at = whereIs(place);
      if (at === null) return null;
      const grab = weekGrabAt(scale, placed, at.part, at.point);
      return mayDrag(grab) ? grab : null;
    },
    carriedTo: (grab, place) => {
      scrollNear(scroller(), place.clientY);
      const at = whereIs(place);
      return at === null ? null : weekDraggedTo(axis, scale, grab, at, { isFine: place.altKey });
    },
    onCarry: onDrag,
    onDrop,
  });
}

function scrollNear(scroller: HTMLElement | null, y: number): void {
  if (scroller === null) return;
  const { bottom, top } = scroller.getBoundingClientRect();
  if (y > bottom - SCROLL_FROM_PX) scroller.scrollBy(0, SCROLL_PX);
  else if (y < top + SCROLL_FROM_PX) scroller.scrollBy(0, -SCROLL_PX);
}
