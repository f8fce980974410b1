import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import { Modal, ModalActions } from "../ui/modal.tsx";
import type { Refused } from "./use-drag-work.ts";

/** Why something could not be moved, and what may be done about it: insist where the policy only warns. */
export default function RefusedDialog(props: {
  readonly refused: Refused;
  readonly onInsist: () => void;
  readonly onClose: () => void;
}) {
  const { refused, onInsist, onClose } = props;
  const { words } = useLanguage();
  return (
    <Modal title={words.drag.refused(refused.entry.event.title)} onClose={onClose}>
      <p>{refused.sentence}</p>
      <ModalActions>
        {refused.mayInsist && <Button onPress={onInsist}>{words.drag.insist}</Button>}
        <Button kind="primary" onPress={onClose}>
          {words.drag.keep}
        </Button>
      </ModalActions>
    </Modal>
  );
}
