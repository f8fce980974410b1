import { memo, useMemo, type ReactNode } from "react";
import { partOf, levelOf, THRESHOLDS, type Load } from "@hourwright/capacity";
import {
  columnLeft,
  COLUMNS,
  isoWeek,
  weekdayOfColumn,
  type MonthRow,
  type Scale,
  type YearShape,
} from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import type { YearContents } from "./picture.ts";
import styles from "./stage.module.css";

/** Weekdays above, months before and what they come to after the grid, which is `children`. */
export function Gutter(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly weekend: ReadonlySet<number>;
  readonly contents: YearContents;
  readonly load: Load | null;
  /** The row of the present month, or null in another year. */
  readonly current: number | null;
  readonly children: ReactNode;
}) {
  const { shape, scale, weekend, contents, load, current, children } = props;
  const { words } = useLanguage();
  return (
    <>
      <div className={styles.corner} aria-hidden="true" />
      <Weekdays shape={shape} scale={scale} weekend={weekend} />
      <div className={styles.endHead} aria-hidden="true">
        {scale.gutterEnd > 0 && load !== null && words.year.capacity}
      </div>
      <MonthNames shape={shape} scale={scale} load={load} current={current} />
      {children}
      {scale.gutterEnd > 0 && <MonthEnds shape={shape} scale={scale} contents={contents} load={load} />}
    </>
  );
}

const Weekdays = memo(function Weekdays(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly weekend: ReadonlySet<number>;
}) {
  const { shape, scale, weekend } = props;
  const { format } = useLanguage();
  return (
    <div className={styles.weekdays} aria-hidden="true">
      {Array.from({ length: COLUMNS }, (_, column) => {
        const weekday = weekdayOfColumn(shape.firstWeekday, column);
        const names = [weekend.has(weekday) ? styles.weekend : "", column % 7 === 0 ? styles.weekStart : ""];
        return (
          <span
            key={column}
            className={names.join(" ")}
            style={{ width: columnLeft(scale, column + 1) - columnLeft(scale, column) }}
          >
            {format.weekdayNarrow(weekday)}
          </span>
        );
      })}
    </div>
  );
});

/** The months' names, each with the week of its first day; on a phone with its load instead. */
const MonthNames = memo(function MonthNames(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly load: Load | null;
  readonly current: number | null;
}) {
  const { shape, scale, load, current } = props;
  const { words, format } = useLanguage();
  return (
    <div className={styles.months} aria-hidden="true">
      {shape.months.map((month, row) => {
        const part = load === null || !scale.isPhone ? null : loadOfMonth(load, month);
        const week = words.year.week(isoWeek(shape.firstEpochDay + month.firstDay));
        return (
          <div key={month.month} className={styles.month} style={{ height: scale.rows[row]!.height }}>
            <span className={row === current ? styles.current : ""}>{format.monthShort(month.month)}</span>
            <small>{part === null ? week : format.percent(part)}</small>
          </div>
        );
      })}
    </div>
  );
});

const WORDLESS_FROM = 100; // Beside longer numbers the sign has to do: the legend names it.
const LOW_ROW = 50; // A row that is lower has room for one line.

/** What each month comes to: its load against the 80 % tick, and its conflicts. */
const MonthEnds = memo(function MonthEnds(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly contents: YearContents;
  readonly load: Load | null;
}) {
  const { shape, scale, contents, load } = props;
  const { words, format } = useLanguage();
  const clashesOf = useMemo(
    () =>
      shape.months.map(({ firstDay, days }) => {
        const list = contents.days.slice(firstDay, firstDay + days);
        return new Set(list.flatMap(({ clashes }) => clashes)).size;
      }),
    [shape, contents.days],
  );
  return (
    <div className={styles.ends} aria-hidden="true">
      {shape.months.map((month, row) => {
        const clashes = clashesOf[row]!;
        const part = load === null ? null : loadOfMonth(load, month);
        const { height } = scale.rows[row]!;
        return (
          <div key={month.month} style={{ height }} className={height < LOW_ROW ? styles.lowEnd : ""}>
            {part !== null && (
              <>
                <b>{format.percent(part)}</b>
                <MonthBar part={part} />
              </>
            )}
            {clashes > 0 && (
              <span className={styles.clashes} title={words.year.conflicts(clashes)}>
                <Glyph kind="time" size={9} />
                {height < LOW_ROW
                  ? format.number(clashes)
                  : clashes < WORDLESS_FROM
                    ? words.year.conflicts(clashes)
                    : format.compact(clashes)}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
});

const BAR = 56;

function MonthBar({ part }: { part: number }) {
  return (
    <svg className={styles.bar} width={BAR} height={9} data-level={levelOf(part)} aria-hidden="true">
      <rect className={styles.barBack} y={2} width={BAR} height={5} rx={2.5} />
      <rect className={styles.barFill} y={2} width={Math.max(2, BAR * Math.min(1, part))} height={5} rx={2.5} />
      <rect className={styles.barTick} x={BAR * THRESHOLDS.full} width={1} height={9} />
    </svg>
  );
}

/** The load of a month; null where nobody may be claimed in it. */
export function loadOfMonth(load: Load, { firstDay, days }: MonthRow): number | null {
  return partOf(load, firstDay, firstDay + days);
}
