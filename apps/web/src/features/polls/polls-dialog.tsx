import { useEffect, useState } from "react";
import type { Me } from "../../data/api.ts";
import { loadPolls, pollsStore, showPolls } from "../../data/polls.ts";
import type { Directory } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Modal } from "../../ui/modal.tsx";
import { OnePoll } from "./one-poll.tsx";
import styles from "./polls.module.css";

/** What one has asked and is asked: a list, and each with its times, its answers as they come, and what may be done about it. */
export default function PollsDialog(props: {
  readonly me: Me;
  readonly directory: Directory;
  /** The poll that it is opened for; null for all. */
  readonly id: string | null;
  readonly onClose: () => void;
}) {
  const { me, directory, onClose } = props;
  const { words } = useLanguage();
  const text = words.polls;
  const { network } = words.failures;
  const [id, setId] = useState(props.id);
  const { items, failed } = useStore(pollsStore, (state) => state);
  useEffect(() => {
    showPolls(true, network);
    return () => showPolls(false, network);
  }, [network]);
  const poll = items?.find((each) => each.id === id);
  return (
    <Modal title={poll?.title ?? text.title} onClose={onClose}>
      {failed !== null && (
        <Refusal>
          <p>{failed}</p>
          <Button onPress={() => void loadPolls(network)}>{words.actions.retry}</Button>
        </Refusal>
      )}
      {items !== null && id !== null && poll === undefined && <p>{text.gone}</p>}
      {poll !== undefined && <OnePoll key={poll.id} poll={poll} me={me} directory={directory} onClose={onClose} />}
      {items !== null && id === null && items.length === 0 && (
        <div>
          <p>{text.none}</p>
          <p className={styles.quiet}>{text.noneHint}</p>
        </div>
      )}
      {items !== null && id === null && items.length > 0 && (
        <ul className={styles.list}>
          {items.map((each) => (
            <li key={each.id}>
              <button type="button" className={styles.poll} onClick={() => setId(each.id)}>
                <b>{each.title}</b>
                <span>
                  {each.isMine ? text.mine : text.madeBy(each.maker.name)} · {text.states[each.state]} ·{" "}
                  {text.answered(each.people.filter(({ answers }) => answers !== null).length, each.people.length)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {id !== null && (
        <Button kind="quiet" onPress={() => setId(null)}>
          <Icon name="back" /> {text.back}
        </Button>
      )}
    </Modal>
  );
}
