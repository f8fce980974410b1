import { useMemo } from "react";
import { useLanguage } from "../../messages/index.tsx";
import { de } from "./away-words-de.ts";
import { en, type AwayWords } from "./away-words-en.ts";

const LANGUAGES = { en, de };

/** The words of absences in the language on the page. */
export function useAwayWords(): AwayWords {
  const { locale, format } = useLanguage();
  return useMemo(() => LANGUAGES[locale](format), [locale, format]);
}
