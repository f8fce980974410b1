import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { readDate, readWords, type Meaning, type Reading, type Span } from "@hourwright/language";
import { dateOf } from "@hourwright/time";
import type { Load } from "@hourwright/capacity";
import type { YearShape } from "@hourwright/timeline";
import { sentenceOf, type Me } from "../../data/api.ts";
import type { PeopleTime } from "../../data/capacity.ts";
import { textsOf, type NewTimes } from "../../data/edits.ts";
import type { Entry } from "../../data/entries.ts";
import { freeTimesOf, isOfTime } from "../../data/free-times.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { EVERYONE } from "../../data/scope.ts";
import { useKnown } from "../../data/use-year.ts";
import { createEvent, type WriteRefusal } from "../../data/events.ts";
import { writableCalendars } from "../../data/rights.ts";
import type { Directory } from "../../data/session.ts";
import { wallClockOf, wallMs } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Key } from "../../ui/button.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Preview, type Participant } from "./preview.tsx";
import {
  glossOf,
  ruleInWords,
  ruleOf,
  situationOf,
  timesOf,
  titleOf,
  underlinedOf,
  vocabularyFrom,
} from "./reading.ts";
import { search } from "./search.ts";
import { WordsField } from "./words-field.tsx";
import styles from "./command.module.css";

/** What the field was opened for: anything, something new, or a date. */
export type CommandMode = "any" | "new" | "go";

/** Something of the page that can be called by name. */
export type Command = {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly run: () => void;
};

/** What a plan is opened in the full form with. */
export type Draft = {
  readonly title: string;
  /** Null where no words say when. */
  readonly times: NewTimes | null;
  readonly attendees: readonly string[];
  readonly resourceIds: readonly string[];
  readonly rrule: string | null;
};

type Props = {
  readonly mode: CommandMode;
  readonly me: Me;
  readonly directory: Directory;
  readonly shape: YearShape;
  readonly entries: readonly Entry[];
  readonly time: PeopleTime | null;
  readonly load: Load | null;
  readonly commands: readonly Command[];
  readonly now: { readonly epochDay: number; readonly minute: number; readonly ms: number };
  readonly selectedDay: number;
  readonly onGo: (epochDay: number) => void;
  readonly onShow: (id: string) => void;
  readonly onSelect: (entry: Entry) => void;
  readonly onForm: (draft: Draft) => void;
  /** Where the plan would lie, shown on the timeline; null when there is none. */
  readonly onPreview: (times: NewTimes | null) => void;
  readonly onCreated: () => Promise<void>;
  readonly onClose: () => void;
};

type Result = {
  readonly id: string;
  readonly group: string | null;
  readonly icon: IconName;
  readonly label: string;
  readonly detail: string;
  readonly keys: string;
  readonly run: () => void;
};

const DAY_MS = 86_400_000;

