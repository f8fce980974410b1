import { useState } from "react";
import type { Answer } from "../../data/api.ts";
import { readAgain } from "../../data/freshness.ts";
import { change, useAsked, type Refusal as Refused } from "../../data/office.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";
import styles from "./away.module.css";
import { parsed } from "./booking-sheets.tsx";
import { epochDayOf } from "./day-sheet.tsx";
import { useAwayWords } from "./use-away-words.ts";

type Plan = Answer<"bookings.standIns">;
type Row = Plan["rows"][number];
/** What is wished for a session: somebody by id, other times, or nothing. */
type Choices = Readonly<Record<string, string>>;

const OFFER = "offer";
const LEAVE = "leave";
const REASON_CHARACTERS_MAX = 1_000;

/** Somebody or something is away: what is booked of them is arranged in one step, planned before and told after. */
export function AwaySheet(props: { readonly day: Temporal.PlainDate; readonly onClose: () => void }) {
  const { day, onClose } = props;
  const words = useAwayWords();
  const { words: all } = useLanguage();
  const options = useBookable();
  const [subjectId, setSubjectId] = useState("");
  const [from, setFrom] = useState(day.toString());
  const [until, setUntil] = useState(day.toString());
  const [fromTime, setFromTime] = useState("");
  const [untilTime, setUntilTime] = useState("");
  const [reason, setReason] = useState("");
  const [timeOff, setTimeOff] = useState(true);
  const [choices, setChoices] = useState<Choices>({});
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState<Plan | null>(null);

  const [start, end] = [localOf(from, fromTime), localOf(until, untilTime)];
  const hasOneTime = (fromTime === "") !== (untilTime === "");
  const isBackwards = start !== null && end !== null && (hasOneTime ? until < from : end < start);
  const isAsked = subjectId !== "" && start !== null && end !== null && !hasOneTime && !isBackwards;
  const about = { subjectId, from: start ?? "", until: end ?? "" };
  const again =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setChoices({});
      setRefused(null);
    };

  const apply = async (plan: Plan) => {
    setBusy(true);
    const body = { ...about, reason: reason === "" ? null : reason, timeOff: timeOff && plan.mayEnter, apply: true };
    const changed = await change(
      "bookings.standIns",
      { body: { ...body, rows: plan.rows.map(rowAsPlanned) } },
      { said: words.applied(plan.subject.name), offline: all.failures.network, isUndoable: true },
    );
    setBusy(false);
    setRefused(changed.refused);
    if (changed.refused === null) return setDone(changed.value);
    setChoices({});
    readAgain();
  };

  if (done !== null) return <Done plan={done} onClose={onClose} />;
  return (
    <Modal title={words.title} isDismissable={false} onClose={onClose}>
      <div className={`${section.form} ${styles.away}`}>
        <p className={section.quiet}>{words.intro}</p>
        <Choice label={words.who} value={subjectId} options={options} isFirst onChange={again(setSubjectId)} />
        <FieldRow>
          <TextInput label={words.from} type="date" value={from} onChange={again(setFrom)} />
          <TextInput label={words.fromTime} type="time" value={fromTime} onChange={again(setFromTime)} />
        </FieldRow>
        <FieldRow>
          <TextInput
            label={words.until}
            type="date"
            value={until}
            onChange={again(setUntil)}
            {...(isBackwards ? { error: words.backwards } : {})}
          />
          <TextInput
            label={words.untilTime}
            type="time"
            value={untilTime}
            onChange={again(setUntilTime)}
            {...(hasOneTime ? { error: words.bothTimes } : {})}
          />
        </FieldRow>
        <TextInput label={words.reason} value={reason} maxLength={REASON_CHARACTERS_MAX} onChange={setReason} />
        <Checkbox isSelected={timeOff} onChange={setTimeOff}>
          {words.timeOff}
        </Checkbox>
        {isAsked ? (
          <Planned
            key={JSON.stringify(about)}
            about={about}
            choices={choices}
            refused={refused}
            isBusy={isBusy}
            isEntering={timeOff}
            onChoose={(sessionId, value) => setChoices({ ...choices, [sessionId]: value })}
            onApply={(plan) => void apply(plan)}
          />
        ) : null}
      </div>
    </Modal>
  );
}

