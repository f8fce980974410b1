import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea as Area } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";
import styles from "./field.module.css";

/** A label above a text of several lines. */
export function TextArea(props: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly maxLength: number;
  readonly onChange: (value: string) => void;
}) {
  const { label, hint, ...rest } = props;
  return (
    <TextField {...rest} className={styles.field!}>
      <Label className={styles.label}>{label}</Label>
      <Area rows={3} className={`${styles.input} ${styles.area}`} />
      {hint !== undefined && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
    </TextField>
  );
}
