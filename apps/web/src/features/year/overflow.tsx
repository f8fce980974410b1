import { Button } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import {
  bandsOfRow,
  boxOfDay,
  overflowOf,
  placedIn,
  rowOfDay,
  type Scale,
  type YearPicture,
  type YearShape,
} from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Pop } from "../../ui/pop.tsx";
import type { DayContents } from "./picture.ts";
import styles from "./stage.module.css";

/** The days that do not show all of their bars, and how many they do not. O(bars). */
export function overflowsOf(picture: YearPicture): { day: number; count: number }[] {
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

/** The `+n` of a day: a button that opens the list of everything on it. The sign itself is on the canvas. */
export function Overflow(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly day: number;
  readonly count: number;
  readonly contents: DayContents;
}) {
  const { shape, scale, day, count, contents } = props;
  const { words, format } = useLanguage();
  const { x, y, width } = boxOfDay(shape, scale, day);
  const date = format.day(shape.firstEpochDay + day);
  const { entries } = contents;
  return (
    <DialogTrigger>
      <Button
        className={styles.overflow!}
        aria-label={words.year.moreOn(count, date)}
        excludeFromTabOrder
        data-row={rowOfDay(shape, day)}
        style={{ insetInlineStart: scale.gutterStart + x + width - 17, top: scale.header + y + 2 }}
      />
      <Pop label={date}>
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
      </Pop>
    </DialogTrigger>
  );
}
