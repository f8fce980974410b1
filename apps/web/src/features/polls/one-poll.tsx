import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { sentenceOf, type Me } from "../../data/api.ts";
import { catchUp } from "../../data/changes.ts";
import { timesFrom } from "../../data/edits.ts";
import type { WriteRefusal } from "../../data/events.ts";
import { answerPoll, closePoll, pickTime, type Poll, type Said } from "../../data/polls.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { writableCalendars } from "../../data/rights.ts";
import type { Directory } from "../../data/session.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { ModalActions } from "../../ui/modal.tsx";
import styles from "./polls.module.css";

const SAYS: readonly Said[] = ["yes", "maybe", "no"];

type Refused = { readonly time: number; readonly sentence: string; readonly mayInsist: boolean };

/** One poll: its times with what everybody says of them; who is asked answers, who has asked picks. */
export function OnePoll(props: {
  readonly poll: Poll;
  readonly me: Me;
  readonly directory: Directory;
  readonly onClose: () => void;
}) {
  const { poll, me, directory, onClose } = props;
  const language = useLanguage();
  const { words } = language;
  const text = words.polls;
  const mine = poll.people.find(({ id }) => id === me.personId)?.answers ?? null;
  const isAsked = poll.state === "open" && !poll.isMine;
  const [said, setSaid] = useState<readonly (Said | null)[]>(mine ?? poll.times.map(() => null));
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const whenOf = (time: number): string => {
    const times = timesFrom({ ...poll.times[time]!, allDay: false });
    return times === null ? "" : printTimesIn(times, me.organisation.zone, language);
  };
  const silent = poll.people.filter(({ answers }) => answers === null);
  const notInvited = poll.people.filter(({ isInvitable }) => !isInvitable).map(({ name }) => name);
  const notThere = poll.things.filter(({ isHere }) => !isHere).map(({ name }) => name);
  const best = bestOf(poll);

  const run = async (time: number, work: () => Promise<WriteRefusal | string | null>) => {
    setBusy(true);
    setRefusal(null);
    try {
      const refused = await work();
      if (refused === null) return true;
      const sentence = typeof refused === "string" ? refused : refused.sentence;
      setRefusal({ time, sentence, mayInsist: typeof refused !== "string" && refused.code === "claims/taken" });
    } catch (error) {
      setRefusal({ time, sentence: sentenceOf(error, words.failures.network), mayInsist: false });
    } finally {
      setBusy(false);
    }
    return false;
  };
  const pick = async (time: number, insists: boolean) => {
    const calendarId = writableCalendars(directory, me)[0]?.id;
    const isMade = await run(time, () => pickTime(poll, time, { calendarId, insists, said: text.made(poll.title) }));
    if (!isMade) return;
    onClose();
    await catchUp();
  };
  const answer = () => {
    const all = said.filter((each) => each !== null);
    if (all.length < poll.times.length) return setRefusal({ time: -1, sentence: text.sayAll, mayInsist: false });
    void run(-1, () => answerPoll(poll.id, all, { said: text.answerHeard, failed: words.failures.network }));
  };
  return (
    <>
      <p className={styles.quiet} role="status">
        {poll.isMine ? text.mine : text.madeBy(poll.maker.name)} ·{" "}
        {text.answered(poll.people.length - silent.length, poll.people.length)}
        {poll.things.length > 0 && ` · ${poll.things.map(({ name }) => name).join(", ")}`}
      </p>
      {poll.state === "expired" && <p>{text.expired}</p>}
      {poll.state === "closed" && <p>{poll.picked === null ? text.closedWithout : text.picked(whenOf(poll.picked))}</p>}
      <ol className={styles.times}>
        {poll.times.map((time, index) => (
          <li key={time.start} data-picked={poll.picked === index || undefined}>
            <TimeOfPoll poll={poll} index={index} when={whenOf(index)} isBest={index === best}>
              {isAsked && (
                <SayOf
                  when={whenOf(index)}
                  value={said[index] ?? null}
                  onChange={(value) => setSaid((before) => before.with(index, value))}
                />
              )}
              {poll.isMine && poll.state === "open" && (
                <Button
                  kind={index === best ? "primary" : "plain"}
                  size="small"
                  isDisabled={isBusy}
                  aria-label={text.pickThis(whenOf(index))}
                  onPress={() => void pick(index, false)}
                >
                  {text.pick}
                </Button>
              )}
            </TimeOfPoll>
          </li>
        ))}
      </ol>
      {silent.length > 0 && poll.state === "open" && (
        <p className={styles.quiet}>{text.missing(silent.map(({ name }) => name))}</p>
      )}
      {poll.isMine && poll.state === "open" && notInvited.length > 0 && (
        <p className={styles.quiet}>{text.notInvited(notInvited)}</p>
      )}
      {poll.isMine && poll.state === "open" && notThere.length > 0 && (
        <p className={styles.quiet}>{text.notThere(notThere)}</p>
      )}
      {refusal !== null && (
        <Refusal>
          <p>{refusal.sentence}</p>
          {refusal.mayInsist && (
            <Button isPending={isBusy} onPress={() => void pick(refusal.time, true)}>
              {text.pickAnyway}
            </Button>
          )}
        </Refusal>
      )}
      {poll.state === "open" && (
        <ModalActions>
          {poll.isMine ? (
            <Button isDisabled={isBusy} onPress={() => void run(-1, () => closePoll(poll, text.closed(poll.title)))}>
              {text.close}
            </Button>
          ) : (
            <Button kind="primary" isPending={isBusy} onPress={answer}>
              {mine === null ? text.answer : text.answerAgain}
            </Button>
          )}
        </ModalActions>
      )}
    </>
  );
}

