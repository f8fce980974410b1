import { useState, type FormEvent } from "react";
import type { Me } from "../../data/api.ts";
import { change, type Refusal as Refused } from "../../data/office.ts";
import { textOfDay } from "../../data/roster.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import section from "../../shell/section.module.css";
import { walk } from "../../shell/use-address.ts";
import { useNow } from "../../shell/use-now.ts";
import { useToday } from "../../shell/use-today.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, Refusal, TextInput, type Option } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { printLeague } from "./address.ts";
import {
  bodyOf,
  faultsOf,
  formOf,
  newSpan,
  newTeam,
  SPANS_MAX,
  TEAMS_MAX,
  type Fault,
  type LeagueForm as Form,
} from "./form.ts";
import styles from "./leagues.module.css";
import type { League } from "./model.ts";
import { Rules } from "./rules.tsx";
import { useFormWords } from "./use-form-words.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const EVERY_WEEKS = ["1", "2", "3", "4"] as const;

/** What a league is made of: its teams and grounds, its days, its rules. A new one, or one that stands. */
export function LeagueForm(props: {
  readonly me: Me;
  readonly league: League | null;
  readonly onDone: (id: string) => void;
}) {
  const { me, league, onDone } = props;
  const text = useFormWords();
  const { words } = useOfficeLanguage();
  const today = textOfDay(useToday(me.organisation.zone, useNow()).epochDay);
  const [form, setForm] = useState<Form>(() => formOf(league, today));
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const put = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const faults = faultsOf(form);
  const wrong = (fault: Fault, sentence: string) => (isTried && faults.has(fault) ? { error: sentence } : {});
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.size > 0) return;
    setBusy(true);
    const body = bodyOf(form);
    const told = { said: text.saved(body.name), offline: words.failures.network, isUndoable: true };
    const changed =
      league === null
        ? await change("leagues.create", { body: { ...body, zone: me.organisation.zone } }, told)
        : await change("leagues.update", { params: { id: league.id }, body, ifMatch: league.version }, told);
    setBusy(false);
    setRefused(changed.refused);
    if (changed.refused === null) onDone(changed.value.id);
  };
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={league?.name ?? text.newTitle}
      onSubmit={(event) => void send(event)}
    >
      <h1 className={styles.title}>{league?.name ?? text.newTitle}</h1>
      <TextInput
        label={text.name}
        value={form.name}
        isFirst={league === null}
        maxLength={100}
        onChange={(name) => put({ name })}
        {...wrong("name", text.needed)}
      />
      <Teams
        form={form}
        onChange={(teams) => put({ teams })}
        error={wrong("teams", text.teamsNeeded).error ?? wrong("doubled", text.doubled).error}
      />
      <Days form={form} put={put} wrong={wrong} />
      <fieldset>
        <legend>{text.matches}</legend>
        <FieldRow>
          <TextInput
            label={text.kickOff}
            type="time"
            value={form.kickOff}
            onChange={(kickOff) => put({ kickOff })}
            {...wrong("kickOff", text.needed)}
          />
          <TextInput
            label={text.minutes}
            inputMode="numeric"
            value={form.minutes}
            hint={text.minutesHint}
            onChange={(minutes) => put({ minutes })}
            {...wrong("minutes", text.minutesWrong)}
          />
        </FieldRow>
        <FieldRow>
          <Choice
            label={text.legs}
            value={form.legs}
            options={(["1", "2"] as const).map((value) => ({ value, label: text.legsOf[value] }))}
            onChange={(legs) => put({ legs: legs === "1" ? "1" : "2" })}
          />
          {form.legs === "2" && (
            <Choice
              label={text.back}
              value={form.back}
              options={(["free", "halves", "mirrored"] as const).map((value) => ({ value, label: text.backOf[value] }))}
              onChange={(back) => put({ back: back as Form["back"] })}
            />
          )}
        </FieldRow>
      </fieldset>
      <Rules form={form} today={today} onChange={(rules) => put({ rules })} />
      {refused !== null && <Refusal>{refused.sentence}</Refusal>}
      {isTried && faults.size > 0 && <Refusal>{text.faulty}</Refusal>}
      <div className={section.actions}>
        <Button onPress={() => (league === null ? walk(printLeague()) : onDone(league.id))}>{text.cancel}</Button>
        <Button kind="primary" type="submit" isPending={isBusy}>
          {league === null ? text.create : text.save}
        </Button>
      </div>
    </form>
  );
}

