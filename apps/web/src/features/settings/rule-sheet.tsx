import { useState } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import type { Calendar } from "../../data/api.ts";
import { change, type Refusal as Refused } from "../../data/office.ts";
import { printConstraint, printEverybody, printHolder, printParameter } from "../../data/printed-rules.ts";
import {
  useServices,
  useSkills,
  useTeams,
  useTrial,
  type Constraint,
  type NewRule,
  type Parameter,
  type Rule,
  type Named,
  type Skill,
} from "../../data/rules.ts";
import type { Directory } from "../../data/session.ts";
import { Choice, TextInput, type Option } from "../../ui/field.tsx";
import {
  ALL,
  boundsOf,
  endsFirst,
  formOf,
  holderOf,
  isSameRule,
  namingOf,
  numberOf,
  ruleOf,
  WEIGHT_MAX,
  weightOf,
  type RuleForm,
} from "./rule-form.ts";
import { Names } from "./rule-names.tsx";
import { RuleTrial } from "./rule-trial.tsx";
import { useRuleLanguage, type RuleMessages } from "./use-rule-language.ts";
import styles from "./rules.module.css";
import { Sheet, wrongWith } from "../../shell/section.tsx";

/** Sets a rule, or changes one: what it says, whom it holds for, how strictly, with which numbers, and what that would find. */
export function RuleSheet(props: {
  readonly rule: Rule | null;
  readonly constraints: readonly Constraint[];
  /** Those that are set. */
  readonly rules: readonly Rule[];
  readonly directory: Directory;
  readonly onClose: () => void;
}) {
  const { rule, rules, directory, onClose } = props;
  const language = useRuleLanguage();
  const { words } = language;
  const text = words.ruling;
  const { network: offline } = words.failures;
  const settable = props.constraints.filter((each) => each.settable || each.id === rule?.constraintId);
  const [constraint, setConstraint] = useState(() => {
    const isSet = (id: string) => rules.some((each) => each.constraintId === id);
    const known = settable.find(({ id }) => id === (rule?.constraintId ?? FIRST));
    return known !== undefined && (rule !== null || !isSet(FIRST))
      ? known
      : (settable.find(({ id }) => !isSet(id)) ?? settable[0]!);
  });
  const [form, setForm] = useState(() => formOf(constraint, rule));
  const set = (changed: Partial<RuleForm>) => setForm((before) => ({ ...before, ...changed }));
  const wanted = ruleOf(constraint, form);
  const naming = namingOf(constraint, form);
  const same = rules.filter(({ constraintId }) => constraintId === constraint.id);
  const stands = rule === null && same.some((each) => isSameRule(constraint, form, each));
  const trial = useTrial(constraint.judges === "wish" ? null : wanted, rule?.id ?? null);
  const { title, rule: says, kept, broken } = printConstraint(constraint, language);
  const teams = useTeams();
  const services = useServices();
  const skills = useSkills();
  const named = constraint.names;
  const isOfSkills = named?.of === "skills";
  const levels = isOfSkills ? (skills?.find(({ id }) => id === form.namedIds[0])?.levels ?? []) : [];
  const holders = holdersOf(constraint, directory, { teams, services }, words);
  const choose = (id: string) => {
    const chosen = settable.find((each) => each.id === id) ?? constraint;
    const known = holdersOf(chosen, directory, { teams, services }, words);
    const isThere = known.some(({ value }) => value === form.holderId);
    setConstraint(chosen);
    setForm(formOf(chosen, null, isThere ? form.holderId : (known[0]?.value ?? ALL)));
  };
  const save = async () => {
    if (wanted === null || stands) return null;
    if (rule === null)
      return change("rules.create", { body: wanted }, { said: text.added(title), offline, isUndoable });
    const call = { params: { id: rule.id }, body: changesOf(wanted), ifMatch: rule.version };
    return change("rules.update", call, { said: text.changed(title), offline, isUndoable });
  };
  return (
    <Sheet
      title={rule === null ? text.add : text.changeOf(title, printHolder(rule, constraint, language))}
      submit={words.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused) => (
        <>
          {rule === null && (
            <Choice
              label={text.constraint}
              value={constraint.id}
              isFirst
              options={constraintOptions(settable, words)}
              onChange={choose}
            />
          )}
          <div className={styles.says}>
            <p>{says}</p>
            <dl>
              <dt>{text.kept}</dt>
              <dd>{kept}</dd>
              <dt>{text.broken}</dt>
              <dd>{broken}</dd>
            </dl>
          </div>
          {rule === null && (
            <Choice
              label={text.holder}
              value={form.holderId}
              options={holders}
              onChange={(holderId) => set(holderOf(holderId))}
              {...wrongWith(refused, ["planning/rule-stands"], stands ? text.stands : null)}
            />
          )}
          {isOfSkills && rule === null && (
            <SkillChoice skills={skills} chosen={form.namedIds[0] ?? ""} onChange={(id) => set({ namedIds: [id] })} />
          )}
          <Numbers
            constraint={constraint}
            levels={levels}
            form={form}
            refused={refused}
            isFirst={rule !== null}
            onChange={set}
          />
          {named !== null && (named.of === "people" || named.of === "things") && naming !== "not" && (
            <Names
              label={namedLabel(constraint, words)}
              {...(naming === "may" ? { whenNone: text.named.nobody } : {})}
              choices={namesFor(named.of, directory, form.holderId)}
              chosen={form.namedIds}
              onChange={(namedIds) => set({ namedIds })}
            />
          )}
          <Strictness isHard={form.isHard} onChange={(isHard) => set({ isHard })} />
          {!form.isHard && (
            <details className={styles.more} {...(weightOf(form.weight) === null ? { open: true } : {})}>
              <summary>{text.more}</summary>
              <TextInput
                label={text.weight}
                value={form.weight}
                inputMode="decimal"
                maxLength={8}
                hint={text.weightHint(constraint.weight)}
                onChange={(weight) => set({ weight })}
                {...(weightOf(form.weight) === null ? { error: text.weightBounds(WEIGHT_MAX) } : {})}
              />
            </details>
          )}
          <RuleTrial
            trial={trial}
            isMore={same.length > 0}
            without={constraint.judges === "wish" ? text.trial.fromNowOn : text.trial.waits}
          />
        </>
      )}
    </Sheet>
  );
}

