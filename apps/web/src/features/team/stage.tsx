import {
  useCallback,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
} from "react";
import {
  blockOf,
  boxOfCell,
  isTeamKey,
  linesSeen,
  pageOf,
  printClip,
  printHours,
  pulledTo,
  readClip,
  scrolledTo,
  spotAt,
  teamCursorAfter,
  teamExtent,
  teamScale,
  TEAM_CELLS_MAX,
  wholeWeeks,
  type TeamGrid,
  type TeamScroll,
} from "@hourwright/timeline/team";
import { say } from "../../data/history.ts";
import { useStore, type Store } from "../../data/store.ts";
import { afterPaint } from "../../ui/after-paint.ts";
import { useCarry, type CarryPlace } from "../../ui/use-carry.ts";
import { useStable } from "../../ui/use-stable.ts";
import * as deeds from "./deeds.ts";
import { CellEditor } from "./cell-editor.tsx";
import { Mirror } from "./mirror.tsx";
import type { DraftByPerson, TeamModel } from "./model.ts";
import type { Objections } from "./names.ts";
import { TeamPainter } from "./painting/painter.ts";
import type { DrawnWords } from "./painting/picture.ts";
import type { CellPlace, Hand, TeamState } from "./state.ts";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";
import { WhyCard } from "./why-card.tsx";

const WEEK_DAYS = 7;
const HANDLE_PX = 7;
const AHEAD_MS = 5;
const AHEAD_WAIT_MS = 30;

export type StageHandle = { readonly focus: () => void };

type Grab = { readonly what: "block"; readonly edge: null; readonly hand: Hand } | { readonly what: "fill" | "select" };
type To = { readonly x: number; readonly y: number; readonly place: CellPlace | null };

