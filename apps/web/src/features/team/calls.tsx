import type { Answer, Me } from "../../data/api.ts";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { parseInstant } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { useNow } from "../../shell/use-now.ts";
import { Button } from "../../ui/button.tsx";
import styles from "./team.module.css";
import { useExchangeWords } from "./use-exchange-words.ts";
import { useShiftText } from "./use-shift-text.ts";
import { useWhen } from "./use-when.ts";

type Cover = Answer<"covers.list">["items"][number];

const SHOWN_MAX = 10;
const PEOPLE_SHOWN = 6;
const ASKED_EVERY_MS = 10_000;
/** What has ended stays to be seen for so long. */
const ENDED_MS = 12 * 3_600_000;

/** Calls for cover that run, and those that have ended lately: who was asked, who said what. */
export function Calls({ me }: { readonly me: Me }) {
  const { cover: text } = useExchangeWords();
  const nowMs = useNow();
  const asked = useAsked("covers.list", { query: { limit: SHOWN_MAX } }, ASKED_EVERY_MS);
  if (asked.status !== "ready") return null;
  const items = asked.value.items.filter(
    ({ state, endedAt, people }) =>
      people.length > 0 && (state === "asking" || nowMs - (parseInstant(endedAt ?? "") ?? 0) < ENDED_MS),
  );
  if (items.length === 0) return null;
  return (
    <section className={styles.card} aria-label={text.running}>
      <p className={styles.eyebrow}>
        <span>{text.running}</span>
      </p>
      {items.map((cover) => (
        <Call key={cover.id} cover={cover} me={me} />
      ))}
    </section>
  );
}

function Call({ cover, me }: { readonly cover: Cover; readonly me: Me }) {
  const { id, name, day, shift, state, people, coveredBy } = cover;
  const { cover: text } = useExchangeWords();
  const { words: all } = useLanguage();
  const { ofShift } = useShiftText();
  const when = useWhen(me.organisation.zone);
  const told = people.filter((each) => each.state !== "not-needed");
  return (
    <div className={styles.call}>
      <b>{text.title(name, ofShift(day, shift))}</b>
      <small data-state={state}>{coveredBy === null ? text.states[state] : text.by(coveredBy.name)}</small>
      {state !== "covered" && (
        <ul className={styles.sentences}>
          {told.slice(0, PEOPLE_SHOWN).map((each) => (
            <li key={each.personId}>
              {each.name}: {text.people[each.state]}
              {each.state === "asked" && each.until !== null && `, ${text.until(when.instant(each.until))}`}
              {each.why !== "" && <span className={styles.quiet}> {each.why}</span>}
            </li>
          ))}
          {told.length > PEOPLE_SHOWN && <li className={styles.quiet}>{text.more(told.length - PEOPLE_SHOWN)}</li>}
        </ul>
      )}
      {state === "asking" && (
        <div className={styles.deeds}>
          <Button
            size="small"
            aria-label={text.cancelOf(name)}
            onPress={() =>
              void changeOrSay(
                "covers.cancel",
                { params: { id } },
                { said: text.cancelled(name), offline: all.failures.network },
              )
            }
          >
            {text.cancel}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What waits for one's own yes or no: cover for somebody, and swaps. */
export function AskedOfMe() {
  const { asked: text } = useExchangeWords();
  const { words: all } = useLanguage();
  const { ofShift, ofLeg } = useShiftText();
  const covers = useAsked("covers.list", { query: { states: ["asking"], limit: SHOWN_MAX } }, ASKED_EVERY_MS);
  const swaps = useAsked("swaps.list", { query: { states: ["asking"], limit: SHOWN_MAX } }, ASKED_EVERY_MS);
  const offline = all.failures.network;
  const calls =
    covers.status === "ready"
      ? covers.value.items.filter(({ mine }) => mine !== null && (mine.state === "asked" || mine.state === "late"))
      : [];
  const wishes = swaps.status === "ready" ? swaps.value.items.filter(({ mine }) => mine === "asked") : [];
  if (calls.length === 0 && wishes.length === 0) return null;
  return (
    <section aria-label={text.title}>
      <h2>{text.title}</h2>
      {calls.map(({ id, name, day, shift, note }) => {
        const label = text.cover(name, ofShift(day, shift));
        const answer = (says: "yes" | "no") =>
          void changeOrSay(
            "covers.answer",
            { params: { id }, body: { says } },
            { said: says === "yes" ? text.saidYes : text.saidNo, offline },
          );
        return <Question key={id} label={label} lines={note === "" ? [] : [note]} onAnswer={answer} />;
      })}
      {wishes.map(({ id, proposedBy, legs, people, note }) => {
        const nameOf = (personId: string) => people.find((each) => each.personId === personId)?.name ?? proposedBy.name;
        const answer = (says: "yes" | "no") =>
          void changeOrSay(
            "swaps.answer",
            { params: { id }, body: { says } },
            { said: says === "yes" ? text.saidYesToSwap : text.saidNo, offline },
          );
        const lines = [...legs.map((leg) => text.gives(nameOf(leg.from), ofLeg(leg))), ...(note === "" ? [] : [note])];
        return <Question key={id} label={text.swap(proposedBy.name)} lines={lines} onAnswer={answer} />;
      })}
    </section>
  );
}

function Question(props: {
  readonly label: string;
  readonly lines: readonly string[];
  readonly onAnswer: (says: "yes" | "no") => void;
}) {
  const { label, lines, onAnswer } = props;
  const { asked: text } = useExchangeWords();
  return (
    <div className={`${styles.card} ${styles.call}`}>
      <b>{label}</b>
      {lines.length > 0 && (
        <ul className={styles.sentences}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div className={styles.deeds}>
        <Button kind="primary" aria-label={text.yesTo(label)} onPress={() => onAnswer("yes")}>
          {text.yes}
        </Button>
        <Button aria-label={text.noTo(label)} onPress={() => onAnswer("no")}>
          {text.no}
        </Button>
      </div>
    </div>
  );
}
