import { useId, type ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useLanguage } from "../messages/index.tsx";
import styles from "./door.module.css";
import { Mark } from "./mark.tsx";

/** The card that stands before the rooms: sign-in and set-up. Over a page it is a dialog that only opening ends. */
export function Door(props: { readonly title: string; readonly isOverPage?: boolean; readonly children: ReactNode }) {
  const { title, isOverPage = false, children } = props;
  const id = useId();
  if (!isOverPage)
    return (
      <main className={styles.yard}>
        <section className={styles.door} aria-labelledby={id}>
          <Inside id={id} title={title}>
            {children}
          </Inside>
        </section>
      </main>
    );
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className={`${styles.yard} ${styles.over}`}>
      <Modal className={styles.door!}>
        <Dialog className={styles.dialog!} aria-labelledby={id}>
          <Inside id={id} title={title}>
            {children}
          </Inside>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Inside({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  const { words } = useLanguage();
  return (
    <>
      <div className={styles.brand}>
        <span className={styles.mark} aria-hidden="true">
          <Mark />
        </span>
        {words.product}
      </div>
      <h1 id={id}>{title}</h1>
      {children}
    </>
  );
}