/** A day, or a day and a time; null for none. */
function localOf(day: string, time: string): string | null {
  const date = parsed(day);
  return date === null ? null : time === "" ? date.toString() : `${date.toString()}T${time.slice(0, 5)}`;
}

/** Everybody and everything that a service needs. */
function useBookable() {
  const words = useAwayWords();
  const services = useAsked("services.list", {});
  const directory = useStore(directoryStore, (store) => store.directory);
  const ids =
    services.status === "ready" ? services.value.items.flatMap(({ roles }) => roles.flatMap(({ anyOf }) => anyOf)) : [];
  const { compare } = new Intl.Collator();
  const options = [...new Set(ids)]
    .map((value) => ({ value, label: directory.names.get(value) ?? value }))
    .toSorted((a, b) => compare(a.label, b.label));
  return [{ value: "", label: words.choose }, ...options];
}

const wishOf = (sessionId: string, value: string) =>
  value === OFFER || value === LEAVE
    ? ({ sessionId, deed: value } as const)
    : ({ sessionId, deed: "stand-in", standInId: value } as const);

/** As it is planned, to be done: who cannot be helped stays as it is. */
const rowAsPlanned = ({ sessionId, deed, standIn, times, bookings }: Row) => ({
  sessionId,
  deed: deed === "none" ? LEAVE : deed,
  standInId: standIn?.id ?? null,
  times: times.map(({ start }) => Temporal.Instant.from(start).toString()),
  versions: bookings.map(({ id, version }) => ({ id, version })),
});

function Planned(props: {
  readonly about: { readonly subjectId: string; readonly from: string; readonly until: string };
  readonly choices: Choices;
  readonly refused: Refused | null;
  readonly isBusy: boolean;
  readonly isEntering: boolean;
  readonly onChoose: (sessionId: string, value: string) => void;
  readonly onApply: (plan: Plan) => void;
}) {
  const { about, choices, refused, isBusy, isEntering, onChoose, onApply } = props;
  const words = useAwayWords();
  const rows = Object.entries(choices).map(([sessionId, value]) => wishOf(sessionId, value));
  const asked = useAsked("bookings.standIns", { body: { ...about, rows } });
  // The plan before stands until the next is there: nothing jumps while one chooses.
  const [last, setLast] = useState<Plan | null>(null);
  if (asked.status === "ready" && asked.value !== last) setLast(asked.value);
  const plan = asked.status === "ready" ? asked.value : last;
  if (plan === null || asked.status === "failed") return <Answered asked={asked}>{() => null}</Answered>;
  const counted = (deeds: readonly Row["deed"][]) => plan.rows.filter(({ deed }) => deeds.includes(deed)).length;
  return (
    <>
      <p role="status">
        {plan.rows.length === 0
          ? words.none
          : `${words.count(plan.rows.length)}: ${words.planned(counted(["stand-in"]), counted(["offer"]), counted(["leave", "none"]))}.`}
      </p>
      {plan.rows.length > 0 && (
        <ul className={styles.plan} aria-label={words.afterwards}>
          {plan.rows.map((row) => (
            <PlanRow key={row.sessionId} row={row} choice={choices[row.sessionId]} onChoose={onChoose} />
          ))}
        </ul>
      )}
      {plan.isMore && <p>{words.more}</p>}
      {isEntering && !plan.mayEnter && <p>{words.mayNotEnter}</p>}
      {refused !== null && (
        <Refusal>
          {refused.sentence} {refused.code === "bookings/plan-stale" && words.stale}
        </Refusal>
      )}
      <ModalActions>
        <Button
          kind="primary"
          isPending={isBusy}
          isDisabled={asked.status !== "ready" || (plan.rows.length === 0 && !(isEntering && plan.mayEnter))}
          onPress={() => onApply(plan)}
        >
          {words.apply}
        </Button>
      </ModalActions>
    </>
  );
}

