import { useLayoutEffect, useMemo, useRef, useState, type PointerEvent, type ReactNode } from "react";
import {
  cellOfDay,
  rowOfDay,
  ROWS,
  scaleFor,
  type Foreseen,
  type Ghost,
  type Layer,
  type Marks,
  type YearPicture,
  type YearShape,
  type Zoom,
} from "@hourwright/timeline";
import { useAfterPaint } from "../../ui/after-paint.ts";
import { FORCED, useMedia } from "../../ui/use-media.ts";
import { usePrinting } from "../../ui/use-printing.ts";
import { useStable } from "../../ui/use-stable.ts";
import { Gutter } from "./gutters.tsx";
import { HoverCard } from "./hover-card.tsx";
import type { YearLoad } from "./load.ts";
import { Mirror } from "./mirror.tsx";
import type { YearContents } from "./picture.ts";
import { Track } from "./track.tsx";
import { usePainting } from "./use-painting.ts";
import { useHiddenStart, useKeepInView, useSheet, useSize } from "./use-stage.ts";
import { useYearDrag, type Drag } from "./use-year-drag.ts";
import { useZoomGestures } from "./use-zoom-gestures.ts";
import styles from "./stage.module.css";

/** An A3 sheet on its side, less its margins and what stands above and below the grid, CSS px at 96 to the inch. */
const A3 = { width: 1512, height: 962 } as const;
const PRINTED_RATIO = 3;

/** Every way to look at a year of which one month may come under the lens; another one is then as under any lens. */
const zoomed = (lensRow: number): readonly Zoom[] => [
  { step: "lens", row: lensRow },
  { step: "year" },
  { step: "density" },
  { step: "lens", row: (lensRow + 1) % ROWS },
];

/** Days of the year, half-open. */
export type Stretch = { readonly fromDay: number; readonly toDay: number };

export type StageProps = {
  readonly shape: YearShape;
  readonly contents: YearContents;
  readonly load: YearLoad;
  readonly layers: readonly Layer[];
  readonly zoom: Zoom;
  readonly weekend: ReadonlySet<number>;
  readonly names: readonly string[];
  readonly now: { readonly day: number; readonly minute: number } | null;
  /** Days before this one are past. */
  readonly pastBefore: number;
  /** The selected day, the one with the focus, and the stretch that was selected around it. */
  readonly selected: number;
  readonly selection: Stretch;
  /** What a repair or a proposal would make. */
  readonly ghosts: readonly Ghost[];
  readonly foreseen: Foreseen | null;
  readonly focusRequest: number;
  readonly theme: string;
  /** Whether the contents are still on their way. */
  readonly isBusy: boolean;
  /** A sentence over the grid: loading, empty, failed. */
  readonly message: ReactNode;
  readonly onSelect: (day: number, how: "one" | "extend") => void;
  readonly onOpen: (day: number) => void;
  readonly onZoom: (by: 1 | -1, day: number | null) => void;
  readonly mayDrag: (grab: Drag["grab"]) => boolean;
  readonly onDrag: (drag: Drag | null) => void;
  readonly onDrop: (drag: Drag) => void;
};

