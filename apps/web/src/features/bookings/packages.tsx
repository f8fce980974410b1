import { useState } from "react";
import type { Answer } from "../../data/api.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";
import styles from "./bookings.module.css";
import { epochDayOf } from "./day-sheet.tsx";
import { useBookingWords } from "./use-booking-words.ts";

type Package = Answer<"packages.list">["items"][number];
type Kind = Answer<"packageKinds.list">["items"][number];
type Open =
  | { readonly sheet: "kind"; readonly kind: Kind | null }
  | { readonly sheet: "issue" }
  | { readonly sheet: "correct" | "movements"; readonly owned: Package };

const PACKAGES_SHOWN_MAX = 200;
const UNITS_MAX = 10_000;
const DAYS_MAX = 3_650;
const REASON_CHARACTERS_MAX = 500;

const wholeIn = (text: string, from: number, to: number): number | null => {
  const value = Number(text);
  return text.trim() !== "" && Number.isInteger(value) && value >= from && value <= to ? value : null;
};

/** Packages of lessons: which kinds there are, who has which, and what became of each of its units. */
export function Packages(props: { readonly mayRule: boolean }) {
  const { mayRule } = props;
  const words = useBookingWords();
  const text = words.packages;
  const { words: all } = useOfficeLanguage();
  const kinds = useAsked("packageKinds.list", {});
  const issued = useAsked("packages.list", { query: { limit: PACKAGES_SHOWN_MAX } });
  const [open, setOpen] = useState<Open | null>(null);
  const items = kinds.status === "ready" ? kinds.value.items : [];
  const close = () => setOpen(null);
  const remove = ({ id, name, version }: Kind) =>
    void changeOrSay(
      "packageKinds.remove",
      { params: { id }, ifMatch: version },
      { said: words.services.removed(name), offline: all.failures.network, isUndoable: true },
    );
  return (
    <div className={styles.parts}>
      <Section
        title={words.sections.packages}
        intro={text.intro}
        action={items.length > 0 && <Button onPress={() => setOpen({ sheet: "issue" })}>{text.issue}</Button>}
      >
        <Answered asked={issued}>
          {(answer) => (
            <Rows items={answer.items} label={words.sections.packages} empty={text.none}>
              {(owned) => <PackageRow key={owned.id} owned={owned} onOpen={setOpen} />}
            </Rows>
          )}
        </Answered>
      </Section>
      <Section
        title={text.kinds}
        intro={text.kindsIntro}
        action={mayRule && <Button onPress={() => setOpen({ sheet: "kind", kind: null })}>{text.addKind}</Button>}
      >
        <Answered asked={kinds}>
          {(answer) => (
            <Rows items={answer.items} label={text.kinds} empty={text.noKinds}>
              {(kind) => (
                <li key={kind.id} className={section.row}>
                  <What name={kind.name} more={[text.units(kind.units), text.days(kind.validDays), kind.price]} />
                  {mayRule && (
                    <>
                      <Button
                        size="small"
                        aria-label={words.services.change(kind.name)}
                        onPress={() => setOpen({ sheet: "kind", kind })}
                      >
                        {all.settings.change}
                      </Button>
                      <Button size="small" aria-label={words.services.remove(kind.name)} onPress={() => remove(kind)}>
                        {all.settings.calendars.remove}
                      </Button>
                    </>
                  )}
                </li>
              )}
            </Rows>
          )}
        </Answered>
      </Section>
      {open?.sheet === "kind" && <KindSheet kind={open.kind} onClose={close} />}
      {open?.sheet === "issue" && <IssueSheet kinds={items} onClose={close} />}
      {open?.sheet === "correct" && <CorrectSheet owned={open.owned} onClose={close} />}
      {open?.sheet === "movements" && <Movements owned={open.owned} onClose={close} />}
    </div>
  );
}

const dayOf = (instant: string): number => epochDayOf(Temporal.PlainDate.from(instant.slice(0, 10)));

/** The last day on which something may start: it ends with it, at midnight of the organisation. */
const lastDayOf = (instant: string): number =>
  epochDayOf(Temporal.PlainDateTime.from(instant.slice(0, 19)).subtract({ seconds: 1 }).toPlainDate());

