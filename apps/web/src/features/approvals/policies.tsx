import { useState } from "react";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { directoryStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Rows, Section, Sheet, What } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import styles from "./approvals.module.css";
import {
  AT_DEADLINE,
  formOf,
  NEW_STEP,
  STEPS_MAX,
  stepOf,
  WHO,
  wrongWithStep,
  type AtDeadline,
  type Policy,
  type StepForm,
  type WhoChoice,
} from "./policy-form.ts";
import type { ApprovalWords } from "./words-en.ts";
import { useApprovalWords } from "./use-approval-words.ts";

/** How each kind of request is approved: for who runs the organisation. */
export function Policies() {
  const { policies: text, sections } = useApprovalWords();
  const { words } = useOfficeLanguage();
  const asked = useAsked("approvalPolicies.list", { query: {} });
  const [open, setOpen] = useState<Policy | null>(null);
  const reset = ({ kind, name, version }: Policy) =>
    void changeOrSay(
      "approvalPolicies.remove",
      { params: { kind }, ifMatch: version },
      { said: text.wasReset(nameOf(kind, name, text)), offline: words.failures.network, isUndoable: true },
    );
  return (
    <Section title={sections.policies} intro={text.intro}>
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={sections.policies} empty={text.empty}>
            {(policy) => {
              const name = nameOf(policy.kind, policy.name, text);
              return (
                <li key={policy.kind} className={section.row}>
                  <What name={name} more={summaryOf(policy, text)} />
                  {policy.isDefault && <span className={section.mark}>{text.asGiven}</span>}
                  {!policy.isDefault && (
                    <Button size="small" aria-label={text.resetOf(name)} onPress={() => reset(policy)}>
                      {text.reset}
                    </Button>
                  )}
                  {formOf(policy) !== null && (
                    <Button size="small" aria-label={words.settings.edit(name)} onPress={() => setOpen(policy)}>
                      {words.settings.change}
                    </Button>
                  )}
                </li>
              );
            }}
          </Rows>
        )}
      </Answered>
      {open !== null && <PolicySheet policy={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

type Text = ApprovalWords["policies"];

const nameOf = (kind: string, name: string, text: Text): string =>
  kind === "adjustment" ? text.kinds.adjustment : name;

function summaryOf(policy: Policy, text: Text): string[] {
  const steps = formOf(policy);
  if (steps === null) return [text.byProgram];
  const names = new Map(policy.people.map(({ id, name }) => [id, name]));
  return steps.map(({ who, people, quorum }) => {
    const whom = who === "people" ? text.named(people.map((id) => names.get(id) ?? "")) : text.who[who];
    return text.summary(whom, Number(quorum));
  });
}

function PolicySheet({ policy, onClose }: { readonly policy: Policy; readonly onClose: () => void }) {
  const { policies: text } = useApprovalWords();
  const { words } = useOfficeLanguage();
  const [steps, setSteps] = useState<readonly StepForm[]>(formOf(policy) ?? [NEW_STEP]);
  const [selfApproval, setSelfApproval] = useState(policy.selfApproval ?? "refused");
  const name = nameOf(policy.kind, policy.name, text);
  const save = async () => {
    if (steps.some((step) => wrongWithStep(step) !== null)) return null;
    const body = { steps: steps.map(stepOf), selfApproval, requester: policy.requester };
    const call = { params: { kind: policy.kind }, body, ifMatch: policy.version };
    return change("approvalPolicies.put", call, {
      said: text.saved(name),
      offline: words.failures.network,
      isUndoable: true,
    });
  };
  return (
    <Sheet title={words.settings.edit(name)} submit={words.settings.save} onSubmit={save} onClose={onClose}>
      {(_refused, isTried) => (
        <>
          {steps.map((step, n) => (
            <StepFields
              // Steps have no name but their place.
              // oxlint-disable-next-line react/no-array-index-key
              key={n}
              n={n}
              step={step}
              isTried={isTried}
              onChange={(changed) => setSteps((before) => before.with(n, changed))}
              {...(steps.length > 1 && {
                onRemove: () => setSteps((before) => before.filter((_, index) => index !== n)),
              })}
            />
          ))}
          {steps.length < STEPS_MAX && (
            <Button onPress={() => setSteps((before) => [...before, NEW_STEP])}>{text.addStep}</Button>
          )}
          <Choice
            label={text.self}
            value={selfApproval}
            options={(["refused", "only", "allowed"] as const).map((value) => ({ value, label: text.selfs[value] }))}
            onChange={(value) => setSelfApproval(value as typeof selfApproval)}
          />
        </>
      )}
    </Sheet>
  );
}

function StepFields(props: {
  readonly n: number;
  readonly step: StepForm;
  readonly isTried: boolean;
  readonly onChange: (step: StepForm) => void;
  readonly onRemove?: () => void;
}) {
  const { n, step, isTried, onChange, onRemove } = props;
  const { policies: text, chain } = useApprovalWords();
  const wrong = isTried ? wrongWithStep(step) : null;
  const title = chain.step(n + 1);
  return (
    <fieldset className={`${section.card} ${styles.step}`}>
      <legend>{title}</legend>
      <Choice
        label={text.asks}
        value={step.who}
        isFirst={n === 0}
        options={WHO.map((value) => ({ value, label: text.who[value] }))}
        onChange={(value) => onChange({ ...step, who: value as WhoChoice })}
      />
      {step.who === "people" && (
        <People
          ids={step.people}
          onChange={(people) => onChange({ ...step, people })}
          {...(wrong === "people" ? { error: text.needsPeople } : {})}
        />
      )}
      <FieldRow>
        <TextInput
          label={text.quorum}
          value={step.quorum}
          inputMode="numeric"
          maxLength={2}
          onChange={(quorum) => onChange({ ...step, quorum })}
          {...(wrong === "quorum" ? { error: text.needsQuorum } : {})}
        />
        <TextInput
          label={text.hours}
          value={step.hours}
          inputMode="numeric"
          maxLength={4}
          onChange={(hours) => onChange({ ...step, hours })}
          {...(wrong === "hours" ? { error: text.needsHours } : {})}
        />
      </FieldRow>
      {step.hours.trim() !== "" && (
        <Choice
          label={text.atDeadline}
          value={step.atDeadline}
          options={AT_DEADLINE.map((value) => ({ value, label: text.deadlines[value] }))}
          onChange={(value) => onChange({ ...step, atDeadline: value as AtDeadline })}
        />
      )}
      {onRemove !== undefined && (
        <Button kind="quiet" size="small" aria-label={text.removeStepOf(title)} onPress={onRemove}>
          {text.removeStep}
        </Button>
      )}
    </fieldset>
  );
}

/** People by name, one after the other. */
function People(props: {
  readonly ids: readonly string[];
  readonly error?: string;
  readonly onChange: (ids: readonly string[]) => void;
}) {
  const { ids, error, onChange } = props;
  const { policies: text, deputies } = useApprovalWords();
  const { people, names } = useStore(directoryStore, ({ directory }) => directory);
  // Who cannot sign in could not answer.
  const others = people.filter(({ id, role }) => role !== null && !ids.includes(id));
  return (
    <>
      {ids.length > 0 && (
        <ul className={styles.names}>
          {ids.map((id) => {
            const name = names.get(id) ?? "";
            return (
              <li key={id}>
                {name}
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={deputies.removeOf(name)}
                  onPress={() => onChange(ids.filter((each) => each !== id))}
                >
                  ✕
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <Choice
        label={text.addPerson}
        value=""
        options={[{ value: "", label: deputies.choose }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(id) => id !== "" && onChange([...ids, id])}
        {...(error === undefined ? {} : { error })}
      />
    </>
  );
}
