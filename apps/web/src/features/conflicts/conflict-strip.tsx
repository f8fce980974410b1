import { Button as AriaButton } from "react-aria-components/Button";
import type { Repair } from "../../data/api.ts";
import type { Clash } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import styles from "./conflict-strip.module.css";

/** A conflict in one line, for the sheet of a phone: the best repair with its button; a press opens the rest. */
export function ConflictStrip(props: {
  readonly clash: Clash;
  readonly repairs: readonly Repair[] | null;
  readonly isApplying: boolean;
  readonly onApply: () => void;
  readonly onOpen: () => void;
}) {
  const { clash, repairs, isApplying, onApply, onOpen } = props;
  const { words } = useLanguage();
  const { conflict } = clash;
  const best = repairs?.[0];
  return (
    <div className={styles.strip}>
      <Glyph kind={glyphOf(conflict.kind)} size={12} />
      <AriaButton className={styles.sentence!} onPress={onOpen}>
        <b>{words.conflict.heading(conflict.kind, words.conflict.severity[conflict.severity])}</b>
        <span>{best?.what ?? conflict.explanation}</span>
      </AriaButton>
      {best !== undefined && (
        <Button kind="primary" isDisabled={isApplying} onPress={onApply}>
          {words.actions.apply}
        </Button>
      )}
    </div>
  );
}