/** One field for everything: creating in words, searching, going to a date, calling a command. Nothing happens before Enter. */
export default function CommandField(props: Props) {
  const { mode, onClose } = props;
  const { words } = useLanguage();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={styles.overlay!}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={styles.modal!}>
        <Dialog className={styles.dialog!} aria-label={words.command.label[mode]}>
          <Inside {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Inside(props: Props) {
  const { mode, me, directory, entries, time, load, shape, now, selectedDay, onPreview } = props;
  const language = useLanguage();
  const { words, format, locale } = language;
  const { zone, firstWeekday } = me.organisation;
  const [text, setText] = useState("");
  const [plain, setPlain] = useState<readonly Span[]>([]);
  const [chosen, setChosen] = useState(0);
  const [chosenPart, setChosenPart] = useState(-1);
  const [refusal, setRefusal] = useState<WriteRefusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const listId = useId();

  const vocabulary = useMemo(() => vocabularyFrom(directory), [directory]);
  const situation = useMemo(
    () => situationOf({ today: now.epochDay, nowMinute: now.minute, selectedDay, firstWeekday, locale, vocabulary }),
    [now.epochDay, now.minute, selectedDay, firstWeekday, locale, vocabulary],
  );
  const read = useMemo(() => readWords(text, { ...situation, plain }), [text, situation, plain]);
  const isPlan = mode !== "go" && read.parts.some(({ kind }) => kind !== "title");
  const wantsNew = mode === "new" || isPlan;
  const { meaning } = read;
  const year = dateOf(meaning.fromDay).year;
  const clock = wallClockOf(zone, year);
  const times = useMemo(() => timesOf(meaning, clock), [meaning, clock]);
  const isShown = wantsNew && text.trim() !== "";
  useEffect(() => {
    onPreview(isShown ? times : null);
    return () => onPreview(null);
  }, [onPreview, isShown, times]);

  const people = participantsOf(meaning, me, directory);
  const isSearched = directory.people.length <= SEARCHED_PEOPLE_MAX;
  useKnown(dateOf(shape.firstEpochDay).year, zone, isSearched ? EVERYONE : people.map(({ id }) => id));
  const invited = directory.people.filter(({ id }) => meaning.people.includes(id) && id !== me.personId);
  const withAddress = invited.filter(({ email }) => email !== null);
  const draftOf = (of: Meaning): Draft => {
    const when = timesOf(of, wallClockOf(zone, dateOf(of.fromDay).year));
    return {
      title: titleOf(of, directory.names, words.command.titleWith),
      times: isPlan ? when : null,
      attendees: withAddress.flatMap(({ email }) => email ?? []),
      resourceIds: of.place === null ? [] : [of.place],
      rrule: ruleOf(of.repeat, when.allDay, wallClockOf(zone, dateOf(of.fromDay).year)),
    };
  };

  const create = async (of: Meaning, insists: boolean, at: Partial<{ start: string; end: string }> = {}) => {
    const calendarId = writableCalendars(directory, me)[0]?.id;
    if (calendarId === undefined) return props.onForm(draftOf(of)); // The form says that there is none.
    if (of.title.trim() === "") return props.onForm(draftOf(of));
    const { title, attendees, resourceIds, rrule } = draftOf(of);
    const when = timesOf(of, wallClockOf(zone, dateOf(of.fromDay).year));
    setBusy(true);
    try {
      const refused = await createEvent(
        {
          title,
          calendarId,
          ...textsOf(when),
          ...at,
          attendees: [...attendees],
          resourceIds: [...resourceIds],
          ...(when.allDay ? {} : { timeZone: zone }),
          ...(rrule === null ? {} : { rrule }),
        },
        insists,
        words.event.created(title),
      );
      if (refused !== null) return setRefusal(refused);
      props.onClose();
      await props.onCreated();
    } catch (error) {
      setRefusal({ code: "", sentence: sentenceOf(error, words.failures.network), suggestions: [] });
    } finally {
      setBusy(false);
    }
  };

  const freeTimes = refusal === null ? [] : freeTimesOf(refusal);
  const results = resultsOf();
  const active = Math.min(chosen, results.length - 1);
  const idOf = (index: number) => `${listId}-${index}`;

  function resultsOf(): Result[] {
    const list: Result[] = [];
    const add = (result: Omit<Result, "id" | "keys"> & { keys?: string }) =>
      list.push({ id: `${list.length}`, keys: "", ...result });
    if (refusal !== null) {
      if (refusal.code === "claims/taken")
        add({
          group: null,
          icon: "plus",
          label: words.event.anyway,
          detail: "",
          run: () => void create(meaning, true),
        });
      for (const { times: free } of freeTimes) {
        const run = () => void create(meaning, false, textsOf(free));
        const label = printTimesIn(free, zone, language);
        add({ group: words.event.suggestions, icon: "next", label, detail: "", run });
      }
    }
    if (wantsNew && text.trim() !== "") {
      const title = titleOf(meaning, directory.names, words.command.titleWith);
      const label = title === "" ? words.command.createUntitled : words.command.create(title);
      add({ group: null, icon: "plus", label, detail: "", keys: "⏎", run: () => void create(meaning, false) });
    }
    if (mode === "new" || isPlan) {
      const run = () => props.onForm(draftOf(meaning));
      add({ group: null, icon: "next", label: words.command.createAndOpen, detail: "", keys: words.keys.finish, run });
    }
    if (isPlan) {
      for (const [index, reading] of read.readings.slice(0, READINGS_MAX).entries()) {
        add({
          group: words.command.couldBe(text.slice(reading.from, reading.to)),
          icon: "year",
          label: describe(reading),
          detail: "",
          keys: `⌥${index + 2}`,
          run: () => void create(reading.meaning, false),
        });
      }
    }
    const date = mode === "new" ? null : readDate(text, situation);
    if (date !== null) {
      for (const day of [date.day, ...date.others].slice(0, DATES_MAX)) {
        const label = words.command.goTo(format.dayWithYear(day));
        add({ group: null, icon: "next", label, detail: "", run: () => props.onGo(day) });
      }
    }
    if (mode !== "any") return list;
    const { show: person, showThing: thing, showCalendar: calendar } = words.command;
    const showWords = { person, thing, calendar };
    for (const found of search(text, entries, directory, now.ms)) {
      const group = words.command.found;
      if (found.what === "event") {
        const { entry } = found;
        const detail = `${format.dayShort(entry.fromDay)}${entry.event.allDay ? "" : `, ${format.time(entry.startMs)}`}`;
        add({ group, icon: "search", label: entry.event.title, detail, run: () => props.onSelect(entry) });
      } else {
        const label = showWords[found.what](found.name);
        add({ group, icon: "people", label, detail: "", run: () => props.onShow(found.id) });
      }
    }
    const wanted = text.trim().toLowerCase();
    for (const { label, icon, run } of props.commands) {
      if (label.toLowerCase().includes(wanted)) add({ group: words.command.commands, icon, label, detail: "", run });
    }
    return list;
  }

  function describe({ meaning: other }: Reading): string {
    const when = timesOf(other, wallClockOf(zone, dateOf(other.fromDay).year));
    const day = format.dayWithYear(other.fromDay);
    const time = when.allDay ? words.day.allDay : format.timeRange(when.startMs, when.endMs);
    return `${day}, ${time}`;
  }

  const parts = isPlan
    ? underlinedOf(text, read.parts, (part) =>
        glossOf(part, directory.names, words.command.part, format, (rule) => ruleInWords(rule, meaning, locale)),
      )
    : [];
  const change = (next: string) => {
    setText(next);
    setChosen(0);
    setChosenPart(-1);
    setRefusal(null);
    if (!next.startsWith(text.slice(0, Math.min(text.length, next.length)))) setPlain([]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      setChosen(results.length === 0 ? 0 : (active + by + results.length) % results.length);
    } else if (event.key === "Enter" && !isBusy) {
      event.preventDefault();
      if (event.metaKey || event.ctrlKey) props.onForm(draftOf(meaning));
      else results[active]?.run();
    } else if (event.altKey && /^Digit[2-9]$/.test(event.code)) {
      event.preventDefault();
      const reading = read.readings[Number(event.code.slice(5)) - 2];
      if (reading !== undefined && isPlan) void create(reading.meaning, false);
    } else if (event.key === "Tab" && parts.length > 0 && !event.shiftKey) {
      event.preventDefault();
      setChosenPart((before) => (before + 1) % parts.length);
    } else if (event.key === "Backspace" && chosenPart !== -1) {
      event.preventDefault();
      const part = parts[chosenPart];
      if (part !== undefined) setPlain((before) => [...before, { from: part.from, to: part.to }]);
      setChosenPart(-1);
    }
  };

  const dayIndex = meaning.fromDay - shape.firstEpochDay;
  const loadOfDay =
    load !== null && dayIndex >= 0 && dayIndex < shape.days
      ? { openMinutes: load.openMinutes[dayIndex]!, takenMinutes: load.takenMinutes[dayIndex]! }
      : null;
  return (
    <>
      <div className={styles.top}>
        <Icon name={wantsNew ? "plus" : "search"} size={20} />
        <WordsField
          text={text}
          parts={parts}
          chosenPart={chosenPart}
          label={words.command.label[mode]}
          placeholder={words.command.hint[mode]}
          listId={listId}
          activeId={results.length === 0 ? undefined : idOf(active)}
          onText={change}
          onKeyDown={onKeyDown}
        />
        <Key>Esc</Key>
      </div>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {words.command.refused} {refusal.sentence}{" "}
          {isOfTime(refusal.code) && freeTimes.length === 0 && words.event.noFreeTimes}
        </p>
      )}
      {isShown && (
        <Preview
          title={titleOf(meaning, directory.names, words.command.titleWith)}
          meaning={meaning}
          times={times}
          zone={zone.replaceAll("_", " ")}
          participants={people}
          entries={entries.filter(
            ({ event, isBusy: takes, fromDay, toDay }) =>
              takes &&
              fromDay <= meaning.fromDay &&
              toDay > meaning.fromDay &&
              people.some(({ id }) => event.subjectIds.includes(id)),
          )}
          time={time}
          load={loadOfDay}
          minutesOn={(entry) => {
            const at = (ms: number) => wallMs(clock, ms) / 60_000 - meaning.fromDay * (DAY_MS / 60_000);
            return { from: Math.max(0, at(entry.startMs)), to: Math.min(1_440, at(entry.endMs)) };
          }}
          withoutAddress={invited.filter(({ email }) => email === null).map(({ name }) => name)}
          asked={withAddress.map(({ name }) => name)}
        />
      )}
      <div id={listId} role="listbox" aria-label={words.command.results} className={styles.results}>
        {results.map((result, index) => (
          <ResultLine
            key={result.id}
            id={idOf(index)}
            result={result}
            heading={result.group !== null && result.group !== results[index - 1]?.group ? result.group : null}
            isActive={index === active}
            onHover={() => setChosen(index)}
          />
        ))}
        {results.length === 0 && text.trim() !== "" && <p className={styles.nothing}>{words.command.nothing}</p>}
      </div>
      <footer className={styles.foot} aria-hidden="true">
        <span>
          <Key>↑</Key> <Key>↓</Key> {words.command.keys.choose}
        </span>
        {isPlan && (
          <>
            <span>
              <Key>Tab</Key> {words.command.keys.next}
            </span>
            <span>
              <Key>⌫</Key> {words.command.keys.plain}
            </span>
          </>
        )}
      </footer>
    </>
  );
}

