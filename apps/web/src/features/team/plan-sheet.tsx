import { useState } from "react";
import { blockOf } from "@hourwright/timeline/team";
import { change } from "../../data/office.ts";
import { confirmedAll, rosterDraft } from "../../data/roster-draft.ts";
import { textOfDay } from "../../data/roster.ts";
import { useStore, type Store } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Sheet } from "../../shell/section.tsx";
import { Checkbox, Choice, TextInput } from "../../ui/field.tsx";
import type { TeamModel } from "./model.ts";
import type { TeamState } from "./state.ts";
import styles from "./team.module.css";
import { usePlanWords } from "./use-plan-words.ts";

const SECONDS = [5, 10, 30, 60, 180] as const;
const SECONDS_USUAL = 10;
const NAMES_CHARACTERS_MAX = 1_000;
const NAMES_MAX = 20;
const NAME_MAX = 200;

/** How a draft is to be planned: for how long, what stays as it is, and what weighs more. */
export function PlanSheet(props: {
  readonly id: string;
  readonly name: string;
  readonly model: TeamModel;
  readonly state: Store<TeamState>;
  readonly onClose: () => void;
}) {
  const { id, name, model, state, onClose } = props;
  const text = usePlanWords();
  const { words: all } = useLanguage();
  const holds = useStore(rosterDraft, (store) => givenIn(store.items).length);
  const block = blockOf(useStore(state, (now) => now.selection));
  const people = model.lines
    .slice(block.fromLine, block.toLine)
    .flatMap(({ personId }) => (personId === null ? [] : [personId]));
  const days = Array.from({ length: block.toDay - block.fromDay }, (_, at) =>
    textOfDay(model.window.fromDay + block.fromDay + at),
  );
  const [seconds, setSeconds] = useState(SECONDS_USUAL);
  const [keepsItems, setKeepsItems] = useState(true);
  const [keepsPeople, setKeepsPeople] = useState(false);
  const [keepsDays, setKeepsDays] = useState(false);
  const [isFew, setFew] = useState(false);
  const [mayDrop, setMayDrop] = useState(false);
  const [otherSites, setOtherSites] = useState(false);
  const [unpopular, setUnpopular] = useState("");
  const isTooLong = namesIn(unpopular).some(({ length }) => length > NAME_MAX);
  const send = async () => {
    if (isTooLong) return null;
    await confirmedAll();
    const body = {
      seconds,
      keep: {
        items: keepsItems ? givenIn(rosterDraft.get().items) : [],
        people: keepsPeople ? people : [],
        days: keepsDays ? days : [],
      },
      mayDrop,
      otherSites,
      asFewChangesAsPossible: isFew,
      unpopular: namesIn(unpopular),
    };
    return change("drafts.plan", { params: { id }, body }, { said: text.begun, offline: all.failures.network });
  };
  return (
    <Sheet title={text.title(name)} submit={text.do} onSubmit={send} onClose={onClose}>
      {() => (
        <>
          <p className={styles.quiet}>{text.explain}</p>
          <Choice
            label={text.look}
            value={String(seconds)}
            isFirst
            options={SECONDS.map((each) => ({ value: String(each), label: text.seconds(each) }))}
            onChange={(value) => setSeconds(Number(value))}
          />
          <fieldset className={styles.keeps}>
            <legend>{text.keep}</legend>
            {holds > 0 && (
              <Checkbox isSelected={keepsItems} onChange={setKeepsItems}>
                {text.keepItems}
              </Checkbox>
            )}
            {people.length > 0 && (
              <Checkbox isSelected={keepsPeople} onChange={setKeepsPeople}>
                {text.keepPeople(people.length)}
              </Checkbox>
            )}
            <Checkbox isSelected={keepsDays} onChange={setKeepsDays}>
              {text.keepDays(days.length)}
            </Checkbox>
          </fieldset>
          <Checkbox isSelected={isFew} onChange={setFew}>
            <span>
              {text.few}
              <small className={styles.quiet}> {text.fewHint}</small>
            </span>
          </Checkbox>
          <Checkbox isSelected={mayDrop} onChange={setMayDrop}>
            {text.drop}
          </Checkbox>
          <Checkbox isSelected={otherSites} onChange={setOtherSites}>
            {text.sites}
          </Checkbox>
          <TextInput
            label={text.unpopular}
            value={unpopular}
            hint={text.unpopularHint}
            maxLength={NAMES_CHARACTERS_MAX}
            onChange={setUnpopular}
            {...(isTooLong ? { error: text.unpopularLong(NAME_MAX) } : {})}
          />
        </>
      )}
    </Sheet>
  );
}

/** What the draft has given to somebody; an open shift may be filled. */
const givenIn = (items: ReturnType<typeof rosterDraft.get>["items"]): string[] =>
  [...items.values()].flatMap(({ id, kind, personId }) => (kind === "add" && personId !== null ? [id] : []));

const namesIn = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .slice(0, NAMES_MAX);