const isUndoable = true;
/** What most organisations begin with. */
const FIRST = "lunch";

/** For whom a rule holds stays: another is another rule. */
function changesOf({ isHard, weight, values, namedIds }: NewRule) {
  return {
    ...(namedIds === undefined ? {} : { namedIds }),
    ...(isHard === undefined ? {} : { isHard }),
    ...(weight === undefined ? {} : { weight }),
    ...(values === undefined ? {} : { values }),
  };
}

/** How strict a rule is, with what that means. */
function Strictness({ isHard, onChange }: { readonly isHard: boolean; readonly onChange: (isHard: boolean) => void }) {
  const { words } = useRuleLanguage();
  const text = words.ruling;
  return (
    <RadioGroup
      className={styles.strictness!}
      value={isHard ? "hard" : "soft"}
      onChange={(value) => onChange(value === "hard")}
    >
      <Label className={styles.label}>{text.strictness}</Label>
      {(["hard", "soft"] as const).map((name) => (
        <Radio key={name} value={name} className={styles.radio!}>
          <i aria-hidden="true" />
          <span>
            <b>{words.rules[name]}</b> {name === "hard" ? text.hardMeans : text.softMeans}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

function namedLabel({ id, names }: Constraint, { ruling: { named } }: RuleMessages): string {
  if (id === "fairness" || id === "fairness-times") return named.compared;
  return id === "apart" || id === "together" || id === "rooms" ? named[id] : (names?.says ?? "");
}

/** Which skill a rule needs: that stays, as whom it holds for does. */
function SkillChoice(props: {
  readonly skills: readonly Skill[] | null;
  readonly chosen: string;
  readonly onChange: (id: string) => void;
}) {
  const { skills, chosen, onChange } = props;
  const { words } = useRuleLanguage();
  const text = words.ruling.named;
  if (skills?.length === 0) return <p role="status">{text.noSkills}</p>;
  return (
    <Choice
      label={text.skill}
      value={chosen}
      options={[
        ...(chosen === "" ? [{ value: "", label: "–" }] : []),
        ...(skills ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(id) => id !== "" && onChange(id)}
    />
  );
}

/** Whom or what a rule may name: everybody but whom it holds for. */
const namesFor = (of: "people" | "things", { people, things }: Directory, holderId: string): Directory["people"] =>
  (of === "people" ? people : things).filter(({ id }) => id !== holderId);

/** The numbers of a constraint, each in a field of its unit, with its bounds below. */
function Numbers(props: {
  readonly constraint: Constraint;
  readonly form: RuleForm;
  /** What the levels of the skill are called that it needs; none: they are numbers. */
  readonly levels: readonly string[];
  readonly refused: Refused | null;
  readonly isFirst: boolean;
  readonly onChange: (changed: Partial<RuleForm>) => void;
}) {
  const { constraint, form, levels, refused, isFirst, onChange } = props;
  const { words } = useRuleLanguage();
  if (constraint.parameters.length === 0) return null;
  return (
    <div className={styles.numbers}>
      {constraint.parameters.map((parameter, index) =>
        parameter.unit === "level" && levels.length > 0 ? (
          <Choice
            key={`${constraint.id} ${parameter.name}`}
            label={printParameter(constraint, parameter, { words })}
            value={form.values[parameter.name] ?? ""}
            options={levels.map((name, i) => ({ value: String(i + 1), label: name }))}
            onChange={(text) => onChange({ values: { ...form.values, [parameter.name]: text } })}
          />
        ) : (
          <TextInput
            key={`${constraint.id} ${parameter.name}`}
            label={printParameter(constraint, parameter, { words })}
            value={form.values[parameter.name] ?? ""}
            isFirst={isFirst && index === 0}
            {...(parameter.unit === "time of day"
              ? { type: "time" as const }
              : {
                  inputMode: "decimal" as const,
                  maxLength: 7,
                  hint: words.ruling.bounds[parameter.unit](...boundsOf(parameter)),
                })}
            onChange={(text) => onChange({ values: { ...form.values, [parameter.name]: text } })}
            {...faultOf(parameter, constraint, form, refused, words)}
          />
        ),
      )}
    </div>
  );
}

/** What is wrong with one number: its own bounds, the one before it, or what the server said of it. */
function faultOf(
  parameter: Parameter,
  constraint: Constraint,
  form: RuleForm,
  refused: Refused | null,
  words: RuleMessages,
): { readonly error?: string } {
  const text = words.ruling;
  if (numberOf(form.values[parameter.name] ?? "", parameter) === null)
    return { error: parameter.unit === "time of day" ? text.needsTime : text.outOfBounds(...boundsOf(parameter)) };
  if (parameter.name === "to" && endsFirst(constraint, form)) return { error: text.endsFirst };
  return refused?.sentence.includes(parameter.says) === true ? wrongWith(refused, ["planning/rule-invalid"]) : {};
}

const GROUPS = {
  amounts: ["day-hours", "day-share", "day-times", "in-a-row", "focus", "lunch", "week-hours", "week-times"],
  shares: ["fairness", "fairness-times"],
  gaps: ["buffer", "rest", "travel"],
  singles: [
    "outside",
    "holiday",
    "hours",
    "preferred-hours",
    "notice",
    "window",
    "capacity",
    "apart",
    "together",
    "rooms",
    "skills",
  ],
} as const;

/** What rules can be made of, in groups; what the page does not know comes last. */
function constraintOptions(settable: readonly Constraint[], words: RuleMessages): Option[] {
  const { groups } = words.ruling;
  const grouped = (["amounts", "shares", "gaps", "singles"] as const).flatMap((group) =>
    settable
      .filter(({ id }) => (GROUPS[group] as readonly string[]).includes(id))
      .map((constraint) => optionOf(constraint, groups[group], words)),
  );
  const known = new Set(grouped.map(({ value }) => value));
  const others = settable.filter(({ id }) => !known.has(id));
  return [...grouped, ...others.map((constraint) => optionOf(constraint, groups.others, words))];
}

function optionOf(constraint: Constraint, group: string, words: RuleMessages): Option {
  return { value: constraint.id, label: printConstraint(constraint, { words }).title, group };
}

/** Calendars by name; those of one name with whose they are. */
function calendarOptions(calendars: readonly Calendar[], { ruling }: RuleMessages): Option[] {
  const byName = Map.groupBy(calendars, ({ name }) => name);
  return calendars
    .map(({ id, name, ownerName }) => ({
      value: id,
      label: byName.get(name)!.length > 1 && ownerName !== null ? ruling.calendarOf(name, ownerName) : name,
      group: ruling.calendars,
    }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** Whom a rule of a constraint may hold for: the organisation, and each whose time it concerns. */
function holdersOf(
  { scopes, concerns }: Constraint,
  { people, things, calendars }: Directory,
  { teams, services }: { readonly teams: readonly Named[]; readonly services: readonly Named[] },
  words: RuleMessages,
): Option[] {
  const [isOfPeople, isOfThings] = [concerns.includes("people"), concerns.includes("things")];
  const each = (group: string, list: Directory["people"]): Option[] =>
    list.map(({ id, name }) => ({ value: id, label: name, group }));
  const { sections } = words.settings;
  const isEach = scopes.includes("person");
  return [
    ...(scopes.includes("organisation") ? [{ value: ALL, label: printEverybody(concerns, { words }) }] : []),
    ...(scopes.includes("team") && isOfPeople
      ? teams.map(({ id, name }) => ({ value: id, label: name, group: words.ruling.teams }))
      : []),
    ...(isEach && isOfPeople
      ? each(
          sections.people,
          people.filter(({ kind }) => kind === "person"),
        )
      : []),
    ...(isEach && isOfThings ? each(sections.things, things) : []),
    ...(scopes.includes("calendar") ? calendarOptions([...calendars.values()], words) : []),
    ...(scopes.includes("service")
      ? services.map(({ id, name }) => ({ value: id, label: name, group: words.ruling.services }))
      : []),
  ];
}
