import { memo, useDeferredValue, useEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import type { Me } from "../../data/api.ts";
import { sentenceOf, isOffline } from "../../data/api.ts";
import { readAgain } from "../../data/freshness.ts";
import { textOfDay } from "../../data/roster.ts";
import { askBalances, balancesStore, useStaff, type Balance, type Staff, type StaffPerson } from "../../data/staff.ts";
import { useStore } from "../../data/store.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { usePath, walk } from "../../shell/use-address.ts";
import { useNow } from "../../shell/use-now.ts";
import { useToday } from "../../shell/use-today.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, Refusal, TextInput } from "../../ui/field.tsx";
import { usePrinting } from "../../ui/use-printing.ts";
import { parsePeople, printPeople, printStaff, SORTS, type PeopleShown, type Sort } from "./address.ts";
import { BulkBar } from "./bulk.tsx";
import { useContractText } from "./contract-text.ts";
import { departmentPaths, NO_DEPARTMENT, peopleToShow, siteOf, versionToTell } from "./people-shown.ts";
import styles from "./staff.module.css";
import { useStaffWords } from "./use-staff-words.ts";

/** Skills told in a row; of more it is said how many. */
const SKILLS_TOLD = 3;
/** Rows drawn at first, and as many more whenever their end comes near: a thousand at once take a second on a slow machine. */
const ROWS_DRAWN = 60;
/** Rows near what is seen have their accounts read as well. */
const NEAR = "300px";

/** Everybody with their contract in one sentence; found, put in order, and changed several at once. */
export function People({ me }: { readonly me: Me }) {
  const { words } = useOfficeLanguage();
  const { people: text, sections } = useStaffWords();
  const { staff, failed } = useStaff();
  return (
    <Section title={sections.people} intro={text.intro}>
      {failed !== null && failed !== undefined && (
        <Refusal>
          <p>{isOffline(failed) ? words.failures.network : sentenceOf(failed, words.settings.failed)}</p>
          <Button onPress={readAgain}>{words.actions.retry}</Button>
        </Refusal>
      )}
      {staff === null && (failed === null || failed === undefined) && (
        <output className={section.quiet} aria-busy="true">
          {words.settings.loading}
        </output>
      )}
      {staff !== null && staff.people.length === 0 && <p className={section.empty}>{text.empty}</p>}
      {staff !== null && staff.people.length > 0 && <Found me={me} staff={staff} />}
    </Section>
  );
}

function Found({ me, staff }: { readonly me: Me; readonly staff: Staff }) {
  const { people: text } = useStaffWords();
  const shown = parsePeople(usePath());
  const [search, setSearch] = useState(shown.search);
  const today = useToday(me.organisation.zone, useNow()).epochDay;
  const todayText = textOfDay(today);
  const balances = useStore(balancesStore, ({ of }) => of);
  const asked = useDeferredValue(search);
  const { department, site, skill, sort, isDown } = shown;
  const isByAccount = sort === "leave" || sort === "balance";
  const found = useMemo(
    () =>
      peopleToShow(
        { ...staff, balances: isByAccount ? balances : NO_BALANCES, today: todayText },
        { search: asked, department, site, skill, sort, isDown },
      ),
    [staff, balances, isByAccount, todayText, asked, department, site, skill, sort, isDown],
  );
  // What is ordered by is read of everybody; else only of those seen.
  useEffect(() => {
    if (isByAccount)
      askBalances(
        found.flatMap(({ id, versions }) => (versions.length === 0 ? [] : id)),
        today,
      );
  }, [isByAccount, found, today]);
  const go = (change: Partial<PeopleShown>) => walk(printPeople({ ...shown, search, ...change }), "replace");
  // The address follows what is typed, after the list: it is not waited for.
  const kept = printPeople({ search: asked, department, site, skill, sort, isDown });
  useEffect(() => walk(kept, "replace"), [kept]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = useMemo(() => found.filter(({ id }) => chosen.has(id)), [found, chosen]);
  const mayChange = me.role !== "member";
  return (
    <>
      <Filters staff={staff} shown={shown} search={search} today={todayText} onSearch={setSearch} onChange={go} />
      <div className={styles.bar}>
        <span className={section.quiet} role="status">
          {text.count(found.length, staff.people.length)}
        </span>
        {found.length < staff.people.length && (
          <Button
            size="small"
            onPress={() => {
              setSearch("");
              walk(printPeople({ ...shown, search: "", department: "", site: "", skill: "" }), "replace");
            }}
          >
            {text.clear}
          </Button>
        )}
      </div>
      {mayChange && selected.length > 0 && (
        <BulkBar staff={staff} people={selected} today={todayText} onDeselect={() => setChosen(new Set())} />
      )}
      {found.length === 0 ? (
        <p className={section.empty}>{text.noMatch}</p>
      ) : (
        <Table
          me={me}
          staff={staff}
          people={found}
          shown={shown}
          today={today}
          chosen={chosen}
          onChoose={mayChange ? setChosen : null}
          onSort={(by) => go({ sort: by, isDown: sort === by && !isDown })}
        />
      )}
    </>
  );
}

const NO_BALANCES: ReadonlyMap<string, Balance | null> = new Map();

function Filters(props: {
  readonly staff: Staff;
  readonly shown: PeopleShown;
  readonly search: string;
  readonly today: string;
  readonly onSearch: (search: string) => void;
  readonly onChange: (change: Partial<PeopleShown>) => void;
}) {
  const { staff, shown, search, today, onSearch, onChange } = props;
  const { people: text } = useStaffWords();
  const sites = useMemo(
    () => [...new Set(staff.people.flatMap((person) => siteOf(person, today) ?? []))].toSorted(),
    [staff, today],
  );
  const paths = useMemo(() => departmentPaths(staff.departments), [staff.departments]);
  return (
    <div className={styles.filters} role="search">
      <TextInput label={text.search} value={search} onChange={onSearch} />
      <Choice
        label={text.department}
        value={shown.department}
        options={[
          { value: "", label: text.anyDepartment },
          { value: NO_DEPARTMENT, label: text.noDepartment },
          ...staff.departments.map(({ id, name }) => ({ value: id, label: paths.get(id) ?? name })),
        ]}
        onChange={(department) => onChange({ department })}
      />
      <Choice
        label={text.site}
        value={shown.site}
        options={[{ value: "", label: text.anySite }, ...sites.map((site) => ({ value: site, label: site }))]}
        onChange={(site) => onChange({ site })}
      />
      <Choice
        label={text.skill}
        value={shown.skill}
        options={[
          { value: "", label: text.anySkill },
          ...staff.skills.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(skill) => onChange({ skill })}
      />
    </div>
  );
}

function Table(props: {
  readonly me: Me;
  readonly staff: Staff;
  readonly people: readonly StaffPerson[];
  readonly shown: PeopleShown;
  readonly today: number;
  readonly chosen: ReadonlySet<string>;
  /** Null: nothing can be done with those who are selected. */
  readonly onChoose: ((ids: ReadonlySet<string>) => void) | null;
  readonly onSort: (by: Sort) => void;
}) {
  const { staff, people, shown, today, chosen, onChoose, onSort } = props;
  const { people: text } = useStaffWords();
  const isPrinting = usePrinting();
  const [drawn, setDrawn] = useState({ of: people, count: ROWS_DRAWN });
  if (drawn.of !== people) {
    // In another order, or others: from the top. What was only read again stays as far as it was.
    const isOther = drawn.of[0]?.id !== people[0]?.id || drawn.of.length !== people.length;
    setDrawn({ of: people, count: isOther ? ROWS_DRAWN : drawn.count });
  }
  const paths = useMemo(() => departmentPaths(staff.departments), [staff.departments]);
  const rows = useMemo(() => (isPrinting ? people : people.slice(0, drawn.count)), [isPrinting, people, drawn.count]);
  const more = () => setDrawn((before) => ({ ...before, count: before.count + ROWS_DRAWN }));
  const table = useRef<HTMLDivElement>(null);
  useBalancesOfSeen(table, rows, today);
  const balances = useStore(balancesStore, ({ of }) => of);
  const latest = useRef({ chosen, onChoose });
  useEffect(() => void (latest.current = { chosen, onChoose }));
  const toggle = useMemo(
    () => (id: string, isSelected: boolean) => {
      const next = new Set(latest.current.chosen);
      if (isSelected) next.add(id);
      else next.delete(id);
      latest.current.onChoose?.(next);
    },
    [],
  );
  const isEverybody = people.every(({ id }) => chosen.has(id));
  return (
    <>
      <div
        ref={table}
        className={styles.table}
        role="table"
        aria-label={text.list}
        aria-rowcount={people.length + 1}
        data-choose={onChoose !== null}
      >
        <div role="rowgroup">
          <div className={styles.head} role="row">
            {onChoose !== null && (
              <div role="columnheader" aria-label={text.selectAll}>
                <Checkbox
                  isSelected={isEverybody}
                  onChange={(is) => onChoose(new Set(is ? people.map(({ id }) => id) : []))}
                >
                  <span className={styles.unseen}>{text.selectAll}</span>
                </Checkbox>
              </div>
            )}
            {COLUMNS.map((column) => (
              <div
                key={column}
                role="columnheader"
                aria-sort={shown.sort === column ? (shown.isDown ? "descending" : "ascending") : undefined}
              >
                {isSort(column) ? (
                  <button type="button" title={text.sortBy(text.columns[column])} onClick={() => onSort(column)}>
                    {text.columns[column]}
                    <span aria-hidden="true">{shown.sort === column ? (shown.isDown ? " ↓" : " ↑") : ""}</span>
                  </button>
                ) : (
                  text.columns[column]
                )}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup">
          {rows.map((person) => (
            <Row
              key={person.id}
              person={person}
              department={person.departmentId === null ? null : (paths.get(person.departmentId) ?? null)}
              balance={balances.get(person.id)}
              today={today}
              isChosen={chosen.has(person.id)}
              onToggle={onChoose === null ? null : toggle}
            />
          ))}
        </div>
      </div>
      {rows.length < people.length && (
        <More key={rows.length} label={text.showMore(people.length - rows.length)} onMore={more} />
      )}
    </>
  );
}

/** More rows as soon as the end of those drawn comes near, or when it is pressed. */
function More({ label, onMore }: { readonly label: string; readonly onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  useEffect(() => void (latest.current = onMore));
  useEffect(() => {
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && latest.current(), {
      rootMargin: "600px",
    });
    if (end.current !== null) near.observe(end.current);
    return () => near.disconnect();
  }, []);
  return (
    <div ref={end}>
      <Button onPress={onMore}>{label}</Button>
    </div>
  );
}

const COLUMNS = ["name", "department", "contract", "skills", "leave", "balance"] as const;
const isSort = (column: (typeof COLUMNS)[number]): column is Exclude<typeof column, "skills"> =>
  SORTS.some((each) => each === column);

/** Has the accounts read of whose rows come near to what is seen. */
function useBalancesOfSeen(
  table: { readonly current: HTMLElement | null },
  rows: readonly StaffPerson[],
  today: number,
): void {
  const version = useStore(balancesStore, (state) => state.version);
  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => {
        const ids = entries.flatMap(({ isIntersecting, target }) =>
          isIntersecting ? ((target as HTMLElement).dataset["account"] ?? []) : [],
        );
        if (ids.length > 0) askBalances(ids, today);
      },
      { rootMargin: NEAR },
    );
    for (const row of table.current?.querySelectorAll("[data-account]") ?? []) seen.observe(row);
    return () => seen.disconnect();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- What changed is read again of those who are seen.
  }, [table, rows, today, version]);
}

const Row = memo(function Row(props: {
  readonly person: StaffPerson;
  readonly department: string | null;
  /** Null: it may not be known; undefined while it is read. */
  readonly balance: Balance | null | undefined;
  readonly today: number;
  readonly isChosen: boolean;
  readonly onToggle: ((id: string, isSelected: boolean) => void) | null;
}) {
  const { person, department, balance, today, isChosen, onToggle } = props;
  const { format } = useOfficeLanguage();
  const { people: text } = useStaffWords();
  const contract = useContractText();
  const todayText = textOfDay(today);
  const version = versionToTell(person.versions, todayText);
  const path = printStaff("people", person.id);
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk(path);
  };
  const hasAccount = version !== null && balance !== null;
  return (
    <div
      className={styles.row}
      role="row"
      data-account={version === null ? undefined : person.id}
      data-chosen={isChosen}
    >
      {onToggle !== null && (
        <div role="cell">
          <Checkbox isSelected={isChosen} onChange={(is) => onToggle(person.id, is)}>
            <span className={styles.unseen}>{text.select(person.name)}</span>
          </Checkbox>
        </div>
      )}
      <div className={styles.name} role="rowheader">
        <Avatar name={person.name} />
        <span>
          <a href={path} onClick={follow}>
            {person.name}
          </a>
          {person.email !== null && <small>{person.email}</small>}
        </span>
      </div>
      <div role="cell" data-label={text.columns.department} data-empty={department === null}>
        {department ?? text.none}
      </div>
      <div role="cell" data-label={text.columns.contract} data-empty={version === null}>
        {version === null ? text.none : contract.sentence(version, todayText)}
      </div>
      <div role="cell" data-label={text.columns.skills} data-empty={person.skills.length === 0}>
        <Skills person={person} today={todayText} />
      </div>
      <div role="cell" className={styles.figure} data-label={text.columns.leave} data-empty={!hasAccount}>
        {!hasAccount
          ? text.none
          : balance === undefined
            ? "…"
            : balance.leaveDays === null
              ? text.none
              : text.days(balance.leaveDays)}
      </div>
      <div role="cell" className={styles.figure} data-label={text.columns.balance} data-empty={!hasAccount}>
        {!hasAccount
          ? text.none
          : balance === undefined
            ? "…"
            : balance.minutes === null
              ? text.none
              : format.durationChange(balance.minutes)}
      </div>
    </div>
  );
});

function Skills({ person, today }: { readonly person: StaffPerson; readonly today: string }) {
  const { people: text } = useStaffWords();
  if (person.skills.length === 0) return text.none;
  const told = person.skills
    .slice(0, SKILLS_TOLD)
    .map(({ name, until }) => (until !== null && until < today ? text.ended(name) : name));
  const more = person.skills.length - told.length;
  return (
    <>
      {told.join(", ")}
      {more > 0 && ` ${text.more(more)}`}
    </>
  );
}
