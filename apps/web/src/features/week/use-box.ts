import { useLayoutEffect, useState, type RefObject } from "react";

export type Box = { readonly width: number; readonly height: number };

/** By use, the room that there was last: whoever opens the same again need not ask, which would lay out the page at once. */
const lastOf = new Map<string, Box>();

/** The room inside an element, followed. `use` names what it is used for: elements of one use are as large as each other. */
export function useBox(element: RefObject<HTMLElement | null>, use: string): Box {
  const [box, setBox] = useState<Box>(() => lastOf.get(use) ?? { width: innerWidth, height: innerHeight });
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = node;
      setBox((before) => (before.width === width && before.height === height ? before : { width, height }));
      lastOf.set(use, { width, height });
    };
    if (!lastOf.has(use)) measure();
    const observer = new ResizeObserver(measure); // Calls once at the start, when the page has been laid out.
    observer.observe(node);
    return () => observer.disconnect();
  }, [element, use]);
  return box;
}
