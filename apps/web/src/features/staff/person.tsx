import type { MouseEvent } from "react";
import { useState } from "react";
import type { Answer, Me } from "../../data/api.ts";
import { isOffline, RequestFailed, sentenceOf } from "../../data/api.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { textOfDay } from "../../data/roster.ts";
import { useStaff, type Contract, type Staff, type StaffPerson } from "../../data/staff.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { SkillList } from "../../shell/person-skills.tsx";
import { Answered, Section, Sheet, wrongWith } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { walk } from "../../shell/use-address.ts";
import { useNow } from "../../shell/use-now.ts";
import { useToday } from "../../shell/use-today.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice, Refusal, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { AbsenceYear } from "./absence-year.tsx";

import { ContractSheet } from "./contract-sheet.tsx";
import { useContractText } from "./contract-text.ts";
import { minuteOf, timeText } from "./contract-form.ts";
import { moneyText } from "./money.ts";
import { departmentPaths, NO_DEPARTMENT, siteOf, versionToTell } from "./people-shown.ts";
import styles from "./person.module.css";
import { useDays } from "./use-days.ts";
import { useStaffWords } from "./use-staff-words.ts";
import { Wide } from "./wide.tsx";

/** One person: contract by versions, skills, leave, hours, and the year of absences. */
export function Person({ me, id }: { readonly me: Me; readonly id: string }) {
  const { words } = useOfficeLanguage();
  const { person: text } = useStaffWords();
  const { staff, failed } = useStaff();
  const person = staff?.people.find((each) => each.id === id);
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk("/staff");
  };
  return (
    <div className={styles.page}>
      <a className={styles.back} href="/staff" onClick={follow}>
        <Icon name="back" size={14} /> {text.back}
      </a>
      {person !== undefined && <Told me={me} staff={staff!} person={person} />}
      {staff !== null && person === undefined && <p className={section.empty}>{text.nobody}</p>}
      {staff === null && (
        <output className={section.quiet}>{failed === null ? words.settings.loading : words.settings.failed}</output>
      )}
    </div>
  );
}

function Told({ me, staff, person }: { readonly me: Me; readonly staff: Staff; readonly person: StaffPerson }) {
  const { person: text } = useStaffWords();
  const today = useToday(me.organisation.zone, useNow()).epochDay;
  const mayRule = me.role === "owner" || me.role === "administrator";
  const mayChange = mayRule || (me.role === "manager" && person.id !== me.personId);
  // Who is a member is told of themselves alone.
  const maySee = me.role !== "member" || person.id === me.personId;
  return (
    <>
      <header className={styles.head}>
        <Avatar name={person.name} />
        <div>
          <h2>{person.name}</h2>
          {person.email !== null && <p className={section.quiet}>{person.email}</p>}
        </div>
        {mayRule && <Button onPress={() => walk("/settings/people")}>{text.settings}</Button>}
      </header>
      <Place staff={staff} person={person} mayChange={mayChange} />
      {maySee ? (
        <>
          <Contracts staff={staff} person={person} today={today} mayChange={mayChange} maySeeCost={mayRule} />
          <Section title={text.skills} intro="">
            <SkillList person={person} mayChange={mayChange} />
          </Section>
          <AbsenceYear person={person} today={today} firstWeekday={me.organisation.firstWeekday} />
          <Account person={person} today={today} />
        </>
      ) : (
        <p className={section.empty}>{text.hidden}</p>
      )}
    </>
  );
}

function Place(props: { readonly staff: Staff; readonly person: StaffPerson; readonly mayChange: boolean }) {
  const { staff, person, mayChange } = props;
  const { words } = useOfficeLanguage();
  const { person: text, people } = useStaffWords();
  const paths = departmentPaths(staff.departments);
  if (staff.departments.length === 0) return null;
  const put = (to: string) => {
    const departmentId = to === NO_DEPARTMENT ? null : to;
    const name = staff.departments.find(({ id }) => id === to)?.name ?? null;
    void changeOrSay(
      "departments.place",
      { body: { people: [{ personId: person.id, departmentId }] } },
      { said: text.placed(person.name, name), offline: words.failures.network, isUndoable: true },
    );
  };
  return (
    <div className={styles.place}>
      <Choice
        label={text.department}
        value={person.departmentId ?? NO_DEPARTMENT}
        isDisabled={!mayChange}
        options={[
          { value: NO_DEPARTMENT, label: people.noDepartment },
          ...staff.departments.map(({ id, name }) => ({ value: id, label: paths.get(id) ?? name })),
        ]}
        onChange={put}
      />
    </div>
  );
}

