import { useState, type FormEvent } from "react";
import { sentenceOf } from "../../data/api.ts";
import type { FoundTimes, TimeWish } from "../../data/find-time.ts";
import { timesOfFound } from "../../data/find-time.ts";
import { askOthers } from "../../data/polls.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Refusal, TextInput } from "../../ui/field.tsx";
import styles from "./find-time.module.css";

export const TIMES_MIN = 2;

/** Asks everybody who is wanted which of the times that were found would suit them. */
export function AskOthers(props: {
  readonly answer: FoundTimes;
  readonly wish: TimeWish;
  readonly me: string;
  readonly zone: string;
  readonly onAsked: (pollId: string) => void;
  readonly onBack: () => void;
}) {
  const { answer, wish, me, zone } = props;
  const language = useLanguage();
  const { words } = language;
  const text = words.polls;
  const [title, setTitle] = useState(wish.title);
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const times = answer.times.filter(({ start }) => !off.has(start));
  const people = wish.people.map(({ id }) => id).filter((id) => id !== me);
  const rooms = wish.room === "none" ? [] : [...new Set(times.map(({ room }) => room?.id))];
  const isWrong = times.length < TIMES_MIN || people.length === 0;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (isWrong) return;
    if (title.trim() === "") return setRefusal(text.askTitle);
    setBusy(true);
    setRefusal(null);
    try {
      // A room that is free at all of the times is the event's.
      const resourceIds = rooms.length === 1 && rooms[0] !== undefined ? [rooms[0]] : [];
      const asked = { title, people, resourceIds, times: times.map(({ start, end }) => ({ start, end })) };
      const made = await askOthers(asked, text.asked(title));
      if ("id" in made) props.onAsked(made.id);
      else setRefusal(made.sentence);
    } catch (error) {
      setRefusal(sentenceOf(error, words.failures.network));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void send(event)}>
      <TextInput label={words.finding.what} value={title} isFirst maxLength={1000} onChange={setTitle} />
      <fieldset className={styles.people}>
        <legend>{text.askWhich}</legend>
        {answer.times.map((time) => {
          const when = timesOfFound(time);
          return (
            <Checkbox
              key={time.start}
              isSelected={!off.has(time.start)}
              onChange={(isOn) => {
                const start = new Set([time.start]);
                setOff((before) => (isOn ? before.difference(start) : before.union(start)));
              }}
            >
              {when === null ? time.start : printTimesIn(when, zone, language)}
            </Checkbox>
          );
        })}
      </fieldset>
      {times.length < TIMES_MIN && (
        <p className={styles.wrong} role="status">
          {text.askRange(TIMES_MIN, answer.times.length)}
        </p>
      )}
      {people.length === 0 && <p className={styles.wrong}>{text.askNobody}</p>}
      {refusal !== null && <Refusal>{refusal}</Refusal>}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" isDisabled={isWrong} isPending={isBusy}>
          {text.send(people.length)}
        </Button>
        <Button onPress={props.onBack}>{words.actions.cancel}</Button>
      </div>
    </form>
  );
}
