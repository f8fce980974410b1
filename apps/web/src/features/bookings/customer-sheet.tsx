import { useState } from "react";
import { change, changeOrSay, useAsked, type Changed } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Sheet, wrongWith } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { FieldRow, TextInput } from "../../ui/field.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { ratedText, timesOf } from "./day-sheet.tsx";
import styles from "./bookings.module.css";
import { useDay, type Customer } from "./customers.tsx";
import { GivenOtherwise } from "./given.tsx";
import { useBookingWords } from "./use-booking-words.ts";
import { useCustomerWords } from "./use-customer-words.ts";

const HISTORY_MAX = 100;
const FIELDS = [
  { field: "name", most: 200 },
  { field: "email", most: 254 },
  { field: "phone", most: 40 },
] as const;

/** A customer: who they are, what is noted, what they have booked and agreed to. */
export function CustomerSheet(props: {
  readonly customer: Customer | null;
  readonly mayForget: boolean;
  readonly zone: string;
  readonly onClose: () => void;
}) {
  const { customer, mayForget, zone, onClose } = props;
  const { words: all } = useOfficeLanguage();
  const words = useCustomerWords();
  const [fields, setFields] = useState({
    name: customer?.name ?? "",
    email: customer?.email ?? "",
    phone: customer?.phone ?? "",
    notes: customer?.notes ?? "",
  });
  const [version, setVersion] = useState(customer?.version ?? 1);
  const [isForgetting, setIsForgetting] = useState(false);
  const isMissing = (field: "name" | "email") => fields[field].trim() === "";
  const save = async (): Promise<Changed<unknown> | null> => {
    if (isMissing("name") || isMissing("email")) return null;
    const body = { ...fields, name: fields.name.trim(), email: fields.email.trim() };
    const { network: offline } = all.failures;
    if (customer === null) return change("customers.create", { body }, { said: words.added(body.name), offline });
    const call = { params: { id: customer.id }, body, ifMatch: version };
    return change("customers.update", call, { said: words.saved(body.name), offline });
  };
  if (isForgetting && customer !== null)
    return <Forgetting customer={customer} onBack={() => setIsForgetting(false)} onClose={onClose} />;
  return (
    <Sheet
      title={customer === null ? words.add : customer.name || words.unreadable}
      submit={customer === null ? all.settings.add : all.settings.save}
      beside={customer !== null && mayForget && <Button onPress={() => setIsForgetting(true)}>{words.forget}</Button>}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused, isTried) => (
        <>
          <FieldRow>
            {FIELDS.map(({ field, most }) => (
              <TextInput
                key={field}
                label={words[field]}
                value={fields[field]}
                isFirst={field === "name" && customer === null}
                isRequired={field !== "phone"}
                type={field === "email" ? "email" : "text"}
                maxLength={most}
                onChange={(value) => setFields((before) => ({ ...before, [field]: value }))}
                {...wrongWith(
                  refused,
                  field === "email" ? ["bookings/customer-known", "request/invalid"] : [],
                  field !== "phone" && isTried && isMissing(field) ? all.settings.needed : null,
                )}
              />
            ))}
          </FieldRow>
          <TextArea
            label={words.notes}
            hint={words.notesHint}
            value={fields.notes}
            maxLength={4_000}
            onChange={(notes) => setFields((before) => ({ ...before, notes }))}
          />
          {customer !== null && (
            <Otherwise
              customer={customer}
              zone={zone}
              onTaken={({ name, phone, version: now }) => {
                setFields((before) => ({ ...before, name, phone }));
                setVersion(now);
              }}
            />
          )}
          {customer !== null && <Consents customer={customer} zone={zone} />}
          {customer !== null && <History customer={customer} zone={zone} />}
        </>
      )}
    </Sheet>
  );
}

/** What was given under their address otherwise than they are known: nothing where there is none. */
function Otherwise(props: {
  readonly customer: Customer;
  readonly zone: string;
  readonly onTaken: (customer: Customer) => void;
}) {
  const { customer, zone, onTaken } = props;
  const words = useCustomerWords();
  const day = useDay(zone);
  const asked = useAsked("customers.read", { params: { id: customer.id } });
  const given = asked.status === "ready" ? asked.value.given : customer.given;
  if (given.length === 0) return null;
  return (
    <div>
      <h3 className={styles.part}>{words.otherwise}</h3>
      <p className={section.quiet}>{words.otherwiseHint}</p>
      {given.map(({ bookingId, start, ...differs }) => (
        <GivenOtherwise key={bookingId} bookingId={bookingId} differs={differs} when={day(start)} onTaken={onTaken} />
      ))}
    </div>
  );
}

function Consents({ customer, zone }: { readonly customer: Customer; readonly zone: string }) {
  const { words: all } = useOfficeLanguage();
  const words = useCustomerWords();
  const day = useDay(zone);
  const asked = useAsked("customers.read", { params: { id: customer.id } });
  const withdraw = (text: string) =>
    void changeOrSay(
      "customers.withdraw",
      { params: { id: customer.id }, body: { text } },
      { said: words.withdrew(text), offline: all.failures.network },
    );
  return (
    <div>
      <h3 className={styles.part}>{words.consents}</h3>
      <Answered asked={asked}>
        {({ consents }) =>
          consents.length === 0 ? (
            <p className={section.quiet}>{words.noConsents}</p>
          ) : (
            <ul className={styles.facts}>
              {consents.map(({ text, given, withdrawn }) => (
                <li key={text}>
                  <span>{text}</span>
                  <small>{withdrawn === null ? words.given(day(given)) : words.withdrawn(day(withdrawn))}</small>
                  {withdrawn === null && (
                    <Button size="small" aria-label={words.withdrawOf(text)} onPress={() => withdraw(text)}>
                      {words.withdraw}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </div>
  );
}

function History({ customer, zone }: { readonly customer: Customer; readonly zone: string }) {
  const { format } = useOfficeLanguage();
  const words = useCustomerWords();
  const all = useBookingWords();
  const day = useDay(zone);
  const asked = useAsked("bookings.list", { query: { customerId: customer.id, limit: HISTORY_MAX } });
  return (
    <div>
      <h3 className={styles.part}>{words.history}</h3>
      <Answered asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={section.quiet}>{words.noHistory}</p>
          ) : (
            <ul className={styles.facts}>
              {items.toReversed().map((booking) => (
                <li key={booking.id}>
                  <span>
                    {day(booking.start)}, {timesOf(booking, format)}
                  </span>
                  <small>
                    {[booking.service.name, ratedText(booking, all)].filter((part) => part !== null).join(" · ")}
                  </small>
                  <small className={styles.state} data-state={booking.state}>
                    {all.states[booking.state]}
                  </small>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </div>
  );
}

function Forgetting(props: { readonly customer: Customer; readonly onBack: () => void; readonly onClose: () => void }) {
  const { customer, onBack, onClose } = props;
  const { words: all } = useOfficeLanguage();
  const words = useCustomerWords();
  const forget = async () => {
    const { id, name } = customer;
    const told = { said: words.forgot(name), offline: all.failures.network };
    const { refused } = await changeOrSay("customers.forget", { params: { id } }, told);
    if (refused === null) onClose();
    else onBack();
  };
  return (
    <Modal title={words.forgetTitle(customer.name)} describedBy="forgetting" onClose={onBack}>
      <p id="forgetting">{words.forgetText}</p>
      <ModalActions>
        <Button kind="primary" onPress={onBack}>
          {all.actions.cancel}
        </Button>
        <Button onPress={() => void forget()}>{words.forget}</Button>
      </ModalActions>
    </Modal>
  );
}
