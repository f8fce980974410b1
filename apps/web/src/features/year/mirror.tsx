/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A table laid out over a canvas would need another display, and with it
   browsers drop the roles of its tags; roles that are written down stay. */
import {
  memo,
  useEffect,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from "react";
import {
  columnLeft,
  COLUMNS,
  dayAfterKey,
  dayAt,
  isDayKey,
  weekdayOfColumn,
  type MonthRow,
  type Scale,
  type YearPicture,
  type YearShape,
} from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Overflows } from "./overflow.tsx";
import type { YearContents } from "./picture.ts";
import type { Stretch } from "./stage.tsx";
import styles from "./stage.module.css";

/**
 * The year for those who do not see the canvas, or explore it by touch: a grid of 13 rows and 38 columns that lies
 * exactly over what is drawn, with one tab stop. Every cell's name is complete.
 */
export const Mirror = memo(function Mirror(props: {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly picture: YearPicture;
  readonly days: YearContents["days"];
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
  readonly isDragging: boolean;
  readonly onPointer: (event: PointerEvent<HTMLElement>) => void;
  readonly onClickCapture: (event: MouseEvent) => void;
  readonly onSelect: (day: number, how: "one" | "extend") => void;
  readonly onOpen: (day: number) => void;
  readonly onHover: (day: number | null) => void;
}) {
  const { ref: grid, picture, names, selected, focusRequest, isMirrored } = props;
  const { onSelect, onOpen, onHover, onPointer } = props;
  const { shape, scale } = picture;
  const { words } = useLanguage();

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
      className={props.isDragging ? `${styles.mirror} ${styles.dragging}` : styles.mirror}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerDown={onPointer}
      onPointerMove={(event) => {
        onPointer(event);
        onHover(event.pointerType === "mouse" ? dayUnder(event) : null);
      }}
      onPointerUp={onPointer}
      onPointerCancel={onPointer}
      onClickCapture={props.onClickCapture}
      onPointerLeave={() => onHover(null)}
    >
      <MirrorHead shape={shape} scale={scale} />
      {shape.months.map((month, row) => (
        <MirrorRow
          key={month.month}
          row={row}
          top={scale.header + scale.rows[row]!.top}
          height={scale.rows[row]!.height}
          gutterStart={scale.gutterStart}
        >
          <MirrorCells
            picture={props.isWritten ? picture : null}
            month={month}
            columnWidth={scale.columnWidth}
            names={names}
            selected={isIn(month, selected) ? selected : null}
            {...partOf(props.selection, month)}
          />
        </MirrorRow>
      ))}
      <Overflows picture={picture} days={props.days} />
    </div>
  );
});

const MIRRORED_KEYS: Readonly<Partial<Record<string, "ArrowLeft" | "ArrowRight">>> = {
  ArrowLeft: "ArrowRight",
  ArrowRight: "ArrowLeft",
};

const MirrorHead = memo(function MirrorHead({ shape, scale }: { readonly shape: YearShape; readonly scale: Scale }) {
  const { words, format } = useLanguage();
  return (
    <div role="row" aria-rowindex={1} style={{ top: 0, height: scale.header }}>
      <div role="columnheader" aria-colindex={1} style={{ width: scale.gutterStart }}>
        <span className={styles.unseen}>{words.year.month}</span>
      </div>
      {Array.from({ length: COLUMNS }, (_, column) => (
        <div
          key={column}
          role="columnheader"
          aria-colindex={column + 2}
          style={{ width: widthOf(scale.columnWidth, column) }}
        >
          <span className={styles.unseen}>{format.weekdayLong(weekdayOfColumn(shape.firstWeekday, column))}</span>
        </div>
      ))}
    </div>
  );
});

/** A month's row moves and grows with each step of the zoom; what is in it does not. */
function MirrorRow(props: {
  readonly row: number;
  readonly top: number;
  readonly height: number;
  readonly gutterStart: number;
  readonly children: ReactNode;
}) {
  const { format } = useLanguage();
  return (
    <div role="row" aria-rowindex={props.row + 2} style={{ top: props.top, height: props.height }}>
      <div role="rowheader" aria-colindex={1} style={{ width: props.gutterStart }}>
        <span className={styles.unseen}>{format.monthLong(props.row + 1)}</span>
      </div>
      {props.children}
    </div>
  );
}

/** The cells of a month: rendered again only when their names, their widths or the selection in them change. */
const MirrorCells = memo(function MirrorCells(props: {
  readonly month: MonthRow;
  readonly columnWidth: number;
  readonly names: readonly string[];
  readonly selected: number | null;
  /** The selection's part of this month; empty where the one is not before the other. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** What its cells say to the eye; null where the canvas does. */
  readonly picture: YearPicture | null;
}) {
  const { month, columnWidth, names, selected, selectedFrom, selectedTo, picture } = props;
  return Array.from({ length: month.days }, (_, index) => {
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
        style={{
          width: widthOf(columnWidth, column),
          ...(index === 0 ? { marginInlineStart: columnLeft({ columnWidth }, column) } : {}),
        }}
      >
        {picture !== null && <Written picture={picture} day={day} number={index + 1} />}
      </div>
    );
  });
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

/** The selection's days in a month; the same nothing for every month that has none of them. */
function partOf(
  { fromDay, toDay }: Stretch,
  { firstDay, days }: MonthRow,
): { selectedFrom: number; selectedTo: number } {
  const [from, to] = [Math.max(firstDay, fromDay), Math.min(firstDay + days, toDay)];
  return from < to ? { selectedFrom: from, selectedTo: to } : { selectedFrom: 0, selectedTo: 0 };
}

function isIn({ firstDay, days }: MonthRow, day: number): boolean {
  return day >= firstDay && day < firstDay + days;
}

function widthOf(columnWidth: number, column: number): number {
  return columnLeft({ columnWidth }, column + 1) - columnLeft({ columnWidth }, column);
}

function cellOf(grid: HTMLElement | null, day: number): HTMLElement | null {
  return grid?.querySelector<HTMLElement>(`[data-day="${day}"]`) ?? null;
}
