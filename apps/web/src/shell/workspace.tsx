import { dateOf } from "@hourwright/time";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { dateOfDay, dayOfDate, yearShape, type WallClock, type YearShape } from "@hourwright/timeline";
import type { Me } from "../data/api.ts";
import { followChanges } from "../data/changes.ts";
import { isForMe, mayMove } from "../data/rights.ts";
import type { Clash, Entry } from "../data/entries.ts";
import { directoryStore, loadDirectory, noticeSignedOut, sessionStore } from "../data/session.ts";
import { useStore } from "../data/store.ts";
import { useYear } from "../data/use-year.ts";
import { parseInstant, wallClockOf, wallMs } from "../data/wall-clock.ts";
import { loadYear, yearsStore, type YearState } from "../data/years.ts";
import { readYear } from "../features/year/picture.ts";
import { Year } from "../features/year/year.tsx";
import { useLanguage } from "../messages/index.tsx";
import { useAddress } from "./use-address.ts";
import { DropCurtain, useDroppedFiles } from "./dropped-files.tsx";
import { Header } from "./header.tsx";
import { Inspector } from "./inspector.tsx";
import { NotReady } from "./not-ready.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";
import { useStable } from "../ui/use-stable.ts";
import { useTheme } from "./theme.ts";
import { UndoBar } from "./undo-bar.tsx";
import { useConflictWork } from "./use-conflict-work.ts";
import { useHistoryWork } from "./use-history-work.ts";
import { useNow } from "./use-now.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const LATER = {
  conflictList: () => import("../features/conflicts/conflict-list.tsx"),
  eventDialog: () => import("../features/event/event-dialog.tsx"),
  importDialog: () => import("../features/import/import-dialog.tsx"),
  keysDialog: () => import("./keys-dialog.tsx"),
};
const ConflictList = lazy(LATER.conflictList);
const EventDialog = lazy(LATER.eventDialog);
const ImportDialog = lazy(LATER.importDialog);
const KeysDialog = lazy(LATER.keysDialog);

const DAY_MS = 86_400_000;

/** What is open over the page. */
export type Open =
  | { readonly what: "nothing" }
  | { readonly what: "keys" }
  | { readonly what: "new-event"; readonly day: number }
  | { readonly what: "event"; readonly entry: Entry }
  | { readonly what: "import"; readonly files: readonly File[] };

