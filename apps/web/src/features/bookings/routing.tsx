import { useState, type FormEvent } from "react";
import type { Answer } from "../../data/api.ts";
import { change, useAsked, type Refusal as Refused } from "../../data/office.ts";
import type { Directory } from "../../data/session.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import styles from "./bookings.module.css";
import { optionsIn } from "./question-form.ts";
import { slugOf } from "./slug.ts";
import { useBookingWords } from "./use-booking-words.ts";

type Routing = Answer<"bookingPage.readRouting">;
type Question = Routing["questions"][number];
type Rule = Routing["rules"][number];
type Service = Answer<"services.list">["items"][number];
/** Answers as they are written: set apart by commas. */
type Written = { readonly key: string; readonly id: string; readonly label: string; readonly options: string };
type Kept = Rule & { readonly key: string };

const QUESTIONS_MAX = 5;
const RULES_MAX = 50;
const ANY = "";

/** What the public page asks first, and which service each answer leads to. */
export function RoutingPart({
  mayRule,
  directory,
}: {
  readonly mayRule: boolean;
  readonly directory: Directory | null;
}) {
  const { routing: text } = useBookingWords();
  const asked = useAsked("bookingPage.readRouting", {});
  const services = useAsked("services.list", {});
  return (
    <Section title={text.title} intro={text.intro}>
      <Answered asked={services}>
        {({ items }) => (
          <Answered asked={asked}>
            {(routing) => (
              <RoutingForm
                key={JSON.stringify(routing)}
                routing={routing}
                services={items}
                directory={directory}
                mayRule={mayRule}
              />
            )}
          </Answered>
        )}
      </Answered>
    </Section>
  );
}

function RoutingForm(props: {
  readonly routing: Routing;
  readonly services: readonly Service[];
  readonly directory: Directory | null;
  readonly mayRule: boolean;
}) {
  const { routing, services, directory, mayRule } = props;
  const { routing: text } = useBookingWords();
  const { words: all } = useLanguage();
  const [written, setWritten] = useState<readonly Written[]>(() => routing.questions.map(asWritten));
  const [rules, setRules] = useState<readonly Kept[]>(() =>
    routing.rules.map((rule) => ({ ...rule, key: crypto.randomUUID() })),
  );
  const [refused, setRefused] = useState<Refused | null>(null);
  const questions = written.map(asQuestion);
  const first = services[0];
  if (!mayRule || first === undefined)
    return <p className={section.quiet}>{text.count(questions.length, rules.length)}</p>;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { questions, rules: rules.map((rule) => asRule(rule, services)) };
    const saved = await change(
      "bookingPage.putRouting",
      { body },
      { said: text.saved, offline: all.failures.network, isUndoable: true },
    );
    setRefused(saved.refused);
  };
  const newQuestion = () => setWritten([...written, { key: crypto.randomUUID(), id: "", label: "", options: "" }]);
  const newRule = () => setRules([...rules, { key: crypto.randomUUID(), when: [], serviceId: first.id, choose: [] }]);
  return (
    <form className={section.form} onSubmit={(event) => void save(event)}>
      {written.map((each, at) => (
        <fieldset key={each.key} className={styles.role}>
          <legend>{text.question(at + 1)}</legend>
          <FieldRow>
            <TextInput
              label={text.label}
              value={each.label}
              isRequired
              maxLength={200}
              onChange={(label) => setWritten(written.with(at, { ...each, label }))}
            />
            <TextInput
              label={text.answers}
              value={each.options}
              hint={text.answersHint}
              isRequired
              maxLength={1_000}
              onChange={(options) => setWritten(written.with(at, { ...each, options }))}
            />
          </FieldRow>
          <Button size="small" onPress={() => setWritten(written.toSpliced(at, 1))}>
            {text.removeQuestion(at + 1)}
          </Button>
        </fieldset>
      ))}
      {written.length < QUESTIONS_MAX && <Button onPress={newQuestion}>{text.addQuestion}</Button>}
      {rules.map((rule, at) => (
        <RuleFields
          key={rule.key}
          number={at + 1}
          rule={rule}
          questions={questions}
          services={services}
          directory={directory}
          onChange={(changed) => setRules(rules.with(at, { ...changed, key: rule.key }))}
          onRemove={() => setRules(rules.toSpliced(at, 1))}
        />
      ))}
      {written.length > 0 && rules.length < RULES_MAX && <Button onPress={newRule}>{text.addRule}</Button>}
      {refused !== null && <Refusal>{refused.sentence}</Refusal>}
      <Button kind="primary" type="submit">
        {text.save}
      </Button>
    </form>
  );
}

