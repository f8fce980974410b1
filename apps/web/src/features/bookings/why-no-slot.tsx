import type { Answer } from "../../data/api.ts";
import { useState, type FormEvent } from "react";
import { useAsked } from "../../data/office.ts";
import { Answered, Section } from "../../shell/section.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import styles from "./bookings.module.css";
import { parsed } from "./booking-sheets.tsx";
import type { Service } from "./service-form.ts";
import { useBookingWords } from "./use-booking-words.ts";

type Question = { readonly id: string; readonly at: string };

/** Why a service cannot be booked at a time, in sentences from the check itself, and the nearest that would make it possible. */
export function WhyNoSlot({ services, zone }: { readonly services: readonly Service[]; readonly zone: string }) {
  const words = useBookingWords();
  const text = words.why;
  const [serviceId, setServiceId] = useState(services[0]!.id);
  const [day, setDay] = useState(() => Temporal.Now.plainDateISO(zone).add({ days: 1 }).toString());
  const [time, setTime] = useState("09:00");
  const [asked, setAsked] = useState<Question | null>(null);
  const service = services.find(({ id }) => id === serviceId) ?? services[0]!;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const date = parsed(day);
    if (date === null || !/^\d\d:\d\d$/.test(time)) return;
    const at = date
      .toZonedDateTime({ timeZone: service.zone ?? zone, plainTime: time })
      .toInstant()
      .toString();
    setAsked({ id: service.id, at });
  };
  return (
    <Section title={text.title} intro={text.intro}>
      <form className={styles.ask} onSubmit={ask}>
        <FieldRow>
          <Choice
            label={text.service}
            value={service.id}
            options={services.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setServiceId}
          />
          <TextInput label={text.day} type="date" value={day} onChange={setDay} />
          <TextInput label={text.time} type="time" value={time} onChange={setTime} />
        </FieldRow>
        <Button type="submit">{text.ask}</Button>
      </form>
      {asked !== null && <Reasons {...asked} />}
    </Section>
  );
}

function Reasons({ id, at }: Question) {
  const { why: text } = useBookingWords();
  const asked = useAsked("services.why", { params: { id }, query: { at } });
  return (
    <Answered asked={asked}>
      {({ isOffered, reasons, relaxation, calendars }) =>
        isOffered ? (
          <div role="status" className={styles.reasons}>
            <p>{text.offered}</p>
            <Ages calendars={calendars} />
          </div>
        ) : (
          <div role="status" className={styles.reasons}>
            <h3>{text.reasons}</h3>
            <ul>
              {reasons.map(({ sentence }) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            <h3>{relaxation === null ? text.none : text.relaxation}</h3>
            {relaxation !== null && (
              <ul>
                {relaxation.map(({ sentence }) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            )}
            <Ages calendars={calendars} />
          </div>
        )
      }
    </Answered>
  );
}

/** How old what is known of calendars elsewhere is, where one of them is too old. */
function Ages({ calendars }: { readonly calendars: Answer<"services.why">["calendars"] }) {
  const { why: text } = useBookingWords();
  const stale = calendars.filter(({ isStale }) => isStale);
  if (stale.length === 0) return null;
  return (
    <>
      <h3>{text.calendars}</h3>
      <ul>
        {stale.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
