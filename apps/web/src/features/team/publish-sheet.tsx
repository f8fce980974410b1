import { useState } from "react";
import { wordsOfObjection } from "../../data/api.ts";
import { change, useAsked } from "../../data/office.ts";
import { dayOfText } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Sheet } from "../../shell/section.tsx";
import { Checkbox } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

const NOTE_MAX = 2_000;
const LINES_MAX = 12;
const PEOPLE_MAX = 400;

/** The one act that publishes: who is told what, what stands in the way, what stays short. */
export function PublishSheet(props: {
  readonly id: string;
  readonly name: string;
  readonly onPublished: () => void;
  readonly onClose: () => void;
}) {
  const { id, name, onPublished, onClose } = props;
  const words = useTeamWords();
  const text = words.publish;
  const { words: all, format } = useLanguage();
  const asked = useAsked("drafts.preview", { params: { id } });
  const [isDespite, setDespite] = useState(false);
  const [note, setNote] = useState("");
  const told = asked.status === "ready" ? asked.value.people.length : 0;
  const send = async () => {
    const call = { params: { id }, body: { despite: isDespite, note } };
    const changed = await change("drafts.publish", call, {
      said: text.done(name),
      offline: all.failures.network,
      isUndoable: true,
    });
    if (changed.refused === null) onPublished();
    return changed;
  };
  return (
    <Sheet title={text.title(name)} submit={text.do(told)} onSubmit={send} onClose={onClose}>
      {() => (
        <Answered asked={asked}>
          {({ people, openShifts, objections, broken, short }) => {
            const sum = (of: "new" | "changed" | "dropped") =>
              people.reduce((all, person) => all + person[of].length, 0);
            const nothing = people.length === 0 && openShifts.length === 0;
            return (
              <div className={styles.preview}>
                <ul className={styles.told}>
                  {nothing && <li>{text.nothing}</li>}
                  {!nothing && <li>{text.sum(people.length)}</li>}
                  {sum("new") > 0 && <li>{text.new(sum("new"))}</li>}
                  {sum("changed") > 0 && <li>{text.changed(sum("changed"))}</li>}
                  {sum("dropped") > 0 && <li>{text.dropped(sum("dropped"))}</li>}
                  {openShifts.length > 0 && <li>{text.open(openShifts.length)}</li>}
                </ul>
                {people.length > 0 && (
                  <details>
                    <summary>{text.messages}</summary>
                    <ul>
                      {people.slice(0, PEOPLE_MAX).map((person) => {
                        const lines = [...person.new, ...person.changed, ...person.dropped];
                        return (
                          <li key={person.personId}>
                            <b>{person.name}</b> {lines.slice(0, LINES_MAX).map(wordsOfObjection).join(" ")}{" "}
                            {lines.length > LINES_MAX && text.more(lines.length - LINES_MAX)}
                          </li>
                        );
                      })}
                    </ul>
                  </details>
                )}
                <Findings title={text.objections} lines={objections.map(wordsOfObjection)} isBad />
                <Findings title={text.broken} lines={broken.map(wordsOfObjection)} />
                {broken.length > 0 && (
                  <Checkbox isSelected={isDespite} onChange={setDespite}>
                    {text.despite}
                  </Checkbox>
                )}
                <Findings
                  title={text.short}
                  lines={short.map(({ site, name: skill, levelMin, day, have, need }) =>
                    text.shortOn(
                      words.coverage.name(site, skill, levelMin),
                      format.dayShort(dayOfText(day) ?? 0),
                      have,
                      need,
                    ),
                  )}
                />
                <TextArea label={text.note} value={note} maxLength={NOTE_MAX} onChange={setNote} />
              </div>
            );
          }}
        </Answered>
      )}
    </Sheet>
  );
}

function Findings(props: { readonly title: string; readonly lines: readonly string[]; readonly isBad?: boolean }) {
  const { title, lines, isBad = false } = props;
  const { publish: text } = useTeamWords();
  const all = [...new Set(lines)];
  if (all.length === 0) return null;
  return (
    <section>
      <b className={isBad ? styles.bad : undefined}>{title}</b>
      <ul className={styles.told}>
        {all.slice(0, LINES_MAX).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {all.length > LINES_MAX && <li className={styles.quiet}>{text.more(all.length - LINES_MAX)}</li>}
      </ul>
    </section>
  );
}
