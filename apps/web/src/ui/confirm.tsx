import { useId } from "react";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "./button.tsx";
import { Modal, ModalActions } from "./modal.tsx";

/** Asks once more before something is forgotten for good. */
export function Confirm(props: {
  readonly title: string;
  readonly sentence: string;
  readonly submit: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const { title, sentence, submit, onConfirm, onClose } = props;
  const { words } = useLanguage();
  const id = useId();
  return (
    <Modal title={title} describedBy={id} onClose={onClose}>
      <p id={id}>{sentence}</p>
      <ModalActions>
        <Button onPress={onClose}>{words.actions.cancel}</Button>
        <Button
          kind="primary"
          onPress={() => {
            onClose();
            onConfirm();
          }}
        >
          {submit}
        </Button>
      </ModalActions>
    </Modal>
  );
}