/** The year on screen: gutters and weekdays around twelve painted rows, an overlay, and the grid for assistive technology. */
export function Stage(props: StageProps) {
  const { shape, contents, load, zoom, weekend, now, pastBefore, selected, selection, theme } = props;
  const { ghosts, foreseen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const isPrinting = usePrinting();
  const screen = useSize(scroller);
  const size = isPrinting ? A3 : screen;
  const onScreen = useSheet();
  const sheet = useMemo(
    () => (isPrinting ? { ...onScreen, pixelRatio: PRINTED_RATIO } : onScreen),
    [isPrinting, onScreen],
  );
  const isForced = useMedia(FORCED);
  const scale = useMemo(() => scaleFor(size, zoom), [size, zoom]);
  const lensRow = rowOfDay(shape, selected);
  const nearby = useMemo(
    () => (isPrinting ? [] : zoomed(lensRow).map((each) => scaleFor(size, each))),
    [isPrinting, size, lensRow],
  );
  const layers = useMemo(() => new Set(props.layers), [props.layers]);
  const [hovered, setHovered] = useState<number | null>(null);

  const hiddenStart = useHiddenStart(scroller, scale, size);
  // The same list for every zoom: rows that were drawn are known by it.
  const glyphs = useMemo(
    () => withOverloads(contents.glyphs, load.ribbons, pastBefore),
    [contents.glyphs, load.ribbons, pastBefore],
  );
  const picture = useMemo<YearPicture>(() => {
    const { ribbons, focus, team } = load;
    const today = now?.day ?? null;
    return {
      ...contents,
      glyphs,
      ribbons,
      focus,
      team,
      shape,
      scale,
      layers,
      weekend,
      today,
      pastBefore,
      hiddenStart,
    };
  }, [contents, glyphs, load, shape, scale, layers, weekend, now?.day, pastBefore, hiddenStart]);

  // Nobody sees the grid of names: it follows what was drawn.
  const read = useAfterPaint(
    useMemo(() => ({ picture, names: props.names, isBusy: props.isBusy }), [picture, props.names, props.isBusy]),
    isPrinting,
  );

  const drag = useYearDrag({
    surface: grid,
    picture,
    pointOf: ({ clientX, clientY }) => {
      const bounds = grid.current!.getBoundingClientRect();
      const x = sheet.isMirrored ? bounds.right - clientX : clientX - bounds.left;
      return { x: x - scale.gutterStart, y: clientY - bounds.top - scale.header };
    },
    mayDrag: props.mayDrag,
    onDrag: props.onDrag,
    onDrop: props.onDrop,
  });
  const { carry } = drag;
  const onPointer = useStable((event: PointerEvent<HTMLElement>) => {
    if (event.type === "pointerdown") drag.onPointerDown(event);
    else if (event.type === "pointermove") drag.onPointerMove(event);
    else if (event.type === "pointerup") drag.onPointerUp();
    else drag.onPointerCancel();
  });
  const onClickCapture = useStable(drag.onClickCapture);
  const marks = useMemo<Marks>(() => {
    const shown = carry === null ? ghosts : [...ghosts, carry.to];
    return { hovered: carry === null ? hovered : null, selected: selection, ghosts: shown, foreseen, now };
  }, [hovered, selection, ghosts, foreseen, carry, now]);
  const painter = usePainting(picture, marks, isPrinting ? "print" : theme, sheet, nearby);
  useLayoutEffect(() => {
    if (isPrinting) painter.paintNow();
  });
  useKeepInView(scroller, shape, scale, size, selected);
  useZoomGestures(scroller, (by) => props.onZoom(by, hovered));

  const columns = `${scale.gutterStart}px ${Math.round(scale.gridWidth)}px ${scale.gutterEnd}px`;
  const rowsTemplate = `${scale.header}px ${scale.gridHeight}px`;
  return (
    <div className={scale.isPhone ? `${styles.stage} ${styles.phone}` : styles.stage} data-zoom={zoom.step}>
      <div ref={scroller} className={styles.scroller} data-testid="year-scroller">
        <div className={styles.board} style={{ gridTemplateColumns: columns, gridTemplateRows: rowsTemplate }}>
          <Gutter
            shape={shape}
            scale={scale}
            weekend={weekend}
            contents={contents}
            load={load.load}
            current={now === null ? null : cellOfDay(shape, now.day).row}
          >
            <div className={styles.grid} aria-hidden="true">
              {shape.months.map((month, row) => (
                <canvas
                  key={month.month}
                  ref={(element) => painter.setRow(row, element)}
                  style={{ top: scale.rows[row]!.top, width: scale.gridWidth, height: scale.rows[row]!.height }}
                />
              ))}
              <canvas
                ref={(element) => painter.setOverlay(element)}
                style={{ top: 0, width: scale.gridWidth, height: scale.gridHeight }}
              />
            </div>
          </Gutter>
          <Mirror
            ref={grid}
            picture={read.picture}
            days={contents.days}
            names={read.names}
            isBusy={read.isBusy}
            selected={selected}
            selection={selection}
            focusRequest={props.focusRequest}
            isMirrored={sheet.isMirrored}
            isWritten={isForced}
            isDragging={carry !== null}
            onPointer={onPointer}
            onClickCapture={onClickCapture}
            onSelect={props.onSelect}
            onOpen={props.onOpen}
            onHover={setHovered}
          />
          {!scale.isPhone && (
            <HoverCard
              shape={shape}
              scale={scale}
              contents={contents}
              load={load}
              day={carry === null ? hovered : null}
              pastBefore={pastBefore}
            />
          )}
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

/** The signs of the days, with one on those to come that are over their limit and have no other. */
function withOverloads(
  glyphs: YearPicture["glyphs"],
  ribbons: YearPicture["ribbons"],
  pastBefore: number,
): YearPicture["glyphs"] {
  return glyphs.map((glyph, day) => glyph ?? (day >= pastBefore && ribbons[day]?.level === "over" ? "load" : null));
}
