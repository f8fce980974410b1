import { levelOf, THRESHOLDS } from "@hourwright/capacity";
import type { Meaning } from "@hourwright/language";
import { weekdayOf } from "@hourwright/time";
import type { PeopleTime } from "../../data/capacity.ts";
import type { NewTimes } from "../../data/edits.ts";
import type { Entry } from "../../data/entries.ts";
import { useLanguage } from "../../messages/index.tsx";
import { DayBand } from "../../ui/day-band.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./command.module.css";

/** Whom a plan would take, by name. */
export type Participant = { readonly id: string; readonly name: string; readonly isThing: boolean };

/** How the load of the plan's day stands: minutes open and taken, of the people shown. */
export type LoadOfDay = { readonly openMinutes: number; readonly takenMinutes: number } | null;

/** What would be created: when, whom it would meet, what it does to the day. */
export function Preview(props: {
  readonly title: string;
  readonly meaning: Meaning;
  readonly times: NewTimes;
  readonly zone: string;
  readonly participants: readonly Participant[];
  /** Busy entries that take time of a participant on the plan's day. */
  readonly entries: readonly Entry[];
  readonly time: PeopleTime | null;
  readonly load: LoadOfDay;
  readonly minutesOn: (entry: Entry) => { from: number; to: number };
  readonly withoutAddress: readonly string[];
  readonly asked: readonly string[];
}) {
  const { meaning, times, zone, participants, entries, time, load, minutesOn } = props;
  const { words, format } = useLanguage();
  const day = format.day(meaning.fromDay);
  const when = times.allDay
    ? meaning.startMinute === null && meaning.toDay - meaning.fromDay > 1
      ? `${format.dayShort(meaning.fromDay)} – ${format.dayShort(meaning.toDay - 1)}`
      : day
    : `${day}, ${format.timeRange(times.startMs, times.endMs)}`;
  const facts = times.allDay ? [] : factsOf(times, participants, entries, time, words.command);
  const change = times.allDay ? null : loadChange(load, times, participants, time);
  return (
    <div className={styles.preview}>
      <div>
        <h3>{props.title === "" ? words.command.untitled : props.title}</h3>
        <p className={styles.when}>
          {times.allDay ? when : words.command.zone(when, zone)}
          {meaning.place !== null && ` · ${participants.find(({ id }) => id === meaning.place)?.name ?? ""}`}
        </p>
        <ul className={styles.facts}>
          {facts.map(({ isGood, sentence }) => (
            <li key={sentence} data-good={isGood || undefined}>
              <Icon name={isGood ? "check" : "conflicts"} size={14} /> {sentence}
            </li>
          ))}
          {change !== null && (
            <li data-good>
              <Icon name="check" size={14} />{" "}
              {words.command.load(
                format.weekdayLong(weekdayOf(meaning.fromDay)),
                format.percent(change.before),
                format.percent(change.after),
                words.year.levelFrom(levelOf(change.after, time?.thresholds ?? THRESHOLDS)),
              )}
            </li>
          )}
          {props.asked.length > 0 && (
            <li data-good>
              <Icon name="check" size={14} /> {words.command.asked(props.asked)}
            </li>
          )}
          {props.withoutAddress.length > 0 && (
            <li>
              <Icon name="conflicts" size={14} /> {words.command.noAddress(props.withoutAddress)}
            </li>
          )}
        </ul>
      </div>
      {!times.allDay && meaning.startMinute !== null && (
        <div className={styles.lanes}>
          {participants.slice(0, LANES_MAX).map(({ id, name }) => (
            <div key={id} className={styles.lane}>
              <span>{name}</span>
              <DayBand
                size="row"
                label={words.day.band("07:00", "19:00")}
                blocks={entries
                  .filter(({ event }) => event.subjectIds.includes(id))
                  .map((entry) => ({ ...minutesOn(entry), hue: entry.calendar?.colour ?? NEUTRAL_HUE, row: null }))}
                clashes={[]}
                ghost={{ from: meaning.startMinute, to: meaning.startMinute + meaning.minutes }}
              />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

const LANES_MAX = 4;
const NEUTRAL_HUE = 262;

type Fact = { readonly isGood: boolean; readonly sentence: string };
type Timed = Extract<NewTimes, { allDay: false }>;

/** Who could not come, and why; one sentence when everybody could. */
function factsOf(
  { startMs, endMs }: Timed,
  participants: readonly Participant[],
  entries: readonly Entry[],
  time: PeopleTime | null,
  words: ReturnType<typeof useLanguage>["words"]["command"],
): Fact[] {
  const against = participants.flatMap(({ id, name, isThing }): Fact[] => {
    const met = entries.find(
      (entry) => entry.event.subjectIds.includes(id) && entry.startMs < endMs && entry.endMs > startMs,
    );
    if (met !== undefined) return [{ isGood: false, sentence: words.busyWith(name, met.event.title) }];
    if (isThing || time === null) return [];
    if (meets(time.taken.get(id), startMs, endMs)) return [{ isGood: false, sentence: words.busy(name) }];
    const open = time.open.get(id);
    return open !== undefined && !meets(open, startMs, endMs)
      ? [{ isGood: false, sentence: words.notWorking(name) }]
      : [];
  });
  if (against.length > 0) return against;
  return [{ isGood: true, sentence: participants.length > 1 ? words.allFree : words.youAreFree }];
}

function meets(
  list: { readonly startMs: Float64Array; readonly endMs: Float64Array } | undefined,
  from: number,
  to: number,
) {
  if (list === undefined) return false;
  const at = list.endMs.findIndex((end) => end > from);
  return at !== -1 && list.startMs[at]! < to;
}

/** The day's load before and after: what the plan takes of each person shown who could be claimed then. */
function loadChange(
  load: LoadOfDay,
  { startMs, endMs }: Timed,
  participants: readonly Participant[],
  time: PeopleTime | null,
): { before: number; after: number } | null {
  if (load === null || load.openMinutes === 0 || time === null) return null;
  const people = participants.filter(({ id, isThing }) => !isThing && meets(time.open.get(id), startMs, endMs));
  const free = people.filter(({ id }) => !meets(time.taken.get(id), startMs, endMs));
  const more = (free.length * (endMs - startMs)) / 60_000;
  const before = load.takenMinutes / load.openMinutes;
  return { before, after: Math.min(1, before + more / load.openMinutes) };
}
