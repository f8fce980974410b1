import { Key } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

/** All keys of this place. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const { keys } = useTeamWords();
  return (
    <Modal title={keys.title} onClose={onClose}>
      <dl className={styles.keys}>
        {keys.list.map(([pressed, meaning]) => (
          <div key={meaning}>
            <dt>
              {pressed.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
              <span className={styles.unseen}>{pressed.join(" ")}</span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
