/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A grid laid out by positions: with another display browsers drop the roles of
   a table's tags; roles that are written down stay. */
import type { MouseEvent, Ref } from "react";
import { LANE_HEIGHT, type Frame } from "@hourwright/timeline";
import type { Entry } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Bar, type Standing } from "./block.tsx";
import { Carried } from "./ghosts.tsx";
import type { WeekPicture } from "./picture.ts";
import type { Sentences } from "./sentences.ts";
import styles from "./week.module.css";

/** The lane of whole days: a cell for each day, the bars in the cells of their first days. */
export function Lane(props: {
  readonly ref: Ref<HTMLDivElement>;
  readonly picture: WeekPicture;
  readonly say: Sentences;
  /** The selected day, an epoch day. */
  readonly day: number;
  /** Whether the keyboard stands in the lane. */
  readonly isActive: boolean;
  readonly standingOf: (entry: Entry) => Standing;
  /** Whole days that are being carried. */
  readonly carried: { readonly frame: Frame; readonly title: string } | null;
  readonly onPress: (entry: Entry, event: MouseEvent) => void;
  readonly onSelect: (day: number) => void;
}) {
  const { ref, picture, say, day, isActive, standingOf, carried, onPress, onSelect } = props;
  const { span, scale, days, weekendOf, zonesWidth, laneHeight, contents, bars, hidden } = picture;
  const { words, format } = useLanguage();
  return (
    <div ref={ref} role="row" aria-rowindex={2} className={styles.lane} style={{ height: laneHeight }}>
      <div role="rowheader" aria-colindex={1} className={styles.laneHead} style={{ width: zonesWidth }}>
        {words.week.allDay}
      </div>
      {days.map((index) => {
        const at = span.firstDay + index;
        const { x, width } = scale.columns[index]!;
        const more = hidden[index]!;
        return (
          <div
            key={at}
            role="gridcell"
            aria-colindex={index + 2}
            aria-label={say.cell(at, null)}
            aria-selected={at === day}
            tabIndex={at === day && isActive ? 0 : -1}
            className={styles.laneCell}
            data-day={at}
            data-part="lane"
            data-weekend={weekendOf[index] || undefined}
            style={{ insetInlineStart: zonesWidth + x, width }}
          >
            {bars
              .filter(({ fromDay }) => fromDay === index)
              .map((bar) => {
                const entry = contents.entryOf.get(bar.thing.id)!;
                return (
                  <Bar
                    key={entry.key}
                    placed={bar}
                    entry={entry}
                    standing={standingOf(entry)}
                    columnX={x}
                    onPress={onPress}
                  />
                );
              })}
            {more > 0 && (
              <button
                type="button"
                tabIndex={-1}
                className={styles.more}
                data-control
                style={{ top: laneHeight - LANE_HEIGHT }}
                aria-label={words.week.moreOn(more, format.day(at))}
                onClick={() => onSelect(at)}
              >
                {words.week.more(more)}
              </button>
            )}
          </div>
        );
      })}
      {carried !== null && (
        <div className={styles.laneOver} style={{ insetInlineStart: zonesWidth }}>
          <Carried {...carried} when="" />
        </div>
      )}
    </div>
  );
}
