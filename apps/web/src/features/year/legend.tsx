import { memo, type ReactNode } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { LEVELS } from "@hourwright/capacity";
import { LAYERS, type Layer } from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import { Swatch } from "../../ui/level.tsx";
import styles from "./legend.module.css";

/** What the signs mean. Each group is a layer: pressing it, or its number, shows and hides it. */
export const Legend = memo(function Legend(props: {
  readonly layers: readonly Layer[];
  /** Whether loads are known: what is not drawn is not explained. */
  readonly hasLoad: boolean;
  readonly onLayer: (layer: Layer) => void;
  readonly onKeys: () => void;
}) {
  const { layers, hasLoad, onLayer, onKeys } = props;
  const { words } = useLanguage();
  const { legend } = words.year;
  const signs: Readonly<Record<Layer, ReactNode>> = {
    events: (
      <Sign word={legend.dayRange}>
        <svg width="30" height="11" aria-hidden="true">
          <path className={styles.tick} d="M1 0h6v11H1zM9 0h3v11H9zM18 0h9v11h-9z" />
        </svg>
      </Sign>
    ),
    conflicts: (
      <>
        <Sign word={words.year.sources.time}>
          <Glyph kind="time" />
        </Sign>
        <Sign word={words.year.sources.resource}>
          <Glyph kind="resource" />
        </Sign>
        <Sign word={words.year.sources.load}>
          <Glyph kind="load" />
        </Sign>
      </>
    ),
    capacity: LEVELS.map((level) => (
      <Sign key={level} word={words.year.levelFrom(level)}>
        <Swatch level={level} />
      </Sign>
    )),
    focus: (
      <Sign word={legend.focusFrom}>
        <i className={styles.focus} />
      </Sign>
    ),
    team: (
      <Sign word={legend.teamFrom}>
        <i className={styles.team} />
      </Sign>
    ),
  };
  const shown = LAYERS.filter((layer) => hasLoad || layer === "events" || layer === "conflicts");
  return (
    <footer className={styles.legend}>
      <div role="group" aria-label={words.year.layersShown} className={styles.layers}>
        {shown.map((layer) => (
          <ToggleButton
            key={layer}
            className={styles.layer!}
            isSelected={layers.includes(layer)}
            onChange={() => onLayer(layer)}
          >
            <b>
              <Key>{String(LAYERS.indexOf(layer) + 1)}</Key> {words.year.layers[layer]}
            </b>
            {signs[layer]}
          </ToggleButton>
        ))}
      </div>
      <span className={styles.end}>
        <span className={styles.next}>
          <Key>X</Key> {words.year.nextConflict}
        </span>
        <Button kind="quiet" size="small" onPress={onKeys}>
          <Key>?</Key> {words.year.allKeys}
        </Button>
      </span>
    </footer>
  );
});

function Sign({ word, children }: { word: string; children: ReactNode }) {
  return (
    <span className={styles.item}>
      <span className={styles.sign}>{children}</span>
      {word}
    </span>
  );
}
