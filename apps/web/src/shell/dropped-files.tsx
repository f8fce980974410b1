import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../messages/index.tsx";
import { Icon } from "../ui/icon.tsx";
import styles from "./dropped-files.module.css";

/** Files may be dropped anywhere in the window. Answers whether some are being dragged over it now. */
export function useDroppedFiles(onDrop: (files: readonly File[]) => void): boolean {
  const [isDragging, setDragging] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const over = (event: DragEvent) => {
      if (!withFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    addEventListener("dragenter", over, { signal });
    addEventListener("dragover", over, { signal });
    addEventListener("dragleave", (event) => event.relatedTarget === null && setDragging(false), { signal });
    addEventListener(
      "drop",
      (event) => {
        if (!withFiles(event)) return;
        event.preventDefault();
        setDragging(false);
        latest.current([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => stop.abort();
  }, []);
  return isDragging;
}

export function DropCurtain() {
  const { words } = useLanguage();
  return (
    <div className={styles.curtain} aria-hidden="true">
      <div>
        <Icon name="upload" size={24} />
        {words.drag.files}
      </div>
    </div>
  );
}