/** Everything behind the door: the places, the inspector beside them, and what lies over them. */
export function Workspace({ me, isLocked }: { me: Me; isLocked: boolean }) {
  const { zone, firstWeekday } = me.organisation;
  const { words } = useLanguage();
  const nowAt = useNow();
  const today = useToday(zone, nowAt);
  const [address, go] = useAddress(today.year);
  const theme = useTheme();
  const directory = useStore(directoryStore, (store) => store.directory);
  const notice = useStore(sessionStore, ({ session }) => session?.notice ?? null);
  const isOffline = useStore(yearsStore, (store) => store.isOffline);
  const shown = useYear(me, address.year, address.who);
  const clock = wallClockOf(zone, address.year);
  const shape = useMemo(() => yearShape(address.year, firstWeekday), [address.year, firstWeekday]);
  const contents = useMemo(
    () => readYear(shape, clock, shown.entries, shown.clashes),
    [shape, clock, shown.entries, shown.clashes],
  );
  const now = useMemo(() => nowIn(shape, today), [shape, today]);
  const pastBefore = today.epochDay - shape.firstEpochDay;
  const selected = selectedDay(shape, address.on, now?.day ?? null);
  const [open, setOpen] = useState<Open>({ what: "nothing" });
  const [focusRequest, setFocusRequest] = useState(0);
  const inspector = useRef<HTMLElement>(null);

  useStart(zone);
  const select = useStable((day: number) => {
    go({ on: dateOfDay(shape, day), conflict: null }, "replace");
    if (address.place === "year") setFocusRequest((request) => request + 1);
  });
  const goToday = useStable(() => {
    go({ year: today.year, on: dateOf(today.epochDay), conflict: null }, "replace");
    setFocusRequest((request) => request + 1);
  });
  const lookAt = useStable((clash: Clash) => go({ on: dateOf(clash.fromDay), conflict: clash.conflict.id }, "replace"));
  const isMine = useCallback(
    ({ conflict }: Clash) => isForMe(conflict, me, directory.calendars),
    [me, directory.calendars],
  );
  const mine = useMemo(() => shown.clashes.filter(isMine), [shown.clashes, isMine]);
  const left = useMemo(() => mine.filter(({ endMs }) => endMs > nowAt), [mine, nowAt]);
  const work = useConflictWork({
    clashes: shown.clashes,
    mine,
    left,
    conflictId: address.conflict,
    ofDay: address.place === "year" ? contents.days[selected]!.clashes : [],
    selectedDay: shape.firstEpochDay + selected,
    zone,
    onLookAt: lookAt,
    onDone: () => go({ conflict: null }, "replace"),
  });
  const history = useHistoryWork(zone);
  const close = () => setOpen({ what: "nothing" });
  const createOn = useStable(() => setOpen({ what: "new-event", day: shape.firstEpochDay + selected }));
  const openImport = useStable(() => setOpen({ what: "import", files: [] }));
  const openKeys = useStable(() => setOpen({ what: "keys" }));
  const isDragging = useDroppedFiles((files) => setOpen({ what: "import", files }));

  useShortcuts(
    isLocked || open.what !== "nothing"
      ? {}
      : {
          t: goToday,
          n: createOn,
          c: createOn,
          y: () => go({ place: "year" }),
          "Shift+c": () => go({ place: "conflicts" }),
          x: () => work.step(1),
          "Shift+x": () => work.step(-1),
          "1": () => work.choose(0),
          "2": () => work.choose(1),
          "3": () => work.choose(2),
          ...(work.isExplicit ? { Enter: work.apply } : {}),
          "Mod+z": history.undo,
          "Mod+Shift+z": history.redo,
          "Mod+y": history.redo,
          "?": openKeys,
          Escape: () => leave(),
        },
  );

  /** One level out: from a conflict to its day, from the list to the year, from the inspector to the grid. */
  function leave(): void {
    if (inspector.current?.contains(document.activeElement) === true) setFocusRequest((request) => request + 1);
    else if (address.conflict !== null) go({ conflict: null }, "replace");
    else if (address.place !== "year") go({ place: "year" });
  }

  const openDay = useStable(() => {
    if (work.isExplicit) work.apply();
    else inspector.current?.focus();
  });

  const retry = () => void loadYear(address.year, zone);
  const notReady = <NotReady year={address.year} state={shown.state} onRetry={retry} />;
  const inspectorProps = { contents, shape, clock, directory, entries: shown.entries, work };
  return (
    <div className={styles.shell} data-place={address.place} inert={isLocked}>
      <Rail address={address} go={go} />
      <Header
        me={me}
        place={address.place}
        year={address.year}
        who={address.who}
        go={go}
        directory={directory}
        toResolve={left.length}
        onToday={goToday}
        onNew={createOn}
        onImport={openImport}
      />
      <main className={styles.main} data-state={shown.state.status}>
        {notice !== null && <p className={styles.notice}>{notice}</p>}
        {isOffline && <output className={styles.notice}>{words.failures.offline}</output>}
        <CutShort state={shown.state} clock={clock} />
        {address.place === "year" ? (
          <Year
            shape={shape}
            status={shown.state.status}
            notReady={notReady}
            contents={contents}
            now={now}
            pastBefore={pastBefore}
            selected={selected}
            focusRequest={focusRequest}
            theme={theme}
            isFiltered={address.who.length > 0}
            onSelect={select}
            onOpen={openDay}
            onShowEveryone={() => go({ who: [] }, "replace")}
            onImport={openImport}
            onKeys={openKeys}
          />
        ) : (
          <Suspense fallback={null}>
            <ConflictList
              clashes={shown.clashes}
              entries={shown.entries}
              notReady={shown.state.status === "ready" ? null : notReady}
              clock={clock}
              now={nowAt}
              isMine={isMine}
              mayMove={({ conflict }) => mayMove(conflict, directory.calendars)}
              lookedAt={work.clash?.conflict.id ?? null}
              onLookAt={lookAt}
            />
          </Suspense>
        )}
      </main>
      <Inspector
        ref={inspector}
        {...inspectorProps}
        day={shape.firstEpochDay + selected}
        contents={contents.days[selected]!}
        status={shown.state.status}
        withDay={address.place === "year"}
        onOpenEvent={(entry) => setOpen({ what: "event", entry })}
        onNew={createOn}
        onToday={now?.day === selected ? null : goToday}
      />
      <UndoBar onUndo={history.undoOne} />
      {isDragging && <DropCurtain />}
      <Suspense fallback={null}>
        {open.what === "keys" && <KeysDialog onClose={close} />}
        {open.what === "new-event" && (
          <EventDialog me={me} directory={directory} clock={clock} entry={null} day={open.day} onClose={close} />
        )}
        {open.what === "event" && (
          <EventDialog
            me={me}
            directory={directory}
            clock={clock}
            entry={open.entry}
            day={open.entry.fromDay}
            onClose={close}
          />
        )}
        {open.what === "import" && <ImportDialog me={me} directory={directory} files={open.files} onClose={close} />}
      </Suspense>
    </div>
  );
}

/** Says that the list of conflicts has no end in sight: what is not listed must not look free of them. */
function CutShort({ state, clock }: { state: YearState; clock: WallClock }) {
  const { words, format } = useLanguage();
  if (state.status !== "ready" || !state.isCut) return null;
  const { conflicts } = state;
  const until = format.day(Math.floor(wallMs(clock, parseInstant(conflicts.at(-1)!.start)!) / DAY_MS));
  return <output className={styles.notice}>{words.conflict.cut(conflicts.length, until)}</output>;
}

type Today = { readonly year: number; readonly epochDay: number; readonly minute: number };

function useToday(zone: string, nowAt: number): Today {
  return useMemo(() => {
    const year = dateOf(Math.floor(nowAt / DAY_MS)).year;
    const wall = wallMs(wallClockOf(zone, year), nowAt);
    const epochDay = Math.floor(wall / DAY_MS);
    return { year: dateOf(epochDay).year, epochDay, minute: Math.floor(wall / 60_000) - epochDay * 1440 };
  }, [zone, nowAt]);
}

function nowIn(shape: YearShape, today: Today): { day: number; minute: number } | null {
  if (today.year !== shape.year) return null;
  return { day: today.epochDay - shape.firstEpochDay, minute: today.minute };
}

/** The day of the address; else today; else the first of the year. */
function selectedDay(shape: YearShape, on: Parameters<typeof dayOfDate>[1] | null, today: number | null): number {
  return (on === null ? null : dayOfDate(shape, on)) ?? today ?? 0;
}

/** Reads what everything refers to, and follows what others change. */
function useStart(zone: string): void {
  useEffect(() => {
    loadDirectory().catch(noticeSignedOut);
    fetchLater();
    return followChanges(zone);
  }, [zone]);
}

const IDLE_MS = 1_500;

/** What opens with a key must be there when the key is pressed: fetched once the year stands. */
function fetchLater(): void {
  setTimeout(() => {
    for (const fetchPart of Object.values(LATER)) fetchPart().catch(() => null); // Asked again when it is needed.
  }, IDLE_MS);
}