const asWritten = ({ id, label, options }: Question): Written => ({
  key: crypto.randomUUID(),
  id,
  label,
  options: options.join(", "),
});

/** A question that is new is called by what it asks. */
const asQuestion = ({ id, label, options }: Written, at: number): Question => {
  const own = slugOf(label).slice(0, 36).replace(/-$/, "");
  const made = /^[a-z]/.test(own) ? own : `question-${at + 1}`;
  return { id: id === "" ? made : id, label: label.trim(), options: optionsIn(options) };
};

/** Whom the service lets nobody choose any more is left out. */
const asRule = ({ when, serviceId, choose }: Kept, services: readonly Service[]): Rule => {
  const roles = services.find(({ id }) => id === serviceId)?.roles ?? [];
  const choices = new Set(roles.flatMap(({ assign, anyOf }) => (assign === "customer" ? anyOf : [])));
  return { when, serviceId, choose: choose.filter((id) => choices.has(id)) };
};

const nameOf = (directory: Directory | null, id: string): string =>
  [...(directory?.people ?? []), ...(directory?.things ?? [])].find((each) => each.id === id)?.name ?? id;

function RuleFields(props: {
  readonly number: number;
  readonly rule: Rule;
  readonly questions: readonly Question[];
  readonly services: readonly Service[];
  readonly directory: Directory | null;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
}) {
  const { number, rule, questions, services, directory, onChange, onRemove } = props;
  const { routing: text } = useBookingWords();
  const answerOf = (id: string) => rule.when.find(({ question }) => question === id)?.answer ?? ANY;
  const setAnswer = (id: string, answer: string) => {
    const others = rule.when.filter(({ question }) => question !== id);
    onChange({ ...rule, when: answer === ANY ? others : [...others, { question: id, answer }] });
  };
  return (
    <fieldset className={styles.role}>
      <legend>{text.rule(number)}</legend>
      {questions.map(({ id, label, options }) => (
        <Choice
          key={id}
          label={label}
          value={answerOf(id)}
          options={[{ value: ANY, label: text.any }, ...options.map((value) => ({ value, label: value }))]}
          onChange={(answer) => setAnswer(id, answer)}
        />
      ))}
      <Choice
        label={text.leadsTo}
        value={rule.serviceId}
        options={services.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(serviceId) => onChange({ ...rule, serviceId, choose: [] })}
      />
      {services
        .filter(({ id }) => id === rule.serviceId)
        .flatMap(({ roles }) => roles)
        .filter(({ assign }) => assign === "customer")
        .map(({ name, anyOf }) => (
          <Choice
            key={name}
            label={text.whom(name)}
            value={rule.choose.find((id) => anyOf.includes(id)) ?? ANY}
            options={[
              { value: ANY, label: text.anybody },
              ...anyOf.map((value) => ({ value, label: nameOf(directory, value) })),
            ]}
            onChange={(id) => {
              const others = rule.choose.filter((each) => !anyOf.includes(each));
              onChange({ ...rule, choose: id === ANY ? others : [...others, id] });
            }}
          />
        ))}
      <Button size="small" onPress={onRemove}>
        {text.removeRule(number)}
      </Button>
    </fieldset>
  );
}
