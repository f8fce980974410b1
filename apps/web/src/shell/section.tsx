import { useId, useState, type FormEvent, type ReactNode } from "react";
import { isOffline, sentenceOf } from "../data/api.ts";
import { readAgain, whenRead } from "../data/freshness.ts";
import type { Asked, Changed, Refusal as Refused } from "../data/office.ts";
import { useOfficeLanguage } from "../messages/office.ts";
import { Button } from "../ui/button.tsx";
import { Refusal } from "../ui/field.tsx";
import { Modal, ModalActions } from "../ui/modal.tsx";
import styles from "./section.module.css";

/** One section: its title, a sentence, and what may be added. */
export function Section(props: {
  readonly title: string;
  readonly intro: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header>
        <div>
          <h2 id={id}>{props.title}</h2>
          <p className={styles.quiet}>{props.intro}</p>
        </div>
        {props.action}
      </header>
      {props.children}
    </section>
  );
}

/** What was asked of the server, once it is there. */
export function Answered<Value>(props: {
  readonly asked: Asked<Value>;
  readonly children: (value: Value) => ReactNode;
}) {
  const { asked, children } = props;
  const { words } = useOfficeLanguage();
  switch (asked.status) {
    case "loading":
      return <output className={styles.quiet}>{words.settings.loading}</output>;
    case "failed":
      return (
        <Refusal>
          <p>{isOffline(asked.error) ? words.failures.network : sentenceOf(asked.error, words.settings.failed)}</p>
          <Button onPress={readAgain}>{words.actions.retry}</Button>
        </Refusal>
      );
    case "ready":
      return children(asked.value);
  }
}

/** Rows in a box; one sentence where there are none. */
export function Rows<Item>(props: {
  readonly items: readonly Item[];
  readonly empty: string;
  readonly label: string;
  readonly children: (item: Item) => ReactNode;
}) {
  const { items, empty, label, children } = props;
  if (items.length === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map(children)}
    </ul>
  );
}

/** What a row says: a name and, smaller, the rest. */
export function What({ name, more }: { readonly name: string; readonly more: readonly (string | null | false)[] }) {
  return (
    <div className={styles.what}>
      <b>{name}</b>
      <span>{more.filter((part) => typeof part === "string" && part !== "").join(" · ")}</span>
    </div>
  );
}

/** A form in a dialog: sends, shows why it was refused, closes when it was not. */
export function Sheet(props: {
  readonly title: string;
  readonly submit: string;
  readonly beside?: ReactNode;
  /** Null: something is missing that the form itself shows. */
  readonly onSubmit: () => Promise<Changed<unknown> | null>;
  readonly onClose: () => void;
  readonly children: (refused: Refused | null, isTried: boolean) => ReactNode;
}) {
  const { title, submit, beside, onSubmit, onClose, children } = props;
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const { words } = useOfficeLanguage();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setBusy(true);
    const changed = await onSubmit();
    if (changed !== null && changed.refused === null) await whenRead();
    setBusy(false);
    setRefused(changed?.refused ?? null);
    if (changed !== null && changed.refused === null) onClose();
  };
  return (
    <Modal title={title} isDismissable={false} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        {children(refused, isTried)}
        {refused !== null && <Refusal>{refused.sentence}</Refusal>}
        <ModalActions>
          {beside}
          <Button kind="primary" type="submit" isPending={isBusy}>
            {refused?.isUnanswered === true ? words.actions.retry : submit}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

/** The property that says what is wrong with a field; nothing when it is well. */
export function wrongWith(
  refused: Refused | null,
  codes: readonly string[],
  needed: string | null = null,
): { readonly error?: string } {
  if (needed !== null) return { error: needed };
  return refused !== null && codes.includes(refused.code) ? { error: refused.sentence } : {};
}