function Contracts(props: {
  readonly staff: Staff;
  readonly person: StaffPerson;
  readonly today: number;
  readonly mayChange: boolean;
  readonly maySeeCost: boolean;
}) {
  const { staff, person, mayChange, maySeeCost } = props;
  const { words } = useOfficeLanguage();
  const { person: text } = useStaffWords();
  const today = textOfDay(props.today);
  const [open, setOpen] = useState<"new" | "end" | null>(null);
  const { versions } = person;
  const last = versions.at(-1);
  const sites = [...new Set(staff.people.flatMap((each) => siteOf(each, today) ?? []))].toSorted();
  const reopen = ({ id, version }: Contract) =>
    void changeOrSay(
      "contracts.end",
      { params: { id }, body: { until: null }, ifMatch: version },
      { said: text.reopened(person.name), offline: words.failures.network, isUndoable: true },
    );
  return (
    <Section
      title={text.contract}
      intro={text.contractIntro}
      action={
        mayChange && (
          <div className={styles.actions}>
            {last !== undefined && last.until === null && <Button onPress={() => setOpen("end")}>{text.end}</Button>}
            {last !== undefined && last.until !== null && <Button onPress={() => reopen(last)}>{text.reopen}</Button>}
            <Button kind="primary" onPress={() => setOpen("new")}>
              {last === undefined ? text.addFirst : text.add}
            </Button>
          </div>
        )
      }
    >
      {versions.length === 0 ? (
        <p className={section.empty}>{text.noContract}</p>
      ) : (
        <ol className={styles.versions}>
          {versions.toReversed().map((version) => (
            <Version
              key={version.id}
              version={version}
              isTold={version === versionToTell(versions, today)}
              today={today}
            />
          ))}
        </ol>
      )}
      {open === "new" && (
        <ContractSheet
          person={person}
          versions={versions}
          today={today}
          sites={sites}
          maySeeCost={maySeeCost}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "end" && last !== undefined && (
        <EndSheet person={person} last={last} today={today} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

function Version({
  version,
  isTold,
  today,
}: {
  readonly version: Contract;
  readonly isTold: boolean;
  readonly today: string;
}) {
  const { format, locale } = useOfficeLanguage();
  const { person: text } = useStaffWords();
  const contract = useContractText();
  const day = useDays();
  const ruleSets = useAsked("ruleSets.list", { query: {} });
  const rules =
    ruleSets.status === "ready" ? ruleSets.value.items.find(({ id }) => id === version.ruleSetId) : undefined;
  const { from, until, weeks, site, region, cost, holidays = "paid" } = version;
  const state = until !== null && until < today ? "over" : from > today ? "later" : "now";
  const more = [
    site,
    text.turns(weeks.length),
    [region, text.holidays[holidays]].filter((part) => part !== null).join(": "),
    rules === undefined ? null : text.rules(rules.name),
    cost === null ? null : text.cost(moneyText(cost, locale)),
  ];
  return (
    <li className={styles.version} data-state={state}>
      <div className={styles.versionHead}>
        <b>{contract.hours(version)}</b>
        <span className={section.mark} data-tone={state === "now" ? "good" : undefined}>
          {text[state]}
        </span>
        <span className={styles.span}>
          {until === null ? text.from(day(from)) : text.fromUntil(day(from), day(until))}
        </span>
      </div>
      <p className={section.quiet}>{more.filter((part) => part !== null && part !== "").join(" · ")}</p>
      <details open={isTold}>
        <summary>{text.patternOf(day(from))}</summary>
        <Wide label={text.patternOf(day(from))}>
          <table className={styles.weeks} aria-label={text.patternOf(day(from))}>
            <thead>
              <tr>
                <th scope="col">{text.week}</th>
                {WEEKDAYS.map((weekday) => (
                  <th key={weekday} scope="col">
                    {format.weekdayShort(weekday)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week, i) => (
                // oxlint-disable-next-line react/no-array-index-key -- Weeks have no names.
                <tr key={`${i}`}>
                  <th scope="row">{text.weekOf(i + 1)}</th>
                  {WEEKDAYS.map((weekday) => {
                    const shifts = week.filter((shift) => shift.weekday === weekday);
                    return (
                      <td key={weekday}>
                        {shifts.length === 0
                          ? text.off
                          : shifts.map((shift) => <ShiftText key={shift.starts} shift={shift} />)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </details>
    </li>
  );
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

function ShiftText({ shift }: { readonly shift: Contract["weeks"][number][number] }) {
  const { starts, minutes, name } = shift;
  return (
    <span className={styles.shift}>
      {`${starts}–${timeText(minuteOf(starts)! + minutes)}`}
      {name !== "" && <small>{name}</small>}
    </span>
  );
}

function EndSheet(props: {
  readonly person: StaffPerson;
  readonly last: Contract;
  readonly today: string;
  readonly onClose: () => void;
}) {
  const { person, last, today, onClose } = props;
  const { words } = useOfficeLanguage();
  const { person: text, bulk } = useStaffWords();
  const day = useDays();
  const [until, setUntil] = useState(today < last.from ? last.from : today);
  const save = () => {
    if (until === "") return Promise.resolve(null);
    return change(
      "contracts.end",
      { params: { id: last.id }, body: { until }, ifMatch: last.version },
      { said: text.ends(person.name, day(until)), offline: words.failures.network, isUndoable: true },
    );
  };
  return (
    <Sheet title={text.endTitle(person.name)} submit={bulk.endSubmit} onSubmit={save} onClose={onClose}>
      {(refused, isTried) => (
        <TextInput
          label={bulk.last}
          type="date"
          value={until}
          isFirst
          onChange={setUntil}
          {...wrongWith(
            refused,
            ["workforce/contract-invalid", "workforce/contracts-overlap"],
            isTried && until === "" ? bulk.lastNeeded : null,
          )}
        />
      )}
    </Sheet>
  );
}

const MONTHS_TOLD = 12;
type TimeAccount = Answer<"timeAccounts.read">;

/** Leave by year, and hours from month to month. */
function Account({ person, today }: { readonly person: StaffPerson; readonly today: number }) {
  const { person: text } = useStaffWords();
  const { words } = useOfficeLanguage();
  const asked = useAsked("timeAccounts.read", {
    params: { personId: person.id },
    query: { from: textOfDay(today), to: textOfDay(today + 1) },
  });
  // A manager is told of those in their scope alone.
  if (asked.status === "failed" && asked.error instanceof RequestFailed && !isOffline(asked.error))
    return <p className={section.empty}>{sentenceOf(asked.error, words.settings.failed)}</p>;
  return (
    <>
      <Section title={text.leave} intro="">
        <Answered asked={asked}>
          {(account) =>
            account.leave.length === 0 ? <p className={section.empty}>{text.noAccount}</p> : <Leave account={account} />
          }
        </Answered>
      </Section>
      <Section title={text.account} intro={text.accountIntro}>
        <Answered asked={asked}>
          {(account) =>
            account.months.length === 0 ? (
              <p className={section.empty}>{text.noAccount}</p>
            ) : (
              <Hours account={account} />
            )
          }
        </Answered>
      </Section>
    </>
  );
}

function Leave({ account }: { readonly account: TimeAccount }) {
  const { person: text } = useStaffWords();
  return (
    <Wide label={text.leave}>
      <table className={styles.table} aria-label={text.leave}>
        <thead>
          <tr>
            <th scope="col">{text.year}</th>
            <th scope="col">{text.carried}</th>
            <th scope="col">{text.entitled}</th>
            <th scope="col">{text.taken}</th>
            <th scope="col">{text.expired}</th>
            <th scope="col">{text.left}</th>
          </tr>
        </thead>
        <tbody>
          {account.leave.toReversed().map(({ year, carried, entitled, taken, expired, left }) => (
            <tr key={year}>
              <th scope="row">{year}</th>
              <td>{text.days(carried)}</td>
              <td>{text.days(entitled)}</td>
              <td>{text.days(taken)}</td>
              <td>{text.days(expired)}</td>
              <td>
                <b>{text.days(left)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Hours({ account }: { readonly account: TimeAccount }) {
  const { person: text } = useStaffWords();
  const { format } = useOfficeLanguage();
  const months = account.months.slice(-MONTHS_TOLD).toReversed();
  const most = Math.max(1, ...months.map(({ closing }) => Math.abs(closing)));
  return (
    <>
      {account.faults.length > 0 && (
        <Refusal>
          <p>{text.faults}</p>
          <ul>
            {account.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Refusal>
      )}
      <Wide label={text.account}>
        <table className={styles.table} aria-label={text.account}>
          <thead>
            <tr>
              <th scope="col">{text.month}</th>
              <th scope="col">{text.opening}</th>
              <th scope="col">{text.change}</th>
              <th scope="col">{text.gone}</th>
              <th scope="col">{text.closing}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, opening, change: by, expired, capped, closing }) => (
              <tr key={month}>
                <th scope="row">{monthText(month, format.monthLong)}</th>
                <td>{format.durationChange(opening)}</td>
                <td>{format.durationChange(by)}</td>
                <td>{format.durationChange(-expired - capped)}</td>
                <td>
                  <span className={styles.meter} aria-hidden="true">
                    <i
                      data-side={closing < 0 ? "less" : "more"}
                      style={{ inlineSize: `${(Math.abs(closing) / most) * 50}%` }}
                    />
                  </span>
                  <b className={styles.value}>{format.durationChange(closing)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
}

const monthText = (month: string, name: (month: number) => string): string =>
  `${name(Number(month.slice(5)))} ${month.slice(0, 4)}`;
