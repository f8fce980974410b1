import { useEffect, useRef, type CSSProperties } from "react";
import { wordsOfObjection } from "../../data/api.ts";
import { useStore, type Store } from "../../data/store.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { CellPlace, TeamState, WhyNot } from "./state.ts";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

const WIDTH = 328;
const ROOM_BELOW = 210;
const MARGIN = 8;

/** Why a shift does not lie where it was dropped: the first reason, and what would fit, to be taken at once. */
export function WhyCard(props: {
  readonly state: Store<TeamState>;
  readonly boxOf: (place: CellPlace) => { x: number; y: number; width: number; height: number };
  readonly width: number;
  readonly height: number;
  readonly onTake: (why: WhyNot, edit: WhyNot["alternatives"][number]["edit"]) => void;
  readonly onInsist: (why: WhyNot) => void;
  readonly onClose: () => void;
}) {
  const { state, boxOf, width, height, onTake, onInsist, onClose } = props;
  const words = useTeamWords();
  const why = useStore(state, (now) => now.why);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    card.current?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
    // Each new reason takes the focus.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [why]);
  if (why === null) return null;
  const box = boxOf(why.at);
  const cardWidth = Math.min(WIDTH, width - 2 * MARGIN);
  const left = Math.min(Math.max(MARGIN, box.x + box.width - cardWidth + 42), width - cardWidth - MARGIN);
  const isBelow = box.y + box.height + ROOM_BELOW < height || box.y < ROOM_BELOW;
  const place = isBelow ? { top: box.y + box.height + 9 } : { bottom: height - box.y + 9 };
  const tip = { "--tip": `${box.x + box.width / 2 - left - 5}px` } as CSSProperties;
  const [first, ...others] = why.sentences;
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc anywhere in a dialog closes it. */
    <div
      ref={card}
      role="dialog"
      aria-label={words.why.title}
      aria-describedby="team-why"
      className={styles.why}
      data-above={!isBelow || undefined}
      style={{ left, width: cardWidth, ...place, ...tip }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <p className={styles.whyTitle}>
        <Icon name="conflicts" size={13} /> {words.why.title}
      </p>
      <div id="team-why">
        <p>{first ?? words.why.cannot}</p>
        {others.map((sentence) => (
          <p key={sentence} className={styles.quiet}>
            {sentence}
          </p>
        ))}
      </div>
      <div className={styles.ways}>
        {why.alternatives.map(({ label, facts, note, noteFacts, edit }) => (
          <button key={`${label} ${note}`} type="button" className={styles.way} onClick={() => onTake(why, edit)}>
            <span>{wordsOfObjection({ facts, sentence: label })}</span>
            <em>{wordsOfObjection({ facts: noteFacts, sentence: note })}</em>
          </button>
        ))}
        {why.alternatives.length === 0 && <p className={styles.quiet}>{words.why.none}</p>}
      </div>
      <p className={styles.whyHand}>{words.why.hand(why.label)}</p>
      <div className={styles.whyFoot}>
        <Button size="small" onPress={onClose}>
          {words.why.keep}
        </Button>
        {why.mayInsist && (
          <Button size="small" kind="quiet" onPress={() => onInsist(why)}>
            {words.why.despite}
          </Button>
        )}
      </div>
    </div>
  );
}
