/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A table laid out over a canvas would need another display, and with it
   browsers drop the roles of its tags; roles that are written down stay. */
import { memo, useEffect, useMemo, type KeyboardEvent, type MouseEvent, type RefObject } from "react";
import {
  columnLeft,
  COLUMNS,
  dayAfterKey,
  dayAt,
  isDayKey,
  weekdayOfColumn,
  type Scale,
  type YearPicture,
  type YearShape,
} from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Overflow, overflowsOf } from "./overflow.tsx";
import type { YearContents } from "./picture.ts";
import type { Stretch } from "./stage.tsx";
import type { useYearDrag } from "./use-year-drag.ts";
import styles from "./stage.module.css";

/**
 * The year for those who do not see the canvas, or explore it by touch: a grid of 13 rows and 38 columns that lies
 * exactly over what is drawn, with one tab stop. Every cell's name is complete.
 */
export const Mirror = memo(function Mirror(props: {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly picture: YearPicture;
  readonly contents: YearContents;
  readonly names: readonly string[];
  readonly selected: number;
  readonly selection: Stretch;
  /** Rises when the selected day should take the focus. */
  readonly focusRequest: number;
  readonly isBusy: boolean;
  /** Whether the page runs from right to left. */
  readonly isMirrored: boolean;
  /** Whether cells are to be read by eye: where the canvas is not to be seen. */
  readonly isWritten: boolean;
  readonly drag: ReturnType<typeof useYearDrag>;
  readonly onSelect: (day: number, how: "one" | "extend") => void;
  readonly onOpen: (day: number) => void;
  readonly onHover: (day: number | null) => void;
}) {
  const {
    ref: grid,
    shape,
    scale,
    picture,
    names,
    selected,
    focusRequest,
    isMirrored,
    drag,
    onSelect,
    onOpen,
    onHover,
  } = props;
  const overflows = useMemo(() => overflowsOf(picture), [picture]);
  const { words, format } = useLanguage();

  useEffect(() => {
    if (focusRequest > 0) cellOf(grid.current, selected)?.focus({ preventScroll: true });
    // Only a request moves the focus: selecting in the inspector must not lose it.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [focusRequest]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isDayKey(event.key)) {
      event.preventDefault();
      const key = isMirrored ? (MIRRORED_KEYS[event.key] ?? event.key) : event.key;
      onSelect(dayAfterKey(shape, selected, key), event.shiftKey ? "extend" : "one");
    } else if (event.shiftKey) {
      return;
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(selected);
    }
  };

  const dayUnder = (event: MouseEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const fromStart = isMirrored ? bounds.right - event.clientX : event.clientX - bounds.left;
    return dayAt(shape, scale, { x: fromStart - scale.gutterStart, y: event.clientY - bounds.top - scale.header });
  };
  const onClick = (event: MouseEvent) => {
    // Assistive technology presses the cell itself, at no place that could be asked.
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-day]") : null;
    const day = cell === null ? dayUnder(event) : Number(cell.dataset["day"]);
    if (day !== null) onSelect(day, event.shiftKey ? "extend" : "one");
  };

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={words.year.grid(shape.year)}
      aria-rowcount={13}
      aria-colcount={38}
      aria-busy={props.isBusy}
      className={drag.carry === null ? styles.mirror : `${styles.mirror} ${styles.dragging}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerDown={drag.onPointerDown}
      onPointerMove={(event) => {
        drag.onPointerMove(event);
        onHover(event.pointerType === "mouse" ? dayUnder(event) : null);
      }}
      onPointerUp={drag.onPointerUp}
      onPointerCancel={drag.onPointerCancel}
      onClickCapture={drag.onClickCapture}
      onPointerLeave={() => onHover(null)}
    >
      <div role="row" aria-rowindex={1} style={{ top: 0, height: scale.header }}>
        <div role="columnheader" aria-colindex={1} style={{ insetInlineStart: 0, width: scale.gutterStart }}>
          <span className={styles.unseen}>{words.year.month}</span>
        </div>
        {Array.from({ length: COLUMNS }, (_, column) => (
          <div key={column} role="columnheader" aria-colindex={column + 2} style={cellPlace(scale, column)}>
            <span className={styles.unseen}>{format.weekdayLong(weekdayOfColumn(shape.firstWeekday, column))}</span>
          </div>
        ))}
      </div>
      {shape.months.map((month, row) => (
        <MirrorRow
          picture={props.isWritten ? picture : null}
          key={month.month}
          shape={shape}
          scale={scale}
          row={row}
          names={names}
          label={format.monthLong(month.month)}
          selected={selected >= month.firstDay && selected < month.firstDay + month.days ? selected : null}
          selectedFrom={props.selection.fromDay}
          selectedTo={props.selection.toDay}
        />
      ))}
      {overflows.map(({ day, count }) => (
        <Overflow key={day} shape={shape} scale={scale} day={day} count={count} contents={props.contents.days[day]!} />
      ))}
    </div>
  );
});

const MIRRORED_KEYS: Readonly<Partial<Record<string, "ArrowLeft" | "ArrowRight">>> = {
  ArrowLeft: "ArrowRight",
  ArrowRight: "ArrowLeft",
};

const MirrorRow = memo(function MirrorRow(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly row: number;
  readonly names: readonly string[];
  readonly label: string;
  readonly selected: number | null;
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** What its cells say to the eye; null where the canvas does. */
  readonly picture: YearPicture | null;
}) {
  const { shape, scale, row, names, label, selected, selectedFrom, selectedTo, picture } = props;
  const { top, height } = scale.rows[row]!;
  const month = shape.months[row]!;
  return (
    <div role="row" aria-rowindex={row + 2} style={{ top: scale.header + top, height }}>
      <div role="rowheader" aria-colindex={1} style={{ insetInlineStart: 0, width: scale.gutterStart }}>
        <span className={styles.unseen}>{label}</span>
      </div>
      {Array.from({ length: month.days }, (_, index) => {
        const day = month.firstDay + index;
        const column = month.firstColumn + index;
        return (
          <div
            key={day}
            role="gridcell"
            data-day={day}
            aria-colindex={column + 2}
            aria-label={names[day]}
            aria-selected={day >= selectedFrom && day < selectedTo}
            tabIndex={day === selected ? 0 : -1}
            style={cellPlace(scale, column)}
          >
            {picture !== null && <Written picture={picture} day={day} number={index + 1} />}
          </div>
        );
      })}
    </div>
  );
});

const SIGNS = { time: "▲", travel: "◆", resource: "■", load: "●" } as const;

/** A cell in the person's own colours: its number, the sign of its conflict, its bars and its load. */
function Written({ picture, day, number }: { picture: YearPicture; day: number; number: number }) {
  const { format } = useLanguage();
  const glyph = picture.layers.has("conflicts") ? (picture.glyphs[day] ?? null) : null;
  const ribbon = picture.layers.has("capacity") ? (picture.ribbons[day] ?? null) : null;
  const bar = picture.layers.has("events")
    ? picture.bars.find(({ fromDay, toDay }) => fromDay <= day && day < toDay)
    : undefined;
  return (
    <span className={styles.written} data-today={picture.today === day || undefined} aria-hidden="true">
      <b>{format.number(number)}</b> {glyph !== null && SIGNS[glyph]}
      {bar !== undefined && <i>{bar.title}</i>}
      {ribbon !== null && <small>{format.percent(ribbon.part)}</small>}
    </span>
  );
}

function cellPlace(scale: Scale, column: number): { insetInlineStart: number; width: number } {
  const start = columnLeft(scale, column);
  return { insetInlineStart: scale.gutterStart + start, width: columnLeft(scale, column + 1) - start };
}

function cellOf(grid: HTMLElement | null, day: number): HTMLElement | null {
  return grid?.querySelector<HTMLElement>(`[data-day="${day}"]`) ?? null;
}
