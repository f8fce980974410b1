import { useEffect, useState, type RefObject } from "react";
import type { Scale } from "@hourwright/timeline";
import styles from "./stage.module.css";

/** Where in the 37 columns one is, when the grid is wider than the screen. */
export function Track({ scroller, scale }: { scroller: RefObject<HTMLElement | null>; scale: Scale }) {
  const [view, setView] = useState({ from: 0, part: 1 });
  useEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    const measure = () => {
      const part = Math.min(1, (node.clientWidth - scale.gutterStart) / scale.gridWidth);
      setView({ from: Math.abs(node.scrollLeft) / scale.gridWidth, part });
    };
    measure();
    node.addEventListener("scroll", measure, { passive: true });
    return () => node.removeEventListener("scroll", measure);
  }, [scroller, scale]);
  return (
    <div
      className={styles.track}
      style={{ insetInlineStart: scale.gutterStart, top: scale.header - 4 }}
      aria-hidden="true"
    >
      <i style={{ insetInlineStart: `${view.from * 100}%`, width: `${view.part * 100}%` }} />
    </div>
  );
}
