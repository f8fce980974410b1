import { useRef } from "react";
import { say } from "../../data/history.ts";
import { useLanguage } from "../../messages/index.tsx";
import styles from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";

/** What nobody can show again: a link or a token, to be copied now. */
export function ShownOnce(props: {
  readonly title: string;
  readonly hint: string;
  readonly value: string;
  readonly copy: string;
  readonly copied: string;
  readonly onClose: () => void;
}) {
  const { title, hint, value, copied, onClose } = props;
  const { words } = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    await navigator.clipboard.writeText(value);
    say(`${copied}.`);
  };
  return (
    <Modal title={title} isDismissable={false} onClose={onClose}>
      <p className={styles.quiet}>{hint}</p>
      <input ref={field} className={styles.link} readOnly value={value} aria-label={title} />
      <ModalActions>
        <Button onPress={onClose}>{words.actions.close}</Button>
        <Button kind="primary" onPress={() => void copy().catch(() => null)}>
          {props.copy}
        </Button>
      </ModalActions>
    </Modal>
  );
}
