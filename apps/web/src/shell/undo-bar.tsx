import { useEffect, useState } from "react";
import { announcementStore } from "../data/announcement.ts";
import { dismissNotice, historyStore, tellNow, type BarNotice, type Done, type Told } from "../data/history.ts";
import { useStore } from "../data/store.ts";
import { useLanguage, type Messages } from "../messages/index.tsx";
import { Button, Key } from "../ui/button.tsx";
import styles from "./shell.module.css";
import bar from "./undo-bar.module.css";

const SHOWN_SECONDS = 10;
/** What only says something stays until it is read, at this pace. */
const LETTERS_A_SECOND = 12;

/** Ten seconds with what was done, who will be told, and the way back. Stays while the pointer or the focus is on it. */
export function UndoBar({ onUndo }: { onUndo: (done: Done) => void }) {
  const notice = useStore(historyStore, (state) => state.notice);
  const announced = useStore(announcementStore, ({ text }) => text);
  const { words } = useLanguage();
  return (
    <>
      <output className={styles.live} aria-live="polite">
        {announced}
      </output>
      {notice !== null && (
        <section aria-label={words.undo.bar}>
          <Bar key={notice.id} notice={notice} onUndo={onUndo} />
        </section>
      )}
    </>
  );
}

function Bar({ notice, onUndo }: { notice: BarNotice; onUndo: (done: Done) => void }) {
  const { words } = useLanguage();
  const isBusy = useStore(historyStore, (state) => state.isBusy);
  const [isHeld, setHeld] = useState(false);
  const [left, setLeft] = useState(() => secondsOf(notice));
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => (left > 0 ? setLeft(left - 1) : dismissNotice()), left > 0 ? 1_000 : 0);
    return () => clearTimeout(timer);
  }, [left, isHeld]);
  const { undo, told } = notice;
  return (
    <div
      className={styles.undo}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {undo !== null && <Ring left={left} />}
      <span>
        {notice.sentence}
        {told !== null && ` ${toldOf(told, notice, words)}`}
      </span>
      {undo !== null && (
        <Button size="small" isPending={isBusy} onPress={() => onUndo(undo)}>
          {words.actions.undo} <Key>{words.keys.undo}</Key>
        </Button>
      )}
      {undo !== null && told !== null && !told.isDone && (
        <span className={bar.now}>
          <Button size="small" isPending={isBusy} onPress={() => void tellNow(undo)}>
            {words.undo.tellNow}
          </Button>
        </span>
      )}
      <Button kind="quiet" size="small" onPress={dismissNotice} aria-label={words.actions.dismiss}>
        ✕
      </Button>
    </div>
  );
}

function secondsOf({ undo, sentence }: BarNotice): number {
  return undo === null ? Math.max(SHOWN_SECONDS, Math.ceil(sentence.length / LETTERS_A_SECOND)) : SHOWN_SECONDS;
}

/** Who is told, unless the sentence says it: a proposal names those to whom it goes. */
function toldOf({ names, count, isDone }: Told, { sentence }: BarNotice, words: Messages): string {
  const isNamed = names.length === count && names.every((name) => sentence.includes(name));
  if (isNamed) return isDone ? words.undo.toldNow : "";
  return (isDone ? words.undo.told : words.undo.willBeTold)(names, count);
}

/** How long the way back stays, as a ring that empties. */
function Ring({ left }: { left: number }) {
  return (
    <svg className={bar.ring} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" pathLength={SHOWN_SECONDS} />
      <circle cx="12" cy="12" r="10" pathLength={SHOWN_SECONDS} strokeDashoffset={SHOWN_SECONDS - left} data-left />
      <text x="12" y="12">
        {left}
      </text>
    </svg>
  );
}
