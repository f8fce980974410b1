import { useState } from "react";
import type { Answer, Me } from "../../data/api.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Sheet } from "../../shell/section.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import styles from "./team.module.css";
import { useExchangeWords } from "./use-exchange-words.ts";
import { useShiftText } from "./use-shift-text.ts";

type Legs = Answer<"swaps.matches">["pairs"][number]["legs"];

const NOTE_MAX = 500;
const SWAPS_SHOWN = 5;

/** A shift of one's own, by its day and beginning. */
export type OwnShift = { readonly day: string; readonly starts: string; readonly label: string };

/** With whom one's own shift could be swapped: everything offered holds by everybody's rules. */
export function SwapSheet(props: { readonly me: Me; readonly shift: OwnShift; readonly onClose: () => void }) {
  const { me, shift, onClose } = props;
  const { day, starts, label } = shift;
  const { swap: text } = useExchangeWords();
  const { words: all } = useLanguage();
  const { ofLeg } = useShiftText();
  const names = useStore(directoryStore, (store) => store.directory.names);
  const asked = useAsked("swaps.matches", { query: { day, starts } });
  const [chosen, setChosen] = useState("");
  const [note, setNote] = useState("");
  const nameOf = (id: string) => names.get(id) ?? "";
  const offered = asked.status === "ready" ? [...asked.value.pairs, ...asked.value.rings] : [];
  const labelOf = (legs: Legs): string => {
    const [mine, theirs] = legs;
    if (legs.length === 2 && mine !== undefined && theirs !== undefined) {
      const other = mine.from === me.personId ? theirs : mine;
      return text.pair(nameOf(other.from), ofLeg(other));
    }
    return text.ring(legs.map((leg) => text.step(nameOf(leg.from), ofLeg(leg), nameOf(leg.to))).join("; "));
  };
  const send = async () => {
    const found = offered[Number(chosen)];
    if (chosen === "" || found === undefined) return null;
    const legs = found.legs.map(({ from, of, to }) => ({ from, of: { day: of.day, starts: of.starts }, to }));
    return change("swaps.create", { body: { legs, note } }, { said: text.proposed, offline: all.failures.network });
  };
  return (
    <Sheet title={text.title(label)} submit={text.ask} onSubmit={send} onClose={onClose}>
      {(_, isTried) => (
        <>
          {asked.status === "loading" ? (
            <output className={styles.quiet}>{text.looking}</output>
          ) : (
            <Answered asked={asked}>
              {({ isComplete }) => (
                <>
                  {offered.length === 0 ? (
                    <p>{text.none}</p>
                  ) : (
                    <Choice
                      label={text.with}
                      value={chosen}
                      isFirst
                      options={[
                        { value: "", label: "" },
                        ...offered.map(({ legs }, at) => ({ value: String(at), label: labelOf(legs) })),
                      ]}
                      onChange={setChosen}
                      {...(isTried && chosen === "" ? { error: text.choose } : {})}
                    />
                  )}
                  {!isComplete && <p className={styles.quiet}>{text.incomplete}</p>}
                </>
              )}
            </Answered>
          )}
          <TextArea label={text.note} value={note} maxLength={NOTE_MAX} onChange={setNote} />
        </>
      )}
    </Sheet>
  );
}

/** Swaps that one has proposed, and what became of them. */
export function OwnSwaps({ me }: { readonly me: Me }) {
  const { swap: text } = useExchangeWords();
  const { words: all } = useLanguage();
  const { ofLeg } = useShiftText();
  const asked = useAsked("swaps.list", { query: { limit: SWAPS_SHOWN } });
  const items =
    asked.status === "ready" ? asked.value.items.filter(({ proposedBy }) => proposedBy.personId === me.personId) : [];
  if (items.length === 0) return null;
  return (
    <section aria-label={text.mine}>
      <h2>{text.mine}</h2>
      <ul className={styles.days}>
        {items.map(({ id, legs, state, adjustmentState }) => {
          const own = legs.find(({ from }) => from === me.personId);
          const label = own === undefined ? "" : ofLeg(own);
          return (
            <li key={id} style={{ gridTemplateColumns: "minmax(0, 1fr) auto" }}>
              <span>
                {label}
                <small>{adjustmentState === "approved" ? text.approved : text.states[state]}</small>
              </span>
              {state === "asking" && (
                <Button
                  size="small"
                  aria-label={text.withdrawOf(label)}
                  onPress={() =>
                    void changeOrSay(
                      "swaps.withdraw",
                      { params: { id } },
                      { said: text.withdrawn, offline: all.failures.network },
                    )
                  }
                >
                  {text.withdraw}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
