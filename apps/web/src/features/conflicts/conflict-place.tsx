import { lazy, Suspense, type ReactNode } from "react";
import { openDrafts } from "../../data/drafts-shown.ts";
import type { Clash } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import { STACKED, useMedia } from "../../ui/use-media.ts";
import type { Tab } from "../../shell/address.ts";
import { ConflictTabs } from "../../shell/conflict-tabs.tsx";
import { Fetching } from "../../shell/fetching.tsx";
import { BrokenRules } from "./broken-rules.tsx";
import { ConflictList, type ListProps } from "./conflict-list.tsx";
import { KeptList } from "./kept-list.tsx";
import { ProposalPanel, type ProposalPanelProps } from "./proposal-panel.tsx";
import { ResolvedList } from "./resolved-list.tsx";
import styles from "./conflict-place.module.css";

const ConflictGraph = lazy(() => import("./conflict-graph.tsx"));

/** What clashes in a year: to resolve, kept as it is, put right; and below, what one would do about it. */
export default function ConflictPlace(
  props: ListProps &
    ProposalPanelProps & {
      readonly tab: Tab;
      readonly kept: readonly Clash[];
      /** Stands in its place until the year is there; null when it is. */
      readonly notReady: ReactNode;
      readonly zone: string;
      readonly onTab: (tab: Tab) => void;
      readonly onRelease: (clash: Clash) => void;
      /** Whether it is somebody's to let count again. */
      readonly mayRelease: (clash: Clash) => boolean;
      readonly onOptimise: () => void;
      readonly onKeys: () => void;
    },
) {
  const { tab, notReady } = props;
  const isCovered = useMedia(STACKED) && props.lookedAt !== null; // On a phone the inspector has that room.
  return (
    <div className={styles.place}>
      <div className={styles.tabs}>
        <ConflictTabs tab={tab} open={props.left.length} kept={props.kept.length} onTab={props.onTab} />
      </div>
      {tab === "resolved" ? (
        <ResolvedList zone={props.zone} />
      ) : notReady !== null ? (
        <div className={styles.none}>{notReady}</div>
      ) : tab === "graph" ? (
        <Suspense fallback={<Fetching />}>
          <ConflictGraph key={props.year} {...props} />
        </Suspense>
      ) : tab === "kept" ? (
        <KeptList {...props} />
      ) : (
        <ConflictList {...props} />
      )}
      {tab === "open" && !isCovered && <BrokenRules year={props.year} clock={props.clock} />}
      {tab === "open" && !isCovered && <ProposalPanel {...props} />}
      <Legend onOptimise={props.onOptimise} onKeys={props.onKeys} />
    </div>
  );
}

/** What the signs mean, and the keys of the place. */
function Legend({ onOptimise, onKeys }: { onOptimise: () => void; onKeys: () => void }) {
  const { words } = useLanguage();
  const { legend } = words.conflict;
  return (
    <footer className={styles.legend}>
      <b>{legend.label}</b>
      {(["time", "resource"] as const).map((kind) => (
        <span key={kind}>
          <Glyph kind={kind} /> {legend[kind]}
        </span>
      ))}
      <i className={styles.separator} />
      <span>{legend.rank}</span>
      <span className={styles.keys}>
        <Button size="small" onPress={onOptimise}>
          {words.optimise.command}
        </Button>
        <Button size="small" onPress={() => openDrafts(null)}>
          {words.drafts.command}
        </Button>
        <Key>X</Key> {legend.next}
        <Key>{words.keys.space}</Key> {legend.add}
        <Button kind="quiet" size="small" onPress={onKeys}>
          <Key>?</Key> {legend.keys}
        </Button>
      </span>
    </footer>
  );
}
