import { useEffect, useRef } from "react";
import { keyChoice, meantBy, nameOfKey } from "../ui/keys.ts";

/** Keys by the names they have in the design, whatever this person presses for them: `x`, `Shift+x`, `Mod+z`. Mod is ⌘ or Ctrl. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/**
 * Runs shortcuts wherever the focus is, except where one types or chooses: in fields, and in open dialogs and lists. A key that
 * something nearer has used (`preventDefault`) is left alone.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || isTyping(event) || isPressing(event)) return;
      const run = latest.current[meantBy(keyChoice(), nameOfKey(event)) ?? ""];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Enter and Space on a button or link are that button's or link's; Enter with ⌘ or Ctrl is the page's. */
function isPressing({ key, target, metaKey, ctrlKey }: KeyboardEvent): boolean {
  const isPress = key === " " || (key === "Enter" && !metaKey && !ctrlKey);
  return isPress && target instanceof Element && target.closest("button, a[href], summary") !== null;
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      "input:not([type=radio]), textarea, select, [contenteditable], [role=dialog], [role=listbox], [role=menu]",
    ) !== null
  );
}
