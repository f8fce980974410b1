import { useMemo } from "react";
import { useLanguage } from "../../messages/index.tsx";
import { de } from "./figure-words-de.ts";
import { en, type FigureWords } from "./figure-words-en.ts";

const LANGUAGES = { en, de };

/** The words of figures in the language on the page. */
export function useFigureWords(): FigureWords {
  const { locale, format } = useLanguage();
  return useMemo(() => LANGUAGES[locale](format), [locale, format]);
}
