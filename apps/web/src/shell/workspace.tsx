import { dateOf } from "@hourwright/time";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  dateOfDay,
  dayOfDate,
  LAYERS,
  yearShape,
  type Layer,
  type WallClock,
  type YearShape,
  printDate,
} from "@hourwright/timeline";
import type { Me } from "../data/api.ts";
import { catchUp, followChanges } from "../data/changes.ts";
import type { NewTimes } from "../data/edits.ts";
import { loadHistory } from "../data/history.ts";
import { openNotices } from "../data/notices.ts";
import { draftsShown, openDrafts } from "../data/drafts-shown.ts";
import { movesShown, openOptimise, optimiseStore } from "../data/optimise.ts";
import { proposalStore, tickedOf } from "../data/proposal.ts";
import { isForMe, mayMove, peopleShown } from "../data/rights.ts";
import { entryFinder, type Clash, type Entry } from "../data/entries.ts";
import { directoryStore, loadDirectory, noticeSignedOut, sessionStore } from "../data/session.ts";
import { useStore } from "../data/store.ts";
import { useKnown, useYear } from "../data/use-year.ts";
import { wallClockOf, wallMs } from "../data/wall-clock.ts";
import { loadYear, yearsStore } from "../data/years.ts";
import type { Command, CommandMode } from "../features/command/command-field.tsx";
import type { Draft } from "../features/event/event-form.ts";
import { foreseenBy } from "../features/year/foreseen.ts";
import { readLoad } from "../features/year/load.ts";
import { readYear } from "../features/year/picture.ts";
import { Year } from "../features/year/year.tsx";
import { useLanguage } from "../messages/index.tsx";
import { ZOOMS } from "./address.ts";
import { useAddress, usePath, walk } from "./use-address.ts";
import { boxOfDays } from "./box-of-days.ts";
import { CutShort } from "./cut-short.tsx";
import { CommandField, Dialogs, fetchLater, type Open } from "./dialogs.tsx";
import { DemoStrip } from "./demo-strip.tsx";
import { DropCurtain, useDroppedFiles } from "./dropped-files.tsx";
import { Fetching } from "./fetching.tsx";
import { Header } from "./header.tsx";
import { Inspector } from "./inspector.tsx";
import { loadOfDay } from "./load-of-day.ts";
import { chosenMoves, draftGhosts, movesOf, proposedMoves, repairGhosts } from "./proposed-moves.ts";
import { NotReady } from "./not-ready.tsx";
import { OfflineLine } from "./offline-line.tsx";
import { NewsLine, usePresence } from "./presence.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";
import { Button, Key } from "../ui/button.tsx";
import { STACKED, useMedia } from "../ui/use-media.ts";
import { useStable } from "../ui/use-stable.ts";
import { useTheme } from "./theme.ts";
import { UndoBar } from "./undo-bar.tsx";
import { useConflictWork } from "./use-conflict-work.ts";
import { ghostOf, useDragWork } from "./use-drag-work.ts";
import { useFindWork } from "./use-find-work.ts";
import { useEventKeys } from "./use-event-keys.ts";
import { useHistoryWork } from "./use-history-work.ts";
import { nowIn, useToday } from "./use-today.ts";
import { useNow } from "./use-now.ts";
import { useProposalAnswers } from "./use-proposal-answers.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useWeekWork } from "./use-week-work.ts";

const PLACES = {
  conflictPlace: () => import("../features/conflicts/conflict-place.tsx"),
  week: () => import("../features/week/week.tsx"),
  dayLens: () => import("./day-lens.tsx"),
  agenda: () => import("../features/agenda/agenda.tsx"),
  optimise: () => import("../features/optimise/optimise-panel.tsx"),
  findTime: () => import("../features/find-time/find-panel.tsx"),
  proposals: () => import("../features/proposals/proposals-panel.tsx"),
};
const ConflictPlace = lazy(PLACES.conflictPlace);
const Week = lazy(PLACES.week);
const Agenda = lazy(PLACES.agenda);
const OptimisePanel = lazy(PLACES.optimise);
const FindPanel = lazy(PLACES.findTime);
const ProposalsPanel = lazy(PLACES.proposals);

