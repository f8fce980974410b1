import { useEffect, useState } from "react";
import { boxOfDay, type Scale, type YearShape } from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { LevelWord } from "../../ui/level.tsx";
import type { YearContents } from "./picture.ts";
import type { YearLoad } from "./load.ts";
import styles from "./hover-card.module.css";

const WAIT_MS = 120;
const EVENTS_MAX = 4;
const STRETCHES_MAX = 3;
const WIDTH = 248;
const GAP = 8;

/** What a day holds, beside its cell, once the pointer has rested on it. The cell's own name says the same. */
export function HoverCard(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly contents: YearContents;
  readonly load: YearLoad;
  /** The day under the pointer, or null. */
  readonly day: number | null;
  /** Days before this one are past: their load was measured. */
  readonly pastBefore: number;
}) {
  const { shape, scale, contents, load, pastBefore } = props;
  const { words, format } = useLanguage();
  const day = useRested(props.day);
  if (day === null) return null;
  const { entries, clashes } = contents.days[day]!;
  const ribbon = load.ribbons[day] ?? null;
  const free = load.focusOfDay[day] ?? [];
  const box = boxOfDay(shape, scale, day);
  const roomAfter = scale.gutterStart + scale.gridWidth + scale.gutterEnd - (scale.gutterStart + box.x + box.width);
  const isAfter = roomAfter > WIDTH + GAP;
  const start = scale.gutterStart + (isAfter ? box.x + box.width + GAP : box.x - WIDTH - GAP);
  const isLow = box.y > scale.gridHeight / 2;
  const block = isLow
    ? { insetBlockEnd: scale.gridHeight - box.y - box.height + 8 }
    : { insetBlockStart: scale.header + box.y };
  return (
    <div className={styles.card} style={{ insetInlineStart: start, width: WIDTH, ...block }} aria-hidden="true">
      <h3>{format.day(shape.firstEpochDay + day)}</h3>
      {ribbon !== null && (
        <p className={styles.load}>
          <LevelWord level={ribbon.level} part={ribbon.part} />
          <small>{day < pastBefore ? words.year.measured : words.year.bookedSoFar}</small>
        </p>
      )}
      {clashes.slice(0, 2).map(({ conflict }) => (
        <p key={conflict.id} className={styles.clash}>
          <Glyph kind={glyphOf(conflict.kind)} size={9} /> {words.conflict.kind(conflict.kind)}
        </p>
      ))}
      {entries.length === 0 && <p className={styles.quiet}>{words.year.cellNothing}</p>}
      {entries.slice(0, EVENTS_MAX).map((entry) => (
        <p
          key={entry.key}
          className={styles.event}
          style={{ "--hue": entry.calendar?.colour ?? 262 } as React.CSSProperties}
        >
          <i />
          <span>{entry.event.title}</span>
          <time>{entry.event.allDay ? words.day.allDay : format.time(entry.startMs)}</time>
        </p>
      ))}
      {entries.length > EVENTS_MAX && <p className={styles.quiet}>{words.day.more(entries.length - EVENTS_MAX)}</p>}
      {free.length > 0 && (
        <p className={styles.free}>
          {words.year.focusTime(
            free.slice(0, STRETCHES_MAX).map(({ startMs, endMs }) => format.timeRange(startMs, endMs)),
          )}
        </p>
      )}
    </div>
  );
}

/** The day once it has stayed the same for a moment; while one moves on from a card, the next comes at once. */
function useRested(day: number | null): number | null {
  const [rested, setRested] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(day), day === null ? 0 : WAIT_MS);
    return () => clearTimeout(timer);
  }, [day]);
  return day === null ? null : rested;
}
