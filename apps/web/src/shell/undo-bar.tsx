import { useEffect, useState } from "react";
import { announcementStore } from "../data/announcement.ts";
import { dismissNotice, historyStore, type Done } from "../data/history.ts";
import { useStore } from "../data/store.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button, Key } from "../ui/button.tsx";
import styles from "./shell.module.css";

const SHOWN_MS = 10_000;

/** Ten seconds with what was done, and the way back. Stays while the pointer or the focus is on it. */
export function UndoBar({ onUndo }: { onUndo: (done: Done) => void }) {
  const { notice, isBusy } = useStore(historyStore, (state) => state);
  const announced = useStore(announcementStore, ({ text }) => text);
  const { words } = useLanguage();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (notice === null || isHeld) return;
    const timer = setTimeout(dismissNotice, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, isHeld]);
  return (
    <>
      <output className={styles.live} aria-live="polite">
        {announced}
      </output>
      {notice !== null && (
        <div
          key={notice.id}
          className={styles.undo}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{notice.sentence}</span>
          {notice.undo !== null && (
            <Button size="small" isDisabled={isBusy} onPress={() => onUndo(notice.undo!)}>
              {words.actions.undo} <Key>{words.keys.undo}</Key>
            </Button>
          )}
          <Button kind="quiet" size="small" onPress={dismissNotice} aria-label={words.actions.dismiss}>
            ✕
          </Button>
        </div>
      )}
    </>
  );
}
