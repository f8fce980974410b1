import { useState } from "react";
import { wordsOfObjection, type Answer } from "../../data/api.ts";
import { change, useAsked } from "../../data/office.ts";
import { dayOfText } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Sheet } from "../../shell/section.tsx";
import { Checkbox, Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import styles from "./team.module.css";
import { useExchangeWords } from "./use-exchange-words.ts";

type Candidate = Answer<"covers.candidates">["items"][number];
type How = "in-order" | "at-once";

/** The shift of somebody, by its day and beginning. */
export type ShiftOf = {
  readonly personId: string;
  readonly name: string;
  readonly day: string;
  readonly starts: string;
};

const NOTE_MAX = 500;
const MINUTES_MAX = 1_440;
const MINUTES_USUAL = 10;
/** Told of each: more is read by looking at them. */
const FACTS_SHOWN = 3;

/** Who could work a shift of somebody who is away, the best first; those chosen are asked. */
export function CoverSheet({ shift, onClose }: { readonly shift: ShiftOf; readonly onClose: () => void }) {
  const { personId, name, day, starts } = shift;
  const { cover: text } = useExchangeWords();
  const { words: all, format } = useLanguage();
  const asked = useAsked("covers.candidates", { query: { person: personId, day, starts } });
  const candidates = asked.status === "ready" ? asked.value.items : [];
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [how, setHow] = useState<How>("in-order");
  const [minutes, setMinutes] = useState(String(MINUTES_USUAL));
  const [note, setNote] = useState("");
  const chosen = candidates.filter((each) => isChosen(each, turned));
  const minutesEach = Number(minutes);
  const areMinutes = Number.isInteger(minutesEach) && minutesEach >= 1 && minutesEach <= MINUTES_MAX;
  const send = async () => {
    if (chosen.length === 0 || !areMinutes) return null;
    const body = {
      personId,
      of: { day, starts },
      how,
      minutesEach,
      people: chosen.map((each) => each.personId),
      despiteRules: chosen.some(({ may }) => may === "rules"),
      note,
    };
    const told = { said: text.asked(chosen.length), offline: all.failures.network, isUndoable: true };
    return change("covers.create", { body }, told);
  };
  const turn = (id: string) => setTurned(turned.symmetricDifference(new Set([id])));
  return (
    <Sheet
      title={text.title(name, `${format.dayShort(dayOfText(day) ?? 0)} ${starts}`)}
      submit={chosen.length === 0 ? text.askNobody : text.ask(chosen.length)}
      onSubmit={send}
      onClose={onClose}
    >
      {(_, isTried) => (
        <>
          <Answered asked={asked}>{({ items }) => <Candidates items={items} turned={turned} onTurn={turn} />}</Answered>
          {isTried && chosen.length === 0 && (
            <p role="alert" className={styles.bad}>
              {text.choose}
            </p>
          )}
          <FieldRow>
            <Choice
              label={text.how}
              value={how}
              options={[
                { value: "in-order", label: text.inOrder },
                { value: "at-once", label: text.atOnce },
              ]}
              onChange={(value) => setHow(value === "at-once" ? "at-once" : "in-order")}
            />
            <TextInput
              label={text.minutes}
              value={minutes}
              inputMode="numeric"
              onChange={setMinutes}
              {...(isTried && !areMinutes ? { error: text.minutesWrong } : {})}
            />
          </FieldRow>
          <TextArea label={text.note} value={note} maxLength={NOTE_MAX} onChange={setNote} />
        </>
      )}
    </Sheet>
  );
}

/** Who fits is asked unless taken out; of whom a rule would not hold only who is chosen. */
const isChosen = ({ may, personId }: Candidate, turned: ReadonlySet<string>): boolean =>
  may !== "no" && (may === "ask") !== turned.has(personId);

function Candidates(props: {
  readonly items: readonly Candidate[];
  readonly turned: ReadonlySet<string>;
  readonly onTurn: (personId: string) => void;
}) {
  const { items, turned, onTurn } = props;
  const { cover: text } = useExchangeWords();
  const { format } = useLanguage();
  const able = items.filter(({ may }) => may !== "no");
  const unable = items.filter(({ may }) => may === "no");
  return (
    <section aria-label={text.who} className={styles.candidates}>
      {able.length === 0 && <p>{text.nobody}</p>}
      <ol>
        {able.map((each) => (
          <li key={each.personId} data-rules={each.may === "rules" || undefined}>
            <Checkbox isSelected={isChosen(each, turned)} onChange={() => onTurn(each.personId)}>
              <b>{each.name}</b>
            </Checkbox>
            <small>
              {[
                ...each.reasons.slice(0, FACTS_SHOWN).map(wordsOfObjection),
                text.over(each.overMinutes),
                ...(each.restMinutes === null ? [] : [text.rest(format.duration(each.restMinutes))]),
              ].join(" · ")}
            </small>
            {each.against.slice(0, FACTS_SHOWN).map((fact) => (
              <small key={fact.sentence} className={styles.bad}>
                {wordsOfObjection(fact)}
              </small>
            ))}
          </li>
        ))}
      </ol>
      {unable.length > 0 && (
        <details open={able.length === 0}>
          <summary>{text.cannot(unable.length)}</summary>
          <ul>
            {unable.map(({ personId, name, against }) => (
              <li key={personId}>
                <b>{name}</b>
                <small>{against[0] === undefined ? "" : wordsOfObjection(against[0])}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
