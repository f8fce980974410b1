import { useEffect, useMemo, useState, type FormEvent } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import type { WallClock } from "@hourwright/timeline";
import { isOffline, sentenceOf, type Calendar, type EventDetail, type Me } from "../../data/api.ts";
import { keepAsDraft } from "../../data/drafts.ts";
import type { Entry } from "../../data/entries.ts";
import {
  createEvent,
  readEvent,
  removeEvent,
  updateEvent,
  type Guest,
  type Scope,
  type WriteRefusal,
} from "../../data/events.ts";
import { textsOf } from "../../data/edits.ts";
import type { TakenTime, TimeWish } from "../../data/find-time.ts";
import { freeTimesOf, isOfTime } from "../../data/free-times.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { mayPropose, writableCalendars } from "../../data/rights.ts";
import type { Directory } from "../../data/session.ts";
import { catchUp } from "../../data/changes.ts";
import { isZone } from "../../data/zones.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { FreeTimes } from "../../ui/free-times.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";
import styles from "./event-dialog.module.css";
import {
  addressesOf,
  bodyOf,
  changesOf,
  formOf,
  formWithTaken,
  mergedForm,
  isGuest,
  needNotCome,
  newForm,
  timesOf,
  wishOfForm,
  type Draft,
  type EventBody,
  type EventForm,
  type FormFault,
  type InvitedAs,
  type Repeat,
} from "./event-form.ts";
import { Outlook } from "./outlook.tsx";
import { ProposeForm } from "./propose-form.tsx";
import { WhenFields } from "./when-fields.tsx";

const SCOPES: readonly Scope[] = ["this", "following", "all"];
const REPEATS: readonly Repeat[] = ["none", "daily", "weekdays", "weekly", "fortnightly", "monthly", "yearly"];

/** Nobody answered when it was saved: it may be tried again as it is. */
const UNSAVED = "unsaved";

type Props = {
  readonly me: Me;
  readonly directory: Directory;
  readonly clock: WallClock;
  /** The occurrence to change, or null for a new event on `day`. */
  readonly entry: Entry | null;
  readonly day: number;
  /** What has been said of a new event. */
  readonly draft: Draft | null;
  /** A form that was left to look for a time, and the time that was taken; null when nothing was looked for. */
  readonly resumed?: Resumed | null;
  /** Leaves the form to look for a time. */
  readonly onFindTime: (wish: TimeWish, form: EventForm) => void;
  readonly onClose: () => void;
};

/** A form as it was left, null where there was none, and the time that was taken meanwhile. */
export type Resumed = { readonly form: EventForm | null; readonly taken: TakenTime };

/** Create, change or delete one event. Opens on what is known and completes itself from the server. */
export default function EventDialog(props: Props) {
  const { me, entry, onClose } = props;
  const { words } = useLanguage();
  const [detail, setDetail] = useState<EventDetail | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [isProposing, setProposing] = useState(false);
  useEffect(() => {
    if (entry === null || failed !== null) return;
    readEvent(entry.event.id, entry.event.recurrenceId).then(setDetail, (error: unknown) =>
      setFailed(sentenceOf(error, words.failures.network)),
    );
  }, [entry, words, failed]);
  if (isProposing && detail !== null)
    return (
      <Modal title={words.proposing.title(detail.title)} isDismissable={false} onClose={onClose}>
        <ProposeForm me={me} detail={detail} onBack={() => setProposing(false)} onDone={onClose} />
      </Modal>
    );
  return (
    <Modal title={entry === null ? words.event.create : words.event.edit} isDismissable={false} onClose={onClose}>
      {failed !== null && (
        <Refusal>
          <p>{failed}</p>
          <Button onPress={() => setFailed(null)}>{words.actions.retry}</Button>
        </Refusal>
      )}
      {entry === null && <Fields {...props} detail={null} onReload={setDetail} />}
      {detail !== null && <Fields {...props} detail={detail} onReload={setDetail} />}
      {entry !== null && detail !== null && mayPropose(entry, me) && (
        <ModalActions>
          <Button onPress={() => setProposing(true)}>{words.proposing.button}</Button>
        </ModalActions>
      )}
    </Modal>
  );
}

