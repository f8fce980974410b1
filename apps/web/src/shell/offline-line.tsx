import { useStore } from "../data/store.ts";
import { yearsStore } from "../data/years.ts";
import { useLanguage } from "../messages/index.tsx";
import styles from "./shell.module.css";
import { useToday } from "./use-today.ts";

/** What one sees without a connection: what this page has loaded, or what the device has kept, and as of when. */
export function OfflineLine({ zone }: { zone: string }) {
  const { words } = useLanguage();
  const keptAtMs = useStore(yearsStore, (store) => store.keptAtMs);
  if (keptAtMs !== null) return <KeptFrom zone={zone} atMs={keptAtMs} />;
  return <output className={styles.notice}>{words.failures.offline}</output>;
}

function KeptFrom({ zone, atMs }: { zone: string; atMs: number }) {
  const { words } = useLanguage();
  const { epochDay } = useToday(zone, atMs);
  return <output className={styles.notice}>{words.offline.openedFrom(epochDay, atMs)}</output>;
}
