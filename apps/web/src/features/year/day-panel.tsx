import { memo, type ReactNode } from "react";
import type { Interval } from "@hourwright/time";
import type { Ribbon, WallClock } from "@hourwright/timeline";
import { wallMs } from "../../data/wall-clock.ts";
import type { Entry } from "../../data/entries.ts";
import type { YearState } from "../../data/years.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { DayBand } from "../../ui/day-band.tsx";
import { Glyph } from "../../ui/glyph.tsx";
import { LevelWord } from "../../ui/level.tsx";
import { EventLine } from "../../ui/event-line.tsx";
import panel from "../../ui/panel.module.css";
import { hueOf, whereOf } from "../../data/look.ts";
import type { DayContents } from "./picture.ts";

/** What the inspector says of a day: its events, and where in the day they lie. `day` is an epoch day. */
export const DayPanel = memo(function DayPanel(props: {
  readonly day: number;
  readonly contents: DayContents;
  /** Whether the contents are known: an unknown day is not an empty one. */
  readonly status: YearState["status"];
  readonly clock: WallClock;
  readonly names: ReadonlyMap<string, string>;
  /** Names the day's conflicts, when another panel above does not. */
  readonly withHeading: boolean;
  /** Stands between the heading and the list. */
  readonly conflict: ReactNode;
  /** The event that keys have chosen, by its key. */
  readonly chosen: string | null;
  /** How loaded the day is; null where that is not known. */
  readonly load: DayLoad | null;
  /** The day by minutes, in the place of its list; false where it is not asked for. */
  readonly lens: ReactNode;
  readonly onOpenEvent: (entry: Entry) => void;
  readonly onNew: () => void;
  /** Leads back to today, where no button above does. */
  readonly onToday: (() => void) | null;
}) {
  const { day, contents, status, clock, names, withHeading, conflict, onOpenEvent, onNew, onToday } = props;
  const { words, format } = useLanguage();
  const { entries } = contents;
  const emptySentence = { ready: words.day.nothing, loading: words.day.loading, failed: words.day.unknown };
  const timed = entries.filter(({ event }) => !event.allDay);
  return (
    <>
      {withHeading && (
        <div className={panel.head}>
          <div className={panel.eyebrow}>
            {status === "ready" && <span>{words.year.events(entries.length)}</span>}
            {onToday !== null && (
              <Button kind="quiet" size="small" onPress={onToday}>
                {words.actions.today}
              </Button>
            )}
          </div>
          <h2>{format.day(day)}</h2>
        </div>
      )}
      {conflict}
      {props.lens || (
        <div className={panel.card} aria-busy={status === "loading"}>
          {entries.length === 0 ? (
            <p className={panel.quiet}>{emptySentence[status]}</p>
          ) : (
            <div className={panel.events}>
              {entries.slice(0, ENTRIES_MAX).map((entry) => (
                <EventLine
                  key={entry.key}
                  title={entry.event.title}
                  hue={hueOf(entry)}
                  isChosen={entry.key === props.chosen}
                  time={timeOf(entry, day, words.day, format)}
                  where={whereOf(entry, names)}
                  onOpen={() => onOpenEvent(entry)}
                />
              ))}
              {entries.length > ENTRIES_MAX && (
                <p className={panel.quiet}>{words.day.more(entries.length - ENTRIES_MAX)}</p>
              )}
            </div>
          )}
          {timed.length > 0 && (
            <div className={panel.band}>
              <DayBand
                label={words.day.band("07:00", "19:00")}
                blocks={timed.map((entry) => ({ ...minutesOn(entry, day, clock), hue: hueOf(entry), row: null }))}
                clashes={contents.clashes.map((clash) => minutesOn(clash, day, clock))}
              />
              <div className={panel.hours} aria-hidden="true">
                {["07", "11", "15", "19"].map((hour) => (
                  <span key={hour}>{hour}</span>
                ))}
              </div>
            </div>
          )}
        </div>
      )}
      {props.load !== null && <LoadCard load={props.load} />}
      <div className={panel.actions}>
        <Button onPress={onNew}>
          {words.actions.new} <Key>N</Key>
        </Button>
      </div>
    </>
  );
});

/** A day's load, whether it was measured or is what is booked so far, and the stretches free for one's own work. */
export type DayLoad = {
  readonly ribbon: Ribbon | null;
  readonly isPast: boolean;
  readonly focus: readonly Interval[];
  /** For a day over its limit: minutes to move, and the epoch day that has room for them. */
  readonly relief: { readonly minutes: number; readonly to: number | null } | null;
};

function LoadCard({ load: { ribbon, isPast, focus, relief } }: { load: DayLoad }) {
  const { words, format } = useLanguage();
  const longest = focus.reduce((most, { startMs, endMs }) => Math.max(most, endMs - startMs), 0);
  return (
    <>
      <dl className={`${panel.card} ${panel.facts}`}>
        {ribbon !== null && (
          <div>
            <dt>
              {words.year.dayLoad} · {isPast ? words.year.measured : words.year.bookedSoFar}
            </dt>
            <dd>
              <LevelWord level={ribbon.level} part={ribbon.part} />
            </dd>
          </div>
        )}
        <div>
          <dt>{words.year.longestFocus}</dt>
          <dd>{longest === 0 ? words.year.noFocus : format.duration(longest / 60_000)}</dd>
        </div>
      </dl>
      {relief !== null && (
        <p className={`${panel.card} ${panel.alert}`}>
          <Glyph kind="load" size={9} />
          {words.year.relief(format.duration(relief.minutes), relief.to === null ? null : format.dayShort(relief.to))}
        </p>
      )}
    </>
  );
}

const ENTRIES_MAX = 100; // Of 400 events on a day the first hundred are listed; the rest are counted.

type Language = ReturnType<typeof useLanguage>;

function timeOf(entry: Entry, day: number, words: Language["words"]["day"], format: Language["format"]): string {
  if (!entry.event.allDay) return format.timeRange(entry.startMs, entry.endMs);
  return entry.toDay - 1 > day ? words.until(format.dayShort(entry.toDay - 1)) : words.allDay;
}

/** Minutes of the day on which a moment begins and ends, cut to the day. */
export function minutesOn(
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  day: number,
  clock: WallClock,
): { from: number; to: number } {
  const minuteOf = (ms: number) => Math.min(1440, Math.max(0, wallMs(clock, ms) / 60_000 - day * 1440));
  return { from: minuteOf(startMs), to: minuteOf(endMs) };
}
