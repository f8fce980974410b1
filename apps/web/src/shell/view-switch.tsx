import { useLanguage } from "../messages/index.tsx";
import type { Address } from "./address.ts";
import styles from "./week-bar.module.css";

const VIEWS = ["year", "week", "day"] as const;

/** Year, Week or Day: the same time, looked at more closely. */
export function ViewSwitch({
  place,
  onGo,
}: {
  place: Address["place"];
  onGo: (place: "year" | "week" | "day") => void;
}) {
  const { words } = useLanguage();
  return (
    <div role="group" aria-label={words.week.views} className={styles.views}>
      {VIEWS.map((view) => (
        <button key={view} type="button" aria-pressed={place === view} onClick={() => onGo(view)}>
          {words.places[view]}
        </button>
      ))}
    </div>
  );
}