function Teams(props: {
  readonly form: Form;
  readonly error: string | undefined;
  readonly onChange: (teams: Form["teams"]) => void;
}) {
  const { form, error, onChange } = props;
  const text = useFormWords();
  const things = useStore(directoryStore, (store) => store.directory.things);
  const venues: readonly Option[] = [
    { value: "", label: text.noVenue },
    ...things.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const put = (at: number, part: Partial<Form["teams"][number]>) =>
    onChange(form.teams.map((team, index) => (index === at ? { ...team, ...part } : team)));
  return (
    <fieldset>
      <legend>{text.teams}</legend>
      {form.teams.map((team, at) => (
        <div
          key={team.key}
          className={styles.teamLine}
          role="group"
          aria-label={team.name === "" ? text.team(at + 1) : team.name}
        >
          <TextInput label={text.teamName} value={team.name} maxLength={100} onChange={(name) => put(at, { name })} />
          <TextInput label={text.short} value={team.short} maxLength={5} onChange={(short) => put(at, { short })} />
          <Choice
            label={text.venue}
            value={team.venueId}
            options={venues}
            onChange={(venueId) => put(at, { venueId })}
          />
          <TextInput
            label={text.ownKickOff}
            type="time"
            value={team.kickOff}
            onChange={(kickOff) => put(at, { kickOff })}
          />
          <Button
            size="icon"
            kind="quiet"
            aria-label={text.removeTeam(team.name === "" ? text.team(at + 1) : team.name)}
            onPress={() => onChange(form.teams.filter((_, index) => index !== at))}
          >
            <Icon name="trash" />
          </Button>
        </div>
      ))}
      {error !== undefined && <p className={styles.bad}>{error}</p>}
      {form.teams.length < TEAMS_MAX && (
        <Button size="small" onPress={() => onChange([...form.teams, newTeam()])}>
          {text.addTeam}
        </Button>
      )}
    </fieldset>
  );
}

function Days(props: {
  readonly form: Form;
  readonly put: (part: Partial<Form>) => void;
  readonly wrong: (fault: Fault, sentence: string) => { readonly error?: string };
}) {
  const { form, put, wrong } = props;
  const text = useFormWords();
  const { format } = useOfficeLanguage();
  const toggle = (weekday: number, isOn: boolean) =>
    put({ weekdays: isOn ? [...form.weekdays, weekday] : form.weekdays.filter((each) => each !== weekday) });
  const putSpan = (at: number, part: Partial<Form["leftOut"][number]>) =>
    put({ leftOut: form.leftOut.map((span, index) => (index === at ? { ...span, ...part } : span)) });
  return (
    <fieldset>
      <legend>{text.days}</legend>
      <FieldRow>
        <TextInput
          label={text.firstDay}
          type="date"
          value={form.firstDay}
          onChange={(firstDay) => put({ firstDay })}
          {...wrong("firstDay", text.needed)}
        />
        <TextInput
          label={text.lastDay}
          type="date"
          value={form.lastDay}
          hint={text.lastDayHint}
          onChange={(lastDay) => put({ lastDay })}
          {...wrong("endsFirst", text.endsFirst)}
        />
        <Choice
          label={text.everyWeeks}
          value={form.everyWeeks}
          options={[...new Set<string>([...EVERY_WEEKS, form.everyWeeks])].map((value) => ({
            value,
            label: text.weeks(Number(value)),
          }))}
          onChange={(everyWeeks) => put({ everyWeeks })}
        />
      </FieldRow>
      <div className={styles.checks} role="group" aria-label={text.weekdays}>
        {WEEKDAYS.map((weekday) => (
          <Checkbox
            key={weekday}
            isSelected={form.weekdays.includes(weekday)}
            onChange={(isOn) => toggle(weekday, isOn)}
          >
            {format.weekdayShort(weekday)}
          </Checkbox>
        ))}
      </div>
      {wrong("weekdays", "").error !== undefined && <p className={styles.bad}>{text.weekdaysNeeded}</p>}
      <Checkbox isSelected={form.holidays} onChange={(holidays) => put({ holidays })}>
        {text.holidays}
      </Checkbox>
      {form.leftOut.map((span, at) => (
        <div key={span.key} className={styles.spanLine} role="group" aria-label={text.leftOut(at + 1)}>
          <TextInput label={text.from} type="date" value={span.from} onChange={(from) => putSpan(at, { from })} />
          <TextInput label={text.until} type="date" value={span.until} onChange={(until) => putSpan(at, { until })} />
          <Button
            size="icon"
            kind="quiet"
            aria-label={text.removeSpan(at + 1)}
            onPress={() => put({ leftOut: form.leftOut.filter((_, index) => index !== at) })}
          >
            <Icon name="trash" />
          </Button>
        </div>
      ))}
      {wrong("leftOut", "").error !== undefined && <p className={styles.bad}>{text.endsFirst}</p>}
      {form.leftOut.length < SPANS_MAX && (
        <Button size="small" onPress={() => put({ leftOut: [...form.leftOut, newSpan(form.firstDay)] })}>
          {text.addSpan}
        </Button>
      )}
    </fieldset>
  );
}
