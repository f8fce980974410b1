import { dayOfText } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Hand } from "./grid.tsx";
import styles from "./leagues.module.css";
import { isFixed, isSame } from "./model.ts";
import { useLeagueWords } from "./use-league-words.ts";

/** Round by round, for narrow screens: what is pressed is chosen. */
export function Rounds({ league, chosen, onChoose }: Hand) {
  const text = useLeagueWords();
  const { format } = useOfficeLanguage();
  const names = new Map(league.teams.map(({ id, name }) => [id, name]));
  const byRound = Map.groupBy(league.fixtures, ({ round }) => round);
  return (
    <div className={styles.rounds} style={{ "--hue": league.colour } as object}>
      {league.rounds.map(({ round, day, free }) => (
        <section key={round} aria-label={text.roundOn(round, format.dayShort(dayOfText(day) ?? 0))}>
          <h2>
            <button
              type="button"
              aria-pressed={isSame(chosen, { what: "round", round })}
              onClick={() => onChoose({ what: "round", round })}
            >
              {text.round(round)} <span>{format.dayShort(dayOfText(day) ?? 0)}</span>
            </button>
          </h2>
          <ul>
            {(byRound.get(round) ?? []).map((fixture) => (
              <li key={fixture.id}>
                <button
                  type="button"
                  aria-pressed={isSame(chosen, { what: "fixture", id: fixture.id })}
                  data-broken={fixture.broken.length > 0 || undefined}
                  onClick={() => onChoose({ what: "fixture", id: fixture.id })}
                >
                  <b>{text.match(names.get(fixture.homeId) ?? "", names.get(fixture.awayId) ?? "")}</b>
                  <span>
                    {fixture.kickOff}
                    {isFixed(fixture) && <Icon name="lock" size={11} />}
                    {fixture.broken.length > 0 && <em>{text.findings(fixture.broken.length)}</em>}
                  </span>
                </button>
              </li>
            ))}
            {free !== null && <li className={styles.free}>{text.free(names.get(free) ?? "")}</li>}
          </ul>
        </section>
      ))}
    </div>
  );
}
