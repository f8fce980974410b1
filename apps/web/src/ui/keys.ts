import { useSyncExternalStore } from "react";

/** Keys of one character that a person may change, by their names: `n`, `Shift+c`. Those with ⌘ or Ctrl stay as they are. */
export const CHANGEABLE = [
  "n",
  "t",
  "g",
  "/",
  "y",
  "w",
  "d",
  "l",
  "m",
  "x",
  "Shift+x",
  "p",
  "[",
  "]",
  "Shift+c",
  "Shift+i",
  "?",
] as const;
export type Changeable = (typeof CHANGEABLE)[number];

/** What a person has chosen: whether keys of one character do anything, and which stand for which. */
export type KeyChoice = {
  readonly areOff: boolean;
  /** The key that is pressed instead, by the name of the one that it stands for. */
  readonly instead: Readonly<Partial<Record<Changeable, string>>>;
};

const KEPT = "hourwright.keys";
const AS_DESIGNED: KeyChoice = { areOff: false, instead: {} };
const listeners = new Set<() => void>();
let choice: KeyChoice | null = null;

/** What was chosen on this device. */
export function keyChoice(): KeyChoice {
  choice ??= readKept(localStorage.getItem(KEPT));
  return choice;
}

/** Keeps a choice on this device, for as long as the browser does. */
export function chooseKeys(next: KeyChoice): void {
  choice = next;
  localStorage.setItem(KEPT, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Gives something another key; what had that key gets the one that was free for it. */
export function changedKey(before: KeyChoice, name: Changeable, pressed: string): KeyChoice {
  const had = CHANGEABLE.find((other) => pressedFor(before, other) === pressed);
  const instead = { ...before.instead, [name]: pressed };
  if (had !== undefined && had !== name) instead[had] = pressedFor(before, name);
  return { ...before, instead };
}

export function useKeyChoice(): KeyChoice {
  return useSyncExternalStore(subscribe, keyChoice);
}

/** The key that is pressed for what `name` names. */
export function pressedFor({ instead }: KeyChoice, name: Changeable): string {
  return instead[name] ?? name;
}

/** How a pressed key is named: `x`, `Shift+x`, `Mod+z`. */
export function nameOfKey(event: Pick<KeyboardEvent, "key" | "shiftKey" | "metaKey" | "ctrlKey">): string {
  const mod = event.metaKey || event.ctrlKey;
  const isLetter = /^[a-z]$/i.test(event.key);
  const key = isLetter ? event.key.toLowerCase() : event.key;
  return `${mod ? "Mod+" : ""}${event.shiftKey && isLetter ? "Shift+" : ""}${key}`;
}

/** What a pressed key stands for, by the names of the design; null when it does nothing. */
export function meantBy({ areOff, instead }: KeyChoice, pressed: string): string | null {
  if (areOff && isCharacter(pressed)) return null;
  const meant = CHANGEABLE.find((name) => instead[name] === pressed);
  if (meant !== undefined) return meant;
  return isChangeable(pressed) && instead[pressed] !== undefined ? null : pressed;
}

/** Whether it is a key of one character, with or without Shift: what speech input and a resting hand press by chance. */
export function isCharacter(pressed: string): boolean {
  return /^\S$/.test(pressed.replace(/^Shift\+/, ""));
}

function isChangeable(name: string): name is Changeable {
  return (CHANGEABLE as readonly string[]).includes(name);
}

/** How a key is printed: `n` as N, `Shift+c` as ⇧C. */
export function printKey(name: string): string {
  return name.startsWith("Shift+") ? `⇧${name.slice("Shift+".length).toUpperCase()}` : name.toUpperCase();
}

/** A printed key as this person presses it; null when it is switched off. What is no key of one character stays. */
export function printedFor(now: KeyChoice, printed: string): string | null {
  const name = printed.startsWith("⇧") ? `Shift+${printed.slice(1).toLowerCase()}` : printed.toLowerCase();
  if (now.areOff && isCharacter(name)) return null;
  return isChangeable(name) ? printKey(pressedFor(now, name)) : printed;
}

/** What was kept may be anything: what is not understood is as designed. */
function readKept(text: string | null): KeyChoice {
  try {
    const kept: unknown = JSON.parse(text ?? "null");
    if (typeof kept !== "object" || kept === null) return AS_DESIGNED;
    const { areOff, instead } = kept as { readonly areOff?: unknown; readonly instead?: unknown };
    const pairs = typeof instead === "object" && instead !== null ? Object.entries(instead) : [];
    return {
      areOff: areOff === true,
      instead: Object.fromEntries(
        pairs.filter(([name, pressed]) => isChangeable(name) && typeof pressed === "string" && isCharacter(pressed)),
      ),
    };
  } catch {
    return AS_DESIGNED;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
