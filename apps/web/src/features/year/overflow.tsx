import { memo, useMemo, useState, type MouseEvent } from "react";
import { bandsOfRow, boxOfDay, overflowOf, placedIn, type YearPicture } from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Pop } from "../../ui/pop.tsx";
import type { DayContents } from "./picture.ts";
import styles from "./stage.module.css";

/** The days that do not show all of their bars, and how many they do not. O(bars). */
function overflowsOf(picture: YearPicture): { day: number; count: number }[] {
  const { shape, layers, scale } = picture;
  if (!layers.has("events") || scale.isPhone) return [];
  return shape.months.flatMap((month, row) => {
    if (scale.rows[row]!.density === "strip") return [];
    const placed = placedIn(picture.bars, month);
    const hidden = overflowOf(placed, month, bandsOfRow(picture, row, placed).lanes);
    return Array.from(hidden, (count, index) => ({ day: month.firstDay + index, count })).filter(
      ({ count }) => count > 0,
    );
  });
}

const LISTED_MAX = 60;

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
  const { words, format } = useLanguage();
  const [opened, setOpened] = useState<{ readonly day: number; readonly button: Element } | null>(null);
  const overflows = useMemo(() => overflowsOf(picture), [picture]);
  const dateOf = (day: number) => format.day(shape.firstEpochDay + day);
  const onClick = (event: MouseEvent<HTMLElement>) => {
    event.stopPropagation(); // It lies over a cell, and does not select it.
    setOpened({ day: Number(event.currentTarget.dataset["of"]), button: event.currentTarget });
  };
  return (
    <>
      {overflows.map(({ day, count }) => {
        const { x, y, width } = boxOfDay(shape, scale, day);
        return (
          <button
            key={day}
            type="button"
            className={styles.overflow}
            aria-label={words.year.moreOn(count, dateOf(day))}
            aria-haspopup="dialog"
            aria-expanded={opened?.day === day}
            tabIndex={-1}
            data-of={day}
            style={{ insetInlineStart: scale.gutterStart + x + width - 17, top: scale.header + y + 2 }}
            onClick={onClick}
            onPointerDown={(event) => event.stopPropagation()}
          />
        );
      })}
      {opened !== null && (
        <Pop label={dateOf(opened.day)} opener={{ current: opened.button, onClose: () => setOpened(null) }}>
          <DayList date={dateOf(opened.day)} entries={days[opened.day]!.entries} />
        </Pop>
      )}
    </>
  );
});

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