function Fields(
  props: Props & { readonly detail: EventDetail | null; readonly onReload: (detail: EventDetail) => void },
) {
  const { me, directory, day, draft, resumed = null, detail, onReload, onClose } = props;
  const language = useLanguage();
  const { words } = language;
  const { zone } = me.organisation;
  const calendars = useMemo(() => writableCalendars(directory, me), [directory, me]);
  const initial = useMemo(
    () => (detail === null ? newForm(day, calendars[0]?.id ?? "", zone, draft) : formOf(detail, zone)),
    [detail, day, draft, calendars, zone],
  );
  const house = { me: me.personId, people: directory.people, things: directory.things };
  const [form, setForm] = useState(() =>
    resumed === null ? initial : formWithTaken(resumed.form ?? initial, resumed.taken, house),
  );
  const [scope, setScope] = useState<Scope>("this");
  const [fault, setFault] = useState<FormFault | "zone" | null>(null);
  const [refusal, setRefusal] = useState<WriteRefusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isSure, setSure] = useState(false);
  const freeTimes = refusal === null ? [] : freeTimesOf(refusal);
  const shownZone = isZone(form.zone) ? form.zone : zone;
  const isReadOnly = detail !== null && !detail.canEdit;
  const set = (change: Partial<EventForm>) => {
    setForm((before) => ({ ...before, ...change }));
    setRefusal(null);
    setFault(null);
  };

  /** Runs a write; a refusal stays in the dialog with everything that was typed. */
  const run = async (write: () => Promise<WriteRefusal | null>, unanswered = "") => {
    setBusy(true);
    try {
      const refused = await write();
      if (refused === null) {
        onClose();
        await catchUp();
      } else if (refused.code === "request/version-changed" && detail !== null) {
        const now = await readEvent(detail.id, detail.recurrenceId);
        setForm((mine) => mergedForm(initial, mine, formOf(now, zone)));
        onReload(now);
        setRefusal({ ...refused, sentence: words.event.changedMeanwhile });
      } else setRefusal(refused);
    } catch (error) {
      const code = isOffline(error) ? unanswered : "";
      setRefusal({ code, sentence: sentenceOf(error, words.failures.network), suggestions: [] });
    } finally {
      setBusy(false);
    }
  };

  /** What differs from the event as it was read. */
  const changedBody = (body: EventBody) => {
    const { attendees, ...changes } = changesOf(bodyOf(initial) as EventBody, body);
    return { ...changes, ...(attendees === undefined ? {} : { attendees: guestsOf(attendees, detail!) }) };
  };
  const target = detail === null ? null : { ...detail, scope };
  const save = (wanted: EventForm, insist: boolean) => {
    const body = bodyOf(wanted);
    if (typeof body === "string") return setFault(body);
    if (!wanted.allDay && !isZone(wanted.zone)) return setFault("zone");
    void run(() => {
      if (target === null)
        return createEvent(
          { ...body, ...ownRule(wanted, draft), calendarId: wanted.calendarId },
          insist,
          words.event.created(body.title),
        );
      return updateEvent(target, changedBody(body), insist, words.event.changed(body.title));
    }, UNSAVED);
  };
  /** The same as saving, kept as a proposal: nothing moves until somebody accepts it. */
  const propose = () => {
    const body = bodyOf(form);
    if (typeof body === "string") return setFault(body);
    if (!form.allDay && !isZone(form.zone)) return setFault("zone");
    const change =
      target === null
        ? { operation: "events.create", body: { ...body, ...ownRule(form, draft), calendarId: form.calendarId } }
        : {
            operation: "events.update",
            params: { id: target.id },
            body: {
              ...changedBody(body),
              ...(target.recurrenceId === null ? {} : { recurrenceId: target.recurrenceId, scope }),
            },
          };
    void run(() =>
      keepAsDraft({ title: body.title, source: "hand", changes: [change] }, words.drafts.kept(body.title)),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(form, false);
  };

  if (detail === null && calendars.length === 0) return <p>{words.event.noCalendar}</p>;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {isReadOnly && <p className={styles.quiet}>{words.event.readOnly}</p>}
      <TextInput
        label={words.event.title}
        value={form.title}
        isReadOnly={isReadOnly}
        isFirst={detail === null}
        maxLength={1000}
        onChange={(title) => set({ title })}
        {...(fault === "title" ? { error: words.event.needsTitle } : {})}
      />
      <WhenFields
        form={form}
        fault={fault}
        isReadOnly={isReadOnly}
        onChange={(change) => set(change)}
        onFindTime={() => props.onFindTime(wishOfForm(form, house), form)}
      />
      <FieldRow>
        <Choice
          label={words.event.calendar}
          value={form.calendarId}
          isDisabled={detail !== null}
          options={calendarOptions(calendars, detail, directory)}
          onChange={(calendarId) => set({ calendarId })}
        />
        <Choice
          label={words.event.repeat}
          value={form.repeat}
          isDisabled={isReadOnly || (detail !== null && detail.recurrenceId !== null && scope === "this")}
          options={[...REPEATS, ...(initial.repeat === "other" ? (["other"] as const) : [])].map((repeat) => ({
            value: repeat,
            label: words.event.repeats[repeat],
          }))}
          onChange={(repeat) => set({ repeat: repeat as Repeat })}
        />
      </FieldRow>
      <FieldRow>
        <TextInput
          label={words.event.location}
          value={form.location}
          isReadOnly={isReadOnly}
          maxLength={1000}
          onChange={(location) => set({ location })}
        />
        <TextInput
          label={words.event.attendees}
          value={form.attendees}
          isReadOnly={isReadOnly}
          onChange={(attendees) => set({ attendees })}
        />
      </FieldRow>
      <Optional form={form} isReadOnly={isReadOnly} onChange={(optional) => set({ optional })} />
      <Things
        directory={directory}
        chosen={form.resourceIds}
        isReadOnly={isReadOnly}
        onChange={(resourceIds) => set({ resourceIds })}
      />
      <Checkbox isSelected={form.locked} isDisabled={isReadOnly} onChange={(locked) => set({ locked })}>
        {words.drafts.locked}
      </Checkbox>
      {detail !== null && detail.recurring && detail.recurrenceId !== null && !isReadOnly && (
        <RadioGroup className={styles.scope!} value={scope} onChange={(value) => setScope(value as Scope)}>
          <Label className={styles.label}>{words.event.scope}</Label>
          {SCOPES.map((name) => (
            <Radio key={name} value={name} className={styles.radio!}>
              <i aria-hidden="true" />
              {words.event.scopes[name]}
            </Radio>
          ))}
        </RadioGroup>
      )}
      {detail !== null && <Outlook id={detail.id} recurrenceId={detail.recurrenceId} />}
      {refusal !== null && (
        <Refusal>
          <p>{refusal.sentence}</p>
          {isOfTime(refusal.code) && (
            <FreeTimes
              isDisabled={isBusy}
              times={freeTimes.map(({ id, times }) => ({ id, printed: printTimesIn(times, shownZone, language) }))}
              onChoose={(index) => {
                const { start, end } = textsOf(freeTimes[index]!.times);
                const moved = { ...form, ...timesOf(start, end, form.allDay, form.zone) };
                setForm(moved);
                save(moved, false);
              }}
            />
          )}
        </Refusal>
      )}
      {!isReadOnly && (
        <ModalActions>
          {target === null ? (
            <span />
          ) : isSure ? (
            <span className={styles.sure}>
              {words.event.removeSure}
              <Button
                isPending={isBusy}
                onPress={() => void run(() => removeEvent(target, words.event.removed(form.title)))}
              >
                {words.event.remove}
              </Button>
              <Button kind="quiet" onPress={() => setSure(false)}>
                {words.event.keep}
              </Button>
            </span>
          ) : (
            <Button kind="quiet" onPress={() => setSure(true)}>
              {words.event.remove}
            </Button>
          )}
          {refusal?.code === "claims/taken" && (
            <Button isPending={isBusy} onPress={() => save(form, true)}>
              {words.event.anyway}
            </Button>
          )}
          <Button isDisabled={isBusy} onPress={propose}>
            {words.drafts.keep}
          </Button>
          <Button kind="primary" type="submit" isPending={isBusy}>
            {refusal?.code === UNSAVED
              ? words.actions.retry
              : detail === null
                ? words.event.createButton
                : words.event.save}
          </Button>
        </ModalActions>
      )}
    </form>
  );
}

