import type { ReactNode } from "react";
import styles from "./wide.module.css";

/** What may be wider than the page: it is moved sideways by itself, by keys too. */
export function Wide({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What moves sideways must be reached by keys.
    <div className={styles.wide} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
