import { useEffect, useState } from "react";
import type { Answer } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Rows, Section, What } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import styles from "./bookings.module.css";
import { CustomerFile } from "./customer-file.tsx";
import { CustomerSheet } from "./customer-sheet.tsx";
import { useCustomerWords } from "./use-customer-words.ts";

export type Customer = Answer<"customers.list">["items"][number];

const ASKED_AFTER_MS = 250;
const AT_ONCE = 50;
const SHOWN_MAX = 1_000;

/** Who has booked: found, noted, taken in from a file and told as one. */
export function Customers({ mayRule, zone }: { readonly mayRule: boolean; readonly zone: string }) {
  const words = useCustomerWords();
  const [typed, setTyped] = useState("");
  const search = useLater(typed.trim(), ASKED_AFTER_MS);
  const [limit, setLimit] = useState(AT_ONCE);
  const [open, setOpen] = useState<Customer | "new" | "file" | null>(null);
  const asked = useAsked("customers.list", { query: { limit, ...(search === "" ? {} : { search }) } });
  const day = useDay(zone);
  return (
    <Section
      title={words.title}
      intro={words.intro}
      action={
        <div className={styles.steps}>
          {mayRule && <Button onPress={() => setOpen("file")}>{words.upload}</Button>}
          {mayRule && (
            <a className={styles.download} href="/v1/customers/file" download="customers.csv">
              {words.download}
            </a>
          )}
          <Button kind="primary" onPress={() => setOpen("new")}>
            {words.add}
          </Button>
        </div>
      }
    >
      <TextInput label={words.search} value={typed} maxLength={200} onChange={setTyped} />
      <Answered asked={asked}>
        {({ items, nextCursor, isCut }) => (
          <>
            <Rows items={items} label={words.title} empty={search === "" ? words.empty : words.nobody(search)}>
              {(customer) => (
                <li key={customer.id} className={section.row}>
                  <What
                    name={customer.name || words.unreadable}
                    more={[
                      customer.email,
                      customer.phone,
                      words.visits(customer.bookings),
                      customer.noShows > 0 && words.noShows(customer.noShows),
                      customer.next === null
                        ? customer.last !== null && words.last(day(customer.last))
                        : words.next(day(customer.next)),
                      customer.notes.slice(0, 120),
                    ]}
                  />
                  <Button size="small" aria-label={words.open(customer.name)} onPress={() => setOpen(customer)}>
                    {words.show}
                  </Button>
                </li>
              )}
            </Rows>
            {isCut && <p className={section.quiet}>{words.cut}</p>}
            {nextCursor !== null && limit < SHOWN_MAX && (
              <Button onPress={() => setLimit((before) => Math.min(SHOWN_MAX, before * 4))}>{words.more}</Button>
            )}
          </>
        )}
      </Answered>
      {open === "file" && <CustomerFile onClose={() => setOpen(null)} />}
      {open !== null && open !== "file" && (
        <CustomerSheet
          customer={open === "new" ? null : open}
          mayForget={mayRule}
          zone={zone}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

/** A value once it has stood so long. */
function useLater<Value>(value: Value, ms: number): Value {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}

/** An instant as the day that it is where the organisation is. */
export function useDay(zone: string): (instant: string) => string {
  const { format } = useLanguage();
  return (instant) => {
    const date = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
    return format.dayWithYear(Temporal.PlainDate.from("1970-01-01").until(date, { largestUnit: "days" }).days);
  };
}
