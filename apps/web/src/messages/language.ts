import { useSyncExternalStore } from "react";
import { en, type Messages } from "./en.ts";
import type { Formats } from "./format.ts";
import type { Refusals } from "./refusals.ts";

type Words = (format: Formats) => Messages;

/** The languages of the page: what each is called in itself, and its words. All but English come when they are read. */
export const LANGUAGES = {
  en: {
    ownName: "English",
    load: (): Promise<Words> => Promise.resolve(en),
    /** As the server says them. */
    loadRefusals: (): Promise<Refusals> => Promise.resolve(() => () => null),
  },
  de: {
    ownName: "Deutsch",
    load: async (): Promise<Words> => (await import("./de.ts")).de,
    loadRefusals: async (): Promise<Refusals> => (await import("./de/refusals.ts")).refusals,
  },
} as const;

export type LanguageName = keyof typeof LANGUAGES;
export type LanguageChoice = "system" | LanguageName;

export const LANGUAGE_NAMES = Object.keys(LANGUAGES).filter(isLanguageName);

const KEY = "hourwright.language";
/** So long the first paint waits for words that are loaded; then it is English until they are there. */
const FIRST_WORDS_WAIT_MS = 2_000;

type Shown = { readonly name: LanguageName; readonly words: Words; readonly refusals: Refusals };
let shown: Shown = { name: "en", words: en, refusals: () => () => null };
let turns = 0;
const listeners = new Set<() => void>();

/** The language on the page and its words. */
export function useShownLanguage(): Shown {
  return useSyncExternalStore(subscribe, () => shown);
}

export function languageChoice(): LanguageChoice {
  const kept = localStorage.getItem(KEY) ?? "";
  return isLanguageName(kept) ? kept : "system";
}

/** Shows and keeps another language, with everything left where it is. False: its words could not be loaded, and nothing has changed. */
export async function chooseLanguage(choice: LanguageChoice): Promise<boolean> {
  return show(nameOf(choice), () => {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  });
}

/** Brings the words of the reader's language; called once before the first paint. English where they cannot be loaded. */
export async function startLanguage(): Promise<void> {
  addEventListener("languagechange", () => void show(nameOf(languageChoice())));
  const waited = new Promise((resolve) => setTimeout(resolve, FIRST_WORDS_WAIT_MS));
  await Promise.race([show(nameOf(languageChoice())), waited]);
}

/** The first of the browser's languages that the page speaks; English when it speaks none of them. */
export function spokenOf(browserLanguages: readonly string[]): LanguageName {
  return browserLanguages.map(baseOf).find(isLanguageName) ?? "en";
}

/** "de" of "de-AT". */
export function baseOf(tag: string): string {
  return tag.split("-")[0]!.toLowerCase();
}

function nameOf(choice: LanguageChoice): LanguageName {
  return choice === "system" ? spokenOf(navigator.languages) : choice;
}

/** What was asked for last is what stays, however long the words of others take. */
async function show(name: LanguageName, keep: () => void = () => {}): Promise<boolean> {
  const turn = ++turns;
  let words: Words;
  let refusals: Refusals;
  try {
    [words, refusals] = await Promise.all([LANGUAGES[name].load(), LANGUAGES[name].loadRefusals()]);
  } catch {
    return false; // No connection, or the server has another version by now.
  }
  if (turn !== turns) return true;
  keep();
  shown = { name, words, refusals };
  document.documentElement.lang = name;
  for (const listener of listeners) listener();
  return true;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isLanguageName(name: string): name is LanguageName {
  return Object.hasOwn(LANGUAGES, name);
}
