/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A grid laid out by positions: with another display browsers drop the roles of
   a table's tags; roles that are written down stay. */
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from "react";
import type { Interval } from "@hourwright/time";
import {
  closedOn,
  isWeekKey,
  LANE_HEIGHT,
  msOfMinute,
  placeBars,
  placeBlocks,
  quarterFrom,
  railOfDay,
  rangeOn,
  sharedStrip,
  wallMs,
  weekAxis,
  weekCursorAfter,
  weekScale,
  weekUpright,
  type DayKey,
  type WallClock,
  type WeekGrab,
  type WeekTimes,
} from "@hourwright/timeline";
import { announce } from "../../data/announcement.ts";
import type { PeopleTime } from "../../data/capacity.ts";
import type { NewTimes } from "../../data/edits.ts";
import type { Clash, Entry } from "../../data/entries.ts";
import { wallClockOf } from "../../data/wall-clock.ts";
import type { WeekPeople } from "../../data/week-people.ts";
import type { DaySpan } from "../../data/week-span.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { hueOfName } from "../../ui/name-hue.ts";
import { useStable } from "../../ui/use-stable.ts";
import { Bar, Block, type Standing } from "./block.tsx";
import { glyphOfDay, sidesOf, weekContents } from "./contents.ts";
import { DayHead } from "./day-head.tsx";
import { Foot } from "./foot.tsx";
import { Carried, frameOfDays, framesOfTimes, placeOf, ProposalGhost, type Proposal } from "./ghosts.tsx";
import { readWeekTime } from "./times.ts";
import { useBox } from "./use-box.ts";
import { useWeekDrag } from "./use-week-drag.ts";
import styles from "./week.module.css";
import { ZoneHeads } from "./zone-heads.tsx";
import { cityOf, hourLabels, offsetChanges, type OffsetChange, type ZoneColumn } from "./zones.ts";

export type WeekProps = {
  readonly place: "week" | "day";
  readonly span: DaySpan;
  /** The selected day, an epoch day of the span. */
  readonly day: number;
  /** The year whose zone changes are read, and the organisation's clock in it. */
  readonly year: number;
  readonly clock: WallClock;
  readonly zone: string;
  /** Zones shown beside the organisation's. */
  readonly zones: readonly string[];
  readonly weekend: ReadonlySet<number>;
  readonly status: "loading" | "failed" | "ready";
  readonly notReady: ReactNode;
  /** What stands in the columns, and the conflicts of those shown. */
  readonly entries: readonly Entry[];
  readonly clashes: readonly Clash[];
  /** What is known of people's time, of one year or two. */
  readonly times: readonly PeopleTime[];
  readonly people: WeekPeople;
  readonly names: ReadonlyMap<string, string>;
  readonly nowMs: number;
  /** The event that is chosen, by its key; the conflict that is looked at. */
  readonly chosen: string | null;
  readonly lookedAt: string | null;
  /** Carried with keys: what, and where it would be. */
  readonly carried: { readonly entry: Entry; readonly times: NewTimes } | null;
  /** What the chosen repair would move, and how to answer; empty when it is not previewed. */
  readonly proposals: readonly { readonly entry: Entry; readonly times: NewTimes }[];
  readonly isApplying: boolean;
  readonly focusRequest: number;
  readonly onAccept: () => void;
  readonly onDismiss: () => void;
  readonly onSelect: (day: number) => void;
  readonly onChoose: (key: string | null) => void;
  readonly onOpen: (entry: Entry) => void;
  readonly onOpenDay: (day: number) => void;
  readonly onLookAt: (clash: Clash) => void;
  readonly onCreate: (times: NewTimes) => void;
  readonly onDrag: (entry: Entry | null, times: NewTimes | null) => void;
  readonly onDrop: (entry: Entry | null, times: NewTimes, isCopy: boolean) => void;
  readonly onZones: (zones: readonly string[]) => void;
  readonly onKeys: () => void;
};

const DAY_MS = 86_400_000;
const NARROW = 560;
const ZONE_WIDTH = 57;
const ZONE_WIDTH_NARROW = 44;
const HEAD_HEIGHT = 56;
const LANE_PADDING = 6;
const FIRST_CURSOR = 540;
const NEW_MINUTES = 60;
const FIRST_SHOWN = 420;
const QUARTER = 15;

