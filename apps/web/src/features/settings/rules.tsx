import { useState } from "react";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { printConstraint, printHolder, printRule } from "../../data/printed-rules.ts";
import type { Constraint, Rule } from "../../data/rules.ts";
import type { Directory } from "../../data/session.ts";
import { Button } from "../../ui/button.tsx";
import { Plugins } from "./plugins.tsx";
import { RuleSheet } from "./rule-sheet.tsx";
import { Answered, Rows, Section, What } from "../../shell/section.tsx";
import own from "./rules.module.css";
import { useRuleLanguage } from "./use-rule-language.ts";
import styles from "../../shell/section.module.css";

/** What everybody's time has to keep: the rules that are set, each with its numbers in words. */
export function Rules({ mayRule, directory }: { readonly mayRule: boolean; readonly directory: Directory }) {
  const { words } = useRuleLanguage();
  const text = words.ruling;
  const catalogue = useAsked("constraints.list", {});
  const asked = useAsked("rules.list", {});
  const [open, setOpen] = useState<Rule | "new" | null>(null);
  const constraints = catalogue.status === "ready" ? catalogue.value.items : [];
  const close = () => setOpen(null);
  return (
    <Section
      title={words.settings.sections.rules}
      intro={text.intro}
      action={
        mayRule && (
          <Button kind="primary" isDisabled={constraints.length === 0} onPress={() => setOpen("new")}>
            {text.add}
          </Button>
        )
      }
    >
      {!mayRule && <p className={styles.quiet}>{words.settings.mayNot}</p>}
      {catalogue.status === "failed" && <Answered asked={catalogue}>{() => null}</Answered>}
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={words.settings.sections.rules} empty={text.empty}>
            {(rule) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                constraint={constraints.find(({ id }) => id === rule.constraintId) ?? null}
                mayRule={mayRule}
                onChange={() => setOpen(rule)}
              />
            )}
          </Rows>
        )}
      </Answered>
      {mayRule && <Plugins />}
      {open !== null && (
        <RuleSheet
          rule={open === "new" ? null : open}
          constraints={constraints}
          rules={asked.status === "ready" ? asked.value.items : []}
          directory={directory}
          onClose={close}
        />
      )}
    </Section>
  );
}

function RuleRow(props: {
  readonly rule: Rule;
  readonly constraint: Constraint | null;
  readonly mayRule: boolean;
  readonly onChange: () => void;
}) {
  const { rule, constraint, mayRule, onChange } = props;
  const language = useRuleLanguage();
  const { words } = language;
  const text = words.ruling;
  const title = constraint === null ? rule.constraintId : printConstraint(constraint, language).title;
  const whom = printHolder(rule, constraint, language);
  const remove = () =>
    void changeOrSay(
      "rules.remove",
      { params: { id: rule.id }, ifMatch: rule.version },
      { said: text.removed(title), offline: words.failures.network, isUndoable: true },
    );
  return (
    <li className={`${styles.row} ${own.rule}`}>
      <What name={printRule(rule, constraint, language)} more={[title, whom]} />
      <span className={styles.mark} data-tone={rule.isHard ? "bad" : undefined}>
        {rule.isHard ? words.rules.hard : words.rules.soft}
      </span>
      {mayRule && (
        <>
          <Button size="small" aria-label={text.changeOf(title, whom)} onPress={onChange}>
            {words.settings.change}
          </Button>
          <Button size="small" aria-label={text.removeOf(title, whom)} onPress={remove}>
            {text.remove}
          </Button>
        </>
      )}
    </li>
  );
}
