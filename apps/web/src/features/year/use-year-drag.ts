import { useEffect, useRef, useState, type PointerEvent } from "react";
import {
  DRAG_FROM_PX,
  draggedTo,
  grabAt,
  type Ghost,
  type Grab,
  type Point,
  type YearPicture,
} from "@hourwright/timeline";
import { useStable } from "../../ui/use-stable.ts";

/** What is carried over the year, where it would lie now, and whether a copy of it would. */
export type Drag = {
  readonly grab: Exclude<Grab, { what: "overflow" }>;
  readonly ghost: Ghost;
  readonly isCopy: boolean;
};

type Pressed = {
  readonly scale: YearPicture["scale"];
  readonly at: Point;
  readonly grab: Exclude<Grab, { what: "overflow" }>;
  readonly pointer: number;
};

/**
 * Dragging over the year with a mouse or pen: what was taken hold of, and where it is. A drag begins after 4 px, ends with
 * the button, and is given up by Esc and when the picture's scale changes under it. Alt copies; with Alt, minutes count singly.
 */
export function useYearDrag(props: {
  readonly picture: YearPicture;
  readonly pointOf: (event: {
    readonly clientX: number;
    readonly clientY: number;
    readonly currentTarget: Element;
  }) => Point;
  readonly mayDrag: (grab: Drag["grab"]) => boolean;
  readonly onDrag: (drag: Drag | null) => void;
  readonly onDrop: (drag: Drag) => void;
}) {
  const { picture, pointOf, mayDrag } = props;
  const pressed = useRef<Pressed | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const onDrag = useStable(props.onDrag);
  const onDrop = useStable(props.onDrop);
  const show = useStable((next: Drag | null) => {
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
      if (event.button !== 0 || event.pointerType === "touch") return; // Touch scrolls; its way in is the day's list.
      const at = pointOf(event);
      const grab = grabAt(picture, at);
      if (grab === null || grab.what === "overflow" || !mayDrag(grab)) return;
      pressed.current = { scale: picture.scale, at, grab, pointer: event.pointerId };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const { current } = pressed;
      if (current === null) return;
      if (current.scale !== picture.scale) return giveUp(); // The window was resized: nothing is where it was.
      const at = pointOf(event);
      if (drag === null) {
        if (Math.hypot(at.x - current.at.x, at.y - current.at.y) < DRAG_FROM_PX) return;
        event.currentTarget.setPointerCapture(current.pointer);
      }
      const ghost = draggedTo(picture, current.grab, at, { isFine: event.altKey });
      if (ghost !== null) show({ grab: current.grab, ghost, isCopy: event.altKey && isMove(current.grab) });
    },
    onPointerUp: () => {
      const done = drag;
      giveUp();
      if (done !== null) onDrop(done);
    },
    onPointerCancel: giveUp,
  };
}

function isMove(grab: Grab): boolean {
  return (grab.what === "bar" || grab.what === "block") && grab.edge === null;
}
