import { printHours } from "@hourwright/timeline/team";
import { useLanguage } from "../../messages/index.tsx";
import { minutesOf, shownIn, type DraftByPerson, type TeamModel } from "./model.ts";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

/** The roster as a table: on paper, A3 across, and where somebody's own colours replace ours. */
export default function PrintedTeam(props: {
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly today: number;
  readonly title: string;
}) {
  const { model, draft, title } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const { fromDay, days } = model.window;
  const shortWords = ({ days: told }: TeamModel["coverage"][number]) => {
    const short = told.slice(0, days).filter(({ level }) => level === "short").length;
    return short === 0 ? words.coverage.covered : words.coverage.short(short);
  };
  const all = Array.from({ length: days }, (_, day) => day);
  return (
    <div className={styles.printed}>
      <table className={styles.sheet}>
        <caption>
          {title} · {format.dayRange(fromDay, fromDay + days - 1)}
        </caption>
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
            return (
              <tr key={line.personId ?? "open"}>
                <th scope="row">
                  {line.personId === null ? words.open.title : line.name}
                  {line.isFirst && line.site !== "" ? ` · ${line.site}` : ""}
                </th>
                {all.map((day) => {
                  const { cell, shifts } = shownIn(model, draft, line, day);
                  const shown = cell.pending.length > 0 ? cell.pending : shifts;
                  const absence = cell.absence ?? cell.pendingAbsence;
                  return (
                    <td key={day} data-layer={shown[0]?.layer}>
                      {shown.length > 0
                        ? shown.map(printHours).join(", ")
                        : absence === null
                          ? ""
                          : (words.absences[absence] ?? absence)}
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
          })}
        </tbody>
        <tfoot>
          {model.coverage.map((row) => (
            <tr key={`${row.site} ${row.name} ${row.levelMin}`}>
              <th scope="row">{words.coverage.name(row.site, row.name)}</th>
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
