import { useId } from "react";
import { printTimesIn } from "../data/printed-times.ts";
import type { NewTimes } from "../data/edits.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import { FreeTimes } from "../ui/free-times.tsx";
import { Modal, ModalActions } from "../ui/modal.tsx";
import type { Refused } from "./use-drag-work.ts";

/** Why something could not be moved, and what may be done about it: a time that is free, or to insist where the policy only warns. */
export default function RefusedDialog(props: {
  readonly refused: Refused;
  readonly zone: string;
  readonly onMove: (times: NewTimes) => void;
  readonly onInsist: () => void;
  readonly onClose: () => void;
}) {
  const { refused, zone, onMove, onInsist, onClose } = props;
  const language = useLanguage();
  const { words } = language;
  const sentence = useId();
  const { freeTimes } = refused;
  return (
    <Modal title={words.drag.refused(refused.entry.event.title)} describedBy={sentence} onClose={onClose}>
      <p id={sentence}>{refused.sentence}</p>
      {freeTimes !== null && (
        <FreeTimes
          isFirst
          times={freeTimes.map(({ id, times }) => ({ id, printed: printTimesIn(times, zone, language) }))}
          onChoose={(index) => onMove(freeTimes[index]!.times)}
        />
      )}
      <ModalActions>
        {refused.mayInsist && <Button onPress={onInsist}>{words.drag.insist}</Button>}
        <Button kind="primary" onPress={onClose}>
          {words.drag.keep}
        </Button>
      </ModalActions>
    </Modal>
  );
}
