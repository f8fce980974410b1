/* oxlint-disable jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events, react/no-array-index-key -- One cell of the grid has the focus, keys are heard by the grid, and columns are told apart by where they stand. */
import { dateOf, dayNumber, daysInMonth, weekdayOf } from "@hourwright/time";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useAsked } from "../../data/office.ts";
import { textOfDay } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ABSENCES, columnOf, COLUMNS, movedDay, totalsOf, yearOf, type YearDay } from "./absences.ts";
import styles from "./absence-year.module.css";
import { useStaffWords } from "./use-staff-words.ts";
import { Wide } from "./wide.tsx";

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const YEAR_MIN = 1971;
const YEAR_MAX = 2198;

type Person = { readonly id: string; readonly name: string };

/** Twelve months by days with what somebody is away for: a colour and a letter each, by keys from day to day, and on paper. */
export function AbsenceYear({
  person,
  today,
  firstWeekday,
}: {
  readonly person: Person;
  readonly today: number;
  readonly firstWeekday: number;
}) {
  const { absences: text } = useStaffWords();
  const [year, setYear] = useState(dateOf(today).year);
  const asked = useAsked("schedules.list", {
    query: { from: textOfDay(dayNumber(year, 1, 1)), to: textOfDay(dayNumber(year + 1, 1, 1)), people: [person.id] },
  });
  return (
    <Section
      title={text.title(year)}
      intro={text.intro}
      action={
        <div className={styles.turns}>
          <Button size="icon" aria-label={text.before} isDisabled={year <= YEAR_MIN} onPress={() => setYear(year - 1)}>
            <Icon name="previous" size={14} />
          </Button>
          <Button size="icon" aria-label={text.after} isDisabled={year >= YEAR_MAX} onPress={() => setYear(year + 1)}>
            <Icon name="next" size={14} />
          </Button>
          <Button onPress={() => print()}>{text.print}</Button>
        </div>
      }
    >
      <Answered asked={asked}>
        {(answer) => (
          <Grid
            key={year}
            person={person}
            year={year}
            days={yearOf(year, answer)}
            today={today}
            firstWeekday={firstWeekday}
          />
        )}
      </Answered>
    </Section>
  );
}

function Grid(props: {
  readonly person: Person;
  readonly year: number;
  readonly days: readonly YearDay[];
  readonly today: number;
  readonly firstWeekday: number;
}) {
  const { person, year, days, today, firstWeekday } = props;
  const { absences: text } = useStaffWords();
  const { format } = useOfficeLanguage();
  const first = dayNumber(year, 1, 1);
  const [on, setOn] = useState(dateOf(today).year === year ? today : first);
  const grid = useRef<HTMLDivElement>(null);
  const summary = useSummary();
  const totals = useMemo(() => totalsOf(days), [days]);
  const move = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const to = movedDay(on, event.key, firstWeekday);
    if (to === null) return;
    event.preventDefault();
    setOn(to);
    grid.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
  };
  const heads = Array.from({ length: COLUMNS }, (_, i) => ((firstWeekday - 1 + i) % 7) + 1);
  return (
    <>
      <Wide label={text.title(year)}>
        <div ref={grid} role="grid" className={styles.grid} aria-label={text.grid(person.name, year)} onKeyDown={move}>
          <div role="row" className={styles.row}>
            <span role="columnheader" className={styles.month}>
              {year}
            </span>
            {heads.map((weekday, i) => (
              <span
                key={`${i}`}
                role="columnheader"
                className={styles.weekday}
                aria-label={format.weekdayLong(weekday)}
              >
                {format.weekdayNarrow(weekday)}
              </span>
            ))}
          </div>
          {MONTHS.map((month) => (
            <div key={month} role="row" className={styles.row}>
              <span role="rowheader" className={styles.month}>
                {format.monthShort(month)}
              </span>
              {Array.from({ length: daysInMonth(year, month) }, (_, i) => {
                const day = days[dayNumber(year, month, i + 1) - first]!;
                return (
                  <Cell
                    key={day.day}
                    day={day}
                    number={i + 1}
                    column={columnOf(day.day, firstWeekday)}
                    isOn={day.day === on}
                    isToday={day.day === today}
                    name={summary(day)}
                    onFocus={setOn}
                  />
                );
              })}
            </div>
          ))}
        </div>
      </Wide>
      <p className={styles.summary} aria-hidden="true">
        {summary(days[on - first]!)}
      </p>
      {totals.size === 0 ? (
        <p className={section.quiet}>{text.none}</p>
      ) : (
        <ul className={styles.legend}>
          {ABSENCES.flatMap((kind) => {
            const count = totals.get(kind);
            return count === undefined
              ? []
              : [
                  <li key={kind}>
                    <i data-absence={kind} aria-hidden="true">
                      {text.letters[kind]}
                    </i>
                    {text.total(text.kinds[kind], count)}
                  </li>,
                ];
          })}
        </ul>
      )}
    </>
  );
}

function Cell(props: {
  readonly day: YearDay;
  readonly number: number;
  readonly column: number;
  readonly isOn: boolean;
  readonly isToday: boolean;
  readonly name: string;
  readonly onFocus: (day: number) => void;
}) {
  const { day, number, column, isOn, isToday, name, onFocus } = props;
  const { absences: text } = useStaffWords();
  const shown = day.absence ?? day.asked;
  return (
    <span
      role="gridcell"
      tabIndex={isOn ? 0 : -1}
      className={styles.cell}
      style={{ gridColumn: column + 2 }}
      data-day={day.day}
      data-absence={day.absence ?? undefined}
      data-asked={day.asked ?? undefined}
      data-weekend={weekdayOf(day.day) > 5 ? "" : undefined}
      data-today={isToday ? "" : undefined}
      aria-label={name}
      aria-colindex={column + 2}
      title={name}
      onFocus={() => onFocus(day.day)}
      onClick={(event) => event.currentTarget.focus()}
    >
      {shown === null ? number : text.letters[shown]}
    </span>
  );
}

/** A day in a sentence: Thursday 25 March 2027: leave. */
function useSummary(): (day: YearDay) => string {
  const { absences: text } = useStaffWords();
  const { format } = useOfficeLanguage();
  return ({ day, absence, asked, holiday, workMinutes }) => {
    const what: string[] = [];
    if (absence !== null && absence !== "holiday") what.push(text.kinds[absence]);
    if (holiday !== "") what.push(text.named(text.kinds.holiday, holiday));
    if (asked !== null) what.push(text.asked(text.kinds[asked]));
    if (workMinutes > 0) what.push(text.works(format.duration(workMinutes)));
    if (what.length === 0) what.push(text.nothing);
    return text.onDay(format.dayWithYear(day), what);
  };
}
