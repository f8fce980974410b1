/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A grid laid out by positions: with another display browsers drop the roles of
   a table's tags; roles that are written down stay. */
import { useRef, type MouseEvent, type ReactNode, type SyntheticEvent } from "react";
import { msOfMinute, quarterFrom, type WeekGrab } from "@hourwright/timeline";
import type { NewTimes } from "../../data/edits.ts";
import type { Clash, Entry } from "../../data/entries.ts";
import { draftsShown } from "../../data/drafts-shown.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { hueOfName } from "../../ui/name-hue.ts";
import type { Standing } from "./block.tsx";
import { DayColumn } from "./day-column.tsx";
import { DraftGhosts } from "./draft-ghosts.tsx";
import { Foot } from "./foot.tsx";
import { frameOfDays, framesOfTimes, ProposalGhost } from "./ghosts.tsx";
import { Heads } from "./heads.tsx";
import { Hours, type Moving } from "./hours.tsx";
import { Lane } from "./lane.tsx";
import { useWeekPicture, type WeekPicture, type WeekSource } from "./picture.ts";
import { useSentences } from "./sentences.ts";
import { useArrival, type ScreenBox } from "./use-arrival.ts";
import { useWeekCursor } from "./use-week-cursor.ts";
import { useWeekDrag } from "./use-week-drag.ts";
import styles from "./week.module.css";

export type WeekProps = WeekSource & {
  readonly place: "week" | "day";
  /** Whether the columns of the days are drawn, with what is in them. */
  readonly hasEvents: boolean;
  /** The selected day, an epoch day of the span. */
  readonly day: number;
  readonly status: "loading" | "failed" | "ready";
  /** Stands over the grid until its year is there. */
  readonly notReady: ReactNode;
  readonly names: ReadonlyMap<string, string>;
  /** The event that is chosen, by its key; the conflict that is looked at. */
  readonly chosen: string | null;
  readonly lookedAt: string | null;
  /** Carried with keys: what, and where it would be. */
  readonly carried: { readonly entry: Entry; readonly times: NewTimes } | null;
  /** What the chosen repair would move; empty when it is not previewed. */
  /** A time that is looked at for something that is not there yet. */
  readonly planned: Moving | null;
  readonly proposals: readonly { readonly entry: Entry; readonly times: NewTimes }[];
  readonly isApplying: boolean;
  /** Rises when the selected day should take the focus. */
  readonly focusRequest: number | null;
  /** Where its days stood in the place that was left for it; null when it was come to otherwise. */
  readonly cameFrom: ScreenBox | null;
  readonly onAccept: () => void;
  readonly onDismiss: () => void;
  readonly onSelect: (day: number) => void;
  readonly onChoose: (key: string | null) => void;
  readonly onOpen: (entry: Entry) => void;
  readonly onOpenDay: (day: number) => void;
  readonly onLookAt: (clash: Clash) => void;
  readonly onCreate: (times: NewTimes) => void;
  /** Whether somebody may carry an entry: to move it, or to propose another time. */
  readonly mayCarry: (entry: Entry) => boolean;
  readonly onDrag: (entry: Entry | null, times: NewTimes | null) => void;
  readonly onDrop: (entry: Entry | null, times: NewTimes, isCopy: boolean) => void;
  readonly onZones: (zones: readonly string[]) => void;
  readonly onKeys: () => void;
};

const NEW_MS = 3_600_000;
const QUARTER = 15;

