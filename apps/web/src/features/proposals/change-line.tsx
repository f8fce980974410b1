import { Checkbox } from "react-aria-components/Checkbox";
import type { DraftChange } from "../../data/drafts.ts";
import { timesFrom } from "../../data/edits.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useProposalWords } from "./use-proposal-words.ts";
import styles from "./proposals.module.css";

type Thing = DraftChange["things"][number];

/** One change: a tick, what it does before → after, what changed since, and what stands against it. */
export function ChangeLine(props: {
  readonly change: DraftChange;
  readonly zone: string;
  readonly isTicked: boolean;
  /** Nothing of the proposal can be accepted any more. */
  readonly isOver: boolean;
  readonly isBusy: boolean;
  readonly onTick: (isTicked: boolean) => void;
  readonly onLookAt: () => void;
  readonly onAccept: () => void;
}) {
  const { change, isTicked, isOver, isBusy, onTick, onLookAt } = props;
  const text = useProposalWords();
  const { says, state, since, alone, together, reason } = change;
  const isOpen = state === "open" && !isOver;
  const problem = together.problem;
  return (
    <li data-change={isOpen || undefined} data-off={(isOpen && !isTicked) || undefined} className={styles.change}>
      {isOpen ? (
        <Checkbox
          className={styles.tick!}
          isSelected={isTicked}
          onChange={onTick}
          onHoverChange={(isHovered) => isHovered && onLookAt()}
          onFocusChange={(isFocused) => isFocused && onLookAt()}
          aria-label={text.include(says)}
        >
          <span className={styles.box} aria-hidden="true">
            <Icon name="check" size={12} />
          </span>
          <Things {...props} />
        </Checkbox>
      ) : (
        <div className={styles.tick}>
          <Icon name={state === "accepted" ? "check" : "close"} size={14} />
          <Things {...props} />
        </div>
      )}
      <div className={styles.notes}>
        {state === "accepted" && <span>{text.accepted}</span>}
        {reason !== null && <span dir="auto">{reason}</span>}
        {isOpen &&
          since.map(({ what, sentence }) => (
            <em key={what} data-what={what}>
              <b>{text.moved[what]}</b> {sentence}
            </em>
          ))}
        {isOpen && problem !== null && !since.some(({ sentence }) => sentence === problem.sentence) && (
          <em data-what="problem">
            <Icon name="conflicts" size={12} /> {problem.sentence} {problem.reasons.join(" ")}
          </em>
        )}
        {isOpen && problem === null && !alone.fits && <span>{text.alone}</span>}
        {isOpen && together.warnings.map((warning) => <span key={warning}>{text.warns(warning)}</span>)}
      </div>
      {isOpen && (
        <Button
          kind="quiet"
          size="small"
          isDisabled={isBusy}
          aria-label={text.acceptOne(says)}
          onPress={props.onAccept}
        >
          <Icon name="check" size={14} />
        </Button>
      )}
    </li>
  );
}

/** The things of a change: title, where it is and where it would be. What is no event says itself. */
function Things({ change, zone }: { change: DraftChange; zone: string }) {
  if (change.things.length === 0) return <span className={styles.what}>{change.says}</span>;
  return (
    <span className={styles.what}>
      {change.things.map((thing, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- The things of a change stand in its order, and never move.
        <OneThing key={place} thing={thing} zone={zone} says={change.says} />
      ))}
    </span>
  );
}

function OneThing({ thing: { before, after }, zone, says }: { thing: Thing; zone: string; says: string }) {
  const text = useProposalWords();
  const language = useLanguage();
  const when = (side: NonNullable<Thing["before"]>): string => {
    const times = timesFrom(side);
    return times === null ? "" : printTimesIn(times, zone, language);
  };
  const isSame = before !== null && after !== null && before.start === after.start && before.end === after.end;
  const title = before?.title ?? after?.title ?? says;
  return (
    <>
      <b dir="auto">
        {title}
        {before !== null && after !== null && before.title !== after.title && ` → ${after.title}`}
      </b>
      <span className={styles.times}>
        {isSame ? (
          <span>{when(before)}</span>
        ) : (
          <>
            {before === null ? <i>{text.notThere}</i> : <del>{when(before)}</del>}
            <Icon name="arrow" size={12} />
            {after === null ? <i>{text.gonePlace}</i> : <ins>{when(after)}</ins>}
          </>
        )}
      </span>
      {isSame && <small>{says}</small>}
    </>
  );
}
