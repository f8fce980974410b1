import { Fragment, useEffect } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { parseInstant } from "../../data/wall-clock.ts";
import type { Clash } from "../../data/entries.ts";
import {
  discard,
  keepProposal,
  proposalStore,
  recheckSoon,
  tick,
  tickedOf,
  withdraw,
  type Proposal,
  type Proposed,
} from "../../data/proposal.ts";
import { announce } from "../../data/announcement.ts";
import { useStore } from "../../data/store.ts";
import { onYears } from "../../data/years.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { partiesText } from "./parties-text.ts";
import styles from "./proposal-panel.module.css";
import { useTimes } from "./use-times.ts";

export type ProposalPanelProps = {
  /** Conflicts that one has to resolve, before anything is applied. */
  readonly left: readonly Clash[];
  readonly zone: string;
  readonly onApplyAll: () => void;
  readonly onGhosts: () => void;
};

/** What one would do about some conflicts, as one step: before → after, each with its own tick, and the sum of all. */
export function ProposalPanel(props: ProposalPanelProps) {
  const { words, format } = useLanguage();
  const proposal = useStore(proposalStore, (state) => state);
  useEffect(() => {
    recheckSoon();
    return onYears(recheckSoon);
  }, []);
  const { items, checked } = proposal;
  if (items.length === 0) return null;
  const at = checked === null ? null : parseInstant(checked.at);
  const { columns } = words.proposal;
  return (
    <section className={styles.panel} aria-label={words.proposal.label}>
      <div className={styles.items}>
        <div className={styles.title}>
          <h2>{words.proposal.title(items.length)}</h2>
          <span>
            {words.proposal.calm} · {at === null ? words.proposal.checking : words.proposal.checkedAt(format.time(at))}
          </span>
        </div>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className={styles.spoken}>{columns.include}</span>
              </th>
              <th scope="col">{columns.what}</th>
              <th scope="col">{columns.times}</th>
              <th scope="col">{columns.told}</th>
              <th scope="col">{columns.effect}</th>
              <th scope="col">
                <span className={styles.spoken}>{columns.leave}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Item key={item.conflict.id} item={item} zone={props.zone} />
            ))}
          </tbody>
        </table>
      </div>
      <Sum proposal={proposal} {...props} />
    </section>
  );
}

function Item({ item, zone }: { item: Proposed; zone: string }) {
  const { words, format } = useLanguage();
  const times = useTimes(zone);
  const { conflict, repair, went, state, told, effect } = item;
  const [first] = repair.changes;
  if (first === undefined) return null;
  const title = first.summary;
  const after = momentOf(first);
  function sideOf({ eventId, recurrenceId }: Change) {
    return conflict.events.find((side) => side.eventId === eventId && side.recurrenceId === recurrenceId);
  }
  function momentOf(change: Change): string {
    return times.moment(change, sideOf(change) ?? change);
  }
  return (
    <tr data-changed={went !== null || state !== "ready" || undefined} data-off={!item.isTicked || undefined}>
      <td>
        <Checkbox
          className={styles.tick!}
          isSelected={item.isTicked && state === "ready"}
          isDisabled={state !== "ready"}
          onChange={(isTicked) => tick(conflict.id, isTicked)}
          aria-label={words.proposal.include(title, after)}
        >
          <span aria-hidden="true">
            <Icon name="check" size={12} />
          </span>
        </Checkbox>
      </td>
      <th scope="row">{title}</th>
      <td className={styles.times}>
        {repair.changes.map((change) => {
          const side = sideOf(change);
          const isMoved = repair.moves.some((move) => moved(move) === moved(change));
          return (
            <Fragment key={moved(change)}>
              {change !== first && <b>{change.summary}</b>}
              <del>{isMoved && side !== undefined ? times.moment(side, change) : ""}</del>
              {isMoved && <Icon name="arrow" size={14} />}
              <ins>
                {momentOf(change)}
                {change.rest !== null && ` ${words.proposal.part(times.brief(change.rest, change))}`}
              </ins>
              {partiesText(change, words) !== "" && <em>{partiesText(change, words)}</em>}
            </Fragment>
          );
        })}
        {went?.moves[0] !== undefined && repair.moves[0] !== undefined && state === "ready" && (
          <em>
            {words.proposal.went(
              times.brief(went.moves[0], repair.moves[0]),
              times.brief(repair.moves[0], went.moves[0]),
            )}
          </em>
        )}
        {state !== "ready" && <em>{words.proposal.states[state]}</em>}
      </td>
      <td className={styles.told}>{told.length === 0 ? words.proposal.nobody : format.list(told)}</td>
      <td className={styles.effect}>
        {effect === null ? repair.why : words.proposal.effect(effect.focusMinutes, effect.overDays)}
      </td>
      <td>
        <Button
          kind="quiet"
          size="small"
          aria-label={words.proposal.leave(title)}
          onPress={() => {
            withdraw(conflict.id);
            announce(words.proposal.removed(proposalStore.get().items.length));
          }}
        >
          <Icon name="close" size={12} />
        </Button>
      </td>
    </tr>
  );
}

