import { useLanguage } from "../messages/index.tsx";
import { Key } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import styles from "./keys-dialog.module.css";

/** All keys of this place. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { words } = useLanguage();
  return (
    <Modal title={words.keys.title} onClose={onClose}>
      <dl className={styles.keys}>
        {words.keys.list.map(([keys, meaning]) => (
          <div key={keys + meaning}>
            <dt>
              <Key>{keys}</Key>
              <span className={styles.spoken}>{keys}</span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
