import { lazy, Suspense, useMemo, type Ref } from "react";
import type { WallClock } from "@hourwright/timeline";
import { entryFinder, keyOf, type Entry } from "../data/entries.ts";
import type { Conflict } from "../data/api.ts";
import { mayMove, mayWriteInto, ownersOf } from "../data/rights.ts";
import type { Directory } from "../data/session.ts";
import type { YearState } from "../data/years.ts";
import { parseInstant } from "../data/wall-clock.ts";
import { ConflictPanel, type Keeping, type Party } from "../features/conflicts/conflict-panel.tsx";
import type { AskedSide } from "../features/conflicts/why-not.tsx";
import { ConflictStrip } from "../features/conflicts/conflict-strip.tsx";
import { DayPanel, minutesOn, type DayLoad } from "../features/year/day-panel.tsx";
import { hueOf, type DayContents } from "../features/year/picture.ts";
import { useLanguage } from "../messages/index.tsx";
import { STACKED, useMedia } from "../ui/use-media.ts";
import { useFollowing } from "../ui/after-paint.ts";
import panel from "../ui/panel.module.css";
import { useStable } from "../ui/use-stable.ts";
import type { DayLensProps } from "./day-lens.tsx";
import styles from "./shell.module.css";
import type { ConflictWork } from "./use-conflict-work.ts";
import type { Today } from "./use-today.ts";

/** With it come the words of dates: it is fetched when a conflict is looked at. */
const WhyNot = lazy(() => import("../features/conflicts/why-not.tsx"));

const DayLens = lazy(() => import("./day-lens.tsx"));

export type Preview = { readonly isOn: boolean; readonly toggle: () => void };

/** The one inspector: whatever is selected anywhere fills it. `day` is an epoch day. */
export function Inspector(props: {
  readonly ref: Ref<HTMLElement>;
  readonly day: number;
  readonly contents: DayContents;
  /** Of the year that holds them. */
  readonly status: YearState["status"];
  readonly clock: WallClock;
  readonly directory: Directory;
  readonly entries: readonly Entry[];
  readonly work: ConflictWork;
  readonly zone: string;
  readonly firstWeekday: number;
  readonly today: Today;
  readonly withDay: boolean;
  readonly load: DayLoad | null;
  /** Whether the day is shown by minutes, in the place of its list; and what that is drawn from. */
  readonly hasLens: boolean;
  readonly lens: Omit<DayLensProps, "day">;
  /** The event of the day that keys have chosen. */
  readonly chosenEvent: string | null;
  /** Whether the chosen repair is shown on the timeline. */
  readonly preview: Preview;
  readonly keeping: Keeping;
  readonly onOpenEvent: (entry: Entry) => void;
  readonly onNew: () => void;
  /** Null when today is selected already. */
  readonly onToday: (() => void) | null;
}) {
  const { ref, day, contents, load, hasLens, clock, directory, entries, work, withDay, onNew, onToday } = props;
  // The day follows what is looked at: a key that walks over days moves the mark first.
  const { shown, catchUp } = useFollowing(
    useMemo(() => ({ day, contents, load, hasLens }), [day, contents, load, hasLens]),
  );
  const onOpenEvent = useStable(props.onOpenEvent);
  const { words } = useLanguage();
  const { clash } = work;
  const isStacked = useMedia(STACKED);
  const isBrief = isStacked && withDay && !work.isExplicit;
  const conflict =
    clash === null ? null : isBrief ? (
      <ConflictStrip
        clash={clash}
        repairs={work.repairs}
        isApplying={work.isApplying}
        onApply={work.apply}
        onOpen={() => work.choose(0)}
      />
    ) : (
      <ConflictInside
        {...{ clash, clock, directory, entries, work, preview: props.preview, keeping: props.keeping, onOpenEvent }}
        {...{ zone: props.zone, firstWeekday: props.firstWeekday, today: props.today }}
      />
    );
  if (isStacked && !withDay && clash === null) return null; // The list has the screen to itself.
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Nothing is pressed here: the focus went in.
    <aside
      ref={ref}
      className={styles.inspector}
      data-settling={work.isSettling || undefined}
      aria-label={words.inspector.label}
      tabIndex={-1}
      onFocus={catchUp}
    >
      {!isBrief && conflict}
      {clash === null && !withDay && work.position.total > 0 && <p className={panel.quiet}>{words.conflict.choose}</p>}
      {withDay && (
        <DayPanel
          day={shown.day}
          contents={shown.contents}
          status={props.status}
          clock={clock}
          names={directory.names}
          withHeading={clash === null || isBrief}
          conflict={isBrief ? conflict : null}
          load={shown.load}
          lens={
            shown.hasLens && (
              <Suspense fallback={null}>
                <DayLens {...props.lens} day={shown.day} />
              </Suspense>
            )
          }
          chosen={props.chosenEvent}
          onOpenEvent={onOpenEvent}
          onNew={onNew}
          onToday={isStacked ? onToday : null}
        />
      )}
    </aside>
  );
}

