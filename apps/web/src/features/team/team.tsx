import { dateOf, DAY_MS, weekdayOf } from "@hourwright/time";
import { edited } from "@hourwright/timeline/team";
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { api, isOffline, sentenceOf, wordsOfObjection, type Me } from "../../data/api.ts";
import { freshness, readAgain } from "../../data/freshness.ts";

import { loadCoverage, loadRoster, rosterStore, type RosterWindow } from "../../data/roster.ts";
import { isUnconfirmed, openDraft, readDraft, rosterDraft, sendAgain } from "../../data/roster-draft.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { wallClockOf, wallMs } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { useTheme } from "../../shell/theme.ts";
import { usePath, walk } from "../../shell/use-address.ts";
import { useNow } from "../../shell/use-now.ts";
import { useShortcuts } from "../../shell/use-shortcuts.ts";
import { useToday } from "../../shell/use-today.ts";
import { Button } from "../../ui/button.tsx";
import { STACKED, useMedia } from "../../ui/use-media.ts";
import { usePrinting } from "../../ui/use-printing.ts";
import { useStable } from "../../ui/use-stable.ts";
import { firstDayOf, parseTeam, printTeam, turned, windowOf, type TeamAddress } from "./address.ts";
import type { ShiftOf } from "./cover-sheet.tsx";
import * as deeds from "./deeds.ts";
import { Dock } from "./dock.tsx";
import { TeamHeader } from "./header.tsx";
import { TeamInspector } from "./inspector.tsx";
import { Legend } from "./legend.tsx";
import { draftReader, everybodyOf, teamModel, type DraftByPerson, type TeamModel } from "./model.ts";
import type { Objections } from "./names.ts";
import type { DrawnWords } from "./painting/picture.ts";
import { PrintedTeam } from "./printed.tsx";
import { Stage, type StageHandle } from "./stage.tsx";
import { createTeamState, type CellPlace } from "./state.ts";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

const OwnPage = lazy(() => import("./own-page.tsx"));
const Sheets = lazy(() => import("./sheets.tsx"));

/** What lies over the place. */
export type Open =
  | { readonly what: "nothing" | "keys" | "publish" | "compare" | "plan" | "fairness" }
  | { readonly what: "new-draft"; readonly copyOf: string | null }
  | { readonly what: "ask"; readonly place: CellPlace }
  | { readonly what: "cover"; readonly shift: ShiftOf };

const FOLLOW_MS = 250;
const CHECK_MS = 400;
const FORCED = "(forced-colors: active)";
const NO_OBJECTIONS: Objections = new Map();
const NO_DRAFT: DraftByPerson = new Map();
const WEEKEND: ReadonlySet<number> = new Set([6, 7]);

