import { useMemo, type KeyboardEvent, type ReactNode } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import type { WallClock } from "@hourwright/timeline";
import { keyOf, type Clash, type Entry } from "../../data/entries.ts";
import { parseInstant, wallMs } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { DayBand } from "../../ui/day-band.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./conflict-list.module.css";
import type { BestRepairs } from "./use-best-repairs.ts";

const NEUTRAL_HUE = 262;
const FACES_MAX = 3;

/** What a row says at its end beside the conflict itself. */
export type RowTail = {
  readonly content: ReactNode;
  readonly testId: string;
};

/** A conflict in a line: severity in a sign and a word, a sentence, when, the day, who, and what can be done. */
export function ConflictRow(props: {
  readonly clash: Clash;
  /** Everything timed that begins on that day. */
  readonly dayEntries: readonly Entry[];
  readonly clock: WallClock;
  /** Null leaves its column empty. */
  readonly tail: RowTail | null;
  /** A button of its own at the end of the row. */
  readonly action?: ReactNode;
  /** For the row's `ref`: tells when it is in sight. */
  readonly onMount: BestRepairs["watch"] | null;
  readonly isLookedAt: boolean;
  /** Whether a repair of it is in the proposal, and how that is changed; null where it cannot be. */
  readonly proposing: { readonly isOn: boolean; readonly toggle: () => void } | null;
  readonly onLookAt: () => void;
  /** Enter on the row that is looked at. */
  readonly onEnter: () => void;
}) {
  const { clash, clock, tail, isLookedAt, proposing, onMount } = props;
  const { words, format } = useLanguage();
  const { conflict } = clash;
  const ref = useMemo(() => onMount?.(conflict), [onMount, conflict]);
  const [first, second] = conflict.events;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === " " && proposing !== null) proposing.toggle();
    else if (event.key === "Enter" && isLookedAt && !event.ctrlKey && !event.metaKey) props.onEnter();
    else return walkRows(event);
    event.preventDefault();
  };
  const hasAction = props.action !== undefined && props.action !== null;
  return (
    <li className={styles.line} data-looked-at={isLookedAt || undefined} data-acting={hasAction || undefined}>
      {proposing === null ? (
        <span />
      ) : (
        <Checkbox
          className={styles.tick!}
          isSelected={proposing.isOn}
          onChange={proposing.toggle}
          excludeFromTabOrder // The row's own Space does the same.
          aria-label={words.proposal.add(first?.summary ?? "", second?.summary ?? "")}
        >
          <span aria-hidden="true">
            <Icon name="check" size={12} />
          </span>
        </Checkbox>
      )}
      <button
        ref={ref}
        type="button"
        className={styles.row}
        aria-current={isLookedAt ? "true" : undefined}
        data-conflict={conflict.id}
        onClick={props.onLookAt}
        onKeyDown={onKeyDown}
        // Space would press the button as well.
        onKeyUp={(event) => event.key === " " && event.preventDefault()}
      >
        <span className={conflict.severity === "must" ? styles.must : styles.severity}>
          <Glyph kind={glyphOf(conflict.kind)} word={words.conflict.kind(conflict.kind)} />
          {words.conflict.severityChip[conflict.severity]}
        </span>
        <What clash={clash} />
        <time className={styles.when} dateTime={conflict.start}>
          {format.dayShort(clash.fromDay)} <span>{format.time(clash.startMs)}</span>
        </time>
        <span className={styles.day}>
          <Day clash={clash} dayEntries={props.dayEntries} clock={clock} />
        </span>
        <span className={styles.who}>
          <span className={styles.faces} aria-hidden="true">
            {conflict.subjectIds.slice(0, FACES_MAX).map((id, i) => (
              <Avatar key={id} name={conflict.subjects[i] ?? ""} />
            ))}
          </span>
          <span className={conflict.subjects.length === 1 ? styles.name : styles.spoken} data-testid="who">
            {format.list(conflict.subjects)}
          </span>
        </span>
        {tail !== null && (
          <span className={styles.tail} data-testid={tail.testId}>
            {tail.content}
          </span>
        )}
      </button>
      {props.action}
    </li>
  );
}

/** The sentence: the later one is said first, because it is the one that comes into the other. */
function What({ clash: { conflict, startMs, endMs } }: { clash: Clash }) {
  const { words } = useLanguage();
  const [first, second] = conflict.events;
  const startsTogether = parseInstant(first?.start ?? "") === parseInstant(second?.start ?? "");
  const { relation } = words.conflict;
  const how = startsTogether ? "together" : glyphOf(conflict.kind) === "time" ? "startsDuring" : "during";
  return (
    <span className={styles.what}>
      <b>{second?.summary}</b> {relation[how]} <b>{first?.summary}</b>
      <span>
        {" · "}
        {words.conflict.sharedMinutes((endMs - startMs) / 60_000)}
      </span>
    </span>
  );
}

function Day({ clash, dayEntries, clock }: { clash: Clash; dayEntries: readonly Entry[]; clock: WallClock }) {
  const { conflict, fromDay, startMs, endMs } = clash;
  const blocks = useMemo(() => {
    const minuteOf = (ms: number) => Math.min(1440, Math.max(0, wallMs(clock, ms) / 60_000 - fromDay * 1440));
    const sides = new Set(conflict.events.map(({ eventId, recurrenceId }) => keyOf(eventId ?? "", recurrenceId)));
    const concerned = dayEntries.filter(
      ({ key, event }) => sides.has(key) || event.subjectIds.some((id) => conflict.subjectIds.includes(id)),
    );
    return {
      day: concerned.map((entry) => ({
        from: minuteOf(entry.startMs),
        to: minuteOf(entry.endMs),
        hue: entry.calendar?.colour ?? NEUTRAL_HUE,
        row: null,
      })),
      shared: [{ from: minuteOf(startMs), to: minuteOf(endMs) }],
    };
  }, [conflict, dayEntries, clock, fromDay, startMs, endMs]);
  return (
    <DayBand
      size="row"
      label={null}
      blocks={blocks.day}
      clashes={blocks.shared}
      isShared={glyphOf(conflict.kind) === "time"}
    />
  );
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