/** The year of an organisation up to this size is searched whole; of a larger one what is shown, and who is named. */
const SEARCHED_PEOPLE_MAX = 100;
const READINGS_MAX = 4;
const DATES_MAX = 2;

function ResultLine(props: {
  readonly id: string;
  readonly result: Result;
  readonly heading: ReactNode;
  readonly isActive: boolean;
  readonly onHover: () => void;
}) {
  const { id, result, heading, isActive, onHover } = props;
  return (
    <>
      {heading !== null && (
        <div className={styles.heading} role="presentation">
          {heading}
        </div>
      )}
      {/* The field above keeps the focus and has the keys: a list box of one tab stop (ARIA practices, combobox). */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        className={styles.result}
        onPointerMove={onHover}
        onClick={result.run}
      >
        <Icon name={result.icon} size={16} />
        <span>{result.label}</span>
        {result.detail !== "" && <small>{result.detail}</small>}
        {result.keys !== "" && <Key>{result.keys}</Key>}
      </div>
    </>
  );
}

/** Whoever's time the plan would take: oneself, those it names, and its room. */
function participantsOf({ people, place }: Meaning, me: Me, { names }: Directory): Participant[] {
  const ids = [...new Set([me.personId, ...people])];
  const persons = ids.map((id) => ({ id, name: names.get(id) ?? me.name, isThing: false }));
  return place === null ? persons : [...persons, { id: place, name: names.get(place) ?? "", isThing: true }];
}
