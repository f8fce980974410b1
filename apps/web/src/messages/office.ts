import { useMemo } from "react";
import { useLanguage, useWordsOf } from "./index.tsx";
import { de } from "./settings-de.ts";
import { en } from "./settings-en.ts";

const LANGUAGES = { en, de };

/** The language of the page with the words of the settings beside those of every page. */
export function useOfficeLanguage() {
  const language = useLanguage();
  const settings = useWordsOf(LANGUAGES);
  return useMemo(() => ({ ...language, words: { ...language.words, settings } }), [language, settings]);
}
