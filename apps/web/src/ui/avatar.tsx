import { hueOfName } from "./name-hue.ts";
import styles from "./avatar.module.css";

/** Initials on a colour of their own; decorative, the name stands beside it or in the button's name. */
export function Avatar({ name, isNeutral = false }: { name: string; isNeutral?: boolean }) {
  const style = { "--hue": hueOfName(name), ...(isNeutral ? { "--chroma": 0.02 } : {}) } as React.CSSProperties;
  return (
    <span
      className={styles.avatar}
      style={style}
      data-initials={isNeutral ? name : initialsOf(name)}
      aria-hidden="true"
    />
  );
}

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""]
    .map((part) => (part ?? "").slice(0, 1).toUpperCase())
    .join("");
}