const DAY_MS = 86_400_000;
const WEEKEND: ReadonlySet<number> = new Set([6, 7]);
const REPAIR_KEYS = 3;
const NOBODY: readonly string[] = [];

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
  // An address that says nothing shows what this person wants to see first: until it does, nothing is loaded.
  const isWalkingIn = usePath().split("?")[0] === "/" && me.shows.length > 0;
  useEffect(() => {
    if (isWalkingIn) go({ who: me.shows }, "replace");
  }, [isWalkingIn, me.shows, go]);
  useStart(zone); // Before anything is loaded: what changes from here on is told.
  usePresence(address.place, address.year);
  const shown = useYear(me, isWalkingIn ? null : address.year, address.who);
  const clock = wallClockOf(zone, address.year);
  const shape = useMemo(() => yearShape(address.year, firstWeekday), [address.year, firstWeekday]);
  const contents = useMemo(
    () => readYear(shape, clock, shown.entries, shown.clashes),
    [shape, clock, shown.entries, shown.clashes],
  );
  const people = useMemo(() => peopleShown(address.who, directory), [address.who, directory]);
  const focusOf = people.includes(me.personId) ? me.personId : (people[0] ?? null);
  const load = useMemo(
    () => readLoad(shape, clock, shown.time, people, focusOf),
    [shape, clock, shown.time, people, focusOf],
  );
  const find = useMemo(() => entryFinder(shown.entries), [shown.entries]);
  const now = useMemo(() => nowIn(shape, today), [shape, today]);
  const pastBefore = today.epochDay - shape.firstEpochDay;
  const selected = selectedDay(shape, address.on, now?.day ?? null);
  const isWeekly = address.place === "week" || address.place === "day";
  const isStacked = useMedia(STACKED);
  const isList = address.place === "agenda";
  const withDay = address.place === "year" || ((isWeekly || isList) && !isStacked); // On a phone these have the screen to themselves.
  const weekly = address.place === "week" || address.place === "day" ? address.place : null;
  const week = useWeekWork(me, address, weekly, shown, shape.firstEpochDay + selected, directory);
  const [open, setOpen] = useState<Open>(
    () => (location.hash === "#import" ? { what: "import", files: [] } : { what: "nothing" }), // From starting one's own.
  );
  /** An event where it is; a booking where bookings are. */
  const openEntry = useStable((entry: Entry) => {
    if (entry.event.source === "bookings") walk(`/bookings/${printDate(dateOf(entry.fromDay))}`);
    else setOpen({ what: "event", entry });
  });
  const [focusRequest, setFocusRequest] = useState(0);
  const [cameFrom, setCameFrom] = useState<DOMRect | null>(null);
  const [isPreviewed, setPreviewed] = useState(false);
  const [isKeeping, setKeeping] = useState(false);
  const proposal = useStore(proposalStore, (state) => state);
  const [planned, setPlanned] = useState<NewTimes | null>(null);
  const order = useStore(optimiseStore, (state) => state);
  const drafts = useStore(draftsShown, (state) => state);
  const inspector = useRef<HTMLElement>(null);

  const [anchor, setAnchor] = useState<number | null>(null);
  const selection = useMemo(() => {
    const from = anchor ?? selected;
    return { fromDay: Math.min(from, selected), toDay: Math.max(from, selected) + 1 };
  }, [anchor, selected]);
  const select = useStable((day: number, how: "one" | "extend" = "one") => {
    setAnchor(how === "extend" ? (anchor ?? selected) : null);
    go({ on: dateOfDay(shape, day), conflict: null }, "replace");
    if (address.place === "year") setFocusRequest((request) => request + 1);
  });
  /** A day of any year. */
  const selectDay = useStable((day: number) => {
    setAnchor(null);
    const date = dateOf(day);
    go({ year: date.year, on: date, conflict: null }, "replace");
  });
  /** Another place, with the selected day or another. */
  const goPlace = useStable((place: "year" | "week" | "day" | "agenda", day: number | null = null) => {
    const date = dateOf(day ?? shape.firstEpochDay + selected);
    setCameFrom(address.place === "year" && place === "week" ? boxOfDays(shape, week.span) : null);
    go({ place, year: date.year, on: date });
    setFocusRequest((request) => request + 1);
  });
  const turn = useStable((by: 1 | -1, days: number = 7) => selectDay(shape.firstEpochDay + selected + by * days));
  const zoom = useStable((by: 1 | -1, day: number | null = null) => {
    const next = ZOOMS[ZOOMS.indexOf(address.zoom) + by];
    if (next === undefined) return;
    const isNearer = by === 1 && day !== null && next === "month";
    go({ zoom: next, ...(isNearer ? { on: dateOfDay(shape, day), conflict: null } : {}) }, "replace");
  });
  const toggleLayer = useStable((layer: Layer) => {
    const isOn = address.layers.includes(layer);
    go({ layers: LAYERS.filter((each) => (each === layer ? !isOn : address.layers.includes(each))) }, "replace");
  });
  const goTo = useStable((epochDay: number) => {
    const on = dateOf(epochDay);
    go({ year: on.year, on, conflict: null }, "replace");
    setFocusRequest((request) => request + 1);
  });
  const goToday = useStable(() => goTo(today.epochDay));
  const lookAt = useStable((clash: Clash) => go({ on: dateOf(clash.fromDay), conflict: clash.conflict.id }, "replace"));
  const isMine = useCallback(
    ({ conflict }: Clash) => isForMe(conflict, me, directory.calendars),
    [me, directory.calendars],
  );
  const mine = useMemo(() => shown.clashes.filter(isMine), [shown.clashes, isMine]);
  const left = useMemo(() => mine.filter(({ endMs }) => endMs > nowAt), [mine, nowAt]);
  const work = useConflictWork({
    clashes: shown.clashes,
    kept: shown.kept,
    me,
    mine,
    left,
    conflictId: address.conflict,
    ofDay: withDay ? contents.days[selected]!.clashes : [],
    selectedDay: shape.firstEpochDay + selected,
    onLookAt: lookAt,
    onDone: () => go({ conflict: null }, "replace"),
  });
  const history = useHistoryWork();
  const dayLoad = useMemo(
    () => loadOfDay(load, shape.firstEpochDay, selected, pastBefore),
    [load, shape, selected, pastBefore],
  );
  const close = useStable(() => setOpen({ what: "nothing" }));
  const openCommand = useStable((mode: CommandMode) => setOpen({ what: "command", mode }));
  const createOn = useStable(() => {
    const [from, to] = [shape.firstEpochDay + selection.fromDay, shape.firstEpochDay + selection.toDay];
    if (!isWeekly && to - from > 1)
      setOpen({ what: "new-event", day: from, draft: draftAt({ allDay: true, fromDay: from, toDay: to }) });
    else openCommand("new");
  });
  const drag = useDragWork({
    me,
    shape,
    clock,
    find,
    entries: week.allEntries,
    onCreate: (times) => setOpen({ what: "new-event", day: dayOfTimes(times, clock), draft: draftAt(times) }),
    onRefused: (refused) => setOpen({ what: "refused", refused }),
  });
  const { accept, decline } = useProposalAnswers(me, directory, drag.apply);
  const answers = useMemo(() => ({ accept, decline }), [accept, decline]);
  const carriedTo = drag.state;
  useKnown(address.year, zone, carriedTo?.change.entry?.event.subjectIds ?? NOBODY); // Whom it could meet.
  const foreseen = useMemo(
    () =>
      carriedTo === null || address.place !== "year"
        ? null
        : foreseenBy({ shape, clock }, { time: shown.time, load, people }, carriedTo.change, {
            entries: shown.allEntries,
            meets: carriedTo.meets !== null,
          }),
    [carriedTo, address.place, shape, clock, shown.time, shown.allEntries, load, people],
  );
  const openImport = useStable(() => setOpen({ what: "import", files: [] }));
  const openPoll = useStable((id: string | null) => setOpen({ what: "polls", id }));
  const openKeys = useStable(() => setOpen({ what: "keys" }));
  /** Beside the year, which shows what would go where. */
  const putInOrder = useStable(() => {
    close();
    openOptimise();
    if (address.place === "year") go({ conflict: null }, "replace");
    else go({ place: "year", conflict: null });
  });
  const finding = useFindWork({
    me,
    place: address.place,
    shape,
    clock,
    day: shape.firstEpochDay + selected,
    today: today.epochDay,
    onOpen: setOpen,
    onTimeline: () => go({ place: "week", conflict: null }),
  });
  const isFinding = finding.isShown && !work.isExplicit;
  const isOrdering = !isFinding && order.isOpen && address.place === "year" && !work.isExplicit; // What is looked at comes first.
  const isDrafting =
    !isFinding && !isOrdering && drafts.isOpen && (address.place === "year" || isWeekly) && !work.isExplicit;
  /** Wherever somebody asks for proposals, they stand beside a timeline. */
  const showDrafts = useStable(() => {
    close();
    if (address.place === "year" || isWeekly) go({ conflict: null }, "replace");
    else go({ place: "year", conflict: null });
  });
  useEffect(() => {
    if (drafts.openings > 0) showDrafts();
  }, [drafts.openings, showDrafts]);
  const eventKeys = useEventKeys({
    entries: isWeekly ? week.entries.filter(isOnDay(shape.firstEpochDay + selected)) : contents.days[selected]!.entries,
    clock,
    drag,
    isOff: isLocked || open.what !== "nothing",
  });
  const ghosts = useMemo(
    () => [
      ...drag.ghosts,
      ...(isPreviewed ? repairGhosts([...chosenMoves(work), ...proposedMoves(proposal)], shape, clock) : []),
      ...(planned === null ? [] : [ghostOf(planned, shape, clock)]),
      ...(isOrdering ? repairGhosts(movesShown(order), shape, clock) : []),
      ...finding.ghosts,
      ...(isDrafting ? draftGhosts(drafts.marks, shape, clock) : []),
    ],
    [
      isDrafting,
      drafts.marks,
      drag.ghosts,
      finding.ghosts,
      isPreviewed,
      planned,
      work,
      proposal,
      isOrdering,
      order,
      shape,
      clock,
    ],
  );
  const proposals = useMemo(
    () => (isPreviewed && isWeekly ? movesOf(work, week.allEntries) : []),
    [isPreviewed, isWeekly, work, week.allEntries],
  );
  const isDragging = useDroppedFiles((files) => setOpen({ what: "import", files }));

  const commands = useMemo<readonly Command[]>(
    () => [
      { id: "today", label: words.command.today, icon: "year", run: () => (close(), goToday()) },
      {
        id: "conflicts",
        label: words.places.conflicts,
        icon: "conflicts",
        run: () => (close(), go({ place: "conflicts" })),
      },
      { id: "agenda", label: words.places.agenda, icon: "agenda", run: () => (close(), goPlace("agenda")) },
      { id: "find-time", label: words.finding.command, icon: "clock", run: finding.open },
      { id: "polls", label: words.polls.command, icon: "people", run: () => openPoll(null) },
      { id: "order", label: words.optimise.command, icon: "week", run: putInOrder },
      { id: "proposals", label: words.drafts.command, icon: "check", run: () => openDrafts(null) },
      { id: "approvals", label: words.header.approvals, icon: "check", run: () => walk("/approvals/decide") },
      { id: "import", label: words.header.importFiles, icon: "upload", run: openImport },
      { id: "keys", label: words.command.help, icon: "search", run: openKeys },
    ],
    [words, go, goToday, goPlace, finding.open, openPoll, putInOrder, openImport, openKeys, close],
  );

  const mayKeep =
    work.isExplicit && work.clash?.conflict.kept === null && mayMove(work.clash.conflict, directory.calendars);
  /** Shows what repairs would move; from the list, where there is no timeline, on the year. */
  const preview = useStable(() => {
    if (address.place !== "conflicts") return setPreviewed((before) => !before);
    setPreviewed(true);
    go({ place: "year" });
  });
  useShortcuts(
    isLocked || open.what !== "nothing"
      ? {}
      : {
          t: goToday,
          n: createOn,
          c: createOn,
          g: () => openCommand("go"),
          "/": () => openCommand("any"),
          "Mod+k": () => openCommand("any"),
          y: () => goPlace("year"),
          w: () => goPlace("week"),
          d: () => goPlace("day"),
          l: () => goPlace("agenda"),
          m: () => walk("/team"),
          ...(isWeekly ? { PageUp: () => turn(-1), PageDown: () => turn(1) } : {}),
          "Shift+i": () => openNotices(true),
          "Shift+c": () => go({ place: "conflicts" }),
          x: () => work.step(1),
          "Shift+x": () => work.step(-1),
          // While a conflict is looked at the numbers are its repairs, else the year's layers.
          ...Object.fromEntries(
            LAYERS.map((layer, index) => [
              String(index + 1),
              () => {
                if (work.isExplicit && index < REPAIR_KEYS) work.choose(index);
                else if (!isWeekly) toggleLayer(layer);
              },
            ]),
          ),
          p: preview,
          "0": () => setKeeping(mayKeep),
          ...(address.place === "conflicts" && work.clash !== null && mayKeep
            ? { " ": () => work.clash !== null && work.propose(work.clash) }
            : {}),
          ...(address.place === "conflicts" ? { "Mod+Enter": work.applyProposal } : {}),
          "[": () => eventKeys.walk(-1),
          "]": () => eventKeys.walk(1),
          ...(work.isExplicit ? { Enter: work.apply } : {}),
          "Mod+z": history.undo,
          "Mod+Shift+z": history.redo,
          "Mod+y": history.redo,
          "+": () => zoom(1),
          "=": () => zoom(1),
          "-": () => zoom(-1),
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
    else if (eventKeys.chosen !== null) openEntry(eventKeys.chosen);
    else inspector.current?.focus();
  });

  const retry = () => void loadYear(address.year, zone);
  const { state } = shown;
  /** Conflicts come after the events: a list of them that is empty until then would say that there are none. */
  const isWhole = state.status === "ready" && state.areConflictsKnown;
  const notReady = <NotReady year={address.year} state={state} onRetry={retry} />;
  const weekProps = {
    year: address.year,
    clock,
    zone,
    weekend: WEEKEND,
    status: state.status,
    names: directory.names,
    nowMs: nowAt,
    chosen: eventKeys.chosen?.key ?? null,
    lookedAt: work.isExplicit ? (work.clash?.conflict.id ?? null) : null,
    carried: drag.carried,
    planned: finding.planned,
    proposals,
    isApplying: work.isApplying,
    onAccept: work.apply,
    onDismiss: () => setPreviewed(false),
    onSelect: selectDay,
    onChoose: eventKeys.choose,
    onOpen: openEntry,
    onOpenDay: (day: number) => goPlace("day", day),
    onLookAt: lookAt,
    onCreate: (times: NewTimes) => setOpen({ what: "new-event", day: dayOfTimes(times, clock), draft: draftAt(times) }),
    mayCarry: drag.mayCarry,
    onDrag: drag.onTimes,
    onDrop: drag.dropTimes,
    onZones: (zones: readonly string[]) => go({ zones }, "replace"),
    onKeys: openKeys,
  };
  const inspectorProps = { contents, shape, clock, directory, entries: shown.entries, work };
  return (
    <div className={styles.shell} data-place={address.place} inert={isLocked}>
      <Rail address={address} go={go} />
      <Header
        me={me}
        place={address.place}
        year={address.year}
        day={isWeekly ? shape.firstEpochDay + selected : null}
        week={week}
        onPlace={goPlace}
        onTurn={turn}
        who={address.who}
        go={go}
        directory={directory}
        toResolve={left.length}
        tab={address.tab}
        onProposeAll={address.place === "conflicts" ? work.proposeAll : null}
        kept={shown.kept.length}
        drag={drag.state}
        answers={answers}
        onCommand={openCommand}
        onToday={goToday}
        onNew={createOn}
        onImport={openImport}
        onPoll={openPoll}
      />
      <main
        className={styles.main}
        data-covered={((isOrdering || isFinding || isDrafting) && isStacked) || undefined}
        data-state={isWhole ? "ready" : state.status === "ready" ? "loading" : state.status}
      >
        <DemoStrip me={me} />
        {notice !== null && <p className={styles.notice}>{notice}</p>}
        {isOffline && <OfflineLine zone={zone} />}
        <CutShort state={shown.state} clock={clock} />
        {isPreviewed && address.place !== "conflicts" && proposal.items.length > 0 && (
          <p className={styles.notice}>
            {words.proposal.shown(tickedOf(proposal).length)}
            <Button size="small" onPress={() => go({ place: "conflicts" })}>
              {words.proposal.back} <Key>⇧C</Key>
            </Button>
          </p>
        )}
        {address.place === "year" ? (
          <Year
            shape={shape}
            status={shown.state.status}
            notReady={notReady}
            contents={contents}
            load={load}
            layers={address.layers}
            zoom={address.zoom}
            weekend={WEEKEND}
            now={now}
            pastBefore={pastBefore}
            selected={selected}
            selection={selection}
            ghosts={ghosts}
            foreseen={foreseen}
            focusRequest={focusRequest}
            theme={theme}
            isFiltered={address.who.length > 0}
            onSelect={select}
            onOpen={openDay}
            onZoom={zoom}
            mayDrag={drag.mayDrag}
            onDrag={drag.onDrag}
            onDrop={drag.onDrop}
            onLayer={toggleLayer}
            onShowEveryone={() => go({ who: [] }, "replace")}
            onImport={openImport}
            onKeys={openKeys}
          />
        ) : isWeekly ? (
          <Suspense fallback={<Fetching />}>
            <Week
              {...weekProps}
              {...week}
              place={address.place === "day" ? "day" : "week"}
              isLens={false}
              hasEvents
              day={shape.firstEpochDay + selected}
              notReady={notReady}
              focusRequest={focusRequest}
              cameFrom={cameFrom}
            />
          </Suspense>
        ) : isList ? (
          <Suspense fallback={<Fetching />}>
            <Agenda
              days={contents.days}
              firstEpochDay={shape.firstEpochDay}
              selected={shape.firstEpochDay + selected}
              today={today.epochDay}
              nowMs={nowAt}
              names={directory.names}
              notReady={shown.state.status === "ready" ? null : notReady}
              focusRequest={focusRequest}
              onSelect={selectDay}
              onOpen={openEntry}
            />
          </Suspense>
        ) : (
          <Suspense fallback={<Fetching />}>
            <ConflictPlace
              tab={address.tab}
              clashes={shown.clashes}
              left={left}
              kept={shown.kept}
              entries={shown.entries}
              notReady={isWhole ? null : notReady}
              clock={clock}
              zone={zone}
              now={nowAt}
              year={address.year}
              isMine={isMine}
              mayMove={({ conflict }) => mayMove(conflict, directory.calendars)}
              mayRelease={({ conflict }) =>
                conflict.kept?.byId === me.personId || mayMove(conflict, directory.calendars)
              }
              lookedAt={work.clash?.conflict.id ?? null}
              onTab={(tab) => go({ tab, conflict: null }, "replace")}
              onYear={(year) => go({ year, on: null, conflict: null })}
              onLookAt={lookAt}
              onApply={work.apply}
              onPropose={work.propose}
              onRelease={work.release}
              onApplyAll={work.applyProposal}
              onGhosts={preview}
              onOptimise={putInOrder}
              onKeys={openKeys}
            />
          </Suspense>
        )}
      </main>
      {isFinding ? (
        <Suspense fallback={null}>
          <FindPanel
            me={me}
            directory={directory}
            wish={finding.wish!}
            isAsked={finding.isAsked}
            onLookAt={(times) => selectDay(dayOfTimes(times, clock))}
            onTake={finding.take}
            onAsked={openPoll}
            onClose={() => setFocusRequest((request) => request + 1)}
          />
        </Suspense>
      ) : isOrdering ? (
        <Suspense fallback={null}>
          <OptimisePanel
            me={me}
            shown={address.who.length === 0 ? NOBODY : people}
            day={shape.firstEpochDay + selected}
            firstWeekday={firstWeekday}
            zone={zone}
            onClose={() => setFocusRequest((request) => request + 1)}
          />
        </Suspense>
      ) : isDrafting ? (
        <Suspense fallback={null}>
          <ProposalsPanel
            me={me}
            directory={directory}
            zone={zone}
            onLookAt={(times) => selectDay(dayOfTimes(times, clock))}
            onClose={() => setFocusRequest((request) => request + 1)}
          />
        </Suspense>
      ) : (
        <Inspector
          ref={inspector}
          {...inspectorProps}
          zone={zone}
          firstWeekday={firstWeekday}
          today={today}
          day={shape.firstEpochDay + selected}
          contents={contents.days[selected]!}
          status={shown.state.status}
          withDay={withDay}
          load={dayLoad}
          hasLens={address.place === "year" && address.zoom === "day" && !isStacked}
          lens={{ ...weekProps, me, address, shown, directory }}
          chosenEvent={eventKeys.chosen?.key ?? null}
          preview={{ isOn: isPreviewed && address.place !== "conflicts", toggle: preview }}
          keeping={{
            isAsking: isKeeping,
            ask: setKeeping,
            keep: (note) => {
              setKeeping(false);
              work.keep(note);
            },
          }}
          onOpenEvent={openEntry}
          onNew={createOn}
          onToday={now?.day === selected ? null : goToday}
        />
      )}
      <UndoBar onUndo={history.undoOne} />
      <NewsLine />
      {isDragging && <DropCurtain />}
      {open.what === "command" && (
        <Suspense fallback={null}>
          <CommandField
            mode={open.mode}
            me={me}
            directory={directory}
            shape={shape}
            entries={shown.allEntries}
            time={shown.time}
            load={load.load}
            commands={commands}
            now={{ epochDay: today.epochDay, minute: today.minute, ms: nowAt }}
            selectedDay={shape.firstEpochDay + selected}
            onGo={(day) => {
              close();
              goTo(day);
            }}
            onShow={(id) => {
              close();
              go({ who: [id], conflict: null });
            }}
            onSelect={(entry) => {
              goTo(entry.fromDay);
              openEntry(entry);
            }}
            onForm={(draft) => setOpen({ what: "new-event", day: shape.firstEpochDay + selected, draft })}
            onPreview={setPlanned}
            onCreated={catchUp}
            onClose={close}
          />
        </Suspense>
      )}
      <Dialogs
        open={open}
        me={me}
        directory={directory}
        clock={clock}
        onMove={(move, insists) => void drag.apply(move, insists)}
        onFindTime={finding.openFrom}
        onClose={close}
      />
    </div>
  );
}

function isOnDay(day: number): (entry: Entry) => boolean {
  return ({ fromDay, toDay }) => fromDay <= day && toDay > day;
}

/** A new event of which only the time is known. */
function draftAt(times: NewTimes): Draft {
  return { title: "", times, attendees: [], resourceIds: [], rrule: null };
}

function dayOfTimes(times: NewTimes, clock: WallClock): number {
  return times.allDay ? times.fromDay : Math.floor(wallMs(clock, times.startMs) / DAY_MS);
}

/** The day of the address; else today; else the first of the year. */
function selectedDay(shape: YearShape, on: Parameters<typeof dayOfDate>[1] | null, today: number | null): number {
  return (on === null ? null : dayOfDate(shape, on)) ?? today ?? 0;
}

/** Reads what everything refers to, and follows what others change. */
function useStart(zone: string): void {
  useEffect(() => {
    loadDirectory().catch(noticeSignedOut);
    void loadHistory();
    // A new organisation's owner came to import: asked once, not with every load of the page.
    if (location.hash === "#import") history.replaceState(null, "", location.pathname + location.search);
    fetchLater(Object.values(PLACES));
    return followChanges(zone);
  }, [zone]);
}
