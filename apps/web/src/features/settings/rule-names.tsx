import { useState } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Icon } from "../../ui/icon.tsx";
import { useRuleLanguage } from "./use-rule-language.ts";
import styles from "./rules.module.css";

/** Listed at once: beyond that one types a part of the name. */
const LISTED_MAX = 80;
/** From so many names on there is a field to search in. */
const SEARCHED_MIN = 8;

/** Whom or what a rule names, each with a tick: what is ticked comes first. */
export function Names(props: {
  readonly label: string;
  /** What it means that nothing is ticked; something has to be where it is left out. */
  readonly whenNone?: string;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}) {
  const { label, whenNone, choices, chosen, onChange } = props;
  const { words } = useRuleLanguage();
  const text = words.ruling.named;
  const [search, setSearch] = useState("");
  const [first] = useState(() => new Set(chosen));
  const wanted = search.trim().toLowerCase();
  const inOrder = [...choices].sort(
    (one, other) => Number(first.has(other.id)) - Number(first.has(one.id)) || one.name.localeCompare(other.name),
  );
  const listed = inOrder.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, LISTED_MAX);
  return (
    <CheckboxGroup
      className={styles.names!}
      value={[...chosen]}
      isInvalid={whenNone === undefined && chosen.length === 0}
      onChange={(ids) => onChange(ids)}
    >
      <div className={styles.namesHead}>
        <Label className={styles.label}>{label}</Label>
        <span aria-live="polite">{text.count(chosen.length)}</span>
      </div>
      {choices.length >= SEARCHED_MIN && (
        <input
          type="search"
          className={styles.search}
          value={search}
          placeholder={text.search}
          aria-label={text.search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <div className={styles.nameList}>
        {listed.map(({ id, name }) => (
          <Checkbox key={id} value={id} className={styles.name!}>
            <span className={styles.box} aria-hidden="true">
              <Icon name="check" size={12} />
            </span>
            {name}
          </Checkbox>
        ))}
        {listed.length === 0 && <p>{text.none}</p>}
      </div>
      {whenNone !== undefined && chosen.length === 0 && <p className={styles.noneMeans}>{whenNone}</p>}
      <FieldError className={styles.missing!}>{text.missing}</FieldError>
    </CheckboxGroup>
  );
}
