import { memo } from "react";
import { Key } from "../../ui/button.tsx";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

const LEVELS = ["spare", "one-spare", "exact", "short"] as const;

/** What the shapes of the grid mean. */
export const Legend = memo(function Legend({ isDraft }: { readonly isDraft: boolean }) {
  const words = useTeamWords();
  const { legend, layers } = words;
  return (
    <div className={styles.legend} role="note" aria-label={legend.label}>
      <b>{legend.shift}</b>
      <span>
        <i className={styles.swatchContract} />
        {layers.contract}
      </span>
      <span>
        <i className={styles.swatchAdjusted} />
        {layers.adjusted}
      </span>
      {isDraft && (
        <span>
          <i className={styles.swatchDraft} />
          {layers.draft}
        </span>
      )}
      <span>
        <i className={styles.swatchPending} />
        {layers.pending}
      </span>
      <span>
        <i className={styles.swatchAbsent} />
        {legend.absent}
      </span>
      <b>{legend.cover}</b>
      {LEVELS.map((level) => (
        <span key={level}>
          <i className={styles.level} data-level={level} />
          {legend.levels[level]}
        </span>
      ))}
      <span className={styles.end}>
        <Key>?</Key> {legend.all}
      </span>
    </div>
  );
});
