import { dateOf, dayNumber, weekdayOf } from "@hourwright/time";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { sidesOf, type Clash, type Entry } from "../../data/entries.ts";
import { hueOf, whereOf } from "../../data/look.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./agenda.module.css";

/** So many lines are listed at once; more of a month are asked for. */
const LINES_AT_ONCE = 400;

type Day = { readonly entries: readonly Entry[]; readonly clashes: readonly Clash[] };

/** What keys step through: one event on one of its days. */
type Line = { readonly id: string; readonly day: number; readonly entry: Entry };

/** A month as a plain list, the selected day's: the same as on the canvas, to be read, walked with the arrows and printed. */
export default function Agenda(props: {
  /** The days of the year that is shown, from the epoch day of its first. */
  readonly days: readonly Day[];
  readonly firstEpochDay: number;
  /** Epoch days. */
  readonly selected: number;
  readonly today: number;
  readonly nowMs: number;
  readonly names: ReadonlyMap<string, string>;
  /** Stands where the year is not known. */
  readonly notReady: ReactNode;
  /** Rises when the list should take the focus. */
  readonly focusRequest: number;
  readonly onSelect: (epochDay: number) => void;
  readonly onOpen: (entry: Entry) => void;
}) {
  const { days, firstEpochDay, selected, today, nowMs, names, notReady, focusRequest, onSelect, onOpen } = props;
  const { words, format } = useLanguage();
  const { year, month } = dateOf(selected);
  const [first, next] = [dayNumber(year, month, 1), dayNumber(month === 12 ? year + 1 : year, (month % 12) + 1, 1)];
  const [more, setMore] = useState({ month: first, lines: LINES_AT_ONCE });
  const shownMax = more.month === first ? more.lines : LINES_AT_ONCE;
  const lines = useMemo(() => linesOf(days, firstEpochDay, first, next), [days, firstEpochDay, first, next]);
  const shown = lines.slice(0, shownMax);
  const [at, setAt] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const current = shown.find(({ id }) => id === at) ?? shown.find(({ day }) => day >= selected) ?? shown.at(-1);

  const isReady = notReady === null;
  const answered = useRef(0);
  /** Lines that had the focus may have gone with it. */
  const isFocusHere = useRef(false);
  // Another month, or a request, moves what is seen: walking through the lines does so by itself.
  useEffect(() => {
    if (!isReady) return;
    const line = list.current?.querySelector<HTMLElement>(`:scope[data-first="${first}"] [data-line][tabindex="0"]`);
    line?.scrollIntoView({ block: "center" });
    const isAsked = focusRequest > answered.current;
    answered.current = focusRequest;
    if (isAsked || isFocusHere.current) line?.focus({ preventScroll: true });
  }, [first, isReady, focusRequest]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      onSelect(event.key === "PageDown" ? next : dayNumber(...monthBefore(year, month), 1));
      return;
    }
    const target = targetOf(event.key, current === undefined ? -1 : shown.indexOf(current), shown.length);
    const line = target === null ? undefined : shown[target];
    if (line === undefined) return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(line.id)}"]`)?.focus();
  };

  const byDay = Map.groupBy(shown, ({ day }) => day);
  const listed = [...byDay.keys(), ...[today, selected].filter((day) => day >= first && day < next)];
  return (
    <section className={styles.agenda} aria-label={words.agenda.label}>
      <div className={styles.bar}>
        <Button
          kind="quiet"
          size="icon"
          aria-label={words.agenda.before}
          onPress={() => onSelect(dayNumber(...monthBefore(year, month), 1))}
        >
          <Icon name="previous" />
        </Button>
        <h2>{format.monthLong(month)}</h2>
        <Button kind="quiet" size="icon" aria-label={words.agenda.after} onPress={() => onSelect(next)}>
          <Icon name="next" />
        </Button>
        <span className={styles.count}>{words.year.events(new Set(lines.map(({ entry }) => entry.key)).size)}</span>
      </div>
      <div
        ref={list}
        className={styles.list}
        data-first={first}
        onFocus={() => (isFocusHere.current = true)}
        onBlur={() => (isFocusHere.current = false)}
      >
        {notReady}
        {isReady && lines.length === 0 && <p className={styles.empty}>{words.agenda.empty}</p>}
        {isReady &&
          [...new Set(listed)]
            .sort((one, other) => one - other)
            .map((day) => (
              <section
                key={day}
                className={styles.day}
                data-today={day === today || undefined}
                data-selected={day === selected || undefined}
                aria-label={format.day(day)}
              >
                <h3 aria-hidden="true">
                  <b>{format.number(dateOf(day).day)}</b> {format.weekdayShort(weekdayOf(day))}
                </h3>
                {byDay.has(day) ? (
                  <ul>
                    {byDay.get(day)!.map((line) => (
                      <li key={line.id}>
                        <LineButton
                          line={line}
                          isPast={line.entry.endMs <= nowMs}
                          clash={
                            days[day - firstEpochDay]!.clashes.find((clash) =>
                              sidesOf(clash).includes(line.entry.key),
                            ) ?? null
                          }
                          where={whereOf(line.entry, names)}
                          isCurrent={line === current}
                          onKeyDown={onKeyDown}
                          onFocus={() => {
                            setAt(line.id);
                            if (day !== selected) onSelect(day);
                          }}
                          onOpen={() => onOpen(line.entry)}
                        />
                      </li>
                    ))}
                  </ul>
                ) : (
                  <p className={styles.nothing}>{words.day.nothing}</p>
                )}
              </section>
            ))}
        {lines.length > shown.length && (
          <Button onKeyDown={onKeyDown} onPress={() => setMore({ month: first, lines: shownMax + LINES_AT_ONCE })}>
            {words.agenda.more(lines.length - shown.length)}
          </Button>
        )}
      </div>
    </section>
  );
}