/** Week and Day: the minutes of one to seven days, and everything in them. */
export default function Week(props: WeekProps) {
  const { place, day, people, names, chosen, carried } = props;
  const { words, format } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const lane = useRef<HTMLDivElement>(null);
  const hours = useRef<HTMLDivElement>(null);
  const picture = useWeekPicture(props, scroller);
  const say = useSentences(picture);
  useArrival(scroller, props.cameFrom);
  const { axis, span, scale, contents, zonesWidth, blocks, bars, isMirrored } = picture;
  const lastDay = span.firstDay + span.days - 1;

  const createAt = (at: number, minute: number | null) => {
    if (minute === null) return props.onCreate({ allDay: true, fromDay: at, toDay: at + 1 });
    const startMs = msOfMinute(axis, at - span.firstDay, minute);
    props.onCreate({ allDay: false, startMs, endMs: startMs + NEW_MS });
  };
  const cursor = useWeekCursor({
    picture,
    say,
    day,
    chosen,
    scroller,
    grid,
    focusRequest: props.focusRequest,
    onSelect: props.onSelect,
    onChoose: props.onChoose,
    onEnter: (minute, key) => {
      const entry = chosen === null ? undefined : contents.entryOf.get(chosen);
      if (props.proposals.length > 0 && key === "Enter") props.onAccept();
      else if (entry === undefined) createAt(day, minute);
      else props.onOpen(entry);
    },
  });
  const entryOf = (grab: WeekGrab): Entry | null =>
    grab.what === "block" || grab.what === "bar" ? (contents.entryOf.get(grab.thing.id) ?? null) : null;
  const drag = useWeekDrag({
    surface: grid,
    axis,
    scale,
    placed: { blocks, bars },
    scroller: () => scroller.current,
    whereIs: ({ clientX, clientY }) => {
      const [upper, lower] = [lane.current?.getBoundingClientRect(), hours.current?.getBoundingClientRect()];
      if (upper === undefined || lower === undefined || clientY < upper.top) return null;
      const x = (isMirrored ? lower.right - clientX : clientX - lower.left) - zonesWidth;
      return clientY < upper.bottom
        ? { part: "lane", point: { x, y: clientY - upper.top } }
        : { part: "hours", point: { x, y: clientY - lower.top } };
    },
    mayDrag: (grab) => {
      const entry = entryOf(grab);
      return entry === null ? grab.what === "minute" || grab.what === "day" : props.mayCarry(entry);
    },
    onDrag: (next) => props.onDrag(next === null ? null : entryOf(next.grab), next?.to ?? null),
    onDrop: ({ grab, to, isCopy }) => props.onDrop(entryOf(grab), to, isCopy),
  });
  const dragged = drag.carry === null ? null : entryOf(drag.carry.grab);
  const moving: Moving | null =
    drag.carry !== null
      ? { title: dragged?.event.title ?? words.week.new, times: drag.carry.to }
      : carried !== null
        ? { title: carried.entry.event.title, times: carried.times }
        : props.planned;
  const laidDown = moving === null ? null : frameOfDays(axis, scale, moving.times);

  const ownName = people.hoursOf === null ? null : (names.get(people.hoursOf) ?? null);
  const standingOf = (entry: Entry): Standing => ({
    isPast: entry.endMs <= picture.nowMs,
    isChosen: entry.key === chosen,
    isCarried: carried?.entry.key === entry.key || (dragged?.key === entry.key && drag.carry?.isCopy === false),
    clash: contents.clashOf.get(entry.key) ?? null,
    ownName,
  });
  const onPress = (entry: Entry, event: MouseEvent) => {
    event.stopPropagation();
    const clash = contents.clashOf.get(entry.key) ?? null;
    const isSecond = chosen === entry.key || (clash !== null && clash.conflict.id === props.lookedAt);
    // A key, or assistive technology, presses what it has read out; a pointer chooses first.
    if (event.detail === 0 || isSecond) return props.onOpen(entry);
    const at = Math.min(lastDay, Math.max(span.firstDay, entry.fromDay));
    if (at !== day) props.onSelect(at);
    props.onChoose(entry.key);
    if (clash !== null) props.onLookAt(clash);
  };
  const atPress = (event: MouseEvent, act: (at: number, minute: number | null) => void) => {
    const where = placeUnder(picture, event);
    if (where !== null) act(where.at, where.minute);
  };
  const besides = people.besides.map((id) => {
    const name = names.get(id) ?? "";
    return { id, name, hue: hueOfName(name) };
  });
  const proposed = props.proposals.flatMap(({ entry, times }) =>
    framesOfTimes(axis, scale, times).map((place) => ({ entry, times, ...place })),
  );
  const drafts = useStore(draftsShown, (state) => state);
  const drafted = drafts.isOpen && !props.isLens ? drafts.marks : [];
  const period = span.days === 1 ? format.dayWithYear(span.firstDay) : format.dayRange(span.firstDay, lastDay);

  return (
    <section
      className={styles.week}
      data-lens={props.isLens || undefined}
      aria-label={place === "week" ? words.week.label : words.week.dayLabel}
    >
      <div ref={scroller} className={styles.scroller} data-testid="week-scroller" onScroll={cursor.onScroll}>
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
          data-dragging={drag.carry !== null || undefined}
          onKeyDown={(event) => isInside(event) && cursor.onKeyDown(event)}
          onFocus={(event) => isInside(event) && cursor.onFocus()}
          onBlur={cursor.onBlur}
          onPointerDown={(event) => isInside(event) && !isControl(event.target) && drag.onPointerDown(event)}
          onPointerMove={drag.onPointerMove}
          onPointerUp={drag.onPointerUp}
          onPointerCancel={drag.onPointerCancel}
          onClickCapture={drag.onClickCapture}
          onClick={(event) => atPress(event, cursor.moveTo)}
          onDoubleClick={(event) => atPress(event, createAt)}
        >
          <div className={styles.head}>
            <Heads picture={picture} say={say} onZones={props.onZones} onOpenDay={props.onOpenDay} />
            <Lane
              ref={lane}
              {...{ picture, say, day, standingOf, onPress }}
              isActive={cursor.minute === null}
              carried={laidDown === null ? null : { frame: laidDown, title: moving!.title }}
              onSelect={props.onSelect}
            />
          </div>
          <Hours ref={hours} {...{ picture, say, moving }}>
            {(props.hasEvents ? picture.days : []).map((index) => {
              const isSelected = span.firstDay + index === day;
              return (
                <DayColumn
                  key={span.firstDay + index}
                  {...{ picture, say, index, besides, standingOf, onPress, isSelected }}
                  cursor={isSelected ? cursor.minute : null}
                  onCrowd={place === "day" ? props.onSelect : props.onOpenDay}
                >
                  <DraftGhosts picture={picture} index={index} marks={drafted} />
                  {proposed
                    .filter((each) => each.day === index)
                    .map(({ entry, times, frame }) => (
                      <ProposalGhost
                        key={entry.key}
                        title={entry.event.title}
                        when={times.allDay ? "" : format.timeRange(times.startMs, times.endMs)}
                        was={say.was(entry, times)}
                        frame={{ ...frame, x: frame.x - scale.columns[index]!.x }}
                        isApplying={props.isApplying}
                        onAccept={props.onAccept}
                        onDismiss={props.onDismiss}
                      />
                    ))}
                </DayColumn>
              );
            })}
          </Hours>
        </div>
        {props.status !== "ready" && <div className={styles.message}>{props.notReady}</div>}
      </div>
      {!props.isLens && (
        <Foot
          isWeek={place === "week"}
          besides={besides}
          time={picture.time}
          hasProposal={props.proposals.length > 0 || drafted.length > 0}
          hasClash={contents.clashes.length > 0}
          notes={say.notes}
          dayOf={say.dayOf}
          onKeys={props.onKeys}
        />
      )}
    </section>
  );
}

/** Whether an event happened in the grid: those of a list that it opened come here as well, though it lies elsewhere. */
function isInside({ currentTarget, target }: SyntheticEvent): boolean {
  return target instanceof Node && currentTarget.contains(target);
}

/** Whether it is a control that lies among the days: it is pressed, never carried. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[data-control]") !== null;
}

/** The day and quarter that were pressed; null on anything that is pressed itself. */
function placeUnder({ axis, scale }: WeekPicture, event: MouseEvent): { at: number; minute: number | null } | null {
  if (!(event.target instanceof Element) || isControl(event.target) || event.target.closest("button")) return null;
  const cell = event.target.closest<HTMLElement>("[data-day]");
  if (cell === null) return null;
  const at = Number(cell.dataset["day"]);
  if (cell.dataset["part"] === "lane") return { at, minute: null };
  // Assistive technology presses the cell itself, at no place that could be asked.
  const y = event.detail === 0 ? 0 : event.clientY - cell.getBoundingClientRect().top;
  const raw = Math.floor(y / scale.minutePx / QUARTER) * QUARTER;
  return { at, minute: quarterFrom(axis, at, raw, 1) ?? raw };
}
