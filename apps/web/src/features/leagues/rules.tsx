import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useOfficeLanguage } from "../../messages/office.ts";
import {
  newRule,
  RULE_KINDS,
  ruleOf,
  RULES_MAX,
  type LeagueForm as Form,
  type Rule,
  type RuleKind,
  type RuleLine,
} from "./form.ts";
import styles from "./leagues.module.css";
import { useFormWords } from "./use-form-words.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** Rules that name teams; those of a new league have no names yet. */
const ABOUT_TEAMS: ReadonlySet<RuleKind> = new Set(["unavailable", "meet", "home-together"]);
const ROUNDS_MAX = 46;
const ALL = "";

/** What must hold in a league, and what is wished for with its weight. */
export function Rules(props: {
  readonly form: Form;
  readonly today: string;
  readonly onChange: (rules: readonly RuleLine[]) => void;
}) {
  const { form, today, onChange } = props;
  const text = useFormWords();
  const teams = form.teams.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }]));
  const kinds = RULE_KINDS.filter((kind) => teams.length >= 2 || !ABOUT_TEAMS.has(kind));
  const put = (at: number, rule: Rule) =>
    onChange(form.rules.map((each, index) => (index === at ? { ...each, rule } : each)));
  const begin = (kind: RuleKind) => ruleOf(kind, { teams: teams.map(({ id }) => id), today });
  return (
    <fieldset>
      <legend>{text.rules}</legend>
      <p className={styles.quiet}>{teams.length < 2 ? text.rulesLater : text.rulesHint}</p>
      {form.rules.map(({ key, rule }, at) => (
        <div key={key} className={styles.rule} role="group" aria-label={text.rule(at + 1)}>
          <div className={styles.ruleHead}>
            <Choice
              label={text.kind}
              value={rule.kind}
              options={[...new Set([...kinds, rule.kind])].map((kind) => ({ value: kind, label: text.kinds[kind] }))}
              onChange={(kind) => put(at, begin(kind as RuleKind))}
            />
            <Checkbox isSelected={rule.hard ?? false} onChange={(hard) => put(at, { ...rule, hard })}>
              {text.must}
            </Checkbox>
            {rule.hard !== true && (
              <TextInput
                label={text.weight}
                inputMode="numeric"
                value={String(rule.weight ?? 10)}
                onChange={(weight) => put(at, { ...rule, weight: whole(weight, 1, 1_000) })}
              />
            )}
            <Button
              size="icon"
              kind="quiet"
              aria-label={text.removeRule(at + 1)}
              onPress={() => onChange(form.rules.filter((_, index) => index !== at))}
            >
              <Icon name="trash" />
            </Button>
          </div>
          <Fields rule={rule} teams={teams} onChange={(next) => put(at, next)} />
        </div>
      ))}
      {form.rules.length < RULES_MAX && (
        <Button size="small" onPress={() => onChange([...form.rules, newRule(begin("breaks"))])}>
          {text.addRule}
        </Button>
      )}
    </fieldset>
  );
}

/** A number as it is typed: what is none is the least. */
function whole(text: string, least: number, most: number): number {
  const value = Math.trunc(Number(text));
  return Number.isFinite(value) ? Math.max(least, Math.min(most, value)) : least;
}

type NamedTeam = { readonly id: string; readonly name: string };