function Things(props: {
  readonly directory: Directory;
  readonly chosen: readonly string[];
  readonly isReadOnly: boolean;
  readonly onChange: (ids: string[]) => void;
}) {
  const { directory, chosen, isReadOnly, onChange } = props;
  const { words } = useLanguage();
  if (directory.things.length === 0) return null;
  return (
    <fieldset className={styles.things}>
      <legend className={styles.label}>{words.event.resources}</legend>
      {directory.things.slice(0, THINGS_SHOWN).map(({ id, name }) => (
        <Checkbox
          key={id}
          isSelected={chosen.includes(id)}
          isDisabled={isReadOnly}
          onChange={(isChosen) => onChange(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))}
        >
          {name}
        </Checkbox>
      ))}
    </fieldset>
  );
}

const THINGS_SHOWN = 40;

/** Who of the guests need not come: there once there are guests. */
function Optional(props: {
  readonly form: EventForm;
  readonly isReadOnly: boolean;
  readonly onChange: (optional: string[]) => void;
}) {
  const { form, isReadOnly, onChange } = props;
  const { words } = useLanguage();
  const typed = new Set(addressesOf(form).map((address) => address.toLowerCase()));
  const addresses = [...typed].filter((address) => /.@./.test(address)).slice(0, GUESTS_SHOWN);
  if (addresses.length === 0) return null;
  return (
    <fieldset className={styles.things}>
      <legend className={styles.label}>{words.event.optional}</legend>
      {addresses.map((address) => (
        <Checkbox
          key={address}
          isSelected={needNotCome(form, address)}
          isDisabled={isReadOnly}
          onChange={(isChosen) =>
            onChange(isChosen ? [...form.optional, address] : form.optional.filter((other) => other !== address))
          }
        >
          {address}
        </Checkbox>
      ))}
    </fieldset>
  );
}

