import { lazy, Suspense, type MouseEvent } from "react";
import type { Me } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { dayOfText } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { usePath, walk } from "../../shell/use-address.ts";
import { Button } from "../../ui/button.tsx";
import { parseLeagues, printLeague } from "./address.ts";
import { LeaguePage } from "./league.tsx";
import styles from "./leagues.module.css";
import { useLeagueWords } from "./use-league-words.ts";

const LeagueForm = lazy(async () => ({ default: (await import("./league-form.tsx")).LeagueForm }));

/** Leagues: a list, and one with all its rounds. */
export default function Leagues({ me }: { readonly me: Me }) {
  const { id, isNew } = parseLeagues(usePath());
  const text = useLeagueWords();
  return (
    <div className={styles.place}>
      {id === null && !isNew && <List me={me} />}
      {isNew && (
        <div className={styles.paper}>
          <Suspense fallback={<output className={section.quiet}>{text.loading}</output>}>
            <LeagueForm me={me} league={null} onDone={(made) => walk(printLeague(made), "replace")} />
          </Suspense>
        </div>
      )}
      {id !== null && <LeaguePage key={id} me={me} id={id} />}
    </div>
  );
}

function List({ me }: { readonly me: Me }) {
  const asked = useAsked("leagues.list", { query: {} });
  const text = useLeagueWords();
  const { format } = useOfficeLanguage();
  const mayBegin = me.role === "owner" || me.role === "administrator";
  const open = (event: MouseEvent, id: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk(printLeague(id));
  };
  return (
    <div className={styles.paper}>
      <div className={section.section}>
        <header>
          <div>
            <h1 className={styles.title}>{text.title}</h1>
            <p className={section.quiet}>{text.intro}</p>
          </div>
          {mayBegin && (
            <Button kind="primary" onPress={() => walk(printLeague("new"))}>
              {text.begin}
            </Button>
          )}
        </header>
        <Answered asked={asked}>
          {({ items }) =>
            items.length === 0 ? (
              <p className={section.empty}>{text.empty}</p>
            ) : (
              <ul className={section.list} aria-label={text.title}>
                {items.map((league) => {
                  const last = league.lastDay === null ? null : dayOfText(league.lastDay);
                  const first = dayOfText(league.firstDay) ?? 0;
                  return (
                    <li key={league.id} className={`${section.row} ${styles.item}`}>
                      <i className={section.swatch} style={{ "--hue": league.colour } as object} aria-hidden="true" />
                      <a
                        className={section.what}
                        href={printLeague(league.id)}
                        onClick={(event) => open(event, league.id)}
                      >
                        <b>{league.name}</b>
                        <span>
                          {[
                            text.teams(league.teamCount),
                            text.roundCount(league.roundCount),
                            last === null ? format.date(first) : format.dayRange(first, last, "short"),
                          ].join(" · ")}
                        </span>
                      </a>
                      <span
                        className={section.mark}
                        data-tone={league.fixtureCount === 0 ? undefined : league.score.hard > 0 ? "bad" : "good"}
                      >
                        {league.fixtureCount === 0
                          ? text.notPlanned
                          : league.score.hard > 0
                            ? text.brokenHard(league.score.hard)
                            : league.publishedCount > 0
                              ? text.published(league.publishedCount, league.fixtureCount)
                              : text.holds}
                      </span>
                    </li>
                  );
                })}
              </ul>
            )
          }
        </Answered>
      </div>
    </div>
  );
}