/** Who shares a time, by name. */
function useWho() {
  const { format } = useLanguage();
  return ({ bookings, service }: Row) =>
    format.list(bookings.map(({ customer }) => customer ?? service.name).slice(0, NAMES_MAX));
}
const NAMES_MAX = 20;

function useMoment() {
  const { format } = useLanguage();
  return (start: string): string => {
    const day = epochDayOf(Temporal.PlainDate.from(start.slice(0, 10)));
    return `${format.dayShort(day)} ${format.time(Temporal.Instant.from(start).epochMilliseconds)}`;
  };
}

function PlanRow(props: {
  readonly row: Row;
  readonly choice: string | undefined;
  readonly onChoose: (sessionId: string, value: string) => void;
}) {
  const { row, choice, onChoose } = props;
  const words = useAwayWords();
  const momentOf = useMoment();
  const who = useWho()(row);
  const able = row.candidates.filter(({ id, can }) => can || id === row.standIn?.id);
  const unable = row.candidates.filter(({ can, code }) => !can && code !== null);
  const value = row.deed === "stand-in" ? row.standIn!.id : row.deed === "none" ? LEAVE : row.deed;
  const hasTimes = row.deed === "offer" || choice !== OFFER;
  return (
    <li>
      <div className={section.what}>
        <b>
          <time dateTime={row.start}>{momentOf(row.start)}</time> {who}
        </b>
        <span>
          {row.service.name} · <s>{row.subjects.map(({ name }) => name).join(", ")}</s>
        </span>
      </div>
      <Choice
        label={words.for(who, momentOf(row.start))}
        value={value}
        options={[
          ...able.map(({ id, name }) => ({ value: id, label: words.with(name) })),
          ...(hasTimes ? [{ value: OFFER, label: words.offer }] : []),
          { value: LEAVE, label: row.deed === "none" ? words.nobody : words.leave },
        ]}
        onChange={(chosen) => onChoose(row.sessionId, chosen)}
      />
      {row.times.length > 0 && <p>{words.times(row.times.map(({ start }) => momentOf(start)).join(" · "))}</p>}
      {unable.length > 0 && (
        <p className={section.quiet}>
          {unable.map(({ name, code, why }) => why ?? words.cannot[code!](name)).join(" · ")}
        </p>
      )}
    </li>
  );
}

/** What was done, with the links where nobody is told by mail. */
function Done(props: { readonly plan: Plan; readonly onClose: () => void }) {
  const { plan, onClose } = props;
  const words = useAwayWords();
  const momentOf = useMoment();
  const told = plan.rows.flatMap(({ deed, start, bookings, service }) =>
    deed === "stand-in" || deed === "offer"
      ? bookings.map(({ id, link, customer }) => ({ id, link, who: `${customer ?? service.name}, ${momentOf(start)}` }))
      : [],
  );
  const whoOf = useWho();
  const left = plan.rows.filter(({ deed }) => deed === "leave" || deed === "none");
  const leftNames = left.map((row) => `${whoOf(row)}, ${momentOf(row.start)}`).join(" · ");
  return (
    <Modal title={words.doneTitle} onClose={onClose}>
      <div className={`${section.form} ${styles.away}`}>
        <p role="status">{words.applied(plan.subject.name)}.</p>
        {left.length > 0 && <p>{words.stillToCall(leftNames)}</p>}
        {told.length > 0 && <p>{plan.isMailed ? words.mailed : words.passOn}</p>}
        {!plan.isMailed &&
          told.map(({ id, link, who }) => (
            <TextInput
              key={id}
              label={words.linkOf(who)}
              value={new URL(link, location.href).href}
              isReadOnly
              onChange={() => {}}
            />
          ))}
        <ModalActions>
          <Button kind="primary" onPress={onClose}>
            {words.close}
          </Button>
        </ModalActions>
      </div>
    </Modal>
  );
}