const GUESTS_SHOWN = 40;

/** Calendars that may be written to, one's own first. */
/** A rule that was said in words and is none of the form's choices. */
function ownRule({ repeat }: EventForm, draft: Draft | null): { rrule?: string } {
  return repeat === "other" && draft !== null && draft.rrule !== null ? { rrule: draft.rrule } : {};
}

/** Guests as typed, with the names and answers of those who were there already. */
function guestsOf(invited: readonly InvitedAs[], { attendees }: EventDetail): Guest[] {
  const knownGuest = ({ email, name, status, optional = false }: EventDetail["attendees"][number]) => ({
    email,
    name,
    optional,
    ...(status === "delegated" ? {} : { status }),
  });
  const guests = invited.map((each) => {
    const address = typeof each === "string" ? each : each.email;
    const known = attendees.find(({ email }) => email.toLowerCase() === address.toLowerCase());
    return known === undefined ? each : { ...knownGuest(known), optional: typeof each !== "string" };
  });
  // Rooms of other houses have mail addresses; they are not shown among the guests, and not lost either.
  const elsewhere = attendees.filter((each) => !isGuest(each) && each.email.includes("@"));
  return [...guests, ...elsewhere.map(knownGuest)];
}

function calendarOptions(writable: readonly Calendar[], detail: EventDetail | null, { calendars }: Directory) {
  const own = detail === null ? undefined : calendars.get(detail.calendarId);
  const list = own === undefined || writable.includes(own) ? writable : [own, ...writable];
  return list.map(({ id, name }) => ({ value: id, label: name }));
}