function PackageRow(props: { readonly owned: Package; readonly onOpen: (open: Open) => void }) {
  const { owned, onOpen } = props;
  const words = useBookingWords();
  const text = words.packages;
  const { format } = useOfficeLanguage();
  const who = owned.customer?.name ?? words.day.nobody;
  const isOver = Temporal.Instant.compare(owned.expiresAt, Temporal.Now.instant()) <= 0;
  const until = format.dayWithYear(lastDayOf(owned.expiresAt));
  return (
    <li className={`${section.row} ${styles.package}`}>
      <What
        name={who}
        more={[
          owned.name,
          text.left(owned.balance, owned.units),
          isOver ? text.ended(until) : text.until(until),
          owned.customer?.email ?? "",
          owned.code,
        ]}
      />
      <Button
        size="small"
        aria-label={text.of(text.movements, who, owned.name)}
        onPress={() => onOpen({ sheet: "movements", owned })}
      >
        {text.movements}
      </Button>
      <Button
        size="small"
        aria-label={text.of(text.correct, who, owned.name)}
        onPress={() => onOpen({ sheet: "correct", owned })}
      >
        {text.correct}
      </Button>
    </li>
  );
}

/** A kind of package as a form. */
function KindSheet(props: { readonly kind: Kind | null; readonly onClose: () => void }) {
  const { kind, onClose } = props;
  const words = useBookingWords();
  const text = words.packages;
  const { words: all } = useOfficeLanguage();
  const services = useAsked("services.list", {});
  const [name, setName] = useState(kind?.name ?? "");
  const [units, setUnits] = useState(String(kind?.units ?? 10));
  const [days, setDays] = useState(String(kind?.validDays ?? 365));
  const [price, setPrice] = useState(kind?.price ?? "");
  const [chosen, setChosen] = useState<readonly string[]>(kind?.serviceIds ?? []);
  const save = async () => {
    const [count, validDays] = [wholeIn(units, 1, UNITS_MAX), wholeIn(days, 1, DAYS_MAX)];
    if (name.trim() === "" || count === null || validDays === null || chosen.length === 0) return null;
    const body = { name: name.trim(), units: count, validDays, price: price.trim(), serviceIds: [...chosen] };
    const told = { said: words.services.saved(body.name), offline: all.failures.network, isUndoable: true };
    return kind === null
      ? change("packageKinds.create", { body }, told)
      : change("packageKinds.update", { params: { id: kind.id }, body, ifMatch: kind.version }, told);
  };
  return (
    <Sheet
      title={kind === null ? text.addKind : words.services.change(kind.name)}
      submit={kind === null ? all.settings.add : all.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused, isTried) => (
        <>
          <TextInput
            label={words.services.name}
            value={name}
            isFirst
            isRequired
            maxLength={200}
            onChange={setName}
            {...wrongWith(
              refused,
              ["bookings/package-invalid"],
              isTried && name.trim() === "" ? words.services.needed : null,
            )}
          />
          <FieldRow>
            <NumberInput label={text.unitsLabel} value={units} from={1} to={UNITS_MAX} onChange={setUnits} />
            <NumberInput label={text.daysLabel} value={days} from={1} to={DAYS_MAX} onChange={setDays} />
          </FieldRow>
          <TextInput label={words.services.price} value={price} maxLength={200} onChange={setPrice} />
          <fieldset className={styles.role}>
            <legend>{text.goodFor}</legend>
            <div className={styles.people} role="group" aria-label={text.goodFor}>
              {(services.status === "ready" ? services.value.items : []).map((service) => (
                <Checkbox
                  key={service.id}
                  isSelected={chosen.includes(service.id)}
                  onChange={(isSelected) =>
                    setChosen(isSelected ? [...chosen, service.id] : chosen.filter((id) => id !== service.id))
                  }
                >
                  {service.name}
                </Checkbox>
              ))}
            </div>
            <span role="status">{chosen.length === 0 && isTried ? words.services.needed : ""}</span>
          </fieldset>
        </>
      )}
    </Sheet>
  );
}

function NumberInput(props: {
  readonly label: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, from, to, onChange } = props;
  const words = useBookingWords();
  return (
    <TextInput
      label={label}
      value={value}
      inputMode="numeric"
      maxLength={6}
      onChange={onChange}
      {...(wholeIn(value, from, to) === null ? { error: words.services.wrongNumber(from, to) } : {})}
    />
  );
}

