import { useEffect, useRef, type KeyboardEvent } from "react";
import type { Me } from "../../data/api.ts";
import {
  acceptChanges,
  askReviewers,
  draftStore,
  endDraft,
  loadDrafts,
  openChanges,
  point,
  tick,
  timesOfChange,
  wanted,
  type DraftChange,
  type DraftDetail,
} from "../../data/drafts.ts";
import type { NewTimes } from "../../data/edits.ts";
import type { Directory } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { parseInstant } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { Choice, Refusal } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ChangeLine } from "./change-line.tsx";
import { useProposalWords } from "./use-proposal-words.ts";
import styles from "./proposals.module.css";

/** One proposal: what each change would do now, to be accepted whole or in part. */
export function OneProposal(props: {
  readonly detail: DraftDetail;
  readonly me: Me;
  readonly directory: Directory;
  readonly zone: string;
  readonly onLookAt: (times: NewTimes) => void;
}) {
  const { detail, zone, onLookAt } = props;
  const text = useProposalWords();
  const { words, format } = useLanguage();
  const { off, isChecking, isBusy, refusal } = useStore(draftStore, (state) => state);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => () => point(null), []);
  const open = openChanges(detail);
  const chosen = wanted(detail, off);
  const sentences = { done: text.done, failed: words.failures.network };
  const accept = (changes: readonly DraftChange[]) => void acceptChanges(changes, sentences);
  const lookAt = (change: DraftChange) => {
    point(change.index);
    const times = timesOfChange(change);
    if (times !== null) onLookAt(times);
  };
  const checkedMs = parseInstant(detail.checkedAt);
  /** Arrows step through the changes, Enter accepts the one that has the focus, with ⌘ or Ctrl all that are not left out. */
  const onKeyDown = (event: KeyboardEvent) => {
    const lines = [...(list.current?.querySelectorAll<HTMLElement>("[data-change] input") ?? [])];
    const at = lines.findIndex((line) => line === document.activeElement);
    const isAll = event.key === "Enter" && (event.metaKey || event.ctrlKey);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (isAll) accept(chosen);
    else if (event.key === "Enter" && at !== -1) accept(open.slice(at, at + 1));
    else if (step !== 0 && lines.length > 0 && at + step >= 0) lines[Math.min(lines.length - 1, at + step)]!.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className={styles.section}>
        <p className={styles.quiet}>
          {detail.isMine ? text.mine : text.by(detail.maker.name)} · {text.left(detail.openCount, detail.changeCount)}
          {detail.state === "open" && checkedMs !== null && (
            <> · {isChecking ? text.checking : text.checkedAt(format.time(checkedMs))}</>
          )}
        </p>
        {detail.note !== null && <q dir="auto">{detail.note}</q>}
        {detail.state === "open" ? (
          <p className={styles.quiet}>{text.calm}</p>
        ) : (
          <p role="status">
            {detail.state === "expired" ? text.ended.expired : text.ended[detail.state](detail.endedBy?.name ?? "")}
          </p>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Keys of the lines in it, which have the focus. */}
      <div className={styles.section} onKeyDown={onKeyDown}>
        <h3 id="proposal-changes">{text.changes(chosen.length, open.length)}</h3>
        <ul ref={list} className={styles.changes} aria-labelledby="proposal-changes">
          {detail.changes.map((change) => (
            <ChangeLine
              key={change.index}
              change={change}
              zone={zone}
              isTicked={!off.has(change.index)}
              isOver={detail.state !== "open"}
              isBusy={isBusy}
              onTick={(isTicked) => tick(change.index, isTicked)}
              onLookAt={() => lookAt(change)}
              onAccept={() => accept([change])}
            />
          ))}
        </ul>
        {open.length > 0 && (
          <p className={styles.keys}>
            <Key>↑</Key>
            <Key>↓</Key> {text.keys.step} <Key>{text.space}</Key> {text.keys.toggle} <Key>⏎</Key> {text.keys.one}{" "}
            <Key>{words.proposal.applyKey}</Key> {text.keys.all}
          </p>
        )}
      </div>
      <Reviewers {...props} />
      <div className={styles.foot}>
        {refusal !== null && (
          <Refusal>
            <span>{refusal.sentence}</span>
            {refusal.reasons.slice(1).map(({ index, sentence }) => (
              <span key={index}>{sentence}</span>
            ))}
            <Button size="small" onPress={() => void loadDrafts(words.failures.network)}>
              {text.again}
            </Button>
          </Refusal>
        )}
        {detail.state === "open" && (
          <div className={styles.actions}>
            <Button
              kind="primary"
              isDisabled={chosen.length === 0 || isBusy}
              aria-label={text.acceptName(chosen.length)}
              onPress={() => accept(chosen)}
            >
              {isBusy ? text.accepting : text.accept(chosen.length)} <Key>{words.proposal.applyKey}</Key>
            </Button>
            {detail.isMine ? (
              <Button
                isDisabled={isBusy}
                onPress={() => void endDraft("withdraw", text.withdrawn(detail.title), words.failures.network)}
              >
                {text.withdraw}
              </Button>
            ) : (
              <Button
                isDisabled={isBusy}
                onPress={() => void endDraft("decline", text.declined(detail.title), words.failures.network)}
              >
                {text.decline}
              </Button>
            )}
          </div>
        )}
      </div>
    </>
  );
}

/** Who is asked to look at it; who made it asks others. */
function Reviewers(props: { readonly detail: DraftDetail; readonly me: Me; readonly directory: Directory }) {
  const { detail, me, directory } = props;
  const text = useProposalWords();
  const { words, format } = useLanguage();
  const { reviewers, isMine, state } = detail;
  const mayAsk = isMine && state === "open";
  const ids = reviewers.map(({ id }) => id);
  const ask = (wish: readonly string[], said: string) => void askReviewers(wish, said, words.failures.network);
  const others = directory.people.filter(({ id, email }) => id !== me.personId && email !== null && !ids.includes(id));
  if (!mayAsk)
    return reviewers.length === 0 ? null : (
      <p className={styles.quiet}>
        {text.reviewers}: {format.list(reviewers.map(({ name }) => name))}
      </p>
    );
  return (
    <div className={styles.section}>
      <h3>{text.reviewers}</h3>
      {reviewers.length === 0 ? (
        <p className={styles.quiet}>{text.nobodyAsked}</p>
      ) : (
        <ul className={styles.people}>
          {reviewers.map(({ id, name }) => (
            <li key={id}>
              {name}
              <Button
                kind="quiet"
                size="small"
                aria-label={text.unask(name)}
                onPress={() =>
                  ask(
                    ids.filter((other) => other !== id),
                    text.unasked(name),
                  )
                }
              >
                <Icon name="close" size={12} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Choice
        label={text.ask}
        value=""
        options={[{ value: "", label: text.askChoose }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(id) => {
          const person = others.find((each) => each.id === id);
          if (person !== undefined) ask([...ids, id], text.asked(person.name));
        }}
      />
    </div>
  );
}
