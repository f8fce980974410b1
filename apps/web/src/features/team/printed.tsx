import { printHours } from "@hourwright/timeline/team";
import { useLanguage } from "../../messages/index.tsx";
import { minutesOf, shownIn, type DraftByPerson, type TeamModel } from "./model.ts";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

const LAYERS = ["adjusted", "draft", "pending"] as const;

/** The roster as a table: on paper, A3 across, and where somebody's own colours replace ours. */
export function PrintedTeam(props: {
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  /** Whose roster it is, and the name of the draft that it shows. */
  readonly titles: readonly string[];
  readonly weekends: readonly boolean[];
}) {
  const { model, draft, titles, weekends } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const { fromDay, days } = model.window;
  const shortWords = ({ days: told }: TeamModel["coverage"][number]) => {
    const short = told.slice(0, days).filter(({ level }) => level === "short").length;
    return short === 0 ? words.coverage.covered : words.coverage.short(short);
  };
  const all = Array.from({ length: days }, (_, day) => day);
  const siteRow = (site: string) => (
    <tr key={`site ${site}`} className={styles.siteRow}>
      <th scope="colgroup" colSpan={days + 2}>
        {site}
      </th>
    </tr>
  );
  return (
    <div className={styles.printed}>
      <table className={styles.sheet}>
        <caption>
          {[...titles, format.dayRange(fromDay, fromDay + days - 1)].join(" · ")}
          <span className={styles.key}>
            {LAYERS.map((layer) => (
              <span key={layer} data-layer={layer}>
                {words.layers[layer]}
              </span>
            ))}
          </span>
        </caption>
        <colgroup>
          <col className={styles.names} />
          {all.map((day) => (
            <col key={day} data-weekend={weekends[day] || undefined} />
          ))}
          <col className={styles.sum} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{words.people(model.lines.length - 1)}</th>
            {all.map((day) => (
              <th key={day} scope="col">
                {format.dayShort(fromDay + day)}
              </th>
            ))}
            <th scope="col">{words.hours}</th>
          </tr>
        </thead>
        <tbody>
          {model.lines.map((line) => {
            const minutes = minutesOf(model, draft, line);
            const row = (
              <tr key={line.personId ?? "open"}>
                <th scope="row">{line.personId === null ? words.open.title : line.name}</th>
                {all.map((day) => {
                  const { cell, shifts } = shownIn(model, draft, line, day);
                  const shown = cell.pending.length > 0 ? cell.pending : shifts;
                  const absence = cell.absence ?? cell.pendingAbsence;
                  return (
                    <td key={day} data-layer={shown[0]?.layer}>
                      {shown.map((shift) => (
                        <div key={shift.fromMinute} className={styles.hours}>
                          {printHours(shift)}
                        </div>
                      ))}
                      {shown.length === 0 && absence !== null && (words.absences[absence] ?? absence)}
                    </td>
                  );
                })}
                <td>
                  {line.personId === null
                    ? ""
                    : line.askedMinutes === null
                      ? words.plainHours(minutes)
                      : `${words.plainHours(minutes)} / ${words.plainHours(line.askedMinutes)}`}
                </td>
              </tr>
            );
            return line.isFirst && line.site !== "" ? [siteRow(line.site), row] : row;
          })}
        </tbody>
        <tfoot>
          {model.coverage.map((row) => (
            <tr key={`${row.site} ${row.name} ${row.levelMin}`}>
              <th scope="row">{words.coverage.name(row.site, row.name, row.levelMin)}</th>
              {row.days.slice(0, days).map((told) => (
                <td key={told.day} data-short={told.level === "short" || undefined}>
                  {told.level === "none" ? "" : `${told.have}/${told.need}`}
                </td>
              ))}
              <td>{shortWords(row)}</td>
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
}
