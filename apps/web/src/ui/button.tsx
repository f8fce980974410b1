import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { printedFor, useKeyChoice } from "./keys.ts";
import styles from "./button.module.css";

export type ButtonProps = Omit<AriaButtonProps, "className" | "style"> & {
  readonly kind?: "plain" | "primary" | "warn" | "quiet";
  readonly size?: "normal" | "small" | "icon";
};

/** Every button of the product. `kind` warn is for what needs action, never for destroying. */
export function Button({ kind = "plain", size = "normal", ...rest }: ButtonProps) {
  const names = [styles.button, kind === "plain" ? "" : styles[kind], size === "normal" ? "" : styles[size]];
  return <AriaButton {...rest} className={names.filter(Boolean).join(" ")} />;
}

/** A key, printed beside what it does as this person presses it: by the style sheet, so that it is no part of any name. */
export function Key({ children }: { children: string }) {
  const printed = printedFor(useKeyChoice(), children);
  return printed === null ? null : <kbd className={styles.key} data-key={printed} aria-hidden="true" />;
}
