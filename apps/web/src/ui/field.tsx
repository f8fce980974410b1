import { useEffect, useId, useRef, type ReactNode } from "react";
import { Checkbox as AriaCheckbox } from "react-aria-components/Checkbox";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { TextField } from "react-aria-components/TextField";
import { Text } from "react-aria-components/Text";
import styles from "./field.module.css";
import { Icon } from "./icon.tsx";

/** A label above one line of text, with what is wrong or helpful below. */
export function TextInput(props: {
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "email" | "password" | "date" | "time";
  readonly hint?: string;
  readonly error?: string;
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  /** Takes the focus when it appears: for what a person came to type. */
  readonly isFirst?: boolean;
  readonly autoComplete?: string;
  readonly maxLength?: number;
  /** Which keys a phone shows. */
  readonly inputMode?: "numeric" | "decimal";
  readonly suggestions?: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  const { label, hint, error, suggestions, isFirst = false, type = "text", autoComplete = "off", ...rest } = props;
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  return (
    <TextField
      {...rest}
      type={type}
      autoComplete={autoComplete}
      // Not "native": that would keep a form from being sent until a refusal of the server is gone.
      validationBehavior="aria"
      isInvalid={error !== undefined}
      className={styles.field!}
    >
      <Label className={styles.label}>{label}</Label>
      <Input ref={input} className={styles.input!} {...(suggestions === undefined ? {} : { list: listId })} />
      {suggestions !== undefined && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion}>{suggestion}</option>
          ))}
        </datalist>
      )}
      {hint !== undefined && error === undefined && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error!}>{error}</FieldError>
    </TextField>
  );
}

/** `group`: the heading under which it stands; those without one come first. */
export type Option = { readonly value: string; readonly label: string; readonly group?: string };

/** A label above one choice of several. */
export function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly isDisabled?: boolean;
  /** Takes the focus when it appears. */
  readonly isFirst?: boolean;
  readonly error?: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, options, isDisabled = false, isFirst = false, error, onChange } = props;
  const id = useId();
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (isFirst) select.current?.focus();
  }, [isFirst]);
  return (
    <div className={styles.field} {...(error === undefined ? {} : { "data-invalid": true })}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        ref={select}
        id={id}
        className={styles.input}
        value={value}
        disabled={isDisabled}
        {...(error === undefined ? {} : { "aria-invalid": true, "aria-describedby": `${id}-error` })}
        onChange={(event) => onChange(event.target.value)}
      >
        {Array.from(
          Map.groupBy(options, ({ group }) => group),
          ([group, grouped]) =>
            group === undefined ? (
              <OptionList key="" options={grouped} />
            ) : (
              <optgroup key={group} label={group}>
                <OptionList options={grouped} />
              </optgroup>
            ),
        )}
      </select>
      {error !== undefined && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  );
}

function OptionList({ options }: { options: readonly Option[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

export function Checkbox(props: {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isSelected: boolean) => void;
}) {
  const { children, ...rest } = props;
  return (
    <AriaCheckbox {...rest} className={styles.check!}>
      <span className={styles.box} aria-hidden="true">
        <Icon name="check" size={12} />
      </span>
      {children}
    </AriaCheckbox>
  );
}

/** Fields side by side; below each other on a phone. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Why something was refused, for everyone to hear. */
export function Refusal({ children }: { children: ReactNode }) {
  return (
    <div className={styles.refusal} role="alert">
      {children}
    </div>
  );
}
