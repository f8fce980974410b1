import { useState, type FormEvent, type MouseEvent } from "react";
import type { Me } from "../../data/api.ts";
import { change, changeOrSay, useAsked, type Refusal as Refused } from "../../data/office.ts";
import { textOfDay } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Section, What } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { walk } from "../../shell/use-address.ts";
import { useNow } from "../../shell/use-now.ts";
import { useToday } from "../../shell/use-today.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { NEW, printStaff } from "./address.ts";
import { minuteOf, timeText } from "./contract-form.ts";
import { CoverageDay } from "./coverage-day.tsx";
import { DemandCurve } from "./demand-curve.tsx";
import {
  demandBodyOf,
  demandFaults,
  demandFormOf,
  formOfStretch,
  freeStretch,
  stretchOf,
  STRETCHES_MAX,
  type Demand,
  type DemandForm,
  type StretchForm,
} from "./demand-form.ts";
import styles from "./demand.module.css";
import { useDays } from "./use-days.ts";
import { useDemandWords } from "./use-demand-words.ts";
import { Wide } from "./wide.tsx";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const LEVELS_MAX = 5;
const DATES_MAX = 400;

/** Who is needed where and when: a list by site, and one demand to draw and type, with who is there beneath it. */
export function DemandPart({ me, id }: { readonly me: Me; readonly id: string | null }) {
  const asked = useAsked("demands.list", { query: {} });
  const text = useDemandWords();
  const mayChange = me.role === "owner" || me.role === "administrator";
  const today = useToday(me.organisation.zone, useNow()).epochDay;
  if (id === null) return <DemandList asked={asked} mayChange={mayChange} />;
  const back = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk(printStaff("demand"));
  };
  return (
    <div className={styles.page}>
      <a className={styles.back} href={printStaff("demand")} onClick={back}>
        <Icon name="back" size={14} /> {text.back}
      </a>
      <Answered asked={asked}>
        {({ items }) => {
          const demand = items.find((each) => each.id === id) ?? null;
          if (demand === null && id !== NEW) return <p className={section.empty}>{text.gone}</p>;
          const sites = [...new Set(items.map(({ site }) => site))].toSorted();
          return (
            <>
              <Editor key={id} demand={demand} sites={sites} today={textOfDay(today)} mayChange={mayChange} />
              {demand === null ? (
                <p className={section.quiet}>{text.coverageAfter}</p>
              ) : (
                <div className={styles.card}>
                  <CoverageDay demand={demand} today={today} />
                </div>
              )}
            </>
          );
        }}
      </Answered>
    </div>
  );
}

type AskedDemands = ReturnType<typeof useAsked<"demands.list">>;

function DemandList({ asked, mayChange }: { readonly asked: AskedDemands; readonly mayChange: boolean }) {
  const { words } = useOfficeLanguage();
  const text = useDemandWords();
  const told = useTold();
  const open = (id: string) => walk(printStaff("demand", id));
  const remove = ({ id, name, version }: Demand) =>
    void changeOrSay(
      "demands.remove",
      { params: { id }, ifMatch: version },
      { said: text.removed(name), offline: words.failures.network, isUndoable: true },
    );
  return (
    <Section
      title={text.title}
      intro={text.intro}
      action={
        mayChange && (
          <Button kind="primary" onPress={() => open(NEW)}>
            {text.add}
          </Button>
        )
      }
    >
      <Answered asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={section.empty}>{text.empty}</p>
          ) : (
            Array.from(
              Map.groupBy(items, ({ site }) => site),
              ([site, demands]) => (
                <div key={site} className={styles.site}>
                  <h3>{site}</h3>
                  <ul className={section.list} aria-label={text.list(site)}>
                    {demands.map((demand) => (
                      <li key={demand.id} className={section.row}>
                        <What name={demand.name} more={told(demand)} />
                        <Button size="small" aria-label={text.openOf(demand.name)} onPress={() => open(demand.id)}>
                          {words.settings.change}
                        </Button>
                        {mayChange && (
                          <Button size="small" aria-label={text.removeOf(demand.name)} onPress={() => remove(demand)}>
                            {text.remove}
                          </Button>
                        )}
                      </li>
                    ))}
                  </ul>
                </div>
              ),
            )
          )
        }
      </Answered>
    </Section>
  );
}

/** A demand in a row: who counts, on which days, how many when. */
function useTold(): (demand: Demand) => readonly string[] {
  const text = useDemandWords();
  const { format } = useOfficeLanguage();
  return ({ skillName, levelMin, weekdays = [], onHolidays, dates = [], stretches }) => {
    const days = [
      ...(weekdays.length === 7 ? [text.daily] : weekdays.map(format.weekdayShort)),
      ...(onHolidays === true ? [text.holidays] : []),
      ...(dates.length > 0 ? [text.dates(dates.length)] : []),
    ];
    return [
      skillName ?? text.everybody,
      ...(typeof levelMin === "number" ? [text.level(levelMin)] : []),
      days.join(", "),
      ...stretches.map(({ starts, minutes, minimum, ideal }) =>
        text.stretch(`${starts}–${timeText(minuteOf(starts)! + minutes)}`, text.people(minimum, ideal)),
      ),
    ];
  };
}

