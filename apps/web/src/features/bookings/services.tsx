import { useState } from "react";
import { changeOrSay, useAsked } from "../../data/office.ts";
import type { Directory } from "../../data/session.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Rows, Section, What } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import styles from "./bookings.module.css";
import { ServiceSheet } from "./service-sheet.tsx";
import type { Service } from "./service-form.ts";
import { useBookingWords } from "./use-booking-words.ts";
import { WhyNoSlot } from "./why-no-slot.tsx";

/** What can be booked: added, changed, closed, taken away; and why there is no slot at a time. */
export function Services(props: {
  readonly mayRule: boolean;
  readonly zone: string;
  readonly directory: Directory | null;
}) {
  const { mayRule, zone, directory } = props;
  const words = useBookingWords();
  const { words: all, format } = useOfficeLanguage();
  const asked = useAsked("services.list", {});
  const [open, setOpen] = useState<Service | "new" | null>(null);
  const remove = ({ id, name, version }: Service) =>
    void changeOrSay(
      "services.remove",
      { params: { id }, ifMatch: version },
      { said: words.services.removed(name), offline: all.failures.network, isUndoable: true },
    );
  return (
    <Section
      title={words.sections.services}
      intro={words.services.intro}
      action={mayRule && <Button onPress={() => setOpen("new")}>{words.services.add}</Button>}
    >
      <Answered asked={asked}>
        {({ items }) => (
          <>
            <Rows items={items} label={words.sections.services} empty={words.services.empty}>
              {(service) => (
                <li key={service.id} className={section.row}>
                  <What
                    name={service.name}
                    more={[
                      words.services.facts(
                        service.lengths.map((minutes) => format.duration(minutes)).join(", "),
                        new Set(service.roles.flatMap(({ anyOf }) => anyOf)).size,
                      ),
                      service.address,
                      !service.isOpen && words.services.closed,
                    ]}
                  />
                  {service.address !== "" && service.isOpen && (
                    <a className={styles.open} href={service.address} target="_blank" rel="noreferrer">
                      {words.services.open}
                    </a>
                  )}
                  {mayRule && (
                    <>
                      <Button
                        size="small"
                        aria-label={words.services.change(service.name)}
                        onPress={() => setOpen(service)}
                      >
                        {all.settings.change}
                      </Button>
                      <Button
                        size="small"
                        aria-label={words.services.remove(service.name)}
                        onPress={() => remove(service)}
                      >
                        {all.settings.calendars.remove}
                      </Button>
                    </>
                  )}
                </li>
              )}
            </Rows>
            {items.length > 0 && <WhyNoSlot services={items} zone={zone} />}
          </>
        )}
      </Answered>
      {open !== null && (
        <ServiceSheet service={open === "new" ? null : open} directory={directory} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}
