import { useLanguage } from "../messages/index.tsx";
import { TABS, type Tab } from "./address.ts";
import styles from "./week-bar.module.css";

/** What of the conflicts is listed: those to resolve, those that are kept, what was put right. */
export function ConflictTabs(props: {
  readonly tab: Tab;
  readonly open: number;
  readonly kept: number;
  readonly onTab: (tab: Tab) => void;
}) {
  const { tab, onTab } = props;
  const { words, format } = useLanguage();
  const { tabs } = words.conflict;
  const counts = { open: props.open, kept: props.kept, resolved: null, graph: null };
  return (
    <div role="group" aria-label={tabs.label} className={styles.views} data-always>
      {TABS.map((each) => {
        const count = counts[each];
        return (
          <button key={each} type="button" aria-pressed={tab === each} onClick={() => onTab(each)}>
            {tabs[each]} {count !== null && <span>{format.number(count)}</span>}
          </button>
        );
      })}
    </div>
  );
}
