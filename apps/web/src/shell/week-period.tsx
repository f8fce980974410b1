import { dateOf } from "@hourwright/time";
import { isoWeek } from "@hourwright/timeline";
import type { DaySpan } from "../data/week-span.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { STACKED, useMedia } from "../ui/use-media.ts";
import styles from "./shell.module.css";
import bar from "./week-bar.module.css";

/** The days shown, as the title of Week and Day, with the ways to those before and after. */
export function WeekPeriod(props: {
  readonly place: "week" | "day";
  /** The selected day, an epoch day. */
  readonly day: number;
  readonly span: DaySpan;
  readonly onTurn: (by: 1 | -1, days: number) => void;
}) {
  const { place, day, span, onTurn } = props;
  const { words, format } = useLanguage();
  const isWeek = place === "week";
  const isStacked = useMedia(STACKED);
  const [firstDay, lastDay] = [span.firstDay, span.firstDay + span.days - 1];
  const title = isWeek
    ? format.dayRange(firstDay, lastDay, isStacked ? "short" : "long")
    : (isStacked ? format.dayShort : format.day)(day);
  const { year } = dateOf(day);
  return (
    <div className={styles.period}>
      <Button
        kind="quiet"
        size="icon"
        aria-label={isWeek ? words.week.before : words.week.dayBefore}
        onPress={() => onTurn(-1, span.days)}
      >
        <Icon name="previous" />
      </Button>
      <h1>{title}</h1>
      <span className={bar.sub}>{words.week.number(year, isoWeek(day))}</span>
      <Button
        kind="quiet"
        size="icon"
        aria-label={isWeek ? words.week.after : words.week.dayAfter}
        onPress={() => onTurn(1, span.days)}
      >
        <Icon name="next" />
      </Button>
    </div>
  );
}
