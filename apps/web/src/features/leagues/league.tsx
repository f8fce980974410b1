import { lazy, Suspense, useEffect, useRef, useState, type MouseEvent } from "react";
import { wordsOfItem, type Me } from "../../data/api.ts";
import { announce } from "../../data/announcement.ts";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { dayOfText } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { walk } from "../../shell/use-address.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { STACKED, useMedia } from "../../ui/use-media.ts";
import { printLeague } from "./address.ts";
import { FairnessSheet } from "./fairness.tsx";
import { FollowSheet } from "./follow-sheet.tsx";
import { Grid } from "./grid.tsx";
import { isSame, optionsFor, type Change, type Chosen, type League } from "./model.ts";
import styles from "./leagues.module.css";
import { Panel } from "./panel.tsx";
import { PlanSheet } from "./plan.tsx";
import { PublishSheet } from "./publish-sheet.tsx";
import { Rounds } from "./rounds.tsx";
import { useTries } from "./tries.ts";
import { useLeagueWords } from "./use-league-words.ts";

const LeagueForm = lazy(async () => ({ default: (await import("./league-form.tsx")).LeagueForm }));

/** One league: who plays whom in which round, what of its rules does not hold, and what any change would break. */
export function LeaguePage({ me, id }: { readonly me: Me; readonly id: string }) {
  const asked = useAsked("leagues.read", { params: { id }, query: {} });
  const text = useLeagueWords();
  const back = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk(printLeague());
  };
  return (
    <>
      <a className={styles.back} href={printLeague()} onClick={back}>
        <Icon name="back" size={14} /> {text.title}
      </a>
      <Answered asked={asked}>{(league) => <Whole me={me} league={league} />}</Answered>
    </>
  );
}

type Open = "plan" | "publish" | "fairness" | "follow" | "settings" | "remove" | null;

function Whole({ me, league }: { readonly me: Me; readonly league: League }) {
  const text = useLeagueWords();
  const { words } = useOfficeLanguage();
  const isStacked = useMedia(STACKED);
  const [open, setOpen] = useState<Open>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [aim, setAim] = useState<string | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const { tries, failed } = useTries(league, chosen);
  const isPlanned = league.fixtures.length > 0;
  const choose = (next: Chosen | null) => {
    if (!isSame(chosen, next)) setAim(null);
    setChosen(next);
  };
  const shown = aim === null ? null : (tries.get(aim) ?? null);
  // Until what was changed is read, a second press means the same as the first.
  const awaited = useRef(0);
  const change = async (wish: Change, said: string) => {
    if (awaited.current > league.version) return;
    awaited.current = Infinity;
    const changed = await changeOrSay(
      "leagues.change",
      { params: { id: league.id }, body: { change: wish }, ifMatch: league.version },
      { said, offline: words.failures.network, isUndoable: true },
    );
    awaited.current = changed.value?.league.version ?? 0;
    if (changed.refused === null) setAim(null);
  };
  const apply = async (key: string) => {
    const option = chosen === null ? undefined : optionsFor(league, chosen).find((each) => each.key === key);
    if (option === undefined) return;
    const tried = tries.get(key);
    if (tried?.problem !== null && tried?.problem !== undefined) return announce(wordsOfItem(tried.problem));
    await change(option.change, text.changed(league.name));
  };
  useEffect(() => {
    if (chosen === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || open !== null) return;
      event.preventDefault();
      event.stopPropagation();
      if (aim === null) setChosen(null);
      else setAim(null);
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [chosen, aim, open]);
  if (open === "settings")
    return (
      <div className={styles.paper}>
        <Suspense fallback={<output className={section.quiet}>{text.loading}</output>}>
          <LeagueForm me={me} league={league} onDone={() => setOpen(null)} />
        </Suspense>
      </div>
    );
  const hand = { league, chosen, tries, aim, shown, onChoose: choose, onAim: setAim, onApply: apply };
  return (
    <>
      <Header league={league} onOpen={setOpen} />
      <div className={styles.body}>
        <div className={styles.stage}>
          {!isPlanned ? (
            <p className={section.empty}>{league.canEdit ? text.planFirst : text.notPlannedYet}</p>
          ) : isStacked ? (
            <Rounds {...hand} />
          ) : (
            <Grid {...hand} />
          )}
        </div>
        <Panel
          {...hand}
          me={me}
          begun={begun}
          onTold={() => setBegun(null)}
          failed={failed}
          onChange={change}
          onFairness={() => setOpen("fairness")}
        />
      </div>
      {open === "plan" && <PlanSheet league={league} onBegun={setBegun} onClose={() => setOpen(null)} />}
      {open === "publish" && <PublishSheet league={league} onClose={() => setOpen(null)} />}
      {open === "fairness" && <FairnessSheet league={league} onClose={() => setOpen(null)} />}
      {open === "follow" && <FollowSheet league={league} onClose={() => setOpen(null)} />}
    </>
  );
}

function Header({ league, onOpen }: { readonly league: League; readonly onOpen: (what: Open) => void }) {
  const text = useLeagueWords();
  const { format, words } = useOfficeLanguage();
  const isPlanned = league.fixtures.length > 0;
  const first = dayOfText(league.firstDay) ?? 0;
  const last = league.lastDay === null ? null : dayOfText(league.lastDay);
  const file = (kind: "csv" | "ics") => `/v1/leagues/${league.id}/file?format=${kind}`;
  const remove = () =>
    void changeOrSay(
      "leagues.remove",
      { params: { id: league.id }, ifMatch: league.version },
      { said: text.removed(league.name), offline: words.failures.network, isUndoable: true },
    ).then(({ refused }) => refused === null && walk(printLeague()));
  return (
    <header className={styles.header} style={{ "--hue": league.colour } as object}>
      <div>
        <h1>
          <i className={section.swatch} aria-hidden="true" /> {league.name}
        </h1>
        <p className={section.quiet}>
          {[
            text.teams(league.teamCount),
            text.roundCount(league.roundCount),
            last === null ? format.date(first) : format.dayRange(first, last),
            ...(isPlanned ? [text.published(league.publishedCount, league.fixtureCount)] : []),
          ].join(" · ")}
        </p>
      </div>
      <div className={styles.deeds}>
        {isPlanned && (
          <>
            <Button size="small" onPress={() => onOpen("fairness")}>
              {text.fairness}
            </Button>
            <Button size="small" onPress={() => onOpen("follow")}>
              {text.follow}
            </Button>
            <a className={styles.file} href={file("csv")} download>
              {text.csv}
            </a>
            <a className={styles.file} href={file("ics")} download>
              {text.ics}
            </a>
          </>
        )}
        {league.canEdit && (
          <>
            <Button size="small" onPress={() => onOpen("settings")}>
              {text.settings}
            </Button>
            {league.publishedCount === 0 && (
              <Button size="small" onPress={remove}>
                {text.remove}
              </Button>
            )}
            <Button size="small" kind={isPlanned ? "plain" : "primary"} onPress={() => onOpen("plan")}>
              {isPlanned ? text.planAgain : text.plan}
            </Button>
            {isPlanned && (
              <Button size="small" kind="primary" onPress={() => onOpen("publish")}>
                {text.publish}
              </Button>
            )}
          </>
        )}
      </div>
    </header>
  );
}
