import { useEffect, useState, type KeyboardEvent } from "react";
import type { NewTimes } from "../../data/edits.ts";
import {
  pointAtTime,
  timesOfFound,
  type FoundTime,
  type FoundTimes,
  type Relaxation,
  type TakenTime,
  type TimeWish,
} from "../../data/find-time.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { AskOthers, TIMES_MIN } from "./ask-others.tsx";
import styles from "./find-time.module.css";

/** The times that were found, the best first, each with what speaks for it; and what would do where nothing is possible. */
export function FoundTimesList(props: {
  readonly answer: FoundTimes;
  readonly wish: TimeWish;
  readonly me: string;
  readonly zone: string;
  readonly onAsked: (pollId: string) => void;
  readonly onLookAt: (times: NewTimes) => void;
  readonly onTake: (taken: TakenTime) => void;
  readonly onWishes: () => void;
}) {
  const { answer, wish, zone } = props;
  const language = useLanguage();
  const { words, format } = language;
  const text = words.finding;
  const { times, relaxations, isPossible } = answer;
  const [isAsking, setAsking] = useState(false);
  useEffect(() => () => pointAtTime(null), []);
  const lineOf = (found: FoundTime | Relaxation): Line | null => {
    const when = timesOfFound(found);
    return when === null ? null : { when, printed: printTimesIn(when, zone, language) };
  };
  const takenAt = (times: NewTimes, missing: readonly Named[], room: Named | null): TakenTime => ({
    title: wish.title.trim(),
    times,
    people: wish.people.filter(({ id }) => missing.every((each) => each.id !== id)).map(({ id }) => id),
    roomId: room?.id ?? null,
    calendarId: wish.calendarId,
  });
  const mayAsk = times.length >= TIMES_MIN && wish.people.some(({ id }) => id !== props.me);
  if (isAsking)
    return (
      <AskOthers
        answer={answer}
        wish={wish}
        me={props.me}
        zone={zone}
        onAsked={props.onAsked}
        onBack={() => setAsking(false)}
      />
    );
  const shared = { onLookAt: props.onLookAt, onTake: props.onTake };
  return (
    <>
      <p className={styles.quiet}>{text.asked(wish.people.length, format.duration(wish.minutes))}</p>
      {times.length === 0 && relaxations.length === 0 && (
        <div className={styles.section}>
          <p>{text.none}</p>
          <p className={styles.quiet}>{text.noneHint}</p>
        </div>
      )}
      {!isPossible && (times.length > 0 || relaxations.length > 0) && (
        <p className={styles.never}>
          <Icon name="conflicts" size={14} /> {text.never}
        </p>
      )}
      {relaxations.length > 0 && (
        <section className={styles.section} aria-labelledby="find-time-instead">
          <h3 id="find-time-instead">{text.instead}</h3>
          <ol className={styles.times}>
            {relaxations.map((relaxation) => {
              const line = lineOf(relaxation);
              const { without, room, kind, sentence } = relaxation;
              if (line === null) return null;
              const taken = takenAt(line.when, without === null ? [] : [without], room);
              return (
                <li key={`${kind} ${sentence}`}>
                  <TimeButton {...shared} line={line} taken={taken}>
                    <span className={styles.reason}>{sentence}</span>
                  </TimeButton>
                </li>
              );
            })}
          </ol>
        </section>
      )}
      {times.length > 0 && (
        <section className={styles.section} aria-labelledby="find-time-times">
          <h3 id="find-time-times">{isPossible ? text.times : text.nearest}</h3>
          <ol className={styles.times}>
            {times.map((time, index) => {
              const line = lineOf(time);
              if (line === null) return null;
              const isBest = isPossible && index === 0;
              const missing = [...time.requiredMissing, ...time.optionalMissing];
              const notes = [
                ...(missing.length === 0 ? [] : [text.without(missing.map(({ name }) => name))]),
                ...(time.room !== null || wish.room === "none" ? [] : [text.noRoom]),
              ];
              return (
                <li key={time.start}>
                  <TimeButton {...shared} line={line} taken={takenAt(line.when, missing, time.room)}>
                    <b>
                      {line.printed}
                      {isBest && <em>{text.best}</em>}
                    </b>
                    {notes.map((note) => (
                      <span key={note} className={styles.note}>
                        {note}
                      </span>
                    ))}
                    {[...new Set(time.reasons)].slice(0, REASONS_MAX).map((reason) => (
                      <span key={reason} className={styles.reason}>
                        {reason}
                      </span>
                    ))}
                  </TimeButton>
                </li>
              );
            })}
          </ol>
          <p className={styles.quiet}>{text.keys}</p>
        </section>
      )}
      <div className={styles.foot}>
        <div className={styles.actions}>
          {mayAsk && (
            <Button kind={isPossible ? "plain" : "primary"} onPress={() => setAsking(true)}>
              {words.polls.ask}
            </Button>
          )}
          <Button onPress={props.onWishes}>{text.wishes}</Button>
        </div>
      </div>
    </>
  );
}

/** As many as one reads of one time. */
const REASONS_MAX = 4;

type Named = { readonly id: string; readonly name: string };
type Line = { readonly when: NewTimes; readonly printed: string };

/** A time to take: shown on the timeline while it is pointed at, and gone to while it has the focus. */
function TimeButton(props: {
  readonly line: Line;
  readonly taken: TakenTime;
  readonly children: React.ReactNode;
  readonly onLookAt: (times: NewTimes) => void;
  readonly onTake: (taken: TakenTime) => void;
}) {
  const { line, taken, children } = props;
  return (
    <button
      type="button"
      className={styles.time}
      data-time
      onKeyDown={walk}
      onPointerEnter={() => pointAtTime(line.when)}
      onPointerLeave={() => pointAtTime(null)}
      onFocus={({ currentTarget }) => {
        pointAtTime(line.when);
        if (currentTarget.matches(":focus-visible")) props.onLookAt(line.when);
      }}
      onBlur={() => pointAtTime(null)}
      onClick={() => props.onTake(taken)}
    >
      {children}
    </button>
  );
}

/** Up and down go from time to time, of all lists of the panel. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  const all = [...(event.currentTarget.closest("aside")?.querySelectorAll<HTMLElement>("[data-time]") ?? [])];
  const next = all[all.indexOf(document.activeElement as HTMLElement) + by];
  event.preventDefault();
  next?.focus();
}
