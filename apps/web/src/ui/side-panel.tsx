import { useEffect, useRef, type ReactNode } from "react";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import styles from "./side-panel.module.css";

/**
 * A panel beside a place, on a phone a sheet over it: a title, a way out by button and Escape, and the focus, which comes to it when
 * it opens, and when what had the focus in it has gone; never from elsewhere on the page.
 */
export function SidePanel(props: {
  readonly title: string;
  /** How far it is: from one to the next something of it goes. What was found is read from its top. */
  readonly state: "wishing" | "looking" | "failed" | "found";
  /** Selects what of an answer gets the focus, the first of it; the panel where it is left out, or nothing is there. */
  readonly answers?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { title, state, answers, onClose, children } = props;
  const { words } = useLanguage();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement !== body && activeElement !== panel.current) return;
    const isFound = state === "found";
    const first = isFound && answers !== undefined ? panel.current?.querySelector<HTMLElement>(answers) : null;
    (first ?? panel.current)?.focus({ preventScroll: true });
    if (isFound) panel.current?.scrollTo({ top: 0 });
  }, [state, answers]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- A key that leaves it, as of a dialog.
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.head}>
        <h2>{title}</h2>
        <Button kind="quiet" size="icon" aria-label={words.actions.close} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      {children}
    </aside>
  );
}
