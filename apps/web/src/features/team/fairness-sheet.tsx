import { useState } from "react";
import type { Answer } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { dayOfText } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered } from "../../shell/section.tsx";
import { Choice } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import styles from "./team.module.css";
import { usePlanWords } from "./use-plan-words.ts";

type Fairness = Answer<"drafts.fairness">;
type Person = Fairness["people"][number];
const KINDS = ["nights", "weekends", "holidays", "unpopular"] as const;
type Kind = (typeof KINDS)[number];

/** Who bears how many nights, weekends and holidays over a year, beside their fair share; who is furthest off comes first. */
export function FairnessSheet({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { fair: text } = usePlanWords();
  const asked = useAsked("drafts.fairness", { params: { id } });
  return (
    <Modal title={text.title} onClose={onClose}>
      <Answered asked={asked}>{(answer) => <Shares answer={answer} />}</Answered>
    </Modal>
  );
}

function Shares({ answer }: { readonly answer: Fairness }) {
  const { fair: text } = usePlanWords();
  const { format } = useLanguage();
  const { people, from, to } = answer;
  const offered = KINDS.filter((kind) => people.some((person) => person.with[kind] > 0 || person.without[kind] > 0));
  const [chosen, setChosen] = useState<Kind | null>(null);
  const kind = chosen ?? offered[0];
  if (kind === undefined) return <p className={styles.quiet}>{text.nobody}</p>;
  const off = (person: Person) => Math.abs(person.with[kind] - person.fair[kind]);
  const sorted = people.toSorted((one, other) => off(other) - off(one) || one.name.localeCompare(other.name));
  const most = Math.max(1, ...people.map((person) => Math.max(person.with[kind], person.fair[kind])));
  const day = (epochDay: number) => format.date(epochDay);
  const share = (part: number) => `${(100 * part) / most}%`;
  return (
    <div className={styles.preview}>
      <p className={styles.quiet}>{text.text(day(dayOfText(from) ?? 0), day((dayOfText(to) ?? 1) - 1))}</p>
      <Choice
        label={text.kind}
        value={kind}
        isFirst
        options={offered.map((each) => ({ value: each, label: text.kinds[each] }))}
        onChange={(value) => setChosen(KINDS.find((each) => each === value) ?? null)}
      />

      {/* Scrolled by keys as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={styles.shares} aria-label={text.kinds[kind]} tabIndex={0}>
        {sorted.map((person) => {
          const { personId, name, without, fair } = person;
          const rounded = Math.round(fair[kind] * 10) / 10;
          return (
            <li key={personId}>
              <span className={styles.unseen}>
                {text.cell(
                  name,
                  format.number(person.with[kind]),
                  format.number(without[kind]),
                  format.number(rounded),
                )}
              </span>
              <span aria-hidden="true">{name}</span>
              <span aria-hidden="true" className={styles.share}>
                <i style={{ width: share(without[kind]) }} data-is="without" />
                <i style={{ width: share(person.with[kind]) }} data-is="with" />
                <i style={{ insetInlineStart: share(fair[kind]) }} data-is="fair" />
              </span>
              <b aria-hidden="true">
                {format.number(person.with[kind])} <small>/ {format.number(rounded)}</small>
              </b>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