/** Gives a package to a customer. Its code is shown in the list afterwards. */
function IssueSheet(props: { readonly kinds: readonly Kind[]; readonly onClose: () => void }) {
  const { kinds, onClose } = props;
  const words = useBookingWords();
  const text = words.packages;
  const { words: all } = useOfficeLanguage();
  const [kindId, setKindId] = useState(kinds[0]?.id ?? "");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [reason, setReason] = useState("");
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
  const issue = async () =>
    name.trim() === "" || !isEmail
      ? null
      : change(
          "packages.issue",
          { body: { kindId, customer: { name: name.trim(), email: email.trim() }, reason: reason.trim() } },
          { said: text.issued(name.trim()), offline: all.failures.network, isUndoable: true },
        );
  return (
    <Sheet title={text.issue} submit={text.issueIt} onSubmit={issue} onClose={onClose}>
      {(_refused, isTried) => (
        <>
          <Choice
            label={text.kind}
            value={kindId}
            options={kinds.map((kind) => ({ value: kind.id, label: kind.name }))}
            onChange={setKindId}
          />
          <TextInput
            label={text.who}
            value={name}
            isFirst
            isRequired
            maxLength={200}
            onChange={setName}
            {...(isTried && name.trim() === "" ? { error: words.services.needed } : {})}
          />
          <TextInput
            label={text.email}
            value={email}
            type="email"
            isRequired
            maxLength={254}
            onChange={setEmail}
            {...(isTried && !isEmail ? { error: text.emailWrong } : {})}
          />
          <TextInput label={text.note} value={reason} maxLength={REASON_CHARACTERS_MAX} onChange={setReason} />
        </>
      )}
    </Sheet>
  );
}

/** Adds units or takes some away, with a reason. */
function CorrectSheet(props: { readonly owned: Package; readonly onClose: () => void }) {
  const { owned, onClose } = props;
  const words = useBookingWords();
  const text = words.packages;
  const { words: all } = useOfficeLanguage();
  const who = owned.customer?.name ?? words.day.nobody;
  const [units, setUnits] = useState("1");
  const [reason, setReason] = useState("");
  const save = async () => {
    const count = wholeIn(units, -UNITS_MAX, UNITS_MAX);
    return count === null || count === 0 || reason.trim() === ""
      ? null
      : change(
          "packages.correct",
          { params: { id: owned.id }, body: { units: count, reason: reason.trim() }, ifMatch: owned.version },
          { said: text.corrected(who), offline: all.failures.network, isUndoable: true },
        );
  };
  return (
    <Sheet title={text.of(text.correct, who, owned.name)} submit={all.settings.save} onSubmit={save} onClose={onClose}>
      {(_refused, isTried) => (
        <>
          <p className={section.quiet}>{text.left(owned.balance, owned.units)}</p>
          <NumberInput label={text.more} value={units} from={-UNITS_MAX} to={UNITS_MAX} onChange={setUnits} />
          <TextInput
            label={text.why}
            value={reason}
            isRequired
            maxLength={REASON_CHARACTERS_MAX}
            onChange={setReason}
            {...(isTried && reason.trim() === "" ? { error: words.services.needed } : {})}
          />
        </>
      )}
    </Sheet>
  );
}

/** What became of each unit, the latest first. */
function Movements(props: { readonly owned: Package; readonly onClose: () => void }) {
  const { owned, onClose } = props;
  const words = useBookingWords();
  const text = words.packages;
  const { words: all, format } = useOfficeLanguage();
  const asked = useAsked("packages.read", { params: { id: owned.id } });
  const who = owned.customer?.name ?? words.day.nobody;
  return (
    <Modal title={text.of(text.movements, who, owned.name)} onClose={onClose}>
      <Answered asked={asked}>
        {({ movements }) => (
          <table className={styles.movements}>
            <thead>
              <tr>
                <th scope="col">{text.when}</th>
                <th scope="col">{text.what}</th>
                <th scope="col">{text.change}</th>
                <th scope="col">{text.balance}</th>
              </tr>
            </thead>
            <tbody>
              {movements.map((movement) => (
                <tr key={movement.number}>
                  <td>{format.dayWithYear(dayOf(movement.at))}</td>
                  <td>{[text.did[movement.kind], movement.reason].filter((part) => part !== "").join(": ")}</td>
                  <td>{format.number(movement.units)}</td>
                  <td>{format.number(movement.balance)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answered>
      <ModalActions>
        <Button onPress={onClose}>{all.actions.close}</Button>
      </ModalActions>
    </Modal>
  );
}
