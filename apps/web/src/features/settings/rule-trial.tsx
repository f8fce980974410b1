import { isOffline, sentenceOf } from "../../data/api.ts";
import type { Asked } from "../../data/office.ts";
import { addressOfBreach, printBreach } from "../../data/printed-rules.ts";
import type { Trial } from "../../data/rules.ts";
import { useRuleLanguage } from "./use-rule-language.ts";
import styles from "./rules.module.css";

const EXAMPLES_MAX = 8;
/** The month with most. */
const BAR_PX = 40;

/** What a rule would find in the year ahead: how much, when, and the first of it. */
export function RuleTrial(props: {
  readonly trial: Asked<Trial> | null;
  /** Whether rules of the same constraint stand: what these find as well is not counted. */
  readonly isMore: boolean;
  /** Said where nothing is tried. */
  readonly without: string;
}) {
  const { trial, isMore, without } = props;
  const { words } = useRuleLanguage();
  const text = words.ruling.trial;
  return (
    <section className={styles.trial} aria-label={text.title} aria-busy={trial?.status === "loading"}>
      <h3>{text.title}</h3>
      <output>
        {trial === null ? (
          without
        ) : trial.status === "loading" ? (
          <>
            {text.running}
            <span className={styles.progress} aria-hidden="true" />
          </>
        ) : trial.status === "failed" ? (
          isOffline(trial.error) ? (
            words.failures.network
          ) : (
            sentenceOf(trial.error, text.failed)
          )
        ) : (
          <Found trial={trial.value} isMore={isMore} />
        )}
      </output>
      {trial?.status === "ready" && trial.value.made > 0 && (
        <>
          <Months trial={trial.value} />
          <Examples trial={trial.value} />
        </>
      )}
    </section>
  );
}

/** What it would find; where rules of its kind stand, how that differs from what these find now. */
function Found({ trial, isMore }: { readonly trial: Trial; readonly isMore: boolean }) {
  const { made, events, people, removed } = trial;
  const { words } = useRuleLanguage();
  const text = words.ruling.trial;
  if (!isMore) return <b>{made === 0 ? text.none : text.made(events, made, people)}</b>;
  return (
    <>
      <b>{text.change(made - removed)}</b> {made > 0 && text.anew(events, made, people)}
    </>
  );
}

/** How often in each month, as a row of bars. */
function Months({ trial }: { readonly trial: Trial }) {
  const { words, format } = useRuleLanguage();
  const counts = new Map(trial.months.map(({ month, made }) => [month, made]));
  const months = monthsBetween(trial.start, trial.end);
  const most = Math.max(1, ...counts.values());
  const said = months.flatMap((month) => {
    const made = counts.get(month) ?? 0;
    return made === 0 ? [] : [words.ruling.trial.month(format.monthLong(numberOfMonth(month)), made)];
  });
  return (
    <div className={styles.months} role="img" aria-label={format.list([words.ruling.trial.months, ...said])}>
      {months.map((month) => {
        const made = counts.get(month) ?? 0;
        return (
          <span key={month} title={words.ruling.trial.month(format.monthLong(numberOfMonth(month)), made)}>
            <i style={{ blockSize: `${made === 0 ? 0 : Math.max(2, Math.round((made / most) * BAR_PX))}px` }} />
            <small>{format.monthShort(numberOfMonth(month))}</small>
          </span>
        );
      })}
    </div>
  );
}

function Examples({ trial }: { readonly trial: Trial }) {
  const language = useRuleLanguage();
  const { trial: text } = language.words.ruling;
  const shown = trial.examples.slice(0, EXAMPLES_MAX);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.examples} aria-label={text.examples}>
      {shown.map((breach) => {
        const sentence = printBreach(breach, language);
        return (
          <li key={`${breach.subjectId} ${breach.start} ${breach.end} ${breach.units}`}>
            {/* What is typed here stays: the day opens beside it. */}
            <a href={addressOfBreach(breach)} target="_blank" rel="noreferrer" aria-label={text.apart(sentence)}>
              {sentence}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** `2027-03`, `2027-04` … from the first of two dates to the second. */
function monthsBetween(start: string, end: string): string[] {
  const indexOf = (date: string) => Number(date.slice(0, 4)) * 12 + numberOfMonth(date) - 1;
  const [first, last] = [indexOf(start), indexOf(end)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const index = first + at;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  });
}

const numberOfMonth = (date: string): number => Number(date.slice(5, 7));
