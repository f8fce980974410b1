import { useEffect, useLayoutEffect, useMemo, useState, type RefObject } from "react";
import { boxOfDay, cellOfDay, columnLeft, type Scale, type Size, type YearShape } from "@hourwright/timeline";
import { STACKED } from "../../ui/use-media.ts";
import type { Sheet } from "./canvas.ts";

/** The size of an element, followed; the screen's before it is known. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: innerWidth, height: innerHeight });
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const measure = () => {
      const width = node.clientWidth;
      const height = matchMedia(STACKED).matches ? 0 : node.clientHeight; // Stacked, the rows make the height.
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

const PAN_RESTS_AFTER_MS = 120;

/** How much of a panned grid is out of sight at its start, once the pan has come to rest. */
export function useHiddenStart(scroller: RefObject<HTMLElement | null>, scale: Scale, size: Size): number {
  const [hidden, setHidden] = useState(0);
  const isPanned = scale.gridWidth > size.width;
  useEffect(() => {
    const node = scroller.current;
    if (node === null || !isPanned) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => setHidden(Math.round(Math.abs(node.scrollLeft)));
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, PAN_RESTS_AFTER_MS);
    };
    onScroll();
    node.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      node.removeEventListener("scroll", onScroll);
    };
  }, [scroller, isPanned]);
  return isPanned ? hidden : 0;
}

/** The sheet that canvases are drawn on: the screen's pixels, and the direction in which the page runs. */
export function useSheet(): Sheet {
  const [pixelRatio, setRatio] = useState(devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${pixelRatio}dppx)`);
    const change = () => setRatio(devicePixelRatio);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, [pixelRatio]);
  const isMirrored = isRightToLeft();
  return useMemo(() => ({ pixelRatio, isMirrored }), [pixelRatio, isMirrored]);
}

export function isRightToLeft(): boolean {
  return document.documentElement.dir === "rtl";
}

/** Where the grid is panned, the selected day is brought into view, whole weeks at a time. */
export function useKeepInView(
  scroller: RefObject<HTMLElement | null>,
  shape: YearShape,
  scale: Scale,
  size: Size,
  selected: number,
): void {
  const allFits = scale.gridWidth <= size.width && scale.gridHeight + scale.header <= size.height;
  useEffect(() => {
    const node = scroller.current;
    if (node === null || allFits) return; // Asking where it is scrolled to would cost a layout at each key.
    const { x, y: top, width, height } = boxOfDay(shape, scale, selected);
    const roomWidth = node.clientWidth - scale.gutterStart;
    const hidden = Math.abs(node.scrollLeft); // Negative where the page runs from right to left.
    if (x < hidden || x + width > hidden + roomWidth) {
      const weekLeft = columnLeft(scale, Math.floor(cellOfDay(shape, selected).column / 7) * 7);
      node.scrollTo({ left: isRightToLeft() ? -weekLeft : weekLeft });
    }
    const bottom = top + height;
    const roomHeight = node.clientHeight - scale.header;
    if (top < node.scrollTop) node.scrollTo({ top });
    else if (bottom > node.scrollTop + roomHeight) node.scrollTo({ top: bottom - roomHeight });
  }, [scroller, shape, scale, allFits, selected]);
}
