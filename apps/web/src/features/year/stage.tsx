import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import {
  cellOfDay,
  columnLeft,
  COLUMNS,
  isoWeek,
  rowTop,
  scaleFor,
  weekdayOfColumn,
  type Scale,
  type Size,
  type YearPicture,
  type YearShape,
} from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import { STACKED } from "../../ui/use-media.ts";
import { Mirror } from "./mirror.tsx";
import type { YearContents } from "./picture.ts";
import styles from "./stage.module.css";
import type { Cursor } from "./painter.ts";
import { usePainting } from "./use-painting.ts";

export type StageProps = {
  readonly shape: YearShape;
  readonly contents: YearContents;
  readonly weekend: ReadonlySet<number>;
  readonly names: readonly string[];
  readonly now: { readonly day: number; readonly minute: number } | null;
  /** Days before this one are past. */
  readonly pastBefore: number;
  readonly selected: number;
  readonly focusRequest: number;
  readonly theme: string;
  /** Whether the contents are still on their way. */
  readonly isBusy: boolean;
  /** A sentence over the grid: loading, empty, failed. */
  readonly message: ReactNode;
  readonly onSelect: (day: number) => void;
  readonly onOpen: (day: number) => void;
};

/** The year on screen: gutters and weekdays around twelve painted rows, an overlay, and the grid for assistive technology. */
export function Stage(props: StageProps) {
  const { shape, contents, weekend, now, pastBefore, selected, theme, onSelect } = props;
  const { format } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const pixelRatio = usePixelRatio();
  const scale = useMemo(() => scaleFor(size), [size]);
  const [hovered, setHovered] = useState<number | null>(null);

  const hiddenStart = useHiddenStart(scroller, scale, size);
  const picture = useMemo<YearPicture>(
    () => ({ ...contents, shape, scale, weekend, today: now?.day ?? null, pastBefore, hiddenStart }),
    [contents, shape, scale, weekend, now?.day, pastBefore, hiddenStart],
  );
  const cursor = useMemo<Cursor>(() => ({ hovered, selected, now }), [hovered, selected, now]);
  const painter = usePainting(picture, cursor, theme, pixelRatio);
  useKeepInView(scroller, shape, scale, size, selected);

  const columns = `${scale.gutterStart}px ${Math.round(scale.gridWidth)}px ${scale.gutterEnd}px`;
  const rowsTemplate = `${scale.header}px ${scale.gridHeight}px`;
  return (
    <div className={scale.density === "phone" ? `${styles.stage} ${styles.phone}` : styles.stage}>
      <div ref={scroller} className={styles.scroller} data-testid="year-scroller">
        <div className={styles.board} style={{ gridTemplateColumns: columns, gridTemplateRows: rowsTemplate }}>
          <div className={styles.corner} aria-hidden="true" />
          <Weekdays shape={shape} scale={scale} weekend={weekend} />
          <div className={styles.endHead} aria-hidden="true" />
          <div className={styles.months} aria-hidden="true">
            {shape.months.map((month, row) => (
              <MonthName
                key={month.month}
                name={format.monthShort(month.month)}
                week={isoWeek(shape.firstEpochDay + month.firstDay)}
                isCurrent={now !== null && cellOfDay(shape, now.day).row === row}
                height={scale.rowHeight}
              />
            ))}
          </div>
          <div className={styles.grid} aria-hidden="true">
            {shape.months.map((month, row) => (
              <canvas
                key={month.month}
                ref={(element) => painter.setRow(row, element)}
                style={{ top: rowTop(scale, row), width: scale.gridWidth, height: scale.rowHeight }}
              />
            ))}
            <canvas
              ref={(element) => painter.setOverlay(element)}
              style={{ top: 0, width: scale.gridWidth, height: scale.gridHeight }}
            />
          </div>
          {scale.gutterEnd > 0 && <MonthEnds shape={shape} scale={scale} contents={contents} />}
          <Mirror
            shape={shape}
            scale={scale}
            names={props.names}
            selected={selected}
            focusRequest={props.focusRequest}
            isBusy={props.isBusy}
            onSelect={onSelect}
            onOpen={props.onOpen}
            onHover={setHovered}
          />
        </div>
      </div>
      {scale.gridWidth > size.width && <Track scroller={scroller} scale={scale} />}
      {props.message !== null && (
        <div className={props.isBusy ? `${styles.message} ${styles.patient}` : styles.message}>
          <div>{props.message}</div>
        </div>
      )}
    </div>
  );
}