function Editor(props: {
  readonly demand: Demand | null;
  readonly sites: readonly string[];
  readonly today: string;
  readonly mayChange: boolean;
}) {
  const { sites, today, mayChange } = props;
  // As it was when it was opened: what others change meanwhile is refused, and nothing typed is lost.
  const [demand, setDemand] = useState(props.demand);
  const { words } = useOfficeLanguage();
  const text = useDemandWords();
  const [form, setForm] = useState<DemandForm>(() => demandFormOf(demand, today));
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const put = (part: Partial<DemandForm>) => setForm((before) => ({ ...before, ...part }));
  const faults = demandFaults(form);
  const wrong = (at: string, sentence: string) =>
    isTried && faults.some((fault) => fault.at === at) ? { error: sentence } : {};
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.length > 0) return;
    setBusy(true);
    const body = demandBodyOf(form);
    const told = { said: text.saved(body.name), offline: words.failures.network, isUndoable: true };
    const changed =
      demand === null
        ? await change("demands.create", { body }, told)
        : await change("demands.update", { params: { id: demand.id }, body, ifMatch: demand.version }, told);
    setBusy(false);
    setRefused(changed.refused);
    if (changed.refused !== null) return;
    setDemand(changed.value);
    if (demand === null) walk(printStaff("demand", changed.value.id), "replace");
  };
  return (
    <form
      className={styles.editor}
      noValidate
      aria-label={demand?.name ?? text.newTitle}
      onSubmit={(event) => void save(event)}
    >
      <h2>{demand?.name ?? text.newTitle}</h2>
      <fieldset className={styles.plain} disabled={!mayChange}>
        <FieldRow>
          <TextInput
            label={text.name}
            value={form.name}
            isFirst={demand === null}
            maxLength={100}
            onChange={(name) => put({ name })}
            {...wrong("name", text.needed)}
          />
          <TextInput
            label={text.site}
            value={form.site}
            suggestions={sites}
            maxLength={200}
            onChange={(site) => put({ site })}
            {...wrong("site", text.needed)}
          />
        </FieldRow>
        <WhoCounts form={form} onChange={put} />
        <FieldRow>
          <TextInput
            label={text.from}
            type="date"
            value={form.from}
            onChange={(from) => put({ from })}
            {...wrong("from", text.needed)}
          />
          <TextInput
            label={text.until}
            type="date"
            value={form.until}
            onChange={(until) => put({ until })}
            {...wrong("endsFirst", text.endsFirst)}
          />
        </FieldRow>
        <Days form={form} error={wrong("days", text.daysNeeded).error} onChange={put} />
        <Times form={form} isTried={isTried} isReadOnly={!mayChange} onChange={setForm} />
      </fieldset>
      {refused !== null && <Refusal>{refused.sentence}</Refusal>}
      {mayChange && (
        <div className={section.actions}>
          {demand !== null && (
            <Button
              onPress={() => {
                setForm(demandFormOf(demand, today));
                setRefused(null);
              }}
            >
              {text.cancel}
            </Button>
          )}
          <Button kind="primary" type="submit" isPending={isBusy}>
            {text.save}
          </Button>
        </div>
      )}
    </form>
  );
}

type Part = { readonly form: DemandForm; readonly onChange: (part: Partial<DemandForm>) => void };

