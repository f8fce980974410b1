import { useState } from "react";
import type { Me } from "../../data/api.ts";
import type { TimeWish } from "../../data/find-time.ts";
import { writableCalendars } from "../../data/rights.ts";
import type { Directory } from "../../data/session.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { DAYS_MAX, daysOf, LENGTHS, namedLike, PART_NAMES, PEOPLE_MAX, WINDOWS } from "./choice.ts";
import styles from "./find-time.module.css";

/** Who has to come and who may, where, for how long, and in which days. */
export function WishForm(props: {
  readonly me: Me;
  readonly wish: TimeWish;
  readonly directory: Directory;
  readonly firstWeekday: number;
  readonly areDaysGood: boolean;
  readonly onChange: (wish: TimeWish) => void;
  readonly onLook: () => void;
}) {
  const { wish, directory, firstWeekday, areDaysGood, onChange } = props;
  const { words, format } = useLanguage();
  const text = words.finding;
  const set = (change: Partial<TimeWish>) => onChange({ ...wish, ...change });
  const isSomebody = wish.people.some(({ isRequired }) => isRequired);
  const windowName = (window: TimeWish["window"]): string => {
    if (window === "dates") return text.windows.dates;
    const days = daysOf({ ...wish, window }, firstWeekday)!;
    return text.windows[window](format.dayRange(days.fromDay, days.toDay - 1, "short"));
  };
  const lengths: readonly number[] = [...new Set([...LENGTHS, wish.minutes])].sort((one, other) => one - other);
  const calendars = writableCalendars(directory, props.me);
  const rooms = directory.things.filter(({ kind }) => kind === "room");
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSomebody && areDaysGood) props.onLook();
      }}
    >
      <TextInput label={text.what} value={wish.title} maxLength={1000} onChange={(title) => set({ title })} />
      <People wish={wish} directory={directory} onChange={(people) => set({ people })} />
      {!isSomebody && (
        <p className={styles.wrong} role="status">
          {text.noRequired}
        </p>
      )}
      <Choice
        label={text.room}
        value={wish.room}
        options={[
          { value: "none", label: text.rooms.none },
          ...(rooms.length === 0 ? [] : [{ value: "any", label: text.rooms.any }]),
          ...directory.things.map(({ id, name }) => ({ value: id, label: name, group: words.event.resources })),
        ]}
        onChange={(room) => set({ room })}
      />
      <Choice
        label={text.calendar}
        value={wish.calendarId}
        options={[
          { value: "", label: text.anyCalendar },
          ...calendars.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(calendarId) => set({ calendarId })}
      />
      <FieldRow>
        <Choice
          label={text.length}
          value={String(wish.minutes)}
          options={lengths.map((minutes) => ({ value: String(minutes), label: format.duration(minutes) }))}
          onChange={(minutes) => set({ minutes: Number(minutes) })}
        />
        <Choice
          label={text.part}
          value={wish.part}
          options={PART_NAMES.map((part) => ({ value: part, label: text.parts[part] }))}
          onChange={(value) => set({ part: PART_NAMES.find((part) => part === value) ?? "any" })}
        />
      </FieldRow>
      <Choice
        label={text.window}
        value={wish.window}
        options={WINDOWS.map((window) => ({ value: window, label: windowName(window) }))}
        onChange={(value) => set({ window: WINDOWS.find((window) => window === value) ?? "week" })}
      />
      {wish.window === "dates" && (
        <FieldRow>
          <TextInput label={text.from} type="date" value={wish.fromDate} onChange={(fromDate) => set({ fromDate })} />
          <TextInput label={text.to} type="date" value={wish.toDate} onChange={(toDate) => set({ toDate })} />
        </FieldRow>
      )}
      {!areDaysGood && (
        <p className={styles.wrong} role="status">
          {text.wrongDays(DAYS_MAX)}
        </p>
      )}
      <Checkbox isSelected={wish.isWithinHours} onChange={(isWithinHours) => set({ isWithinHours })}>
        {text.withinHours}
      </Checkbox>
      <Button kind="primary" type="submit" isDisabled={!isSomebody || !areDaysGood}>
        {text.look}
      </Button>
    </form>
  );
}

/** Who is wanted, each to be required or not, and left out again; others are added by name. */
function People(props: {
  readonly wish: TimeWish;
  readonly directory: Directory;
  readonly onChange: (people: TimeWish["people"]) => void;
}) {
  const { wish, directory, onChange } = props;
  const { people } = wish;
  const { words } = useLanguage();
  const text = words.finding;
  const [typed, setTyped] = useState("");
  const [unknown, setUnknown] = useState<string | null>(null);
  const others = directory.people.filter(({ id }) => people.every((each) => each.id !== id));
  const wanted = typed.trim().toLowerCase();
  const like = namedLike(others, wanted);
  const add = (id: string) => {
    onChange([...people, { id, isRequired: true }]);
    setTyped("");
    setUnknown(null);
  };
  return (
    <fieldset className={styles.people}>
      <legend>{text.people}</legend>
      <ul>
        {people.map(({ id, isRequired }) => {
          const name = directory.names.get(id) ?? "";
          const presence = text.presence[isRequired ? "required" : "optional"];
          return (
            <li key={id}>
              <span>{name}</span>
              <Button
                size="small"
                aria-label={text.presenceOf(name, presence)}
                data-required={isRequired || undefined}
                onPress={() =>
                  onChange(people.map((each) => (each.id === id ? { id, isRequired: !isRequired } : each)))
                }
              >
                {presence}
              </Button>
              <Button
                kind="quiet"
                size="icon"
                aria-label={text.leaveOut(name)}
                onPress={() => onChange(people.filter((each) => each.id !== id))}
              >
                <Icon name="close" size={14} />
              </Button>
            </li>
          );
        })}
      </ul>
      {people.length < PEOPLE_MAX && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Enter adds who is typed, and does not send the form.
        <div
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            if (wanted === "") return;
            const [first] = like;
            if (first === undefined) setUnknown(typed.trim());
            else add(first.id);
          }}
        >
          <TextInput
            label={text.add}
            value={typed}
            suggestions={like.slice(0, SUGGESTED_MAX).map(({ name }) => name)}
            hint={text.addHint}
            onChange={(value) => {
              setUnknown(null);
              // One of the list was chosen: a name is not typed in one stroke.
              const chosen = value.length > typed.length + 1 ? others.find(({ name }) => name === value) : undefined;
              if (chosen === undefined) setTyped(value);
              else add(chosen.id);
            }}
            {...(unknown === null ? {} : { error: text.nobody(unknown) })}
          />
        </div>
      )}
    </fieldset>
  );
}

/** More suggestions than this are no help; one types another letter. */
const SUGGESTED_MAX = 50;
