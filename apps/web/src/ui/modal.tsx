import { useLayoutEffect, useState, type ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal as AriaModal, ModalOverlay } from "react-aria-components/Modal";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import styles from "./modal.module.css";

/** A dialog over the page. Esc and the ✕ close it; a press outside only when nothing typed could be lost. */
export function Modal(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly isDismissable?: boolean;
  /** The id of the sentence inside that is read with the title, before whatever has the focus. */
  readonly describedBy?: string;
  readonly onClose: () => void;
}) {
  const { title, children, isDismissable = true, describedBy, onClose } = props;
  const { words } = useLanguage();
  useFocusBackAtOnce();
  return (
    <ModalOverlay
      isOpen
      isDismissable={isDismissable}
      className={styles.overlay!}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <AriaModal className={styles.modal!}>
        <Dialog
          className={styles.dialog!}
          {...(describedBy === undefined ? {} : { role: "alertdialog", "aria-describedby": describedBy })}
        >
          <div className={styles.head}>
            <Heading slot="title">{title}</Heading>
            <Button kind="quiet" size="icon" aria-label={words.actions.close} onPress={onClose}>
              <Icon name="close" />
            </Button>
          </div>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}

/**
 * Gives the focus back in the same moment in which the dialog goes: the library waits for a frame, and a key that is pressed
 * before it would reach nobody.
 */
function useFocusBackAtOnce(): void {
  const [from] = useState(() => document.activeElement);
  useLayoutEffect(
    () => () =>
      queueMicrotask(() => {
        if (document.activeElement === document.body && from instanceof HTMLElement)
          from.focus({ preventScroll: true });
      }),
    [from],
  );
}

/** The buttons at the foot of a dialog: the one that does it stands last. */
export function ModalActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
