import { Key } from "../ui/button.tsx";
import { printedFor, useKeyChoice } from "../ui/keys.ts";
import { Modal } from "../ui/modal.tsx";
import styles from "./keys-dialog.module.css";
import { useKeyWords } from "./use-key-words.ts";

/** All keys of this place. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const words = useKeyWords();
  const choice = useKeyChoice();
  return (
    <Modal title={words.title} onClose={onClose}>
      {choice.areOff && <p>{words.off}</p>}
      <dl className={styles.keys}>
        {words.list.map(([keys, meaning]) => (
          <div key={keys.join() + meaning}>
            <dt>
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
              <span className={styles.spoken}>{keys.map((key) => printedFor(choice, key) ?? "").join(" ")}</span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
