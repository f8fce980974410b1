/* oxlint-disable jsx-a11y/prefer-tag-over-role -- As the grid that it is a cell of. */
import type { MouseEvent, ReactNode } from "react";
import { closedOn, msOfMinute, railOfDay, type MinuteRange } from "@hourwright/timeline";
import type { Entry } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Block, type Standing } from "./block.tsx";
import { placeOf } from "./ghosts.tsx";
import { heightOf, rangesOn, upright, type WeekPicture } from "./picture.ts";
import type { Sentences } from "./sentences.ts";
import styles from "./week.module.css";

/** Someone who stands beside the one in the columns. */
export type Beside = { readonly id: string; readonly name: string; readonly hue: number };

const CURSOR_MINUTES = 15;

/** The minutes of one day: closed and outside ones, the blocks, the rails of the others, now, and the keyboard's place. */
export function DayColumn(props: {
  readonly picture: WeekPicture;
  readonly say: Sentences;
  /** Which of the days shown, from 0. */
  readonly index: number;
  readonly isSelected: boolean;
  /** Where the keyboard stands in this day's minutes; null when it is elsewhere. */
  readonly cursor: number | null;
  readonly besides: readonly Beside[];
  readonly standingOf: (entry: Entry) => Standing;
  readonly onPress: (entry: Entry, event: MouseEvent) => void;
  readonly onCrowd: (day: number) => void;
  /** What is proposed for the day. */
  readonly children: ReactNode;
}) {
  const { picture, say, index, isSelected, cursor, besides, standingOf, onPress, onCrowd, children } = props;
  const { axis, span, scale, zonesWidth, blocks, crowds, contents, today, nowMs } = picture;
  const { words, format } = useLanguage();
  const at = span.firstDay + index;
  const { x, width } = scale.columns[index]!;
  const closed = closedOn(axis, index);
  return (
    <div
      role="gridcell"
      aria-colindex={index + 2}
      aria-label={cursor === null ? format.day(at) : say.cell(at, cursor)}
      aria-selected={isSelected}
      tabIndex={cursor === null ? -1 : 0}
      className={styles.day}
      data-day={at}
      data-part="hours"
      data-weekend={picture.weekendOf[index] || undefined}
      data-past={at < today || undefined}
      style={{ insetInlineStart: zonesWidth + x, width }}
    >
      {outsideOf(picture, index).map((range) => (
        <i key={range.fromMinute} className={styles.outside} style={upright(picture, range)} />
      ))}
      {closed !== null && <i className={styles.closed} style={upright(picture, closed)} title={words.week.closed} />}
      {besides.length > 0 && <Rails picture={picture} say={say} index={index} besides={besides} />}
      {blocks
        .filter(({ day }) => day === index)
        .map((block) => {
          const entry = contents.entryOf.get(block.thing.id)!;
          return (
            <Block
              key={entry.key}
              placed={block}
              entry={entry}
              standing={standingOf(entry)}
              columnX={x}
              onPress={onPress}
            />
          );
        })}
      {crowds
        .filter(({ day }) => day === index)
        .map(({ frame, count, fromMinute }) => (
          <button
            key={fromMinute}
            type="button"
            tabIndex={-1}
            data-control
            className={styles.crowd}
            style={placeOf({ ...frame, x: frame.x - x })}
            aria-label={words.week.moreOn(count, format.day(at))}
            onClick={() => onCrowd(at)}
          >
            {words.week.more(count)}
          </button>
        ))}
      {children}
      {at === today && (
        <i className={styles.now} style={{ top: heightOf(picture, index, nowMs) ?? 0 }} data-testid="now-line" />
      )}
      {cursor !== null && (
        <i
          className={styles.cursor}
          style={upright(picture, { fromMinute: cursor, toMinute: cursor + CURSOR_MINUTES })}
        />
      )}
    </div>
  );
}

/** The others' time, each in a rail with a letter, and what all have free, hollow, in its own lane. */
function Rails(props: {
  readonly picture: WeekPicture;
  readonly say: Sentences;
  readonly index: number;
  readonly besides: readonly Beside[];
}) {
  const { picture, say, index, besides } = props;
  const { axis, scale, time } = picture;
  const { words } = useLanguage();
  const placeOfRail = (rail: number) => {
    const { x, width } = railOfDay(scale, index, rail);
    return { insetInlineStart: x - scale.columns[index]!.x, width };
  };
  const together = rangesOn(picture, time.together, index);
  return (
    <>
      {besides.map(({ id, name, hue }, rail) => {
        const taken = rangesOn(picture, time.besides[rail] ?? [], index);
        return (
          <div
            key={id}
            role="img"
            aria-label={words.week.besideBusy(name, say.spans(taken, index))}
            className={styles.rail}
            data-person={id}
            style={{ "--hue": hue, ...placeOfRail(rail) } as React.CSSProperties}
          >
            <em>{name.slice(0, 1)}</em>
            {taken.map((range) => (
              <i key={range.fromMinute} style={upright(picture, range)} />
            ))}
          </div>
        );
      })}
      <div
        className={styles.rail}
        data-free
        role={together.length > 0 ? "img" : undefined}
        aria-label={together.length > 0 ? words.week.everyoneFree(say.spans(together, index)) : undefined}
        style={placeOfRail(besides.length)}
      >
        {together.map((range) => (
          <i
            key={range.fromMinute}
            style={upright(picture, range)}
            data-from={msOfMinute(axis, index, range.fromMinute)}
            data-to={msOfMinute(axis, index, range.toMinute)}
          />
        ))}
      </div>
    </>
  );
}

/** The minutes of a day in which the one in the columns may not be claimed; none where that is not known. */
function outsideOf(picture: WeekPicture, index: number): MinuteRange[] {
  const { axis, time } = picture;
  if (time.open === null) return [];
  const outside: MinuteRange[] = [];
  let from = 0;
  for (const { fromMinute, toMinute } of rangesOn(picture, time.open, index)) {
    if (fromMinute > from) outside.push({ fromMinute: from, toMinute: fromMinute });
    from = Math.max(from, toMinute);
  }
  if (from < axis.minutes) outside.push({ fromMinute: from, toMinute: axis.minutes });
  return outside;
}
