import type { RefObject } from "react";
import { draggedTo, grabAt, type Ghost, type Grab, type Point, type YearPicture } from "@hourwright/timeline";
import { useCarry, type Carry, type CarryPlace } from "../../ui/use-carry.ts";

/** What can be carried over the year. */
type Carried = Exclude<Grab, { what: "overflow" }>;

/** What is carried over the year, where it would lie now, and whether a copy of it would. */
export type Drag = Carry<Carried, Ghost>;

/** Carrying over the year: bars, blocks of the lens, and empty days. With Alt, minutes count singly. */
export function useYearDrag(props: {
  readonly surface: RefObject<HTMLElement | null>;
  readonly picture: YearPicture;
  readonly pointOf: (place: CarryPlace) => Point;
  readonly mayDrag: (grab: Carried) => boolean;
  readonly onDrag: (drag: Drag | null) => void;
  readonly onDrop: (drag: Drag) => void;
}) {
  const { surface, picture, pointOf, mayDrag, onDrag, onDrop } = props;
  return useCarry<Carried, Ghost>({
    surface,
    layout: picture.scale,
    take: (place) => {
      const grab = grabAt(picture, pointOf(place));
      return grab === null || grab.what === "overflow" || !mayDrag(grab) ? null : grab;
    },
    carriedTo: (grab, place) => draggedTo(picture, grab, pointOf(place), { isFine: place.altKey }),
    onCarry: onDrag,
    onDrop,
  });
}
