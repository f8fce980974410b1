import { useLayoutEffect, type RefObject } from "react";

/** A box on the screen, in CSS px from the window's corner. */
export type ScreenBox = Pick<DOMRect, "x" | "y" | "width" | "height">;

/** `--move`, which a build may write in seconds. */
const MOVE_MS = 160;
const STILL = "(prefers-reduced-motion: reduce)";

/** Grows an element out of where its days were before, once, when it appears: and not for whom nothing shall move. */
export function useArrival(element: RefObject<HTMLElement | null>, from: ScreenBox | null): void {
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null || from === null || matchMedia(STILL).matches) return;
    const to = node.getBoundingClientRect();
    const [x, y] = [from.x - to.x, from.y - to.y];
    const scale = `scale(${from.width / to.width}, ${from.height / to.height})`;
    node.animate(
      [
        { transformOrigin: "0 0", transform: `translate(${x}px, ${y}px) ${scale}`, opacity: 0.3 },
        { transformOrigin: "0 0", transform: "none", opacity: 1 },
      ],
      { duration: MOVE_MS, easing: getComputedStyle(node).getPropertyValue("--ease") },
    );
    // Once: afterwards it is simply there.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, []);
}
