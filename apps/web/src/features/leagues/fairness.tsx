import { useAsked, type Asked } from "../../data/office.ts";
import type { Answer } from "../../data/api.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered } from "../../shell/section.tsx";
import { Modal } from "../../ui/modal.tsx";
import styles from "./leagues.module.css";
import { namesIn, type League } from "./model.ts";
import { useLeagueWords } from "./use-league-words.ts";

type Fairness = Answer<"leagues.fairness">;
type Row = Fairness["teams"][number];

const COLUMNS = {
  home: ({ home }: Row) => home,
  away: ({ away }: Row) => away,
  breaks: ({ breaksHome, breaksAway }: Row) => breaksHome + breaksAway,
  row: ({ inARowMost }: Row) => inARowMost,
  km: ({ kilometres }: Row) => kilometres,
  weekends: ({ homeWeekends }: Row) => homeWeekends,
  late: ({ late }: Row) => late,
  rest: ({ restDaysLeast }: Row) => restDaysLeast,
} as const;
const NAMES = ["home", "away", "breaks", "row", "km", "weekends", "late", "rest"] as const;

/** Who bears how much of what nobody likes: a bar in each column, as long as its share of the most. */
export function FairnessSheet({ league, onClose }: { readonly league: League; readonly onClose: () => void }) {
  const { fair: text } = useLeagueWords();
  const asked: Asked<Fairness> = useAsked("leagues.fairness", { params: { id: league.id }, query: {} });
  return (
    <Modal title={text.title(league.name)} onClose={onClose}>
      <Answered asked={asked}>{(answer) => <Shares answer={answer} league={league} />}</Answered>
    </Modal>
  );
}

function Shares({ answer, league }: { readonly answer: Fairness; readonly league: League }) {
  const { fair: text } = useLeagueWords();
  const { format } = useOfficeLanguage();
  const name = namesIn(league);
  const most = Object.fromEntries(
    NAMES.map((column) => [column, Math.max(1, ...answer.teams.map((team) => COLUMNS[column](team) ?? 0))]),
  );
  return (
    <>
      <p className={styles.quiet}>{text.text}</p>
      {/* Scrolled by keys as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.fair} tabIndex={0} role="region" aria-label={text.list}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.team}</th>
              {NAMES.map((column) => (
                <th key={column} scope="col">
                  {text.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.teams.map((team) => (
              <tr key={team.teamId}>
                <th scope="row">{name(team.teamId)}</th>
                {NAMES.map((column) => {
                  const value = COLUMNS[column](team);
                  return (
                    <td key={column}>
                      {value === null ? "–" : column === "rest" ? text.days(value) : format.number(value)}
                      <i style={{ inlineSize: `${(100 * (value ?? 0)) / most[column]!}%` }} aria-hidden="true" />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer.placesMissing.length > 0 && <p className={styles.quiet}>{text.missing(answer.placesMissing.length)}</p>}
    </>
  );
}