/** People by days: contracts beneath, adjustments on top, a draft beside, and what waits to be approved. */
export default function Team({ me }: { readonly me: Me }) {
  const { zone, firstWeekday } = me.organisation;
  const words = useTeamWords();
  const { words: all } = useLanguage();
  const nowAt = useNow();
  const today = useToday(zone, nowAt);
  const path = usePath();
  const address = useMemo(() => parseTeam(path, today.epochDay, firstWeekday), [path, today.epochDay, firstWeekday]);
  const go = useStable((change: Partial<TeamAddress>, how: "push" | "replace" = "push") =>
    walk(printTeam({ ...address, ...change }), how),
  );
  const window = useMemo(() => windowOf({ day: address.day, span: address.span }), [address.day, address.span]);
  const isStacked = useMedia(STACKED);
  const isForced = useMedia(FORCED);
  const isPrinting = usePrinting();
  const theme = useTheme();
  const manages = me.role !== "member";
  const isOwn = address.view === "own" || (isStacked && address.view === null);
  useLoading(window, address.draft, all.failures.network);
  const {
    standing,
    contracts,
    coverage,
    open: offered,
    drafts,
    failed,
    isLoading,
  } = useStore(rosterStore, (store) => store);
  const draft = useStore(rosterDraft, (store) => store);
  const people = useStore(directoryStore, (store) => store.directory.people);
  const skilled = useSkilled(address.skill);
  const [state] = useState(createTeamState);
  const [open, setOpen] = useState<Open>({ what: "nothing" });
  const stage = useRef<StageHandle>(null);

  const everybody = useMemo(
    () => (standing === null ? null : everybodyOf({ standing, contracts, coverage, people, open: offered })),
    [standing, contracts, coverage, people, offered],
  );
  const { site, team } = address;
  const [name, find] = useFind(address.name, go);
  const model = useMemo(
    () => (everybody === null ? null : teamModel(everybody, { site, team, name, skilled })),
    [everybody, site, team, name, skilled],
  );
  const foreseen = useStore(state, (now) => now.foreseen);
  const [read] = useState(draftReader);
  const shownDraft = useMemo(
    () => (draft.id === null ? NO_DRAFT : read(foreseen.length === 0 ? draft.items : edited(draft.items, foreseen))),
    [read, draft.items, draft.id, foreseen],
  );
  const check = useCheck(draft.detail?.state === "open" ? draft.id : null, draft.confirmed);
  const objections: Objections = useMemo(
    () =>
      check === null || check.objections.length === 0
        ? NO_OBJECTIONS
        : new Map(check.objections.map((each) => [each.itemId, wordsOfObjection(each)])),
    [check],
  );

  const ground = useStable((): deeds.Ground => ({
    model: model!,
    draft: shownDraft,
    words,
    state,
    onDraftNeeded: () => setOpen({ what: "new-draft", copyOf: null }),
  }));
  const turn = useStable((by: 1 | -1) => go({ day: turned(address, by) }, "replace"));
  const goToday = useStable(() => {
    go({ day: firstDayOf(address.span, today.epochDay, firstWeekday) }, "replace");
    const head = {
      line: state.get().selection.head.line,
      day: today.epochDay - firstDayOf(address.span, today.epochDay, firstWeekday),
    };
    state.set({ selection: { anchor: head, head } });
    stage.current?.focus();
  });
  const publish = useStable(() => {
    if (model !== null && deeds.mayEdit(ground())) setOpen({ what: "publish" });
  });
  const undo = useStable(() => deeds.undo(ground()));
  const redo = useStable(() => deeds.redo(ground()));
  useShortcuts(
    open.what !== "nothing"
      ? {}
      : {
          t: goToday,
          "[": () => turn(-1),
          "]": () => turn(1),
          "?": () => setOpen({ what: "keys" }),
          f: () => document.querySelector<HTMLInputElement>("#team-find")?.focus(),
          "Mod+Enter": publish,
        },
  );

  // What lies beside the grid may follow a moment later: no key waits for it.
  const beside = useDeferredValue(
    useMemo(() => ({ model, draft: shownDraft, objections }), [model, shownDraft, objections]),
  );
  const fairness = useStable(() => setOpen({ what: "fairness" }));
  const ask = useStable((place: CellPlace) => setOpen({ what: "ask", place }));
  const cover = useStable((shift: ShiftOf) => setOpen({ what: "cover", shift }));

  const todayDay = today.epochDay - window.fromDay;
  const todayPart = useMemo(() => {
    const clock = wallClockOf(zone, today.year);
    return (wallMs(clock, nowAt) - today.epochDay * DAY_MS) / DAY_MS;
  }, [zone, today, nowAt]);
  const days = useDays(standing?.window ?? window, firstWeekday);
  const drawn = useDrawnWords(model, zone);
  const openCell = useStable((place: CellPlace) => {
    if ((model?.lines[place.line]?.personId ?? null) !== null) setOpen({ what: "ask", place });
  });
  const isShown =
    standing !== null && standing.window.fromDay === window.fromDay && standing.window.days === window.days;
  if (isOwn)
    return (
      <Suspense fallback={null}>
        <OwnPage me={me} today={today.epochDay} onTeam={() => go({ view: isStacked ? "grid" : null })} />
      </Suspense>
    );
  const close = () => {
    setOpen({ what: "nothing" });
    stage.current?.focus();
  };
  return (
    <div className={styles.place}>
      <TeamHeader
        me={me}
        address={address}
        go={go}
        model={beside.model}
        window={window}
        drafts={drafts}
        manages={manages}
        isStacked={isStacked}
        name={name}
        onFind={find}
        onTurn={turn}
        onToday={goToday}
        onPublish={publish}
        onOpen={setOpen}
        onOffline={all.failures.network}
      />
      <div className={styles.main} data-fetching={!isShown && failed === null ? true : undefined}>
        {draft.isCutOff && (
          <p className={styles.line} role="status">
            {words.draft.cutOff}
            <Button size="small" onPress={sendAgain}>
              {all.actions.retry}
            </Button>
          </p>
        )}
        {failed !== null && (
          <p className={styles.line} role="alert">
            {isOffline(failed) ? words.offline : sentenceOf(failed, words.failed)}
            <Button size="small" onPress={readAgain}>
              {all.actions.retry}
            </Button>
          </p>
        )}
        {model !== null && !isForced && (
          <Stage
            handle={stage}
            model={model}
            draft={shownDraft}
            objections={objections}
            isDraft={draft.detail?.state === "open"}
            state={state}
            theme={theme}
            today={todayDay}
            todayPart={todayPart}
            firstWeekday={firstWeekday}
            weekends={days.weekends}
            weekStarts={days.weekStarts}
            drawn={drawn}
            peopleWords={words.peopleAndSites(model.lines.length - 1, model.sites.length)}
            isBusy={isLoading && !isShown}
            ground={ground}
            onOpen={openCell}
            onUndo={undo}
            onRedo={redo}
            onPublish={publish}
          />
        )}
        {model === null && failed === null && <p className={styles.note}>{words.loading}</p>}
        {model !== null && model.people === 0 && (
          <div className={styles.note}>
            <b>{words.empty.title}</b>
            <span className={styles.quiet}>{words.empty.text}</span>
          </div>
        )}
        {model !== null && model.people > 0 && model.lines.length === 1 && (
          <div className={styles.note}>
            <span>{words.filter.none}</span>
            <Button
              onPress={() => {
                find("");
                go({ site: null, team: null, skill: null, name: "" }, "replace");
              }}
            >
              {words.filter.clear}
            </Button>
          </div>
        )}
        {model !== null && (isPrinting || isForced) && (
          <PrintedTeam
            model={model}
            draft={shownDraft}
            titles={[me.organisation.name, ...(draft.detail === null ? [] : [draft.detail.name])]}
            weekends={days.weekends}
          />
        )}
        {draft.detail?.state === "open" && model !== null && (
          <Dock
            check={check}
            draft={draft.detail}
            waiting={draft.waiting}
            drafts={drafts}
            onOpen={setOpen}
            names={people}
          />
        )}
        <Legend isDraft={draft.id !== null} />
      </div>
      <TeamInspector
        me={me}
        model={beside.model}
        draft={beside.draft}
        objections={beside.objections}
        state={state}
        window={window}
        manages={manages}
        planned={draft.detail?.state === "open" ? draft.detail : null}
        onFairness={fairness}
        onAsk={ask}
        onCover={cover}
      />
      {open.what !== "nothing" && model !== null && (
        <Suspense fallback={null}>
          <Sheets
            open={open}
            me={me}
            model={model}
            state={state}
            window={window}
            address={address}
            drafts={drafts}
            detail={draft.detail}
            onClose={close}
            onDraft={(id) => {
              go({ draft: id, compare: null }, "replace");
              close();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** What is typed to find somebody: followed at once, and written into the address when it rests. */
function useFind(
  written: string,
  go: (change: Partial<TeamAddress>, how: "replace") => void,
): readonly [string, (name: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      go({ name: typed }, "replace");
      setTyped(null);
    }, FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [typed, go]);
  return [typed ?? written, setTyped];
}

/** Loads what is shown, and again when something has changed. */
function useLoading(window: RosterWindow, draftId: string | null, offline: string): void {
  const version = useStore(freshness, (store) => store.version);
  const confirmed = useStore(rosterDraft, (store) => store.confirmed);
  const first = useRef(true);
  useEffect(() => {
    const wait = first.current ? 0 : FOLLOW_MS;
    first.current = false;
    const timer = setTimeout(() => void loadRoster(window), wait);
    return () => clearTimeout(timer);
    // What the effect follows is more than it reads: it asks again when something has changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [window, version]);
  useEffect(() => {
    void openDraft(draftId, offline);
  }, [draftId, offline]);
  useEffect(() => {
    if (version === 0) return;
    const timer = setTimeout(() => void readDraft(), FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [version]);
  useEffect(() => {
    const timer = setTimeout(() => void loadCoverage(window, draftId), FOLLOW_MS);
    return () => clearTimeout(timer);
    // What the effect follows is more than it reads: it asks again when something has changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [window, draftId, version, confirmed]);
  useEffect(() => {
    const again = () => sendAgain();
    const keep = (event: BeforeUnloadEvent) => isUnconfirmed() && event.preventDefault();
    addEventListener("online", again);
    addEventListener("beforeunload", keep);
    return () => {
      removeEventListener("online", again);
      removeEventListener("beforeunload", keep);
    };
  }, []);
}

/** Who has a skill; null where none is asked for. */
function useSkilled(skillId: string | null): ReadonlySet<string> | null {
  const version = useStore(freshness, (store) => store.version);
  const [known, setKnown] = useState<{ readonly skillId: string; readonly people: ReadonlySet<string> } | null>(null);
  useEffect(() => {
    if (skillId === null) return;
    let isOver = false;
    api("skills.people", { params: { id: skillId } }).then(
      ({ items }) => isOver || setKnown({ skillId, people: new Set(items.map(({ personId }) => personId)) }),
      () => isOver || setKnown({ skillId, people: new Set() }),
    );
    return () => void (isOver = true);
    // What the effect follows is more than it reads: it asks again when something has changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [skillId, version]);
  return skillId !== null && known?.skillId === skillId ? known.people : null;
}

/** What would come of the draft, asked again a moment after each step. */
function useCheck(id: string | null, confirmed: number) {
  const [turn, setTurn] = useState(confirmed);
  useEffect(() => {
    const timer = setTimeout(() => setTurn(confirmed), CHECK_MS);
    return () => clearTimeout(timer);
  }, [confirmed]);
  return useChecked(id, turn);
}

type Checked = Awaited<ReturnType<typeof readCheck>>;

const readCheck = (id: string) => api("drafts.check", { params: { id } });

function useChecked(id: string | null, turn: number): Checked | null {
  const version = useStore(freshness, (store) => store.version);
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    if (id === null) return;
    let isOver = false;
    readCheck(id).then(
      (value) => isOver || setChecked(value),
      () => undefined, // It is asked again with the next step.
    );
    return () => void (isOver = true);
    // What the effect follows is more than it reads: it asks again when something has changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [id, turn, version]);
  return checked !== null && checked.id === id ? checked : null;
}

function useDays(window: RosterWindow, firstWeekday: number) {
  return useMemo(() => {
    const weekdays = Array.from({ length: window.days }, (_, day) => weekdayOf(window.fromDay + day));
    return {
      weekends: weekdays.map((weekday) => WEEKEND.has(weekday)),
      weekStarts: weekdays.map((weekday) => weekday === firstWeekday),
    };
  }, [window, firstWeekday]);
}

/** What the canvas writes, in the reader's language. */
function useDrawnWords(model: TeamModel | null, zone: string): DrawnWords {
  const words = useTeamWords();
  const { format } = useLanguage();
  const fromDay = model?.window.fromDay ?? 0;
  const days = model?.window.days ?? 0;
  const holidays = model?.holidays;
  return useMemo((): DrawnWords => {
    const clocks = clockChanges(zone, fromDay, days);
    return {
      hours: words.hours,
      open: words.open.title,
      openCount: words.open.count,
      openHours: words.open.hours,
      part: words.part,
      hoursOf: words.plainHours,
      absence: (what) => words.absences[what] ?? what,
      coverage: words.coverage.name,
      short: words.coverage.short,
      covered: words.coverage.covered,
      head: (day) => {
        const date = dateOf(fromDay + day);
        const change = clocks[day] ?? 0;
        const note =
          holidays?.[day] ?? (change !== 0 ? words.clock(change) : date.day === 1 ? format.monthShort(date.month) : "");
        return {
          weekday: format.weekdayNarrow(weekdayOf(fromDay + day)),
          number: format.number(date.day),
          note,
        };
      },
      hour: (hour) => format.number(hour),
    };
  }, [words, format, fromDay, days, holidays, zone]);
}

/** By how many minutes the clocks go forward on each day. */
function clockChanges(zone: string, fromDay: number, days: number): readonly number[] {
  const clock = wallClockOf(zone, dateOf(fromDay).year);
  return Array.from({ length: days }, (_, day) => {
    const midnight = (fromDay + day) * DAY_MS;
    let change = 0;
    for (let index = 1; index < clock.fromMs.length; index++) {
      const at = Math.floor(wallMs(clock, clock.fromMs[index]! - 1) / DAY_MS) * DAY_MS;
      if (at === midnight) change += (clock.offsetMs[index]! - clock.offsetMs[index - 1]!) / 60_000;
    }
    return change;
  });
}