function ConflictInside(props: {
  readonly clash: NonNullable<ConflictWork["clash"]>;
  readonly clock: WallClock;
  readonly directory: Directory;
  readonly entries: readonly Entry[];
  readonly work: ConflictWork;
  readonly preview: Preview;
  readonly keeping: Keeping;
  readonly zone: string;
  readonly firstWeekday: number;
  readonly today: Today;
  readonly onOpenEvent: (entry: Entry) => void;
}) {
  const { zone, firstWeekday, today } = props;
  const { clash, clock, directory, entries, work, preview, keeping, onOpenEvent } = props;
  const { format } = useLanguage();
  const find = useMemo(() => entryFinder(entries), [entries]);
  const sides = clash.conflict.events.map((side) => {
    const key = side.eventId === null ? "" : keyOf(side.eventId, side.recurrenceId);
    return { side, key, entry: find(key) };
  });
  const parties = sides.map(({ side, key, entry }): Party => {
    const [startMs, endMs] = [parseInstant(side.start), parseInstant(side.end)];
    return {
      key: entry === null ? "" : key,
      title: side.summary,
      time: startMs === null || endMs === null ? "" : format.timeRange(startMs, endMs),
      where: [side.calendar, entry?.event.location].filter(Boolean).join(" · "),
      hue: entry === null ? 262 : hueOf(entry),
    };
  });
  const others = entries.filter((entry) => isOn(entry, clash.fromDay) && !sides.some(({ key }) => key === entry.key));
  const blocks = [
    ...others.map((entry) => ({ ...minutesOn(entry, clash.fromDay, clock), hue: hueOf(entry), row: null })),
    ...sides.flatMap(({ entry }, index) =>
      entry === null
        ? []
        : [
            {
              ...minutesOn(entry, clash.fromDay, clock),
              hue: hueOf(entry),
              row: index === 0 ? (0 as const) : (1 as const),
            },
          ],
    ),
  ];
  const asked = askedSideOf(clash.conflict, work, directory);
  const asking = asked === null ? null : spanOf(asked);
  return (
    <ConflictPanel
      clash={clash}
      whyNot={
        asked === null || asking === null ? null : (
          <Suspense fallback={null}>
            <WhyNot
              key={`${clash.conflict.id} ${asked.eventId} ${asked.start}`}
              conflict={clash.conflict}
              side={asked}
              asking={{ zone, firstWeekday, today, ...asking }}
            />
          </Suspense>
        )
      }
      position={work.position}
      parties={parties}
      blocks={blocks}
      shared={minutesOn(clash, clash.fromDay, clock)}
      repairs={work.repairs}
      ask={mayMove(clash.conflict, directory.calendars) ? null : ownersOf(clash.conflict, directory)}
      chosen={work.chosen}
      isApplying={work.isApplying}
      appliesOnEnter={work.isExplicit}
      onChoose={work.choose}
      onApply={work.apply}
      onDismiss={work.dismiss}
      preview={preview}
      keeping={mayMove(clash.conflict, directory.calendars) ? keeping : null}
      onNext={() => work.step(1)}
      onOpenParty={(key) => {
        const entry = find(key);
        if (entry !== null) onOpenEvent(entry);
      }}
    />
  );
}

/** The event that is asked about: what the chosen repair moves, else the first that one may move. */
function askedSideOf(
  { events }: Conflict,
  { repairs, chosen }: ConflictWork,
  { calendars }: Directory,
): AskedSide | null {
  const known = events.filter((side): side is AskedSide => side.eventId !== null);
  const move = repairs?.[chosen]?.changes[0];
  const isMoved = ({ eventId, recurrenceId }: AskedSide) =>
    eventId === move?.eventId && recurrenceId === move.recurrenceId;
  const mayWrite = ({ calendarId }: AskedSide) => {
    const calendar = calendarId === null ? undefined : calendars.get(calendarId);
    return calendar !== undefined && mayWriteInto(calendar);
  };
  return known.find(isMoved) ?? known.find(mayWrite) ?? null;
}

function spanOf({ start, end }: AskedSide): { startMs: number; endMs: number } | null {
  const [startMs, endMs] = [parseInstant(start), parseInstant(end)];
  return startMs === null || endMs === null ? null : { startMs, endMs };
}

function isOn({ fromDay, toDay, isBusy }: Entry, day: number): boolean {
  return isBusy && fromDay <= day && toDay > day;
}
