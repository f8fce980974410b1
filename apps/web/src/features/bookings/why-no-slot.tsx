import type { Answer } from "../../data/api.ts";
import { useState, type FormEvent } from "react";
import { useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Section } from "../../shell/section.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import styles from "./bookings.module.css";
import { parsed } from "./booking-sheets.tsx";
import type { Service } from "./service-form.ts";
import { printAge, printChange, printReason, type WhyLanguage } from "./printed-why.ts";
import { useWhyWords } from "./use-why-words.ts";

type Question = { readonly id: string; readonly at: string };

/** Why a service cannot be booked at a time, in sentences from the check itself, and the nearest that would make it possible. */
export function WhyNoSlot({ services, zone }: { readonly services: readonly Service[]; readonly zone: string }) {
  const text = useWhyWords();
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
  const { words, format, locale } = useLanguage();
  const why = useWhyWords();
  const language = { words, why, format, locale };
  const asked = useAsked("services.why", { params: { id }, query: { at } });
  return (
    <Answered asked={asked}>
      {({ isOffered, zone, reasons, relaxation, calendars }) =>
        isOffered ? (
          <div role="status" className={styles.reasons}>
            <p>{why.offered}</p>
            <Ages calendars={calendars} language={language} />
          </div>
        ) : (
          <div role="status" className={styles.reasons}>
            <h3>{why.reasons}</h3>
            <Sentences of={reasons.map((reason) => printReason(reason, language))} />
            <h3>{relaxation === null ? why.none : why.relaxation}</h3>
            {relaxation !== null && <Sentences of={relaxation.map((change) => printChange(change, language))} />}
            <Ages calendars={calendars} language={language} />
            <p className={styles.clocks}>{why.zone(zone.replaceAll("_", " "))}</p>
          </div>
        )
      }
    </Answered>
  );
}

const Sentences = ({ of }: { readonly of: readonly string[] }) => (
  <ul>
    {of.map((sentence) => (
      <li key={sentence}>{sentence}</li>
    ))}
  </ul>
);

/** How old what is known of calendars elsewhere is, where one of them is too old. */
function Ages({
  calendars,
  language,
}: {
  readonly calendars: Answer<"services.why">["calendars"];
  readonly language: WhyLanguage;
}) {
  const stale = calendars.filter(({ isStale }) => isStale);
  if (stale.length === 0) return null;
  return (
    <>
      <h3>{language.why.calendars}</h3>
      <Sentences of={stale.map((calendar) => printAge(calendar, language))} />
    </>
  );
}
