import { useState } from "react";
import type { Answer, Me } from "../../data/api.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { useApprovalWords } from "./use-approval-words.ts";
import { useTimes } from "./use-times.ts";

type Deputy = Answer<"deputies.list">["items"][number];

/** Who answers for whoever looks while they are away, and for whom they answer. */
export function Deputies({ me }: { readonly me: Me }) {
  const { deputies: text, sections } = useApprovalWords();
  const { words } = useLanguage();
  const [isAdding, setAdding] = useState(false);
  const asked = useAsked("deputies.list", { query: {} });
  const remove = ({ id, deputy }: Deputy) =>
    void changeOrSay(
      "deputies.remove",
      { params: { id } },
      { said: text.removed(deputy.name), offline: words.failures.network, isUndoable: true },
    );
  return (
    <Section
      title={sections.deputies}
      intro={text.intro}
      action={
        <Button kind="primary" onPress={() => setAdding(true)}>
          {text.add}
        </Button>
      }
    >
      <Answered asked={asked}>
        {({ items }) => (
          <>
            <h3>{text.mine}</h3>
            <Rows items={items.filter(({ person }) => person.id === me.personId)} label={text.mine} empty={text.empty}>
              {(deputy) => (
                <DeputyRow key={deputy.id} deputy={deputy} name={deputy.deputy.name}>
                  <Button size="small" aria-label={text.removeOf(deputy.deputy.name)} onPress={() => remove(deputy)}>
                    {text.remove}
                  </Button>
                </DeputyRow>
              )}
            </Rows>
            <h3>{text.theirs}</h3>
            <Rows
              items={items.filter(({ deputy }) => deputy.id === me.personId)}
              label={text.theirs}
              empty={text.theirsEmpty}
            >
              {(deputy) => <DeputyRow key={deputy.id} deputy={deputy} name={deputy.person.name} />}
            </Rows>
          </>
        )}
      </Answered>
      {isAdding && <DeputySheet me={me} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function DeputyRow(props: { readonly deputy: Deputy; readonly name: string; readonly children?: React.ReactNode }) {
  const { deputy, name, children } = props;
  const { deputies: text, chain } = useApprovalWords();
  const { day } = useTimes("UTC");
  const { from, until, isNow } = deputy;
  const period =
    from === null
      ? until === null
        ? text.always
        : text.untilOn(day(until))
      : until === null
        ? text.fromOn(day(from))
        : text.between(day(from), day(until));
  return (
    <li className={section.row}>
      <What name={name} more={[period, deputy.deputy.retired && chain.left]} />
      {!isNow && <span className={section.mark}>{text.notNow}</span>}
      {children}
    </li>
  );
}

function DeputySheet({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const { deputies: text } = useApprovalWords();
  const { words } = useLanguage();
  const people = useStore(directoryStore, ({ directory }) => directory.people);
  const [deputyId, setDeputyId] = useState("");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  // Who cannot sign in could not answer.
  const others = people.filter(({ id, role }) => id !== me.personId && role !== null);
  const endsFirst = from !== "" && until !== "" && until < from;
  const save = async () => {
    if (deputyId === "" || endsFirst) return null;
    const body = { deputyId, from: from === "" ? null : from, until: until === "" ? null : until };
    const name = others.find(({ id }) => id === deputyId)?.name ?? "";
    return change(
      "deputies.create",
      { body },
      { said: text.named(name), offline: words.failures.network, isUndoable: true },
    );
  };
  return (
    <Sheet title={text.add} submit={text.save} onSubmit={save} onClose={onClose}>
      {(refused, isTried) => (
        <>
          <Choice
            label={text.who}
            value={deputyId}
            isFirst
            options={[{ value: "", label: text.choose }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={setDeputyId}
            {...wrongWith(refused, ["approvals/deputy-invalid"], isTried && deputyId === "" ? text.needed : null)}
          />
          <FieldRow>
            <TextInput label={text.from} type="date" value={from} onChange={setFrom} />
            <TextInput
              label={text.until}
              type="date"
              value={until}
              onChange={setUntil}
              {...(endsFirst ? { error: text.endsFirst } : {})}
            />
          </FieldRow>
        </>
      )}
    </Sheet>
  );
}
