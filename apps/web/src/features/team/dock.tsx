import { memo } from "react";
import { wordsOfObjection, type Answer, type Subject } from "../../data/api.ts";
import type { RosterDraft } from "../../data/roster.ts";
import { dayOfText } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import styles from "./team.module.css";
import type { Open } from "./team.tsx";
import { usePlanWords } from "./use-plan-words.ts";
import { useTeamWords } from "./use-team-words.ts";

type Checked = Answer<"drafts.check">;
const LINES_MAX = 50;

/** What would come of the draft: stands below the grid while one is open. */
export const Dock = memo(function Dock(props: {
  readonly check: Checked | null;
  readonly draft: { readonly id: string; readonly name: string };
  readonly waiting: number;
  readonly drafts: readonly RosterDraft[];
  readonly names: readonly Subject[];
  readonly onOpen: (open: Open) => void;
}) {
  const { check, draft, names, onOpen } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const { dock } = words;
  const plan = usePlanWords();
  const nameOf = (id: string | null) => names.find((person) => person.id === id)?.name ?? words.open.title;
  const totals = check?.totals;
  const figures: readonly (readonly [number, string, boolean])[] =
    totals === undefined
      ? []
      : [
          [totals.shifts, dock.shifts, false],
          [totals.openShifts, dock.open, false],
          [totals.objections, dock.objections, totals.objections > 0],
          [totals.broken, dock.broken, totals.broken > 0],
          [Math.round(totals.shortMinutes / 60), dock.short, totals.shortMinutes > 0],
        ];
  return (
    <div className={styles.dock} role="region" aria-label={dock.label} aria-busy={check === null || props.waiting > 0}>
      <section aria-label={draft.name}>
        <h2>
          {dock.holds(draft.name)}
          <span>
            <Button size="small" onPress={() => onOpen({ what: "plan" })}>
              {plan.button}
            </Button>
          </span>
        </h2>
        <dl className={styles.big}>
          {figures.map(([count, word, isBad]) => (
            <div key={word} data-bad={isBad || undefined}>
              <dt>{word}</dt>
              <dd>{format.number(count)}</dd>
            </div>
          ))}
        </dl>
        {check === null && <p className={styles.quiet}>{dock.checking}</p>}
        {check !== null && check.cost !== null && check.cost.length > 0 && (
          <p className={styles.quiet}>{check.cost.map(printMoney).join(" · ")}</p>
        )}
      </section>
      <section aria-label={dock.inTheWay}>
        <h2>{check !== null && check.objections.length > 0 ? dock.inTheWay : dock.brokenTitle}</h2>
        {check !== null && check.objections.length + check.broken.length === 0 && (
          <p className={styles.quiet}>{dock.fine}</p>
        )}
        <ul className={styles.told}>
          {check?.objections.slice(0, LINES_MAX).map(({ itemId, personId, ...each }) => (
            <li key={`${itemId} ${each.sentence}`} className={styles.bad}>
              {nameOf(personId)}: {wordsOfObjection(each)}
            </li>
          ))}
          {check?.broken.slice(0, LINES_MAX).map(({ personId, start, ...each }) => (
            <li key={`${personId} ${start} ${each.sentence}`}>
              {nameOf(personId)}: {wordsOfObjection(each)}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={dock.shortTitle}>
        <h2>{dock.shortTitle}</h2>
        {check !== null && check.short.length === 0 && <p className={styles.quiet}>{dock.covered}</p>}
        <ul className={styles.told}>
          {check?.short.slice(0, LINES_MAX).map(({ site, name, day, have, need, levelMin }) => (
            <li key={`${site} ${name} ${levelMin} ${day}`}>
              {words.publish.shortOn(
                words.coverage.name(site, name, levelMin),
                format.dayShort(dayOfText(day) ?? 0),
                have,
                need,
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={words.publish.button}>
        <h2>{words.publish.messages}</h2>
        <div className={styles.deeds}>
          <Button size="small" onPress={() => onOpen({ what: "publish" })}>
            {dock.read}
          </Button>
        </div>
      </section>
    </div>
  );
});

/** Money of a currency, from its smallest units. */
export function printMoney({
  minorUnits,
  currency,
}: {
  readonly minorUnits: number;
  readonly currency: string;
}): string {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(minorUnits / 10 ** maximumFractionDigits);
}