/** The fields that a rule of this kind has. */
function Fields(props: {
  readonly rule: Rule;
  readonly teams: readonly NamedTeam[];
  readonly onChange: (rule: Rule) => void;
}) {
  const { rule, teams, onChange } = props;
  const text = useFormWords();
  const { format } = useOfficeLanguage();
  const number = (label: string, value: number, put: (value: number) => Rule, most: number, least = 0) => (
    <TextInput
      label={label}
      inputMode="numeric"
      value={String(value)}
      onChange={(typed) => onChange(put(whole(typed, least, most)))}
    />
  );
  const team = (label: string, value: string, put: (id: string) => Rule) => (
    <Choice
      label={label}
      value={value}
      options={teams.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id) => onChange(put(id))}
    />
  );
  const venue = (value: "home" | "away" | "any", put: (venue: "home" | "away" | "any") => Rule) => (
    <Choice
      label={text.where}
      value={value}
      options={(["home", "away", "any"] as const).map((each) => ({ value: each, label: text.venues[each] }))}
      onChange={(each) => onChange(put(each as "home" | "away" | "any"))}
    />
  );
  const who =
    "teams" in rule && teams.length > 0 ? (
      <Who teams={teams} chosen={rule.teams ?? []} onChange={(chosen) => onChange({ ...rule, teams: [...chosen] })} />
    ) : null;
  switch (rule.kind) {
    case "in-a-row":
      return (
        <div className={styles.ruleFields}>
          {number(text.inARow, rule.most, (most) => ({ ...rule, most }), ROUNDS_MAX, 1)}
          {venue(rule.venue, (each) => ({ ...rule, venue: each }))}
          {who}
        </div>
      );
    case "breaks":
    case "breaks-of-all":
    case "home-together":
    case "balance":
      return (
        <div className={styles.ruleFields}>
          {number(
            text.most[rule.kind],
            rule.most,
            (most) => ({ ...rule, most }),
            rule.kind === "balance" ? ROUNDS_MAX : 552,
            rule.kind === "balance" ? 1 : 0,
          )}
          {who}
        </div>
      );
    case "unavailable":
      return (
        <div className={styles.ruleFields}>
          {venue(rule.venue, (each) => ({ ...rule, venue: each }))}
          <TextInput
            label={text.from}
            type="date"
            value={rule.dates[0]?.from ?? ""}
            onChange={(from) =>
              onChange({ ...rule, dates: [spanFrom(from, rule.dates[0]?.until), ...rule.dates.slice(1)] })
            }
          />
          <TextInput
            label={text.until}
            type="date"
            value={rule.dates[0]?.until ?? ""}
            onChange={(until) =>
              onChange({ ...rule, dates: [{ from: rule.dates[0]?.from ?? until, until }, ...rule.dates.slice(1)] })
            }
          />
          {rule.dates.length > 1 && <p className={styles.quiet}>{text.moreDates(rule.dates.length - 1)}</p>}
          {who}
        </div>
      );
    case "meet":
      return (
        <div className={styles.ruleFields}>
          {team(text.one, rule.home, (home) => ({ ...rule, home }))}
          {team(text.other, rule.away, (away) => ({ ...rule, away }))}
          <Choice
            label={text.meets}
            value={rule.meets ? "yes" : "no"}
            options={[
              { value: "yes", label: text.meetsThere },
              { value: "no", label: text.meetsNot },
            ]}
            onChange={(value) => onChange({ ...rule, meets: value === "yes" })}
          />
          <TextInput
            label={text.roundList}
            value={rule.rounds.join(", ")}
            hint={text.roundListHint}
            onChange={(typed) => onChange({ ...rule, rounds: roundsIn(typed) })}
          />
          <Checkbox isSelected={rule.either ?? true} onChange={(either) => onChange({ ...rule, either })}>
            {text.either}
          </Checkbox>
        </div>
      );
    case "return":
      return (
        <div className={styles.ruleFields}>
          {number(text.between, rule.between, (between) => ({ ...rule, between }), ROUNDS_MAX, 1)}
          {who}
        </div>
      );
    case "long-trips":
    case "travel":
      return (
        <div className={styles.ruleFields}>
          {number(text.kilometres, rule.kilometres, (kilometres) => ({ ...rule, kilometres }), 40_000, 1)}
          {rule.kind === "long-trips" && (
            <div className={styles.checks} role="group" aria-label={text.weekdays}>
              {WEEKDAYS.map((weekday) => (
                <Checkbox
                  key={weekday}
                  isSelected={rule.weekdays.includes(weekday)}
                  onChange={(isOn) => {
                    const weekdays = isOn
                      ? [...rule.weekdays, weekday]
                      : rule.weekdays.filter((each) => each !== weekday);
                    if (weekdays.length > 0) onChange({ ...rule, weekdays });
                  }}
                >
                  {format.weekdayShort(weekday)}
                </Checkbox>
              ))}
            </div>
          )}
          {who}
        </div>
      );
  }
}

const spanFrom = (from: string, until: string | undefined) => ({
  from,
  until: until === undefined || until < from ? from : until,
});

function roundsIn(text: string): number[] {
  const rounds = text
    .split(/[^\d]+/)
    .filter((part) => part !== "")
    .map((part) => whole(part, 1, ROUNDS_MAX));
  return rounds.length === 0 ? [1] : [...new Set(rounds)].slice(0, ROUNDS_MAX);
}

/** All teams, or those that are named. */
function Who(props: {
  readonly teams: readonly NamedTeam[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { teams, chosen, onChange } = props;
  const text = useFormWords();
  return (
    <>
      <Choice
        label={text.who}
        value={chosen.length === 0 ? ALL : "some"}
        options={[
          { value: ALL, label: text.everybody },
          { value: "some", label: text.some },
        ]}
        onChange={(value) => onChange(value === ALL ? [] : teams.slice(0, 1).map(({ id }) => id))}
      />
      {chosen.length > 0 && (
        <div className={styles.checks} role="group" aria-label={text.who}>
          {teams.map(({ id, name }) => (
            <Checkbox
              key={id}
              isSelected={chosen.includes(id)}
              onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((each) => each !== id))}
            >
              {name}
            </Checkbox>
          ))}
        </div>
      )}
    </>
  );
}
