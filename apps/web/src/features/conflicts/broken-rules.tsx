import { useMemo, type MouseEvent } from "react";
import { dayNumber } from "@hourwright/time";
import { instantOfWall, type WallClock } from "@hourwright/timeline";
import { isOffline, sentenceOf } from "../../data/api.ts";
import { addressOfBreach, printBreach } from "../../data/printed-rules.ts";
import { useStanding, type Breach } from "../../data/rules.ts";
import { printInstant } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { walk } from "../../shell/use-address.ts";
import styles from "./broken-rules.module.css";

const DAY_MS = 86_400_000;
const SEVERITIES = ["must", "should", "look"] as const;

/** Which rules of the organisation do not hold in the year shown; one line unless it is opened, and nothing where none is set. */
export function BrokenRules({ year, clock }: { readonly year: number; readonly clock: WallClock }) {
  const { words } = useLanguage();
  const text = words.rules.standing;
  const startOf = (each: number) => printInstant(instantOfWall(clock, dayNumber(each, 1, 1) * DAY_MS));
  const standing = useStanding(startOf(year), startOf(year + 1));
  if (standing.status === "loading" || (standing.status === "ready" && standing.value === null)) return null;
  if (standing.status === "failed") {
    const { error } = standing;
    return <p className={styles.line}>{isOffline(error) ? words.failures.network : sentenceOf(error, text.failed)}</p>;
  }
  const { items, isCut, isPartial } = standing.value!;
  if (items.length === 0)
    return <p className={styles.line}>{isPartial ? text.incomplete : text.holds(String(year))}</p>;
  return <Listed breaches={items} isCut={isCut} isPartial={isPartial} />;
}

function Listed(props: { readonly breaches: readonly Breach[]; readonly isCut: boolean; readonly isPartial: boolean }) {
  const { breaches, isCut, isPartial } = props;
  const language = useLanguage();
  const { words } = language;
  const text = words.rules.standing;
  const sorted = useMemo(() => breaches.toSorted(byWeight), [breaches]);
  const hard = breaches.filter(({ isHard }) => isHard).length;
  return (
    <details className={styles.part}>
      <summary className={styles.line}>
        <b>{text.title}</b> {text.count(breaches.length)}
        {hard > 0 && <span className={styles.hard}>{text.hard(hard)}</span>}
      </summary>
      <ul className={styles.list}>
        {sorted.map((breach) => (
          <li key={`${breach.ruleId} ${breach.subjectId} ${breach.start} ${breach.end} ${breach.units}`}>
            <span className={breach.isHard ? styles.hard : styles.soft}>
              {breach.isHard ? words.rules.hard : words.rules.soft}
            </span>
            <a href={addressOfBreach(breach)} onClick={follow}>
              {printBreach(breach, language)}
            </a>
          </li>
        ))}
      </ul>
      {isCut && <p className={styles.line}>{text.cut(breaches.length)}</p>}
      {isPartial && <p className={styles.line}>{text.incomplete}</p>}
    </details>
  );
}

/** Hard ones first, then by how much is at stake, then the soonest. */
function byWeight(a: Breach, b: Breach): number {
  return (
    Number(b.isHard) - Number(a.isHard) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.start < b.start ? -1 : 1)
  );
}

/** Within this page, unless another window is asked for. */
function follow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  walk(event.currentTarget.pathname + event.currentTarget.search);
}
