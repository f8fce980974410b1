import { useLanguage } from "../messages/index.tsx";
import { Key } from "../ui/button.tsx";
import { printedFor, useKeyChoice } from "../ui/keys.ts";
import { Modal } from "../ui/modal.tsx";
import styles from "./keys-dialog.module.css";

/** All keys of this place. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { words } = useLanguage();
  const choice = useKeyChoice();
  return (
    <Modal title={words.keys.title} onClose={onClose}>
      {choice.areOff && <p>{words.keys.off}</p>}
      <dl className={styles.keys}>
        {words.keys.list.map(([keys, meaning]) => (
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