/** The grid: two canvases that draw it, the page over them that is pressed, read and typed into. */
export function Stage(props: {
  readonly handle: Ref<StageHandle>;
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly objections: Objections;
  readonly isDraft: boolean;
  readonly state: Store<TeamState>;
  readonly theme: string;
  readonly today: number;
  readonly todayPart: number;
  readonly firstWeekday: number;
  readonly weekends: readonly boolean[];
  readonly weekStarts: readonly boolean[];
  readonly drawn: DrawnWords;
  readonly peopleWords: string;
  readonly isBusy: boolean;
  readonly ground: () => deeds.Ground;
  readonly onOpen: (place: CellPlace) => void;
  readonly onUndo: () => boolean;
  readonly onRedo: () => boolean;
  readonly onPublish: () => void;
}) {
  const { model, draft, state, theme, ground, isDraft, isBusy } = props;
  const words = useTeamWords();
  const box = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [painter] = useState(() => new TeamPainter());
  const scroll = useRef<TeamScroll>({ left: 0, top: 0 });
  const [seen, setSeen] = useState({ from: 1, to: 1 });
  const [focusRequest, setFocusRequest] = useState(0);

  useLayoutEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    const measure = () =>
      setSize((before) =>
        before.width === node.clientWidth && before.height === node.clientHeight
          ? before
          : { width: node.clientWidth, height: node.clientHeight },
      );
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const lines = model.lines.length - 1;
  const scale = useMemo(
    () => teamScale(size, { lines, days: model.window.days, footLines: model.coverage.length }),
    [size, lines, model.window.days, model.coverage.length],
  );
  const page: TeamGrid = { lines: model.lines.length, days: model.window.days, page: pageOf(scale) };

  // What is drawn.
  useLayoutEffect(() => {
    painter.attach(base.current, over.current);
    return () => painter.stop();
  }, [painter]);
  const { drawn, objections, peopleWords, today, todayPart, weekends, weekStarts } = props;
  useLayoutEffect(() => {
    if (size.width === 0) return;
    painter.show({
      model,
      draft,
      isDraft,
      objections,
      scale,
      words: drawn,
      people: peopleWords,
      today,
      todayPart,
      weekends,
      weekStarts,
    });
  }, [
    painter,
    model,
    draft,
    isDraft,
    objections,
    scale,
    drawn,
    peopleWords,
    today,
    todayPart,
    weekends,
    weekStarts,
    size.width,
  ]);
  useLayoutEffect(() => {
    if (theme !== "") painter.forget();
  }, [painter, theme]);
  useEffect(() => followFontsAndPixels(() => painter.forget()), [painter]);
  useEffect(() => {
    const mark = () => {
      const { selection, hasFocus, hover, hand, fill, copied, why } = state.get();
      painter.mark({
        block: blockOf(selection),
        cursor: selection.head,
        hasFocus,
        hover: hand === null ? hover : null,
        refused: why?.at ?? null,
        carried: hand === null ? null : { label: printHours(hand.shift), x: hand.x + 12, y: hand.y - 30 },
        target: hand?.to ?? null,
        fill,
        copied,
      });
    };
    mark();
    return state.subscribe(mark);
  }, [painter, state]);

  // What is seen.
  const idle = useRef<(() => void) | null>(null);
  useEffect(() => () => idle.current?.(), []);
  const follow = useStable(() => {
    const now = linesSeen(scale, scroll.current);
    const next = { from: now.from + 1, to: now.to + 1 };
    setSeen((before) => (before.from === next.from && before.to === next.to ? before : next));
    idle.current?.();
    idle.current = whenIdle((hasTime) => painter.drawAhead(hasTime));
  });
  const later = useRef<(() => void) | null>(null);
  const panned = useStable(() => {
    const node = scroller.current;
    if (node === null) return;
    scroll.current = { left: Math.abs(node.scrollLeft), top: node.scrollTop };
    painter.pan(scroll.current);
    later.current?.();
    later.current = afterPaint(follow);
  });
  useEffect(() => {
    later.current = afterPaint(follow);
    return () => later.current?.();
    // Other lines, or at other places: what is seen is another.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [follow, scale, model]);
  const bringIntoView = useStable((place: CellPlace) => {
    const node = scroller.current;
    if (node === null || size.width === 0) return;
    const next = scrolledTo(scale, scroll.current, place.line, place.day);
    if (next === scroll.current) return;
    scroll.current = next;
    painter.pan(next); // The page follows in the same frame.
    node.scrollTo({ left: next.left, top: next.top });
  });

  const select = useStable((to: CellPlace, isExtended: boolean) => {
    const { selection } = state.get();
    state.set({ selection: { anchor: isExtended ? selection.anchor : to, head: to }, why: null });
    bringIntoView(to);
  });
  useEffect(() => {
    // Days or people that are no more are not selected any more.
    const inside = ({ line, day }: CellPlace) => ({
      line: Math.min(Math.max(0, page.lines - 1), line),
      day: Math.min(page.days - 1, day),
    });
    const { anchor, head } = state.get().selection;
    const next = { anchor: inside(anchor), head: inside(head) };
    if (
      next.anchor.line !== anchor.line ||
      next.anchor.day !== anchor.day ||
      next.head.line !== head.line ||
      next.head.day !== head.day
    )
      state.set({ selection: next });
  }, [state, page.lines, page.days]);
  useImperativeHandle(props.handle, () => ({ focus: () => setFocusRequest((before) => before + 1) }), []);

  /** Opens a cell for typing, with what stands there or what was pressed; without a draft a change is asked for. */
  const begin = useStable((at: CellPlace, typed: string | null) => {
    if (!isDraft && typed === null) return props.onOpen(at);
    if (!deeds.mayEdit(ground())) return;
    const [first] = deeds.shiftsAt(ground(), at.line, at.day);
    const text = typed ?? (first === undefined ? "" : printHours(first).replace("–", "-"));
    state.set({ editing: { ...at, text, isWrong: false }, why: null });
  });
  // What was copied here last is pasted at once; after a look elsewhere the browser says what is on its clipboard.
  const isOwnClip = useRef(false);
  useEffect(() => {
    const elsewhere = () => (isOwnClip.current = false);
    addEventListener("blur", elsewhere);
    return () => removeEventListener("blur", elsewhere);
  }, []);
  const onKeyDown = useStable((event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.altKey) return;
    const isMod = event.ctrlKey || event.metaKey;
    const { head } = state.get().selection;
    const used = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (isTeamKey(event.key)) {
      used();
      select(teamCursorAfter(page, head, event.key, isMod), event.shiftKey);
      return;
    }
    const key = event.key.toLowerCase();
    /** What keys with ⌘ or Ctrl do; `used` keeps them from anything else. */
    const modDeeds: Readonly<Record<string, (isShifted: boolean, used: () => void) => void>> = {
      v: (_, used) => {
        const { clip } = state.get();
        if (clip === null || !isOwnClip.current) return; // The browser says what is on its clipboard.
        used();
        deeds.paste(ground(), clip);
      },
      r: (_, used) => {
        used();
        deeds.fillRight(ground());
      },
      a: (_, used) => {
        used();
        const head = { line: page.lines - 1, day: page.days - 1 };
        state.set({ selection: { anchor: { line: 1, day: 0 }, head } });
      },
      enter: (_, used) => {
        used();
        props.onPublish();
      },
      z: (isShifted, used) => {
        if (isShifted ? props.onRedo() : props.onUndo()) used();
      },
      y: (_, used) => {
        if (props.onRedo()) used();
      },
    };
    const run = isMod ? modDeeds[key] : undefined;
    if (run !== undefined) return run(event.shiftKey, used);
    if (isMod) return;
    if (event.key === " " && event.shiftKey) {
      used();
      state.set({ selection: wholeWeeks(page, state.get().selection, weekStart(props.weekStarts)) });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      used();
      deeds.clear(ground());
    } else if (event.key === "Enter" || event.key === "F2") {
      used();
      begin(head, null);
    } else if (/^\d$/.test(event.key)) {
      used();
      begin(head, event.key);
    } else if (event.key === "Escape") {
      const { copied, why, hand } = state.get();
      if (copied === null && why === null && hand === null) return;
      used();
      state.set({ copied: null, why: null, hand: null });
    }
  });

  const commit = useStable((text: string, then: "down" | "right" | "stay"): void => {
    const { editing } = state.get();
    if (editing === null) return;
    if (!deeds.type(ground(), editing, text)) return state.set({ editing: { ...editing, isWrong: true } });
    state.set({ editing: null });
    const key = then === "down" ? "ArrowDown" : then === "right" ? "ArrowRight" : null;
    if (key !== null) select(teamCursorAfter(page, editing, key, false), false);
    setFocusRequest((before) => before + 1);
  });
  const giveUp = useStable(() => {
    state.set({ editing: null });
    setFocusRequest((before) => before + 1);
  });

  const onClip = useStable((event: ClipboardEvent, isCut: boolean) => {
    event.preventDefault();
    const clip = isCut ? deeds.cut(ground()) : deeds.copy(ground());
    if (clip === null) return;
    isOwnClip.current = true;
    event.clipboardData.setData("text/plain", printClip(clip));
  });
  const onPaste = useStable((event: ClipboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    const { clip } = state.get();
    if (clip !== null && (text === "" || printClip(clip) === text.replaceAll("\r\n", "\n")))
      return deeds.paste(ground(), clip);
    const read = text === "" ? null : readClip(text, deeds.plainShift);
    if (read === null) say(text.length > 0 ? words.edit.noTimes : words.edit.tooMany(TEAM_CELLS_MAX));
    else deeds.paste(ground(), read);
  });

  // The pointer.
  const at = useStable((place: CarryPlace) => {
    const bounds = scroller.current!.getBoundingClientRect();
    const [x, y] = [place.clientX - bounds.left, place.clientY - bounds.top];
    const spot = spotAt(scale, scroll.current, x, y);
    return { x, y, cell: spot.part === "cell" ? { line: spot.line, day: spot.day } : null, spot };
  });
  const pull = useStable(({ x, y }: { x: number; y: number }): boolean => {
    if (!isDraft) return false;
    const block = blockOf(state.get().selection);
    const corner = boxOfCell(scale, scroll.current, block.toLine - 1, block.toDay - 1);
    return Math.abs(x - corner.x - corner.width) < HANDLE_PX && Math.abs(y - corner.y - corner.height) < HANDLE_PX;
  });
  const carry = useCarry<Grab, To>({
    surface: scroller,
    layout: scale,
    take: (place) => {
      const found = at(place);
      if (pull(found)) return { what: "fill" };
      if (found.cell === null) return null;
      const [shift] = deeds.shiftsAt(ground(), found.cell.line, found.cell.day);
      const isOwn = shift !== undefined && isDraft && !("shiftKey" in place && place.shiftKey === true);
      return isOwn
        ? { what: "block", edge: null, hand: { from: found.cell, shift, isCopy: false } }
        : { what: "select" };
    },
    carriedTo: (_, place) => {
      const { x, y, cell } = at(place);
      return { x, y, place: cell };
    },
    onCarry: (now) => {
      if (now === null) return state.set({ hand: null, fill: null });
      const { grab, to, isCopy } = now;
      if (grab.what === "block")
        state.set({ hand: { ...grab.hand, isCopy, x: to.x, y: to.y, to: to.place }, why: null });
      else if (grab.what === "fill" && to.place !== null)
        state.set({ fill: pulledTo(blockOf(state.get().selection), to.place.line, to.place.day) });
      else if (grab.what === "select" && to.place !== null) {
        const { selection: before } = state.get();
        state.set({ selection: { anchor: dragged.current ?? before.anchor, head: to.place } });
        dragged.current ??= before.anchor;
      }
    },
    onDrop: ({ grab, to, isCopy }) => {
      if (grab.what === "block" && to.place !== null) {
        deeds.drop(ground(), { ...grab.hand, isCopy }, to.place);
        select(to.place, false);
      } else if (grab.what === "fill" && to.place !== null)
        deeds.fillTo(ground(), pulledTo(blockOf(state.get().selection), to.place.line, to.place.day));
    },
  });
  const dragged = useRef<CellPlace | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.target instanceof HTMLInputElement) return;
    const { cell, x, y } = at(event);
    if (event.button === 0 && cell !== null && !pull({ x, y }) && event.pointerType !== "touch") {
      const { why } = state.get();
      if (why !== null && (why.at.line !== cell.line || why.at.day !== cell.day)) {
        event.preventDefault();
        deeds.dropAgain(ground(), why, cell);
        return setFocusRequest((before) => before + 1);
      }
      select(cell, event.shiftKey);
      dragged.current = event.shiftKey ? state.get().selection.anchor : cell;
      setFocusRequest((before) => before + 1);
    }
    carry.onPointerDown(event);
  };

  const boxOf = useStable(({ line, day }: CellPlace) => boxOfCell(scale, scroll.current, line, day));
  const isEditing = useStore(state, (now) => now.editing !== null);
  const hasWhy = useStore(state, (now) => now.why !== null);
  const extent = teamExtent(scale);
  const mirrored = useDeferredValue(
    useMemo(() => ({ model, draft, objections, scale, seen }), [model, draft, objections, scale, seen]),
  );
  const onCopy = useCallback((event: ClipboardEvent) => onClip(event, false), [onClip]);
  const onCut = useCallback((event: ClipboardEvent) => onClip(event, true), [onClip]);
  const onFocus = useCallback(() => state.set({ hasFocus: true }), [state]);
  const onBlur = useCallback(() => state.set({ hasFocus: false }), [state]);
  return (
    <div ref={box} className={styles.stage}>
      <canvas ref={base} className={styles.canvas} aria-hidden="true" />
      <canvas ref={over} className={styles.canvas} aria-hidden="true" />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- What is pressed are the cells within. */}
      <div
        ref={scroller}
        className={styles.scroller}
        onScroll={panned}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => {
          carry.onPointerMove(event);
          if (event.pointerType !== "mouse" || carry.carry !== null) return;
          const { cell } = at(event);
          const { hover } = state.get();
          if (hover?.line !== cell?.line || hover?.day !== cell?.day) state.set({ hover: cell });
        }}
        onPointerUp={() => {
          carry.onPointerUp();
          dragged.current = null;
        }}
        onPointerCancel={carry.onPointerCancel}
        onPointerLeave={() => state.set({ hover: null })}
        onClickCapture={carry.onClickCapture}
        onClick={(event) => {
          // Assistive technology presses the cell itself; a finger has pressed where it stayed.
          const { cell } = at(event);
          if (cell !== null) select(cell, event.shiftKey);
        }}
        onDoubleClick={(event) => {
          const { cell } = at(event);
          if (cell !== null) begin(cell, null);
        }}
      >
        <div className={styles.extent} style={{ width: extent.width, height: extent.height }}>
          <Mirror
            ref={grid}
            model={mirrored.model}
            draft={mirrored.draft}
            objections={mirrored.objections}
            scale={mirrored.scale}
            from={mirrored.seen.from}
            to={mirrored.seen.to}
            state={state}
            focusRequest={focusRequest}
            isBusy={isBusy}
            onKeyDown={onKeyDown}
            onCopy={onCopy}
            onCut={onCut}
            onPaste={onPaste}
            onFocus={onFocus}
            onBlur={onBlur}
          />
        </div>
      </div>
      {isEditing && <CellEditor state={state} model={model} boxOf={boxOf} onCommit={commit} onGiveUp={giveUp} />}
      {hasWhy && (
        <WhyCard
          state={state}
          boxOf={boxOf}
          width={scale.width}
          height={scale.height}
          onTake={(why, edit) => {
            deeds.takeAlternative(ground(), why, edit);
            setFocusRequest((before) => before + 1);
          }}
          onInsist={(why) => {
            deeds.insist(ground(), why);
            setFocusRequest((before) => before + 1);
          }}
          onClose={() => {
            state.set({ why: null });
            setFocusRequest((before) => before + 1);
          }}
        />
      )}
    </div>
  );
}

