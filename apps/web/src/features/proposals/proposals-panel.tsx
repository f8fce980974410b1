import { useEffect } from "react";
import { closeDrafts, draftsShown, openDrafts } from "../../data/drafts-shown.ts";
import { beginDraft, draftStore, loadDrafts } from "../../data/drafts.ts";
import type { NewTimes } from "../../data/edits.ts";
import type { Me } from "../../data/api.ts";
import type { Directory } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { dayOfInstant } from "../../data/wall-clock.ts";
import { onYears } from "../../data/years.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { OneProposal } from "./one-proposal.tsx";
import { useProposalWords } from "./use-proposal-words.ts";
import styles from "./proposals.module.css";

/** What is planned changes in bursts: a proposal is asked about once they are over. */
const SETTLE_MS = 400;

/**
 * Stored proposals beside the timeline: a list, and each with what it would do now. What is looked at lies over the timeline as
 * ghosts (`data/drafts-shown.ts`).
 */
export default function ProposalsPanel(props: {
  readonly me: Me;
  readonly directory: Directory;
  readonly zone: string;
  readonly onLookAt: (times: NewTimes) => void;
  /** The focus goes back to the timeline. */
  readonly onClose: () => void;
}) {
  const text = useProposalWords();
  const { words } = useLanguage();
  const { network } = words.failures;
  const id = useStore(draftsShown, (state) => state.id);
  const { items, detail, failed } = useStore(draftStore, (state) => state);
  useEffect(() => {
    let last = "";
    const look = () => {
      const shown = draftsShown.get();
      const next = `${shown.id} ${shown.heard}`;
      if (next === last) return;
      last = next;
      beginDraft();
      void loadDrafts(network);
    };
    look();
    return draftsShown.subscribe(look);
  }, [network]);
  useEffect(() => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const stop = onYears(() => {
      clearTimeout(settling);
      settling = setTimeout(() => void loadDrafts(network), SETTLE_MS);
    });
    return () => {
      clearTimeout(settling);
      stop();
    };
  }, [network]);
  const close = () => {
    closeDrafts();
    props.onClose();
  };
  const isThere = id === null ? items !== null : detail?.id === id;
  const shown = id === null ? null : detail?.id === id ? detail : null;
  return (
    <SidePanel
      title={shown?.title ?? text.title}
      state={failed !== null && !isThere ? "failed" : isThere ? "found" : "looking"}
      onClose={close}
    >
      {id !== null && (
        <div>
          <Button kind="quiet" size="small" onPress={() => openDrafts(null)}>
            <Icon name="back" size={14} /> {text.back}
          </Button>
        </div>
      )}
      {failed !== null && (
        <Refusal>
          <p>{failed}</p>
          <Button onPress={() => void loadDrafts(network)}>{words.actions.retry}</Button>
        </Refusal>
      )}
      {failed === null && !isThere && <p role="status">{text.loading}</p>}
      {id === null && items !== null && <All zone={props.zone} />}
      {shown !== null && <OneProposal {...props} detail={shown} />}
    </SidePanel>
  );
}

/** All that one has proposed or is asked to look at, open ones first. */
function All({ zone }: { zone: string }) {
  const text = useProposalWords();
  const { format } = useLanguage();
  const items = useStore(draftStore, (state) => state.items) ?? [];
  if (items.length === 0)
    return (
      <div className={styles.section}>
        <p>{text.none}</p>
        <p className={styles.quiet}>{text.noneHint}</p>
      </div>
    );
  return (
    <ul className={styles.list} aria-label={text.title}>
      {items.map((draft) => {
        const { title, state, isMine, maker, openCount, changeCount, expires } = draft;
        const facts = [
          isMine ? text.mine : text.by(maker.name),
          text.states[state],
          text.left(openCount, changeCount),
          ...(state === "open" ? [text.until(format.dayShort(dayOfInstant(expires, zone) ?? 0))] : []),
        ];
        return (
          <li key={draft.id}>
            <button type="button" className={styles.item} data-state={state} onClick={() => openDrafts(draft.id)}>
              <b dir="auto">{title}</b>
              <span>{facts.join(" · ")}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
