import type { Answer } from "../../data/api.ts";
import { changeOrSay } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import styles from "./bookings.module.css";
import type { Customer } from "./customers.tsx";
import { useCustomerWords } from "./use-customer-words.ts";

/** What was given otherwise than the customer is known. */
export type Differs = NonNullable<Answer<"bookings.list">["items"][number]["differs"]>;

/** What was given with a booking otherwise than its customer is known, and the act that takes it over. */
export function GivenOtherwise(props: {
  readonly bookingId: string;
  readonly differs: Differs;
  /** Which booking it was, where that is not seen. */
  readonly when?: string;
  readonly onTaken?: (customer: Customer) => void;
}) {
  const { bookingId, differs, when, onTaken } = props;
  const { words: all } = useLanguage();
  const words = useCustomerWords();
  const said = [differs.name, differs.phone].filter((part) => part !== null).join(", ");
  const takeOver = async () => {
    const told = { said: words.tookOver(said), offline: all.failures.network };
    const { value } = await changeOrSay("customers.takeOver", { params: { id: bookingId } }, told);
    if (value !== null) onTaken?.(value);
  };
  return (
    <div className={styles.given}>
      <span>{words.givenOtherwise(said)}</span>
      {when !== undefined && <small>{when}</small>}
      <Button size="small" aria-label={words.takeOverOf(said)} onPress={() => void takeOver()}>
        {words.takeOver}
      </Button>
    </div>
  );
}
