import { useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";

const KEY = "hourwright.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function themeChoice(): ThemeChoice {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  show();
}

/** The theme that is on, `light` or `dark`; follows the system until one is chosen. */
export function useTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, current);
}

/** Puts the theme on the page; called once before the first paint. */
export function startTheme(): void {
  show();
  dark.addEventListener("change", show);
  // Paper is light whatever the screen is. Before everything else that listens, so that it is drawn in these colours.
  addEventListener("beforeprint", () => (document.documentElement.dataset["theme"] = "light"));
  addEventListener("afterprint", show);
}

function current(): "light" | "dark" {
  const choice = themeChoice();
  if (choice !== "system") return choice;
  return dark.matches ? "dark" : "light";
}

function show(): void {
  document.documentElement.dataset["theme"] = current();
  // What the system draws around an installed page goes with its header, also where another theme than the system's was chosen.
  const surface = getComputedStyle(document.documentElement).getPropertyValue("--surface");
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.content = surface;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
