import { useEffect, type RefObject } from "react";
import { useStable } from "../../ui/use-stable.ts";

/** So much turning of a wheel, or spreading of two fingers, is one step. */
const STEP = 60;
/** One gesture makes one step: what comes sooner belongs to it. */
const REST_MS = 250;

/** Zooms with ⌘ or Ctrl and the wheel; pinching on a trackpad arrives as the same event. */
export function useZoomWheel(element: RefObject<HTMLElement | null>, onZoom: (by: 1 | -1) => void): void {
  const zoom = useStable(onZoom);
  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    let turned = 0;
    let restUntil = 0;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault(); // Else the browser zooms the page.
      if (event.timeStamp < restUntil) return;
      turned += event.deltaY;
      if (Math.abs(turned) < STEP) return;
      zoom(turned < 0 ? 1 : -1);
      turned = 0;
      restUntil = event.timeStamp + REST_MS;
    };
    node.addEventListener("wheel", onWheel, { passive: false });
    return () => node.removeEventListener("wheel", onWheel);
  }, [element, zoom]);
}