/** Week and Day: the minutes of one to seven days, and everything in them. */
export default function Week(props: WeekProps) {
  const { place, span, day, clock, zone, zones, people, names, nowMs, chosen, carried } = props;
  const { words, format } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const hours = useRef<HTMLDivElement>(null);
  const lane = useRef<HTMLDivElement>(null);
  const box = useBox(scroller);
  const isMirrored = document.documentElement.dir === "rtl";
  const axis = useMemo(() => weekAxis(clock, span.firstDay, span.days), [clock, span.firstDay, span.days]);
  const lastDay = span.firstDay + span.days;
  const contents = useMemo(
    () => weekContents(props.entries, props.clashes, span.firstDay, lastDay),
    [props.entries, props.clashes, span.firstDay, lastDay],
  );
  const time = useMemo(
    () => readWeekTime(axis, props.times, { main: people.hoursOf, besides: people.besides, loadOf: people.loadOf }),
    [axis, props.times, people],
  );
  const columns = useMemo(
    (): ZoneColumn[] => [
      { zone, clock },
      ...zones.map((each) => ({ zone: each, clock: wallClockOf(each, props.year) })),
    ],
    [zone, clock, zones, props.year],
  );
  const weekendOf = Array.from({ length: span.days }, (_, index) =>
    props.weekend.has(((((span.firstDay + index + 3) % 7) + 7) % 7) + 1),
  );
  const zoneWidth = box.width < NARROW ? ZONE_WIDTH_NARROW : ZONE_WIDTH;
  const zonesWidth = zoneWidth * columns.length;
  const lanesMeasured = useMemo(() => placeBars(axis, FLAT, contents.whole), [axis, contents.whole]);
  const laneHeight = Math.max(1, lanesMeasured.lanes) * LANE_HEIGHT + LANE_PADDING;
  const weekendKey = weekendOf.join();
  const scale = useMemo(
    () =>
      weekScale(
        axis,
        { width: Math.max(60, box.width - zonesWidth), height: Math.max(0, box.height - HEAD_HEIGHT - laneHeight) },
        weekendKey.split(",").map((text) => text === "true"),
        people.besides.length,
      ),
    [axis, box, zonesWidth, laneHeight, weekendKey, people.besides.length],
  );
  const { blocks, crowds } = useMemo(() => placeBlocks(axis, scale, contents.timed), [axis, scale, contents.timed]);
  const { bars, hidden } = useMemo(() => placeBars(axis, scale, contents.whole), [axis, scale, contents.whole]);
  const placed = useMemo(() => ({ blocks, bars }), [blocks, bars]);
  const today = Math.floor(wallMs(clock, nowMs) / DAY_MS);

  // The keyboard's place: a minute of the selected day, or its whole day.
  const [minute, setMinute] = useState<number | null>(FIRST_CURSOR);
  const grid = useRef<HTMLDivElement>(null);
  const isGridFocused = useRef(false);
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    if (props.focusRequest > 0 || isLost) cellOf(grid.current, day, minute)?.focus({ preventScroll: true });
    // Only a request moves the focus, and coming here with it lost.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [props.focusRequest]);
  useEffect(() => {
    if (isGridFocused.current) cellOf(grid.current, day, minute)?.focus({ preventScroll: true });
  }, [day, minute]);

  // It opens at the hours of work, and keeps its hour when it is resized.
  const topMinute = useRef(FIRST_SHOWN);
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: topMinute.current * scale.minutePx });
  }, [scale.minutePx]);
  const show = useStable((fromMinute: number, toMinute: number, index: number) => {
    const node = scroller.current;
    if (node === null) return;
    const head = HEAD_HEIGHT + laneHeight;
    const { y, height } = weekUpright(scale, { fromMinute, toMinute });
    const column = scale.columns[index]!;
    if (y < node.scrollTop) node.scrollTo({ top: Math.max(0, y - QUARTER) });
    else if (y + height > node.scrollTop + node.clientHeight - head)
      node.scrollTo({ top: Math.min(y, y + height - (node.clientHeight - head) + QUARTER) });
    const pan = Math.abs(node.scrollLeft);
    const room = node.clientWidth - zonesWidth;
    if (column.x < pan || column.x + column.width > pan + room)
      node.scrollTo({ left: (isMirrored ? -1 : 1) * Math.max(0, column.x - (room - column.width) / 2) });
  });
  const dayIndex = Math.min(span.days - 1, Math.max(0, day - span.firstDay));
  useEffect(() => {
    if (minute !== null && isGridFocused.current) show(minute, minute + QUARTER, dayIndex);
  }, [minute, dayIndex, show]);
  useEffect(() => {
    const block = blocks.find(({ thing }) => thing.id === chosen);
    if (block !== undefined) show(block.fromMinute, block.toMinute, block.day);
    // When another is chosen, not when it is placed anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [chosen, show]);
  const panned = scale.width > box.width - zonesWidth;
  useEffect(() => {
    if (panned) show(FIRST_CURSOR, FIRST_CURSOR, dayIndex);
  }, [panned, dayIndex, show]);

  const drag = useWeekDrag({
    axis,
    scale,
    placed,
    scroller: () => scroller.current,
    whereIs: ({ clientX, clientY }) => {
      const [upper, lower] = [lane.current?.getBoundingClientRect(), hours.current?.getBoundingClientRect()];
      if (upper === undefined || lower === undefined || clientY < upper.top - HEAD_HEIGHT) return null;
      const x = (isMirrored ? lower.right - clientX : clientX - lower.left) - zonesWidth;
      return clientY < upper.bottom
        ? { part: "lane", point: { x, y: clientY - upper.top } }
        : { part: "hours", point: { x, y: clientY - lower.top } };
    },
    mayDrag: (grab) => thingOf(grab) === null || entryOf(grab)?.event.canEdit === true,
    onDrag: (next) => props.onDrag(next === null ? null : entryOf(next.grab), next?.times ?? null),
    onDrop: ({ grab, times, isCopy }) => props.onDrop(entryOf(grab), times, isCopy),
  });
  function entryOf(grab: WeekGrab): Entry | null {
    return contents.entryOf.get(thingOf(grab) ?? "") ?? null;
  }

  const textOf = (times: WeekTimes) => {
    if (times.allDay) return words.week.whole(format.dayShort(times.fromDay), format.dayShort(times.toDay - 1));
    const on = format.dayShort(Math.floor(wallMs(clock, times.startMs) / DAY_MS));
    return words.week.timed(on, format.timeRange(times.startMs, times.endMs));
  };
  const wasText = ({ event, fromDay, startMs, endMs }: Entry, times: WeekTimes) => {
    if (event.allDay || times.allDay) return format.dayShort(fromDay);
    const isSameDay = Math.floor(wallMs(clock, times.startMs) / DAY_MS) === fromDay;
    return isSameDay
      ? format.timeRange(startMs, endMs)
      : words.week.timed(format.dayShort(fromDay), format.time(startMs));
  };
  const during = (at: number, from: number | null) => {
    const things = from === null ? contents.whole : contents.timed;
    const ms = from === null ? 0 : msOfMinute(axis, at - span.firstDay, from);
    const here = things.filter(({ fromDay, toDay, startMs, endMs }) =>
      from === null ? fromDay <= at && toDay > at : startMs < ms + QUARTER * 60_000 && endMs > ms,
    );
    const titles = here.map(({ id }) => contents.entryOf.get(id)!.event.title);
    return titles.length === 0 ? words.week.free : words.week.during(titles);
  };
  const cellName = (at: number, from: number | null) =>
    from === null
      ? words.week.cellAllDay(format.day(at), during(at, null))
      : words.week.cellAt(format.day(at), format.time(msOfMinute(axis, at - span.firstDay, from)), during(at, from));

  const moveTo = (nextDay: number, nextMinute: number | null) => {
    if (chosen !== null) props.onChoose(null);
    setMinute(nextMinute);
    if (nextDay !== day) props.onSelect(nextDay);
    if (nextDay >= span.firstDay && nextDay < lastDay) announce(cellName(nextDay, nextMinute));
    else announce(format.day(nextDay));
  };
  const createAt = (at: number, from: number | null) => {
    if (from === null) return props.onCreate({ allDay: true, fromDay: at, toDay: at + 1 });
    const startMs = msOfMinute(axis, at - span.firstDay, from);
    props.onCreate({ allDay: false, startMs, endMs: startMs + NEW_MINUTES * 60_000 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    const isOnEvent = event.target instanceof Element && event.target.closest("button") !== null;
    if (isWeekKey(event.key)) {
      event.preventDefault();
      const key = isMirrored ? (MIRRORED_KEYS[event.key] ?? event.key) : event.key;
      const next = weekCursorAfter(axis, { day, minute }, key);
      const isInside = next.day >= span.firstDay && next.day < lastDay;
      // On another day the quarter may be one that day does not have.
      const open = next.minute === null || !isInside ? next.minute : quarterFrom(axis, next.day, next.minute, 1);
      moveTo(next.day, open ?? next.minute);
    } else if ((event.key === "Enter" || event.key === " ") && !isOnEvent) {
      event.preventDefault();
      const entry = chosen === null ? undefined : contents.entryOf.get(chosen);
      if (props.proposals.length > 0 && event.key === "Enter") props.onAccept();
      else if (entry === undefined) createAt(day, minute);
      else props.onOpen(entry);
    }
  };

  const onPress = (entry: Entry, event: MouseEvent) => {
    event.stopPropagation();
    const at = Math.min(lastDay - 1, Math.max(span.firstDay, entry.fromDay));
    const clash = contents.clashOf.get(entry.key) ?? null;
    const isSecond = chosen === entry.key || (clash !== null && clash.conflict.id === props.lookedAt);
    // A key, or assistive technology, presses what it has read out; a pointer chooses first.
    if (event.detail === 0 || isSecond) return props.onOpen(entry);
    if (at !== day) props.onSelect(at);
    props.onChoose(entry.key);
    if (clash !== null) props.onLookAt(clash);
  };
  const whereClicked = (event: MouseEvent): { at: number; from: number | null } | null => {
    if (event.target instanceof Element && event.target.closest("[data-control], button") !== null) return null;
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-day]") : null;
    if (cell === null) return null;
    const at = Number(cell.dataset["day"]);
    if (cell.dataset["part"] === "lane") return { at, from: null };
    const y = event.detail === 0 ? 0 : event.clientY - cell.getBoundingClientRect().top;
    const raw = Math.floor(y / scale.minutePx / QUARTER) * QUARTER;
    return { at, from: quarterFrom(axis, at, raw, 1) ?? raw };
  };

  const standingOf = (entry: Entry): Standing => ({
    isPast: entry.endMs <= nowMs,
    isChosen: entry.key === chosen,
    isCarried:
      carried?.entry.key === entry.key ||
      (drag.drag !== null && entryOf(drag.drag.grab)?.key === entry.key && !drag.drag.isCopy),
    clash: contents.clashOf.get(entry.key) ?? null,
    ownName: people.hoursOf === null ? null : (names.get(people.hoursOf) ?? null),
  });
  const moving: { title: string; times: WeekTimes } | null =
    drag.drag !== null
      ? { title: entryOf(drag.drag.grab)?.event.title ?? words.week.new, times: drag.drag.times }
      : carried !== null
        ? { title: carried.entry.event.title, times: carried.times }
        : null;
  const laidDown = moving === null ? null : frameOfDays(axis, scale, moving.times);

  const changes = columns.slice(1).flatMap((column) => offsetChanges(axis, column));
  const notes = [...changes.map(noteOf), ...clockNotes()];
  function noteOf({ zone: name, before, after, day: on }: OffsetChange): string {
    return words.week.untilThen(cityOf(name), before, format.day(on), after);
  }
  function clockNotes(): string[] {
    if (axis.change === null) return [];
    const { kind, day: on, fromMinute, toMinute } = axis.change;
    const date = format.day(span.firstDay + on);
    return [(kind === "skips" ? words.week.clocksForward : words.week.clocksBack)(date, toMinute - fromMinute)];
  }
  const marksOf = (index: number) => {
    const at = span.firstDay + index;
    const marks = changes
      .filter((change) => change.day === at)
      .map((change) => ({
        text: words.week.ahead(change.after),
        title: words.week.aheadOf(cityOf(change.zone), change.after),
      }));
    if (axis.change?.day !== index) return marks;
    const { kind, fromMinute, toMinute } = axis.change;
    const by = (kind === "skips" ? 1 : -1) * (toMinute - fromMinute);
    return [{ text: words.week.ahead(by), title: clockNotes()[0]! }, ...marks];
  };

  const tags = (ms: number, kind: "moving" | "now") => {
    const at = Math.floor(wallMs(clock, ms) / DAY_MS) - span.firstDay;
    if (at < 0 || at >= span.days) return null;
    const range = rangeOn(axis, at, ms, ms);
    if (range === null) return null;
    const { y } = weekUpright(scale, range);
    return columns.map((column, index) => (
      <span
        key={`${kind} ${column.zone}`}
        className={styles.tag}
        data-kind={kind}
        data-testid={`${kind}-tag`}
        style={{ top: y, insetInlineStart: index * zoneWidth, width: zoneWidth - 6 }}
      >
        {format.wallTime(wallMs(column.clock, ms))}
      </span>
    ));
  };

  const besides = people.besides.map((id) => ({ id, name: names.get(id) ?? "", hue: hueOfName(names.get(id) ?? "") }));
  const days = Array.from({ length: span.days }, (_, index) => index);
  const timesIn = (list: readonly Interval[], index: number) =>
    list.flatMap(({ startMs, endMs }) => {
      const range = rangeOn(axis, index, startMs, endMs);
      return range === null ? [] : [range];
    });
  const spoken = (ranges: readonly { fromMinute: number; toMinute: number }[], index: number) =>
    ranges.map(({ fromMinute, toMinute }) =>
      words.week.span(
        format.time(msOfMinute(axis, index, fromMinute)),
        format.wallTime(
          (toMinute % axis.minutes === 0 ? 0 : wallMs(clock, msOfMinute(axis, index, toMinute))) % DAY_MS,
        ),
      ),
    );
  const period = span.days === 1 ? format.dayWithYear(span.firstDay) : format.dayRange(span.firstDay, lastDay - 1);

  return (
    <section className={styles.week} aria-label={place === "week" ? words.week.label : words.week.dayLabel}>
      <div
        ref={scroller}
        className={styles.scroller}
        data-testid="week-scroller"
        onScroll={({ currentTarget }) => (topMinute.current = currentTarget.scrollTop / scale.minutePx)}
      >
        <div
          ref={grid}
          role="grid"
          tabIndex={-1}
          aria-label={words.week.grid(period)}
          aria-rowcount={3}
          aria-colcount={span.days + 1}
          aria-busy={props.status === "loading"}
          className={styles.grid}
          style={{ width: zonesWidth + scale.width }}
          data-dragging={drag.drag !== null || undefined}
          onKeyDown={onKeyDown}
          onFocus={() => (isGridFocused.current = true)}
          onBlur={() => (isGridFocused.current = false)}
          onPointerDown={drag.onPointerDown}
          onPointerMove={drag.onPointerMove}
          onPointerUp={drag.onPointerUp}
          onPointerCancel={drag.onPointerCancel}
          onClickCapture={drag.onClickCapture}
          onClick={(event) => {
            const where = whereClicked(event);
            if (where === null) return;
            moveTo(where.at, where.from);
            cellOf(grid.current, where.at, where.from)?.focus({ preventScroll: true });
          }}
          onDoubleClick={(event) => {
            const where = whereClicked(event);
            if (where !== null) createAt(where.at, where.from);
          }}
        >
          <div className={styles.head}>
            <div role="row" aria-rowindex={1} className={styles.heads} style={{ height: HEAD_HEIGHT }}>
              <div
                role="columnheader"
                aria-colindex={1}
                className={styles.corner}
                style={{ width: zonesWidth }}
                data-control
              >
                <ZoneHeads
                  axis={axis}
                  columns={columns}
                  width={zoneWidth}
                  isMirrored={isMirrored}
                  onChange={props.onZones}
                />
              </div>
              {days.map((index) => {
                const at = span.firstDay + index;
                const ofDay = contents.clashes.filter(({ fromDay, toDay }) => fromDay <= at && toDay > at);
                const ribbon = time.ribbons[index] ?? null;
                const marks = marksOf(index);
                const { x, width } = scale.columns[index]!;
                return (
                  <DayHead
                    key={at}
                    day={at}
                    column={index}
                    place={{ x: zonesWidth + x, width }}
                    kind={at < today ? "past" : at === today ? "now" : "later"}
                    isWeekend={weekendOf[index]!}
                    glyph={glyphOfDay(ofDay, at)}
                    ribbon={ribbon}
                    marks={marks}
                    name={words.week.dayName({
                      date: format.day(at),
                      isToday: at === today,
                      events: countOn(contents, at),
                      conflicts: [...new Set(ofDay.map(({ conflict }) => words.conflict.cellKind(conflict.kind)))],
                      load: ribbon?.part ?? null,
                      zones: marks.map(({ title }) => title),
                    })}
                    onPress={props.onOpenDay}
                  />
                );
              })}
            </div>
            <div ref={lane} role="row" aria-rowindex={2} className={styles.lane} style={{ height: laneHeight }}>
              <div role="rowheader" aria-colindex={1} className={styles.laneHead} style={{ width: zonesWidth }}>
                {words.week.allDay}
              </div>
              {days.map((index) => {
                const at = span.firstDay + index;
                const { x, width } = scale.columns[index]!;
                const isActive = at === day && minute === null;
                return (
                  <div
                    key={at}
                    role="gridcell"
                    aria-colindex={index + 2}
                    aria-label={cellName(at, null)}
                    aria-selected={at === day}
                    tabIndex={isActive ? 0 : -1}
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
                            key={bar.thing.id}
                            placed={bar}
                            entry={entry}
                            standing={standingOf(entry)}
                            columnX={x}
                            onPress={onPress}
                          />
                        );
                      })}
                    {hidden[index]! > 0 && (
                      <button
                        type="button"
                        tabIndex={-1}
                        className={styles.more}
                        data-control
                        style={{ top: laneHeight - LANE_HEIGHT }}
                        aria-label={words.week.moreOn(hidden[index]!, format.day(at))}
                        onClick={() => props.onSelect(at)}
                      >
                        {words.week.more(hidden[index]!)}
                      </button>
                    )}
                  </div>
                );
              })}
              {laidDown !== null && (
                <div className={styles.laneOver} style={{ insetInlineStart: zonesWidth }}>
                  <Carried frame={laidDown} title={moving!.title} when="" />
                </div>
              )}
            </div>
          </div>
          <div ref={hours} role="row" aria-rowindex={3} className={styles.hours} style={{ height: scale.height }}>
            <div
              role="rowheader"
              aria-colindex={1}
              aria-label={columns.map(({ zone: name }) => cityOf(name)).join(", ")}
              className={styles.zones}
              style={{ width: zonesWidth }}
            >
              {columns.map((column, index) => (
                <div
                  key={column.zone}
                  aria-hidden="true"
                  style={{ insetInlineStart: index * zoneWidth, width: zoneWidth }}
                >
                  {hourLabels(axis, column, index === 0).map(({ minute: at, wallMs: wall, isOff }) => (
                    <span key={at} style={{ top: at * scale.minutePx }} data-off={isOff || undefined}>
                      {wall === null ? "" : format.wallTime(wall)}
                    </span>
                  ))}
                </div>
              ))}
              {tags(nowMs, "now")}
              {moving !== null && !moving.times.allDay && tags(moving.times.startMs, "moving")}
            </div>
            <div
              className={styles.lines}
              style={{ insetInlineStart: zonesWidth, width: scale.width }}
              aria-hidden="true"
            >
              {hourLines(axis.minutes).map((at) => (
                <i key={at} style={{ top: at * scale.minutePx }} data-half={at % 60 !== 0 || undefined} />
              ))}
            </div>
            {days.map((index) => {
              const at = span.firstDay + index;
              const { x, width } = scale.columns[index]!;
              const isActive = at === day && minute !== null;
              const closed = closedOn(axis, index);
              const free = timesIn(time.together, index);
              return (
                <div
                  key={at}
                  role="gridcell"
                  aria-colindex={index + 2}
                  aria-label={isActive ? cellName(at, minute) : format.day(at)}
                  aria-selected={at === day}
                  tabIndex={isActive ? 0 : -1}
                  className={styles.day}
                  data-day={at}
                  data-part="hours"
                  data-weekend={weekendOf[index] || undefined}
                  data-past={at < today || undefined}
                  style={{ insetInlineStart: zonesWidth + x, width }}
                >
                  {outsideOf(time.open, index).map((range) => (
                    <i key={range.fromMinute} className={styles.outside} style={upright(range)} />
                  ))}
                  {closed !== null && <i className={styles.closed} style={upright(closed)} title={words.week.closed} />}
                  {besides.map(({ id, name, hue }, rail) => {
                    const taken = timesIn(time.besides[rail]!, index);
                    const { x: start, width: railWidth } = railOfDay(scale, index, rail);
                    return (
                      <div
                        key={id}
                        role="img"
                        aria-label={words.week.besideBusy(name, spoken(taken, index))}
                        className={styles.rail}
                        data-person={id}
                        style={{ "--hue": hue, insetInlineStart: start - x, width: railWidth } as React.CSSProperties}
                      >
                        <em>{name.slice(0, 1)}</em>
                        {taken.map((range) => (
                          <i key={range.fromMinute} style={upright(range)} />
                        ))}
                      </div>
                    );
                  })}
                  {besides.length > 0 && (
                    <div
                      className={styles.rail}
                      data-free
                      role={free.length > 0 ? "img" : undefined}
                      aria-label={free.length > 0 ? words.week.everyoneFree(spoken(free, index)) : undefined}
                      style={{
                        insetInlineStart: railOfDay(scale, index, scale.rails).x - x,
                        width: railOfDay(scale, index, scale.rails).width,
                      }}
                    >
                      {free.map((range) => (
                        <i
                          key={range.fromMinute}
                          style={upright(range)}
                          data-from={msOfMinute(axis, index, range.fromMinute)}
                          data-to={msOfMinute(axis, index, range.toMinute)}
                        />
                      ))}
                    </div>
                  )}
                  {blocks
                    .filter((block) => block.day === index)
                    .map((block) => {
                      const entry = contents.entryOf.get(block.thing.id)!;
                      return (
                        <Block
                          key={block.thing.id}
                          placed={block}
                          entry={entry}
                          standing={standingOf(entry)}
                          columnX={x}
                          onPress={onPress}
                        />
                      );
                    })}
                  {crowds
                    .filter((crowd) => crowd.day === index)
                    .map(({ frame, count, fromMinute }) => (
                      <button
                        key={fromMinute}
                        type="button"
                        tabIndex={-1}
                        data-control
                        className={styles.crowd}
                        style={placeOf({ ...frame, x: frame.x - x })}
                        aria-label={words.week.moreOn(count, format.day(at))}
                        onClick={() => (props.place === "day" ? props.onSelect(at) : props.onOpenDay(at))}
                      >
                        {words.week.more(count)}
                      </button>
                    ))}
                  {at === today && <NowLine y={weekUpright(scale, rangeOn(axis, index, nowMs, nowMs)!).y} />}
                  {isActive && (
                    <i className={styles.cursor} style={upright({ fromMinute: minute, toMinute: minute + QUARTER })} />
                  )}
                </div>
              );
            })}
            <div className={styles.over} style={{ insetInlineStart: zonesWidth, width: scale.width }}>
              {contents.clashes.flatMap((clash) =>
                days.flatMap((index) => {
                  const range = rangeOn(axis, index, clash.startMs, clash.endMs);
                  if (range === null) return [];
                  const kind = glyphOf(clash.conflict.kind);
                  const sides = new Set(sidesOf(clash));
                  const sideBlocks = blocks.filter((block) => block.day === index && sides.has(block.thing.id));
                  const strip = kind === "load" ? null : sharedStrip(scale, range, sideBlocks);
                  if (strip === null) return [];
                  const minutes = (clash.endMs - clash.startMs) / 60_000;
                  return [
                    <i
                      key={`${clash.conflict.id} ${index}`}
                      className={styles.shared}
                      data-kind={kind}
                      style={placeOf(strip)}
                    />,
                    <span
                      key={`${clash.conflict.id} ${index} tag`}
                      className={styles.length}
                      aria-hidden="true"
                      data-shared={minutes}
                      style={{ insetInlineStart: strip.x + strip.width + 2, top: strip.y + strip.height - 9 }}
                    >
                      <Glyph kind={kind} size={8} /> {format.duration(minutes)}
                    </span>,
                  ];
                }),
              )}
              {props.proposals.map(({ entry, times }) => {
                const proposal: Proposal = {
                  title: entry.event.title,
                  times,
                  when: times.allDay ? textOf(times) : format.timeRange(times.startMs, times.endMs),
                  was: wasText(entry, times),
                };
                return framesOfTimes(axis, scale, times).map((frame) => (
                  <ProposalGhost
                    key={`${entry.key} ${frame.x}`}
                    proposal={proposal}
                    frame={frame}
                    isApplying={props.isApplying}
                    onAccept={props.onAccept}
                    onDismiss={props.onDismiss}
                  />
                ));
              })}
              {moving !== null &&
                framesOfTimes(axis, scale, moving.times).map((frame) => (
                  <Carried
                    key={frame.x}
                    frame={frame}
                    title={moving.title}
                    when={moving.times.allDay ? "" : format.timeRange(moving.times.startMs, moving.times.endMs)}
                  />
                ))}
              {isNowShown() && <i className={styles.nowFaint} style={{ top: nowY() }} />}
            </div>
          </div>
        </div>
        {props.status !== "ready" && <div className={styles.message}>{props.notReady}</div>}
      </div>
      <Foot
        isWeek={place === "week"}
        besides={besides}
        time={time}
        hasProposal={props.proposals.length > 0}
        hasClash={contents.clashes.length > 0}
        notes={notes}
        dayOf={(ms) => Math.floor(wallMs(clock, ms) / DAY_MS)}
        onKeys={props.onKeys}
      />
    </section>
  );

  function upright(range: { readonly fromMinute: number; readonly toMinute: number }): React.CSSProperties {
    const { y, height } = weekUpright(scale, range);
    return { top: y, height };
  }
  function outsideOf(open: readonly Interval[] | null, index: number) {
    if (open === null) return [];
    const outside: { fromMinute: number; toMinute: number }[] = [];
    let from = 0;
    for (const { fromMinute, toMinute } of timesIn(open, index)) {
      if (fromMinute > from) outside.push({ fromMinute: from, toMinute: fromMinute });
      from = Math.max(from, toMinute);
    }
    if (from < axis.minutes) outside.push({ fromMinute: from, toMinute: axis.minutes });
    return outside;
  }
  function isNowShown(): boolean {
    return today >= span.firstDay && today < lastDay;
  }
  function nowY(): number {
    return weekUpright(scale, rangeOn(axis, today - span.firstDay, nowMs, nowMs)!).y;
  }
}

const MIRRORED_KEYS: Readonly<Partial<Record<string, DayKey>>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

/** A scale for counting lanes before the columns are known: lanes do not depend on them. */
const FLAT = {
  columns: Array.from({ length: 7 }, () => ({ x: 0, width: 0 })),
  width: 0,
  minutePx: 1,
  height: 0,
  rails: 0,
} as const;

function thingOf(grab: WeekGrab): string | null {
  return grab.what === "block" || grab.what === "bar" ? grab.thing.id : null;
}

function cellOf(grid: HTMLElement | null, day: number, minute: number | null): HTMLElement | null {
  return (
    grid?.querySelector<HTMLElement>(`[data-day="${day}"][data-part="${minute === null ? "lane" : "hours"}"]`) ?? null
  );
}

function countOn({ timed, whole }: ReturnType<typeof weekContents>, day: number): number {
  return [...timed, ...whole].filter(({ fromDay, toDay }) => fromDay <= day && toDay > day).length;
}

function hourLines(minutes: number): number[] {
  return Array.from({ length: Math.floor(minutes / 30) - 1 }, (_, index) => (index + 1) * 30);
}

function NowLine({ y }: { y: number }) {
  return <i className={styles.now} style={{ top: y }} data-testid="now-line" />;
}