/** Where in the 37 columns one is, when the grid is wider than the screen. */
function Track({ scroller, scale }: { scroller: RefObject<HTMLElement | null>; scale: Scale }) {
  const [view, setView] = useState({ from: 0, part: 1 });
  useEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    const measure = () => {
      const part = Math.min(1, (node.clientWidth - scale.gutterStart) / scale.gridWidth);
      setView({ from: Math.abs(node.scrollLeft) / scale.gridWidth, part });
    };
    measure();
    node.addEventListener("scroll", measure, { passive: true });
    return () => node.removeEventListener("scroll", measure);
  }, [scroller, scale]);
  return (
    <div
      className={styles.track}
      style={{ insetInlineStart: scale.gutterStart, top: scale.header - 4 }}
      aria-hidden="true"
    >
      <i style={{ insetInlineStart: `${view.from * 100}%`, width: `${view.part * 100}%` }} />
    </div>
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
        const left = columnLeft(scale, column);
        const names = [weekend.has(weekday) ? styles.weekend : "", column % 7 === 0 ? styles.weekStart : ""];
        return (
          <span key={column} className={names.join(" ")} style={{ left, width: columnLeft(scale, column + 1) - left }}>
            {format.weekdayNarrow(weekday)}
          </span>
        );
      })}
    </div>
  );
});

function MonthName(props: { name: string; week: number; isCurrent: boolean; height: number }) {
  const { words } = useLanguage();
  return (
    <div className={styles.month} style={{ height: props.height }}>
      <span className={props.isCurrent ? styles.current : ""}>{props.name}</span>
      <small>{words.year.week(props.week)}</small>
    </div>
  );
}

const WORDLESS_FROM = 100; // Beside longer numbers the sign has to do: the legend names it.

const MonthEnds = memo(function MonthEnds(props: {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly contents: YearContents;
}) {
  const { shape, scale, contents } = props;
  const { words, format } = useLanguage();
  return (
    <div className={styles.ends} aria-hidden="true">
      {shape.months.map(({ month, firstDay, days }) => {
        const list = contents.days.slice(firstDay, firstDay + days);
        const events = new Set(list.flatMap(({ entries }) => entries)).size;
        const clashes = new Set(list.flatMap(({ clashes: found }) => found)).size;
        return (
          <div key={month} style={{ height: scale.rowHeight }}>
            {events > 0 && (
              <span title={words.year.events(events)}>
                <b>{format.compact(events)}</b> {words.year.eventsWord(events)}
              </span>
            )}
            {clashes > 0 && (
              <span className={styles.clashes} title={words.year.conflicts(clashes)}>
                <Glyph kind="time" size={9} />
                {clashes < WORDLESS_FROM ? words.year.conflicts(clashes) : format.compact(clashes)}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
});

/** The size of an element, followed; the screen's before it is known. */
function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: innerWidth, height: innerHeight });
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const measure = () => {
      const width = node.clientWidth;
      const height = matchMedia(STACKED).matches ? 0 : node.clientHeight; // Stacked, the rows make the height.
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

const PAN_RESTS_AFTER_MS = 120;

/** How much of a panned grid is out of sight at its start, once the pan has come to rest. */
function useHiddenStart(scroller: RefObject<HTMLElement | null>, scale: Scale, size: Size): number {
  const [hidden, setHidden] = useState(0);
  const isPanned = scale.gridWidth > size.width;
  useEffect(() => {
    const node = scroller.current;
    if (node === null || !isPanned) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => setHidden(Math.round(Math.abs(node.scrollLeft)));
    const onScroll = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, PAN_RESTS_AFTER_MS);
    };
    onScroll();
    node.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      node.removeEventListener("scroll", onScroll);
    };
  }, [scroller, isPanned]);
  return isPanned ? hidden : 0;
}

function usePixelRatio(): number {
  const [ratio, setRatio] = useState(devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const change = () => setRatio(devicePixelRatio);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, [ratio]);
  return ratio;
}

/** Where the grid is panned, the selected day is brought into view, whole weeks at a time. */
function useKeepInView(
  scroller: RefObject<HTMLElement | null>,
  shape: YearShape,
  scale: Scale,
  size: Size,
  selected: number,
): void {
  const allFits = scale.gridWidth <= size.width && scale.gridHeight + scale.header <= size.height;
  useEffect(() => {
    const node = scroller.current;
    if (node === null || allFits) return; // Asking where it is scrolled to would cost a layout at each key.
    const { row, column } = cellOfDay(shape, selected);
    const [left, right] = [columnLeft(scale, column), columnLeft(scale, column + 1)];
    const roomWidth = node.clientWidth - scale.gutterStart;
    if (left < node.scrollLeft || right > node.scrollLeft + roomWidth)
      node.scrollTo({ left: columnLeft(scale, Math.floor(column / 7) * 7) });
    const [top, bottom] = [rowTop(scale, row), rowTop(scale, row + 1)];
    const roomHeight = node.clientHeight - scale.header;
    if (top < node.scrollTop) node.scrollTo({ top });
    else if (bottom > node.scrollTop + roomHeight) node.scrollTo({ top: bottom - roomHeight });
  }, [scroller, shape, scale, allFits, selected]);
}
