import type { MouseEvent } from "react";
import type { Frame, PlacedBar, PlacedBlock } from "@hourwright/timeline";
import type { Clash, Entry } from "../../data/entries.ts";
import { hueOf, toneOf } from "../../data/look.ts";
import { useLanguage, type Messages } from "../../messages/index.tsx";
import type { Formats } from "../../messages/format.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./block.module.css";

/** How an entry stands in the week: over, chosen, in conflict, carried away. */
export type Standing = {
  readonly isPast: boolean;
  readonly isChosen: boolean;
  readonly isCarried: boolean;
  /** Whose column it is: their face need not be shown. */
  readonly ownName: string | null;
  readonly clash: Clash | null;
};

const ONE_LINE_BELOW = 30;
const PLACE_FROM = 56;
const FACES_FROM = 44;
/** From this width the faces stand beside the time and the place, from these heights below the one and the other. */
const FACES_BESIDE = 150;
const FACES_BELOW_TIME = 58;
const FACES_BELOW = 76;
const FACES_MAX = 3;
const NARROW_BELOW = 84;
/** Below this width words are not broken any more: they would fall into letters. */
const THIN_BELOW = 64;
const TIMES_FROM = 100;

/** One timed event in a day's column: a button with a whole sentence for its name. */
export function Block(props: {
  readonly placed: PlacedBlock;
  readonly entry: Entry;
  readonly standing: Standing;
  /** The start of the day's column: the block stands in its cell. */
  readonly columnX: number;
  readonly onPress: (entry: Entry, event: MouseEvent) => void;
}) {
  const { placed, entry, standing, columnX, onPress } = props;
  const { words, format } = useLanguage();
  const { frame } = placed;
  const { event } = entry;
  const isOneLine = frame.height < ONE_LINE_BELOW;
  const isNarrow = frame.width < NARROW_BELOW;
  const faces =
    frame.height < FACES_FROM || (frame.height < FACES_BELOW_TIME && frame.width < FACES_BESIDE) || isNarrow
      ? []
      : guestsOf(entry).filter((name) => name !== standing.ownName);
  const hasPlace =
    frame.height >= PLACE_FROM && (faces.length === 0 || frame.width >= FACES_BESIDE || frame.height >= FACES_BELOW);
  const time = frame.width < TIMES_FROM ? format.time(entry.startMs) : format.timeRange(entry.startMs, entry.endMs);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.block}
      style={styleOf(entry, { ...frame, x: frame.x - columnX })}
      data-event={entry.key}
      data-tone={toneOf(entry)}
      data-one={isOneLine || undefined}
      data-narrow={isNarrow || undefined}
      data-thin={frame.width < THIN_BELOW || undefined}
      data-past={standing.isPast || undefined}
      data-chosen={standing.isChosen || undefined}
      data-clash={standing.clash !== null || undefined}
      data-carried={standing.isCarried || undefined}
      aria-label={nameOf(entry, standing, words, format)}
      onClick={(press) => onPress(entry, press)}
    >
      <b dir="auto">{event.title}</b>
      {!isOneLine && <span>{time}</span>}
      {hasPlace && event.location && <span dir="auto">{event.location}</span>}
      {event.recurring && !isNarrow && (
        <span className={styles.sign}>
          <Icon name="repeat" size={12} />
        </span>
      )}
      {event.locked === true && !isNarrow && !event.recurring && (
        <span className={styles.sign}>
          <Icon name="lock" size={12} />
        </span>
      )}
      {faces.length > 0 && (
        <span className={styles.faces}>
          {faces.slice(0, FACES_MAX).map((name) => (
            <Avatar key={name} name={name} />
          ))}
        </span>
      )}
      {placed.hasEnd && <i className={styles.edge} data-edge="end" />}
      {placed.hasStart && <i className={styles.edge} data-edge="start" />}
    </button>
  );
}

/** One event of whole days in the lane above. */
export function Bar(props: {
  readonly placed: PlacedBar;
  readonly entry: Entry;
  readonly standing: Standing;
  readonly columnX: number;
  readonly onPress: (entry: Entry, event: MouseEvent) => void;
}) {
  const { placed, entry, standing, columnX, onPress } = props;
  const { words, format } = useLanguage();
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.bar}
      style={styleOf(entry, { ...placed.frame, x: placed.frame.x - columnX })}
      data-event={entry.key}
      data-tone={toneOf(entry)}
      data-past={standing.isPast || undefined}
      data-chosen={standing.isChosen || undefined}
      data-clash={standing.clash !== null || undefined}
      data-carried={standing.isCarried || undefined}
      aria-label={nameOf(entry, standing, words, format)}
      onClick={(press) => onPress(entry, press)}
    >
      <b dir="auto">{entry.event.title}</b>
    </button>
  );
}

function styleOf(entry: Entry, { x, y, width, height }: Frame): React.CSSProperties {
  return { "--hue": hueOf(entry), insetInlineStart: x, top: y, width, height } as React.CSSProperties;
}

/** Those who come, by name, rooms and things left out; once each, for two may share a name. */
function guestsOf({ event }: Entry): string[] {
  const people = event.attendees.filter(({ kind }) => kind !== "room" && kind !== "resource");
  return [...new Set(people.map(({ name, email }) => name ?? email))];
}

function nameOf(entry: Entry, { isPast, clash }: Standing, words: Messages, format: Formats): string {
  const { event, fromDay, toDay, startMs, endMs } = entry;
  const when = event.allDay
    ? words.week.whole(format.day(fromDay), format.day(toDay - 1))
    : words.week.timed(format.day(fromDay), format.timeRange(startMs, endMs));
  return words.week.block({
    title: event.title,
    when,
    location: event.location,
    people: guestsOf(entry),
    isRecurring: event.recurring,
    isTentative: event.status === "tentative",
    isPast,
    conflict: clash === null ? null : words.conflict.cellKind(clash.conflict.kind),
    isReadOnly: !event.canEdit,
    isLocked: event.locked === true,
  });
}