function Sum({ proposal, left, onApplyAll, onGhosts }: { proposal: Proposal } & ProposalPanelProps) {
  const { words, format } = useLanguage();
  const ticked = tickedOf(proposal);
  const { checked } = proposal;
  const solved = new Set(checked?.solved);
  const effect = checked?.effect ?? null;
  const keptTitle = words.proposal.title(ticked.length);
  const after = left.filter(({ conflict }) => !solved.has(conflict.id)).length;
  return (
    <div className={styles.sum}>
      <h3>{words.proposal.together(ticked.length)}</h3>
      <dl aria-live="off">
        <Change name={words.proposal.conflicts} before={left.length} after={checked === null ? null : after} />
        {effect !== null && (
          <>
            <Change
              name={words.proposal.overDays(format.percent(effect.overFrom))}
              before={effect.before.overDays}
              after={effect.after.overDays}
            />
            <div>
              <dt>{words.proposal.focus}</dt>
              <dd>
                <b>{format.durationChange(effect.after.focusMinutes - effect.before.focusMinutes)}</b>
              </dd>
            </div>
          </>
        )}
        <div>
          <dt>{words.proposal.told}</dt>
          <dd>
            <b>{checked === null ? "…" : format.number(checked.told.length)}</b>
          </dd>
        </div>
        <div>
          <dt>{words.proposal.moved}</dt>
          <dd>
            <b>{format.number(new Set(ticked.flatMap(({ repair }) => repair.changes.map(moved))).size)}</b>
          </dd>
        </div>
      </dl>
      <div className={styles.actions}>
        <Button
          kind="primary"
          isDisabled={ticked.length === 0 || proposal.isApplying}
          aria-label={words.proposal.applyName(ticked.length)}
          onPress={onApplyAll}
        >
          {words.proposal.apply(ticked.length)} <Key>{words.proposal.applyKey}</Key>
        </Button>
        <Button onPress={onGhosts}>
          {words.proposal.ghosts} <Key>P</Key>
        </Button>
        <Button
          kind="quiet"
          size="small"
          isDisabled={ticked.length === 0 || proposal.isApplying}
          onPress={() =>
            void keepProposal({ title: keptTitle, said: words.drafts.kept(keptTitle), failed: words.failures.network })
          }
        >
          {words.drafts.keep}
        </Button>
        <Button
          kind="quiet"
          size="small"
          onPress={() => {
            discard();
            announce(words.proposal.discarded);
            document.querySelector<HTMLElement>("[data-conflict]")?.focus();
          }}
        >
          {words.proposal.discard}
        </Button>
      </div>
    </div>
  );
}

/** A number before and after; the second is null while it is asked for. */
function Change({ name, before, after }: { name: string; before: number; after: number | null }) {
  const { format } = useLanguage();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span>{format.number(before)}</span>
        <Icon name="arrow" size={12} />
        <b>{after === null ? "…" : format.number(after)}</b>
      </dd>
    </div>
  );
}

type Change = Proposed["repair"]["changes"][number];

const moved = ({ eventId, recurrenceId }: Pick<Change, "eventId" | "recurrenceId">): string =>
  `${eventId} ${recurrenceId ?? ""}`;
