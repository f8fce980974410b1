/* oxlint-disable jsx-a11y/prefer-tag-over-role -- Laid out as a grid over positions; roles that are written down stay. */
import { dateOf, weekdayOf } from "@hourwright/time";
import type { Glyph as GlyphKind, Ribbon } from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import styles from "./heads.module.css";

const RIBBON_PX = 10;
const RIBBON_PX_MIN = 1.5;
const PART_SHOWN_MAX = 1.1;

/** The head of a day: number, weekday, its worst conflict, how loaded it is, and which clocks change. Pressing it goes there. */
export function DayHead(props: {
  /** Epoch day. */
  readonly day: number;
  readonly column: number;
  readonly place: { readonly x: number; readonly width: number };
  readonly kind: "past" | "now" | "later";
  readonly isWeekend: boolean;
  readonly glyph: GlyphKind | null;
  readonly ribbon: Ribbon | null;
  readonly name: string;
  /** Short marks of clocks that change on this day, with what they mean. */
  readonly marks: readonly { readonly text: string; readonly title: string }[];
  readonly onPress: (day: number) => void;
}) {
  const { day, column, place, kind, isWeekend, glyph, ribbon, name, marks, onPress } = props;
  const { format } = useLanguage();
  return (
    <div
      role="columnheader"
      aria-colindex={column + 2}
      aria-label={name}
      className={styles.dayHead}
      style={{ insetInlineStart: place.x, width: place.width }}
      data-kind={kind}
      data-weekend={isWeekend || undefined}
    >
      <button type="button" tabIndex={-1} data-control aria-label={name} onClick={() => onPress(day)}>
        <b>{format.number(dateOf(day).day)}</b>
        <span>{format.weekdayShort(weekdayOf(day))}</span>
        <span className={styles.dayFacts}>
          {glyph !== null && (
            <i>
              <Glyph kind={glyph} size={9} />
            </i>
          )}
          {ribbon !== null && <small data-level={ribbon.level}>{format.percent(ribbon.part)}</small>}
        </span>
      </button>
      {marks.length > 0 && (
        <span className={styles.marks}>
          {marks.map(({ text, title }) => (
            <em key={title} title={title}>
              {text}
            </em>
          ))}
        </span>
      )}
      {ribbon !== null && (
        <i
          className={styles.ribbon}
          data-level={ribbon.level}
          style={{
            height: Math.max(RIBBON_PX_MIN, (Math.min(PART_SHOWN_MAX, ribbon.part) / PART_SHOWN_MAX) * RIBBON_PX),
          }}
        />
      )}
    </div>
  );
}
