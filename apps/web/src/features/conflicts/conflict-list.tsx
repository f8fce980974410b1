import { dateOf } from "@hourwright/time";
import { useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { type Glyph as Kind, type WallClock } from "@hourwright/timeline";
import type { Conflict } from "../../data/api.ts";
import type { Clash, Entry } from "../../data/entries.ts";
import { keyOf } from "../../data/entries.ts";
import { wallMs } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { DayBand } from "../../ui/day-band.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import styles from "./conflict-list.module.css";
import { useBestRepairs, type BestRepairs } from "./use-best-repairs.ts";

const KINDS: readonly Kind[] = ["time", "travel", "resource", "load"];
const SEVERITIES: readonly Conflict["severity"][] = ["must", "should", "look"];
const SOON_MS = 14 * 86_400_000;
const NONE: readonly Entry[] = [];
const NEUTRAL_HUE = 262;
const ROWS_MAX = 500; // Beyond that the filters are the way; the count says how many there are.

/** Every conflict of the year as a list: severity in a sign and a word, a sentence, when, the day, who. */
export default function ConflictList(props: {
  readonly clashes: readonly Clash[];
  readonly entries: readonly Entry[];
  /** Stands in its place until the year is there; null when it is. */
  readonly notReady: ReactNode;
  readonly clock: WallClock;
  readonly now: number;
  /** Whether it is for whoever looks to resolve, and whether they may move one of its events. */
  readonly isMine: (clash: Clash) => boolean;
  readonly mayMove: (clash: Clash) => boolean;
  readonly lookedAt: string | null;
  readonly onLookAt: (clash: Clash) => void;
}) {
  const { clashes, entries, clock, now, isMine, mayMove, lookedAt, onLookAt } = props;
  const { words } = useLanguage();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [wantsOthers, setWantsOthers] = useState(false);
  const [wantsPast, setWantsPast] = useState<boolean | null>(null);
  const upcoming = useMemo(() => clashes.filter(({ endMs }) => endMs > now), [clashes, now]);
  const withPast = wantsPast ?? upcoming.length === 0; // Of a year that is over, everything.
  const timely = withPast ? clashes : upcoming;
  const others = useMemo(() => timely.filter((clash) => !isMine(clash)).length, [timely, isMine]);
  const withOthers = wantsOthers || others === timely.length; // Of a calendar that one only looks at, everything.
  const inTime = withOthers ? timely : timely.filter(isMine);
  const shown = inTime.filter(({ conflict }) => !hidden.has(glyphOf(conflict.kind)) && !hidden.has(conflict.severity));
  const hasRepairs = inTime.some(mayMove);
  const bestRepairs = useBestRepairs();
  const busyByDay = useMemo(
    () =>
      Map.groupBy(
        entries.filter(({ isBusy }) => isBusy),
        ({ fromDay }) => fromDay,
      ),
    [entries],
  );
  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };
  if (props.notReady !== null) return <div className={styles.none}>{props.notReady}</div>;
  if (clashes.length === 0) return <p className={styles.none}>{words.conflict.none}</p>;
  return (
    <>
      <fieldset className={styles.filters} aria-label={words.conflict.filters}>
        {KINDS.map((kind) => {
          const count = inTime.filter(({ conflict }) => glyphOf(conflict.kind) === kind).length;
          if (count === 0) return null;
          return (
            <ToggleButton
              key={kind}
              className={styles.chip!}
              isSelected={!hidden.has(kind)}
              onChange={() => toggle(kind)}
            >
              <span className={styles.sign}>
                <Glyph kind={kind} />
              </span>
              {words.conflict.chips[kind]} <em>{count}</em>
            </ToggleButton>
          );
        })}
        <i className={styles.separator} />
        {SEVERITIES.map((severity) => {
          const count = inTime.filter(({ conflict }) => conflict.severity === severity).length;
          if (count === 0) return null;
          return (
            <ToggleButton
              key={severity}
              className={styles.chip!}
              isSelected={!hidden.has(severity)}
              onChange={() => toggle(severity)}
            >
              {words.conflict.severityChip[severity]} <em>{count}</em>
            </ToggleButton>
          );
        })}
        {upcoming.length > 0 && upcoming.length < clashes.length ? (
          <ToggleButton className={styles.chip!} isSelected={withPast} onChange={setWantsPast}>
            {words.conflict.includePast}
          </ToggleButton>
        ) : null}
        {others > 0 && others < timely.length ? (
          <ToggleButton className={styles.chip!} isSelected={withOthers} onChange={setWantsOthers}>
            {words.conflict.others} <em>{others}</em>
          </ToggleButton>
        ) : null}
        <span className={styles.count}>{words.conflict.shown(shown.length)}</span>
      </fieldset>
      <div className={hasRepairs ? styles.head : `${styles.head} ${styles.short}`} aria-hidden="true">
        <span>{words.conflict.columns.severity}</span>
        <span>{words.conflict.columns.what}</span>
        <span>{words.conflict.columns.when}</span>
        <span>{words.conflict.columns.day}</span>
        <span>{words.conflict.columns.who}</span>
        {hasRepairs && <span>{words.conflict.columns.repair}</span>}
      </div>
      <div className={styles.list} data-list>
        {shown.length === 0 && (
          <p className={styles.none}>{inTime.length === 0 ? words.conflict.none : words.conflict.noneShown}</p>
        )}
        {groupsOf(shown.slice(0, ROWS_MAX), now).map(({ key, clashes: group }) => (
          <section key={key} aria-label={key}>
            <GroupName name={key} count={group.length} />
            <ul>
              {group.map((clash) => (
                <Row
                  key={clash.conflict.id}
                  clash={clash}
                  dayEntries={busyByDay.get(clash.fromDay) ?? NONE}
                  clock={clock}
                  repair={hasRepairs ? (mayMove(clash) ? bestRepairs.of(clash.conflict) : "") : null}
                  onMount={mayMove(clash) ? bestRepairs.watch : null}
                  isLookedAt={clash.conflict.id === lookedAt}
                  onLookAt={onLookAt}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function GroupName({ name, count }: { name: string; count: number }) {
  const { words, format } = useLanguage();
  const shown =
    name === "soon" ? words.conflict.groupSoon : name === "past" ? words.conflict.past : format.monthLong(Number(name));
  return (
    <h2 className={styles.group}>
      {shown} <span>{count}</span>
    </h2>
  );
}

function Row(props: {
  readonly clash: Clash;
  /** Everything timed that begins on that day. */
  readonly dayEntries: readonly Entry[];
  readonly clock: WallClock;
  /** What its best repair does; undefined while that is not known. Null without a column for it. */
  readonly repair: string | null | undefined;
  /** For the row's `ref`: tells when it is in sight. */
  readonly onMount: BestRepairs["watch"] | null;
  readonly isLookedAt: boolean;
  readonly onLookAt: (clash: Clash) => void;
}) {
  const { clash, dayEntries, clock, repair, onMount, isLookedAt, onLookAt } = props;
  const { words, format } = useLanguage();
  const { conflict } = clash;
  const minuteOf = (ms: number) => Math.min(1440, Math.max(0, wallMs(clock, ms) / 60_000 - clash.fromDay * 1440));
  const ref = useMemo(() => onMount?.(conflict), [onMount, conflict]);
  const [first, second] = conflict.events;
  const sides = new Set(conflict.events.map(({ eventId, recurrenceId }) => keyOf(eventId ?? "", recurrenceId)));
  const concerned = dayEntries.filter(
    ({ key, event }) => sides.has(key) || event.subjectIds.some((id) => conflict.subjectIds.includes(id)),
  );
  const blocks = concerned.map(({ startMs, endMs, calendar }) => ({
    from: minuteOf(startMs),
    to: minuteOf(endMs),
    hue: calendar?.colour ?? NEUTRAL_HUE,
    row: null,
  }));
  return (
    <li>
      <button
        ref={ref}
        type="button"
        className={repair !== null ? styles.row : `${styles.row} ${styles.short}`}
        aria-current={isLookedAt ? "true" : undefined}
        data-conflict={conflict.id}
        onClick={() => onLookAt(clash)}
        onKeyDown={walkRows}
      >
        <span className={conflict.severity === "must" ? styles.must : styles.severity}>
          <Glyph kind={glyphOf(conflict.kind)} word={words.conflict.kind(conflict.kind)} />
          {words.conflict.severityChip[conflict.severity]}
        </span>
        <span className={styles.what}>
          <b>{first?.summary}</b> {words.conflict.and} <b>{second?.summary}</b>
          <span> · {words.conflict.sharedMinutes((clash.endMs - clash.startMs) / 60_000)}</span>
        </span>
        <time className={styles.when} dateTime={conflict.start}>
          {format.dayShort(clash.fromDay)} <span>{format.time(clash.startMs)}</span>
        </time>
        <span className={styles.day}>
          <DayBand
            size="row"
            label={words.day.band("07:00", "19:00")}
            blocks={blocks}
            clashes={[{ from: minuteOf(clash.startMs), to: minuteOf(clash.endMs) }]}
          />
        </span>
        <span className={styles.who} data-testid="who">
          {format.list(conflict.subjects)}
        </span>
        {repair !== null && (
          <span className={styles.repair} data-testid="repair">
            {repair ?? "…"}
          </span>
        )}
      </button>
    </li>
  );
}

/** The next fourteen days first, then by month; what is past last. */
function groupsOf(clashes: readonly Clash[], now: number): { key: string; clashes: Clash[] }[] {
  const groups = Map.groupBy(clashes, ({ startMs, endMs, fromDay }) => {
    if (endMs <= now) return "past";
    return startMs < now + SOON_MS ? "soon" : String(dateOf(fromDay).month);
  });
  const past = groups.get("past");
  groups.delete("past");
  const list = [...groups].map(([key, group]) => ({ key, clashes: group }));
  return past === undefined ? list : [...list, { key: "past", clashes: past }];
}

/** Up and down walk the rows. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [
    ...(event.currentTarget.closest("[data-list]")?.querySelectorAll<HTMLElement>("[data-conflict]") ?? []),
  ];
  const at = rows.indexOf(event.currentTarget);
  const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