function WhoCounts({ form, onChange }: Part) {
  const text = useDemandWords();
  const asked = useAsked("skills.list", { query: {} });
  const skills = asked.status === "ready" ? asked.value.items : [];
  const levels = skills.find(({ id }) => id === form.skillId)?.levels ?? [];
  const count = levels.length === 0 ? LEVELS_MAX : levels.length;
  return (
    <FieldRow>
      <Choice
        label={text.skill}
        value={form.skillId}
        options={[{ value: "", label: text.anybody }, ...skills.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(skillId) => onChange({ skillId, levelMin: "" })}
      />
      {form.skillId !== "" && (
        <Choice
          label={text.levelMin}
          value={form.levelMin}
          options={[
            { value: "", label: text.anyLevel },
            ...Array.from({ length: count }, (_, i) => ({
              value: String(i + 1),
              label: levels[i] ?? text.levelOf(i + 1),
            })),
          ]}
          onChange={(levelMin) => onChange({ levelMin })}
        />
      )}
    </FieldRow>
  );
}

function Days({ form, error, onChange }: Part & { readonly error: string | undefined }) {
  const text = useDemandWords();
  const { format } = useOfficeLanguage();
  const day = useDays();
  const [date, setDate] = useState("");
  return (
    <fieldset className={styles.days}>
      <legend>{text.days}</legend>
      <div className={styles.checks}>
        {WEEKDAYS.map((weekday) => (
          <Checkbox
            key={weekday}
            isSelected={form.weekdays.includes(weekday)}
            onChange={(isOn) =>
              onChange({
                weekdays: WEEKDAYS.filter((each) => (each === weekday ? isOn : form.weekdays.includes(each))),
              })
            }
          >
            {format.weekdayLong(weekday)}
          </Checkbox>
        ))}
        <Checkbox isSelected={form.onHolidays} onChange={(onHolidays) => onChange({ onHolidays })}>
          {text.onHolidays}
        </Checkbox>
      </div>
      <div className={styles.dates}>
        <TextInput label={text.addDate} type="date" value={date} onChange={setDate} />
        <Button
          isDisabled={date === "" || form.dates.includes(date) || form.dates.length >= DATES_MAX}
          onPress={() => {
            onChange({ dates: [...form.dates, date].toSorted() });
            setDate("");
          }}
        >
          {text.addDateDo}
        </Button>
      </div>
      <p className={styles.hint}>{text.datesHint}</p>
      {form.dates.length > 0 && (
        <ul className={styles.chips}>
          {form.dates.map((each) => (
            <li key={each}>
              {day(each)}
              <Button
                size="icon"
                kind="quiet"
                aria-label={text.removeDate(day(each))}
                onPress={() => onChange({ dates: form.dates.filter((other) => other !== each) })}
              >
                <Icon name="close" size={12} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error !== undefined && <Refusal>{error}</Refusal>}
    </fieldset>
  );
}

function Times(props: {
  readonly form: DemandForm;
  readonly isTried: boolean;
  readonly isReadOnly: boolean;
  readonly onChange: (change: (before: DemandForm) => DemandForm) => void;
}) {
  const { form, isTried, isReadOnly, onChange } = props;
  const text = useDemandWords();
  const stretches = form.stretches.flatMap((typed) => stretchOf(typed) ?? []);
  const faults = demandFaults(form);
  const nextKey = Math.max(-1, ...form.stretches.map(({ key }) => key)) + 1;
  const put = (key: number, part: Partial<StretchForm>) =>
    onChange((before) => ({
      ...before,
      stretches: before.stretches.map((each) => (each.key === key ? { ...each, ...part } : each)),
    }));
  const add = (stretch: StretchForm) =>
    onChange((before) => ({ ...before, stretches: [...before.stretches, stretch] }));
  const remove = (key: number) =>
    onChange((before) => ({ ...before, stretches: before.stretches.filter((each) => each.key !== key) }));
  const free = freeStretch(stretches, nextKey);
  const mayAdd = !isReadOnly && form.stretches.length < STRETCHES_MAX;
  return (
    <fieldset className={styles.days}>
      <legend>{text.times}</legend>
      <p className={section.quiet}>{text.timesHint}</p>
      <Wide label={text.curve}>
        <DemandCurve
          stretches={stretches}
          isReadOnly={isReadOnly}
          onChange={(stretch) => put(stretch.key, formOfStretch(stretch))}
          onDraw={(fromMinute, toMinute) => {
            if (mayAdd) add(formOfStretch({ key: nextKey, fromMinute, toMinute, minimum: 1, ideal: 1 }));
            return nextKey;
          }}
          onRemove={remove}
        />
      </Wide>
      {form.stretches.map((typed, i) => {
        const fault = faults.find((each) => each.at === "stretch" && each.key === typed.key);
        const why = fault?.at === "stretch" && (isTried || fault.why !== "unread") ? text.wrong[fault.why] : null;
        const stretch = stretchOf(typed);
        const times = `${typed.starts}–${typed.ends}`;
        return (
          <div key={typed.key} className={styles.typed} role="group" aria-label={text.row(i + 1)}>
            <TextInput
              label={text.starts}
              type="time"
              value={typed.starts}
              onChange={(starts) => put(typed.key, { starts })}
              {...(why === null ? {} : { error: why })}
            />
            <TextInput
              label={text.ends}
              type="time"
              value={typed.ends}
              {...(stretch !== null && stretch.toMinute > 1_440 ? { hint: text.nextDay } : {})}
              onChange={(ends) => put(typed.key, { ends })}
            />
            <TextInput
              label={text.minimum}
              value={typed.minimum}
              inputMode="numeric"
              onChange={(minimum) => put(typed.key, { minimum })}
            />
            <TextInput
              label={text.ideal}
              value={typed.ideal}
              inputMode="numeric"
              onChange={(ideal) => put(typed.key, { ideal })}
            />
            <Button size="icon" kind="quiet" aria-label={text.removeRow(times)} onPress={() => remove(typed.key)}>
              <Icon name="trash" size={14} />
            </Button>
          </div>
        );
      })}
      {isTried && form.stretches.length === 0 && <Refusal>{text.stretchesNeeded}</Refusal>}
      {mayAdd && free !== null && (
        <div>
          <Button
            onPress={() => {
              add(formOfStretch(free));
              focusWhenThere(`[data-stretch="${free.key}"][data-handle="start"]`);
            }}
          >
            {text.addStretch}
          </Button>
        </div>
      )}
      {mayAdd && free === null && <p className={section.quiet}>{text.full}</p>}
    </fieldset>
  );
}

/** Puts the focus on what the next frame shows. */
function focusWhenThere(selector: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus()));
}
