import { useState } from "react";
import type { Me } from "../../data/api.ts";
import { nowMs } from "../../data/clock.ts";
import { change, changeOrSay, useAsked, type Holiday, type Hours } from "../../data/office.ts";
import type { Directory } from "../../data/session.ts";
import { parseInstant, printInstant } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { WeekEditor } from "../../ui/week-editor.tsx";
import { Answered, Rows, Section, What } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";

const EVERYBODY = "";
const DAY_MS = 86_400_000;

/** The week of the organisation or of one person, and the days on which nobody works. */
export function WorkingHours({
  me,
  mayRule,
  directory,
}: {
  readonly me: Me;
  readonly mayRule: boolean;
  readonly directory: Directory;
}) {
  const { words } = useLanguage();
  const text = words.settings.hours;
  const [whose, setWhose] = useState(mayRule ? EVERYBODY : me.personId);
  const asked = useAsked("workingHours.read", { query: whose === EVERYBODY ? {} : { subject: whose } });
  const people = directory.people.filter(({ kind }) => kind === "person");
  const mayChange = mayRule || whose === me.personId || me.role === "manager";
  return (
    <Section title={words.settings.sections.hours} intro={text.intro}>
      <div className={styles.tools}>
        <Choice
          label={text.whose}
          value={whose}
          options={[
            { value: EVERYBODY, label: text.everybody },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setWhose}
        />
      </div>
      <Answered asked={asked}>
        {(hours) => (
          <HoursForm
            key={JSON.stringify(hours)}
            hours={hours}
            firstWeekday={me.organisation.firstWeekday}
            mayChange={mayChange && (whose !== EVERYBODY || mayRule)}
          />
        )}
      </Answered>
      <Holidays mayRule={mayRule} />
    </Section>
  );
}

function HoursForm(props: { readonly hours: Hours; readonly firstWeekday: number; readonly mayChange: boolean }) {
  const { hours, firstWeekday, mayChange } = props;
  const { words } = useLanguage();
  const text = words.settings.hours;
  const [week, setWeek] = useState<Hours["week"]>(hours.week);
  const [refused, setRefused] = useState<string | null>(null);
  const isPerson = hours.subjectId !== null;
  const put = async (given: Hours["week"] | null) => {
    const body = { subjectId: hours.subjectId, week: given };
    const changed = await change(
      "workingHours.put",
      { body },
      { said: text.saved, offline: words.failures.network, isUndoable: true },
    );
    setRefused(changed.refused?.sentence ?? null);
  };
  return (
    <>
      {isPerson && <p className={styles.quiet}>{hours.own ? text.own : text.follows}</p>}
      <WeekEditor
        week={week}
        firstWeekday={firstWeekday}
        isDisabled={!mayChange}
        onChange={(next) => setWeek(next.map((stretch) => ({ ...stretch })))}
      />
      {refused !== null && <Refusal>{refused}</Refusal>}
      <div className={styles.actions}>
        {!mayChange && <span className={styles.quiet}>{words.settings.mayNot}</span>}
        {mayChange && isPerson && hours.own && <Button onPress={() => void put(null)}>{text.follow}</Button>}
        {mayChange && (
          <Button kind="primary" onPress={() => void put(week)}>
            {words.settings.save}
          </Button>
        )}
      </div>
    </>
  );
}

function Holidays({ mayRule }: { readonly mayRule: boolean }) {
  const { words, format } = useLanguage();
  const text = words.settings.hours;
  const [from] = useState(() => dayText(nowMs()));
  const asked = useAsked("holidays.list", { query: { from } });
  const [day, setDay] = useState("");
  const [name, setName] = useState("");
  const [refused, setRefused] = useState<string | null>(null);
  const { network: offline } = words.failures;
  const add = async () => {
    if (day === "" || name.trim() === "") return setRefused(words.settings.needed);
    const body = { days: [{ day, name: name.trim() }] };
    const changed = await change(
      "holidays.add",
      { body },
      { said: words.settings.added(name), offline, isUndoable: true },
    );
    setRefused(changed.refused?.sentence ?? null);
    if (changed.refused === null) {
      setDay("");
      setName("");
    }
  };
  const remove = (holiday: Holiday) =>
    void changeOrSay(
      "holidays.remove",
      { params: { day: holiday.day } },
      { said: text.holidayGone(holiday.name), offline, isUndoable: true },
    );
  return (
    <Section title={text.holidays} intro={text.holidaysIntro}>
      {mayRule && (
        <FieldRow>
          <TextInput label={text.day} type="date" value={day} onChange={setDay} />
          <TextInput label={words.settings.name} value={name} maxLength={200} onChange={setName} />
          <div className={styles.actions}>
            <Button onPress={() => void add()}>{words.settings.add}</Button>
          </div>
        </FieldRow>
      )}
      {refused !== null && <Refusal>{refused}</Refusal>}
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={text.holidays} empty={text.holidaysEmpty}>
            {(holiday) => (
              <li key={holiday.day} className={styles.row}>
                <What name={holiday.name} more={[format.dayWithYear(epochDayOf(holiday.day))]} />
                {mayRule && (
                  <Button size="small" aria-label={text.removeHoliday(holiday.name)} onPress={() => remove(holiday)}>
                    {words.settings.calendars.remove}
                  </Button>
                )}
              </li>
            )}
          </Rows>
        )}
      </Answered>
    </Section>
  );
}

/** A day as its number from 1970-01-01 on. */
const epochDayOf = (day: string): number => Math.round((parseInstant(`${day}T00:00:00Z`) ?? 0) / DAY_MS);

/** Today, as a holiday writes it. A day more or less at midnight lists one holiday more. */
const dayText = (ms: number): string => printInstant(ms).slice(0, 10);
