import type { Improvement, Way } from "../../data/optimise.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./optimise.module.css";

type Verdict = "better" | "worse" | "same";

/** What was wished to be better, before and after: by number, arrow, sign and word. */
export function Improvements({ improvements }: { improvements: readonly Improvement[] }) {
  const { words } = useLanguage();
  const text = words.optimise;
  const { amountOf, verdictOf } = useMeasures();
  return (
    <section className={styles.section} aria-labelledby="optimise-improvements">
      <h3 id="optimise-improvements">{text.improvements}</h3>
      <dl className={styles.improvements}>
        {improvements.map((improvement) => {
          const verdict = verdictOf(improvement);
          return (
            <div key={improvement.objective} data-verdict={verdict}>
              <dt>{text.measures[improvement.objective]}</dt>
              <dd>
                <span>{amountOf(improvement, improvement.before)}</span>
                <Icon name="arrow" size={12} />
                <b>{amountOf(improvement, improvement.after)}</b>
                <em>
                  {verdict !== "same" && <Icon name={verdict === "better" ? "check" : "close"} size={12} />}
                  {text.verdicts[verdict]}
                </em>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** How amounts of what is improved are written, and what a way brings most of. */
export function useMeasures() {
  const { words, format } = useLanguage();
  const amountOf = ({ unit }: Improvement, value: number): string =>
    unit === "minutes" ? format.duration(value) : unit === "share" ? format.percent(value) : format.number(value);
  const verdictOf = (improvement: Improvement): Verdict => {
    const { before, after, better } = improvement;
    if (amountOf(improvement, before) === amountOf(improvement, after)) return "same"; // As it is read.
    return after > before === (better === "more") ? "better" : "worse";
  };
  const changeOf = (improvement: Improvement): string => {
    const change = improvement.after - improvement.before;
    if (improvement.unit === "minutes") return format.durationChange(change);
    return `${change > 0 ? "+" : "−"}${amountOf(improvement, Math.abs(change))}`;
  };
  /** The greatest gain, measured by what there was, of those in which the ways differ where they do; null where nothing is better. */
  const gainOf = ({ improvements }: Way, ways: readonly Way[]): string | null => {
    const gains = improvements.filter((improvement) => verdictOf(improvement) === "better");
    const isDifferent = ({ objective, after }: Improvement) =>
      ways.some((way) => way.improvements.some((other) => other.objective === objective && other.after !== after));
    const telling = gains.filter(isDifferent);
    const [best] = (telling.length > 0 ? telling : gains).sort((one, other) => partOf(other) - partOf(one));
    return best === undefined ? null : words.optimise.gain(words.optimise.measures[best.objective], changeOf(best));
  };
  return { amountOf, verdictOf, gainOf };
}

const partOf = ({ before, after }: Improvement): number => Math.abs(after - before) / Math.max(before, after);