function LineButton(props: {
  readonly line: Line;
  readonly isPast: boolean;
  readonly clash: Clash | null;
  readonly where: string;
  readonly isCurrent: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}) {
  const { line, isPast, clash, where, isCurrent, onKeyDown, onFocus, onOpen } = props;
  const { words, format } = useLanguage();
  const { entry, day } = line;
  const { event } = entry;
  const isWhole = event.allDay || (entry.fromDay < day && entry.toDay > day + 1);
  const time = !isWhole
    ? format.timeRange(entry.startMs, entry.endMs)
    : entry.toDay - 1 > day
      ? words.day.until(format.dayShort(entry.toDay - 1))
      : words.day.allDay;
  return (
    <button
      type="button"
      className={styles.line}
      style={{ "--hue": hueOf(entry) } as React.CSSProperties}
      data-line={line.id}
      data-past={isPast || undefined}
      tabIndex={isCurrent ? 0 : -1}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onClick={onOpen}
    >
      <time>{time}</time>
      <i aria-hidden="true" />
      <b dir="auto">{event.title}</b>
      <span className={styles.where} dir="auto">
        {where}
      </span>
      {clash !== null && (
        <span className={styles.clash}>
          <Glyph kind={glyphOf(clash.conflict.kind)} size={9} /> {words.conflict.cellKind(clash.conflict.kind)}
        </span>
      )}
    </button>
  );
}

function linesOf(days: readonly Day[], firstEpochDay: number, from: number, to: number): Line[] {
  return days
    .slice(Math.max(0, from - firstEpochDay), Math.max(0, to - firstEpochDay))
    .flatMap(({ entries }, index) =>
      entries.map((entry) => ({ id: `${from + index} ${entry.key}`, day: from + index, entry })),
    );
}

/** The line that a key leads to; null where it leads nowhere. */
function targetOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return Math.min(count - 1, at + 1);
  if (key === "ArrowUp") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

function monthBefore(year: number, month: number): [year: number, month: number] {
  return month === 1 ? [year - 1, 12] : [year, month - 1];
}