/** A time with how many say what of it, and who. */
function TimeOfPoll(props: {
  readonly poll: Poll;
  readonly index: number;
  readonly when: string;
  readonly isBest: boolean;
  readonly children: React.ReactNode;
}) {
  const { poll, index, when, isBest, children } = props;
  const { words } = useLanguage();
  const text = words.polls;
  const { yes, maybe, no } = poll.times[index]!;
  const all = Math.max(1, poll.people.length);
  const who = SAYS.flatMap((say) => {
    const names = poll.people.filter(({ answers }) => answers?.[index] === say).map(({ name }) => name);
    return names.length === 0 ? [] : [text.who(text.say[say], names)];
  });
  return (
    <>
      <div className={styles.head}>
        <b>{when}</b>
        {isBest && <em>{text.best}</em>}
      </div>
      <div className={styles.tally}>
        <span className={styles.bar} aria-hidden="true">
          <i data-say="yes" style={{ inlineSize: `${(yes / all) * 100}%` }} />
          <i data-say="maybe" style={{ inlineSize: `${(maybe / all) * 100}%` }} />
          <i data-say="no" style={{ inlineSize: `${(no / all) * 100}%` }} />
        </span>
        <span>{text.tally(yes, maybe, no)}</span>
      </div>
      {who.map((line) => (
        <span key={line} className={styles.quiet}>
          {line}
        </span>
      ))}
      {children}
    </>
  );
}

function SayOf(props: { readonly when: string; readonly value: Said | null; readonly onChange: (said: Said) => void }) {
  const { when, value, onChange } = props;
  const { words } = useLanguage();
  return (
    <RadioGroup
      className={styles.say!}
      value={value}
      aria-label={when}
      onChange={(next) => onChange(SAYS.find((say) => say === next) ?? "no")}
    >
      {SAYS.map((say) => (
        <Radio key={say} value={say} className={styles.radio!}>
          {words.polls.say[say]}
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** The time with the fewest no, then the most yes, then the earliest; none before anybody has answered. */
function bestOf({ times, people, state }: Poll): number | null {
  if (state !== "open" || people.every(({ answers }) => answers === null)) return null;
  return times.reduce((best, time, index) => {
    const before = times[best]!;
    return time.no < before.no || (time.no === before.no && time.yes > before.yes) ? index : best;
  }, 0);
}
