import { useState, type FormEvent } from "react";
import type { Answer } from "@hourwright/client";
import { announce } from "../../data/announcement.ts";
import { api, sentenceOf, type Conflict } from "../../data/api.ts";
import { textsOf, timesFrom } from "../../data/edits.ts";
import { printClosed } from "../../data/printed-layers.ts";
import { printBroken, printRelaxations } from "../../data/printed-rules.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { PROPOSED_MAX, propose, proposalStore, proposedFor } from "../../data/proposal.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage, type Messages } from "../../messages/index.tsx";
import type { Formats } from "../../messages/format.ts";
import { Button } from "../../ui/button.tsx";
import { Refusal, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { readAsked, type Asking } from "./read-asked.ts";
import styles from "./why-not.module.css";

type Found = Answer<"conflicts.whyNot">;

/** What has been asked, and answered. */
type State =
  | { readonly is: "idle" | "asking" }
  | { readonly is: "failed"; readonly sentence: string }
  | { readonly is: "answered"; readonly when: string; readonly found: Found };

/** The event of a conflict that is asked about. */
export type AskedSide = Conflict["events"][number] & { readonly eventId: string };

/** “Why not Thu 25 at 17:00?”: any time asked about in words; what stands against it, or the proposal that it becomes. */
export default function WhyNot(props: {
  readonly conflict: Conflict;
  readonly side: AskedSide;
  readonly asking: Omit<Asking, "locale">;
}) {
  const { conflict, side, asking } = props;
  const language = useLanguage();
  const { words, locale } = language;
  const [text, setText] = useState("");
  const [state, setState] = useState<State>({ is: "idle" });
  const times = readAsked(text, { ...asking, locale });
  const when = times === null ? null : printTimesIn(times, asking.zone, language);

  const ask = async (): Promise<void> => {
    if (times === null || when === null) return setState({ is: "failed", sentence: words.whyNot.unread });
    setState({ is: "asking" });
    try {
      const { eventId, recurrenceId } = side;
      const found = await api("conflicts.whyNot", {
        params: { id: conflict.id },
        body: { eventId, recurrenceId, ...textsOf(times) },
      });
      setState({ is: "answered", when, found });
    } catch (error) {
      setState({ is: "failed", sentence: sentenceOf(error, words.failures.network) });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (state.is !== "asking") void ask();
  };
  return (
    <section className={styles.whyNot} aria-label={words.whyNot.heading}>
      <form onSubmit={submit} noValidate>
        <div className={styles.field}>
          <TextInput
            label={words.whyNot.label(side.summary)}
            hint={when ?? words.whyNot.hint}
            value={text}
            maxLength={TEXT_MAX}
            onChange={(next) => {
              setText(next);
              setState({ is: "idle" });
            }}
          />
        </div>
        <Button type="submit" isDisabled={text.trim() === ""}>
          {words.whyNot.ask}
        </Button>
      </form>
      {state.is === "failed" && <Refusal>{state.sentence}</Refusal>}
      {state.is === "answered" && <Reasons {...state} conflict={conflict} zone={asking.zone} />}
    </section>
  );
}

/** Longer than any question. */
const TEXT_MAX = 200;
/** Who is free is named up to so many; others are counted. */
const NAMED_MAX = 4;

/** What stands against it comes first, then what would hold. */
function Reasons(props: { conflict: Conflict; zone: string; when: string; found: Found }) {
  const { conflict, zone, when, found } = props;
  const language = useLanguage();
  const { words } = language;
  const { taken, free, outside, closed, rules, repair } = found;
  const broken = rules.map((rule) => ({
    ...rule,
    sentence: printBroken(rule, language),
    relaxed: relaxedOf(rule, language),
  }));
  const against = [
    ...(found.mayMove ? [] : [words.whyNot.notYours]),
    ...(found.isPast ? [words.whyNot.past] : []),
    ...taken.map(({ subject, title, start, end }) => {
      const span = timesFrom({ start, end, allDay: false });
      return words.whyNot.taken(subject, title, span === null ? when : printTimesIn(span, zone, language));
    }),
  ];
  const holding = [
    ...(free.length === 0 ? [] : [words.whyNot.free(free.slice(0, NAMED_MAX), Math.max(0, free.length - NAMED_MAX))]),
    ...(outside.length === 0 ? [] : [words.whyNot.outside(outside)]),
    ...closed.map(({ subject, because }) => words.whyNot.closed(subject, printClosed(because, language))),
  ];
  return (
    <div role="status" className={styles.answer}>
      <ul>
        {against.map((sentence) => (
          <li key={sentence} data-against>
            <Icon name="close" size={14} />
            <span>{sentence}</span>
          </li>
        ))}
        {broken.map(({ ruleId, subjectId, start, isHard, sentence, relaxed }) => (
          <li
            key={`${ruleId} ${subjectId} ${start} ${sentence}`}
            data-against={isHard || undefined}
            data-note={!isHard || undefined}
          >
            <Icon name={isHard ? "close" : "conflicts"} size={14} />
            <span>
              {isHard ? sentence : words.whyNot.soft(sentence)}
              {relaxed !== null && <small>{relaxed}</small>}
            </span>
          </li>
        ))}
        {holding.map((sentence) => (
          <li key={sentence}>
            <Icon name="check" size={14} />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
      {repair !== null && <Fits conflict={conflict} repair={repair} />}
    </div>
  );
}

/** What the rule would have to say instead; null where no number within its bounds would do. */
function relaxedOf(rule: Found["rules"][number], language: { words: Messages; format: Formats }): string | null {
  const ways = printRelaxations(rule, language);
  return ways.length === 0 ? null : language.words.whyNot.relaxed(ways);
}

function Fits({ conflict, repair }: { conflict: Conflict; repair: NonNullable<Found["repair"]> }) {
  const { words } = useLanguage();
  const proposed = useStore(proposalStore, (proposal) => proposedFor(proposal, conflict));
  if (proposed?.repair.id === repair.id) return <p className={styles.done}>{words.whyNot.proposed}</p>;
  const add = () => {
    const isIn = propose(conflict, repair);
    const count = proposalStore.get().items.length;
    announce(isIn ? words.proposal.added(repair.what, count) : words.proposal.full(PROPOSED_MAX));
  };
  return <Button onPress={add}>{words.whyNot.fits}</Button>;
}