/** Does something bit by bit while nothing else is to do, until it is done. Answers how to stop. */
function whenIdle(work: (hasTime: () => boolean) => boolean): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const again = () => {
    const ends = performance.now() + AHEAD_MS;
    if (!work(() => performance.now() < ends)) timer = setTimeout(again, AHEAD_WAIT_MS);
  };
  timer = setTimeout(again, AHEAD_WAIT_MS);
  return () => clearTimeout(timer);
}

/** The first day of a week among those shown. */
function weekStart(weekStarts: readonly boolean[]): number {
  const found = weekStarts.indexOf(true);
  return found === -1 ? 0 : found % WEEK_DAYS;
}

const WEIGHTS = ["400", "450", "500", "600", "650"];

/** Draws again when letters have come, and when the screen has other pixels. Answers how to stop. */
function followFontsAndPixels(draw: () => void): () => void {
  let isGone = false;
  const again = () => {
    if (!isGone) draw();
  };
  if (!WEIGHTS.every((weight) => document.fonts.check(`${weight} 10.5px "Inter Variable"`)))
    void Promise.all(WEIGHTS.map((weight) => document.fonts.load(`${weight} 10.5px "Inter Variable"`))).then(again);
  const pixels = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  pixels.addEventListener("change", again);
  return () => {
    isGone = true;
    pixels.removeEventListener("change", again);
  };
}
