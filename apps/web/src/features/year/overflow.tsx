import { memo, useMemo, useState, type MouseEvent } from "react";
import {
  bandsOfRow,
  columnLeft,
  overflowOf,
  placedIn,
  rowOfDay,
  type MonthRow,
  type YearPicture,
} from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { useStable } from "../../ui/use-stable.ts";
import { Pop } from "../../ui/pop.tsx";
import type { DayContents } from "./picture.ts";
import styles from "./stage.module.css";

/** How many bars each day of a month does not show, as a text that is the same while they are. O(bars). */
function hiddenOf(picture: YearPicture, row: number): string {
  const { shape, layers, scale } = picture;
  if (!layers.has("events") || scale.isPhone || scale.rows[row]!.density === "strip") return "";
  const month = shape.months[row]!;
  const placed = placedIn(picture.bars, month);
  return overflowOf(placed, month, bandsOfRow(picture, row, placed).lanes).join(" ");
}

const LISTED_MAX = 60;
/** As wide as they are. */
const BUTTON = 16;

/**
 * The `+n` of the days: buttons that open the list of everything on the day. The signs themselves are on the canvas. A full
 * year has hundreds: plain buttons, and one list for all of them.
 */
export const Overflows = memo(function Overflows(props: {
  readonly picture: YearPicture;
  readonly days: readonly DayContents[];
}) {
  const { picture, days } = props;
  const { shape, scale } = picture;
  const { format } = useLanguage();
  const [opened, setOpened] = useState<{ readonly day: number; readonly button: Element } | null>(null);
  const hidden = useMemo(() => shape.months.map((_, row) => hiddenOf(picture, row)), [shape, picture]);
  const dateOf = (day: number) => format.day(shape.firstEpochDay + day);
  const open = useStable((event: MouseEvent<HTMLElement>) => {
    event.stopPropagation(); // It lies over a cell, and does not select it.
    setOpened({ day: Number(event.currentTarget.dataset["of"]), button: event.currentTarget });
  });
  return (
    <>
      {shape.months.map((month, row) => (
        <div
          key={month.month}
          className={styles.overflows}
          hidden={hidden[row] === ""}
          style={{ insetInlineStart: scale.gutterStart, top: scale.header + scale.rows[row]!.top }}
        >
          <MonthOverflows
            month={month}
            hidden={hidden[row]!}
            firstEpochDay={shape.firstEpochDay}
            columnWidth={scale.columnWidth}
            opened={opened !== null && rowOfDay(shape, opened.day) === row ? opened.day : null}
            onOpen={open}
          />
        </div>
      ))}
      {opened !== null && (
        <Pop label={dateOf(opened.day)} opener={{ current: opened.button, onClose: () => setOpened(null) }}>
          <DayList date={dateOf(opened.day)} entries={days[opened.day]!.entries} />
        </Pop>
      )}
    </>
  );
});

/** A month's buttons. Where the row is too low for them they stay as they were, out of sight: making them anew is dear. */
const MonthOverflows = memo(function MonthOverflows(props: {
  readonly month: MonthRow;
  readonly hidden: string;
  readonly firstEpochDay: number;
  readonly columnWidth: number;
  readonly opened: number | null;
  readonly onOpen: (event: MouseEvent<HTMLElement>) => void;
}) {
  const { month, columnWidth, opened } = props;
  const { words, format } = useLanguage();
  const startOf = (index: number) => columnLeft({ columnWidth }, month.firstColumn + index + 1) - BUTTON - 1;
  const counts = props.hidden.split(" ").map(Number);
  return counts.map((count, index) => {
    if (!(count > 0)) return null;
    const day = month.firstDay + index;
    const before = counts.findLastIndex((other, at) => at < index && other > 0);
    return (
      <button
        key={day}
        type="button"
        className={styles.overflow}
        aria-label={words.year.moreOn(count, format.day(props.firstEpochDay + day))}
        aria-haspopup="dialog"
        aria-expanded={opened === day}
        tabIndex={-1}
        data-of={day}
        style={{ marginInlineStart: startOf(index) - (before === -1 ? 0 : startOf(before) + BUTTON) }}
        onClick={props.onOpen}
        onPointerDown={(event) => event.stopPropagation()}
      />
    );
  });
}, isShownAlike);

/** What is out of sight may be of another time. */
function isShownAlike(
  before: { readonly hidden: string; readonly columnWidth: number; readonly opened: number | null },
  now: { readonly hidden: string; readonly columnWidth: number; readonly opened: number | null },
): boolean {
  if (now.hidden === "") return true;
  return Object.entries(now).every(([key, value]) => Object.is(value, before[key as keyof typeof before]));
}

function DayList({ date, entries }: { readonly date: string; readonly entries: DayContents["entries"] }) {
  const { words, format } = useLanguage();
  return (
    <>
      <h3 className={styles.popTitle}>{date}</h3>
      <ul className={styles.popList}>
        {entries.slice(0, LISTED_MAX).map((entry) => (
          <li key={entry.key} style={{ "--hue": entry.calendar?.colour ?? 262 } as React.CSSProperties}>
            <i aria-hidden="true" />
            <span>{entry.event.title}</span>
            <time>{entry.event.allDay ? words.day.allDay : format.timeRange(entry.startMs, entry.endMs)}</time>
          </li>
        ))}
        {entries.length > LISTED_MAX && <li>{words.day.more(entries.length - LISTED_MAX)}</li>}
      </ul>
    </>
  );
}
