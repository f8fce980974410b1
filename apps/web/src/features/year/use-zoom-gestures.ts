import { useEffect, type RefObject } from "react";
import { useStable } from "../../ui/use-stable.ts";

/** So much turning of a wheel, or spreading of two fingers on a trackpad, is one step. */
const STEP = 60;
/** One gesture of the wheel makes one step: what comes sooner belongs to it. */
const REST_MS = 250;
/** Two fingers on the screen make a step each time their distance has grown, or shrunk, by this factor. */
const SPREAD = 1.3;

/** Zooms with ⌘ or Ctrl and the wheel, by pinching on a trackpad (the same event), and with two fingers on the screen. */
export function useZoomGestures(element: RefObject<HTMLElement | null>, onZoom: (by: 1 | -1) => void): void {
  const zoom = useStable(onZoom);
  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    const undo = [listenToWheel(node, zoom), listenToFingers(node, zoom)];
    return () => undo.forEach((stop) => stop());
  }, [element, zoom]);
}

function listenToWheel(node: HTMLElement, zoom: (by: 1 | -1) => void): () => void {
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
}

function listenToFingers(node: HTMLElement, zoom: (by: 1 | -1) => void): () => void {
  let from: number | null = null;
  const onTouch = (event: TouchEvent) => {
    const apart = apartOf(event.touches);
    if (apart === null || from === null) {
      from = apart;
      return;
    }
    if (event.cancelable) event.preventDefault(); // Else the page is panned by both.
    if (apart < from * SPREAD && apart > from / SPREAD) return;
    zoom(apart > from ? 1 : -1);
    from = apart;
  };
  const kinds = ["touchstart", "touchmove", "touchend", "touchcancel"] as const;
  for (const kind of kinds) node.addEventListener(kind, onTouch, { passive: false });
  return () => kinds.forEach((kind) => node.removeEventListener(kind, onTouch));
}

/** How far two fingers are apart, px; null with fewer or more. */
function apartOf([first, second, third]: TouchList): number | null {
  if (first === undefined || second === undefined || third !== undefined) return null;
  return Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY);
}
