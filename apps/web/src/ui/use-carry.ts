import { useEffect, useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from "react";
import { DRAG_FROM_PX } from "@hourwright/timeline";
import { useStable } from "./use-stable.ts";

/** A finger that rests this long takes hold; one that moves before scrolls. */
const HOLD_MS = 350;
/** A resting finger trembles by so much. */
const TREMBLE_PX = 8;

/** Where a pointer is, and whether Alt is held. */
export type CarryPlace = { readonly clientX: number; readonly clientY: number; readonly altKey: boolean };

/** What is carried, where it would lie now, and whether a copy of it would. */
export type Carry<Grab, To> = { readonly grab: Grab; readonly to: To; readonly isCopy: boolean };

type Pressed<Grab> = {
  readonly grab: Grab;
  readonly layout: unknown;
  readonly x: number;
  readonly y: number;
  readonly pointer: number;
  /** For a finger that has not taken hold yet: what will say that it has. */
  readonly hold: ReturnType<typeof setTimeout> | undefined;
};

/**
 * Carrying things over a surface. With a mouse or pen it begins after 4 px, with a finger after it rested; it ends where it
 * is let go, and is given up by Esc, by a second finger, and when the layout under it changes. Alt copies what is moved.
 */
export function useCarry<Grab extends { readonly what: string; readonly edge?: unknown }, To>(props: {
  /** What lies under the pointer: while a finger carries, it does not scroll. */
  readonly surface: RefObject<HTMLElement | null>;
  /** By `Object.is` the same for as long as things stay where they are. */
  readonly layout: unknown;
  readonly take: (place: CarryPlace) => Grab | null;
  readonly carriedTo: (grab: Grab, place: CarryPlace) => To | null;
  readonly onCarry: (carry: Carry<Grab, To> | null) => void;
  readonly onDrop: (carry: Carry<Grab, To>) => void;
}) {
  const { surface, layout, take, carriedTo } = props;
  const pressed = useRef<Pressed<Grab> | null>(null);
  const wasCarried = useRef(false);
  const [carry, setCarry] = useState<Carry<Grab, To> | null>(null);
  const onCarry = useStable(props.onCarry);
  const onDrop = useStable(props.onDrop);
  const show = useStable((next: Carry<Grab, To> | null) => {
    setCarry(next);
    onCarry(next);
  });
  const giveUp = useStable(() => {
    clearTimeout(pressed.current?.hold);
    pressed.current = null;
    if (carry !== null) show(null);
  });
  const carryTo = useStable((place: CarryPlace) => {
    const { current } = pressed;
    if (current === null) return;
    const { grab } = current;
    const to = carriedTo(grab, place);
    if (to !== null) show({ grab, to, isCopy: place.altKey && isMove(grab) });
  });
  const begin = useStable((place: CarryPlace, element: Element) => {
    const { current } = pressed;
    if (current === null) return;
    pressed.current = { ...current, hold: undefined };
    wasCarried.current = true;
    element.setPointerCapture(current.pointer);
    carryTo(place);
  });
  useEffect(() => {
    // The window was resized: nothing is where it was, and letting go would drop it elsewhere than it was shown.
    if (pressed.current !== null && !Object.is(pressed.current.layout, layout)) giveUp();
  }, [layout, giveUp]);
  const isCarrying = carry !== null;
  useGivenUpByEsc(isCarrying, giveUp);
  useNoScroll(surface, isCarrying);

  return {
    carry,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      wasCarried.current = false;
      if (pressed.current !== null) return giveUp(); // A second finger means something else.
      if (event.button !== 0) return;
      const { clientX, clientY, altKey, currentTarget, pointerId } = event;
      const grab = take(event);
      if (grab === null) return;
      const hold =
        event.pointerType === "touch"
          ? setTimeout(() => begin({ clientX, clientY, altKey }, currentTarget), HOLD_MS)
          : undefined;
      pressed.current = { grab, layout, x: clientX, y: clientY, pointer: pointerId, hold };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const { current } = pressed;
      if (current === null || event.pointerId !== current.pointer) return;
      if (isCarrying) return carryTo(event);
      const away = Math.hypot(event.clientX - current.x, event.clientY - current.y);
      if (event.pointerType === "touch") {
        if (away > TREMBLE_PX) giveUp();
      } else if (away >= DRAG_FROM_PX) begin(event, event.currentTarget);
    },
    onPointerUp: () => {
      const done = carry;
      giveUp();
      if (done !== null) onDrop(done);
    },
    onPointerCancel: giveUp,
    /** The click that ends a carry is none. */
    onClickCapture: (event: MouseEvent) => {
      if (!wasCarried.current) return;
      wasCarried.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

/** Whether what was taken is the whole thing, and not its edge or empty room. */
function isMove({ what, edge }: { readonly what: string; readonly edge?: unknown }): boolean {
  return (what === "bar" || what === "block") && edge === null;
}

function useGivenUpByEsc(isCarrying: boolean, giveUp: () => void): void {
  useEffect(() => {
    if (!isCarrying) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      giveUp();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [isCarrying, giveUp]);
}

/** While a finger carries, the surface neither scrolls nor opens a menu. Listening only then would come too late. */
function useNoScroll(surface: RefObject<HTMLElement | null>, isCarrying: boolean): void {
  const stop = useStable((event: Event) => {
    if (isCarrying && event.cancelable) event.preventDefault();
  });
  useEffect(() => {
    const node = surface.current;
    if (node === null) return;
    node.addEventListener("touchmove", stop, { passive: false });
    node.addEventListener("contextmenu", stop);
    return () => {
      node.removeEventListener("touchmove", stop);
      node.removeEventListener("contextmenu", stop);
    };
  }, [surface, stop]);
}
