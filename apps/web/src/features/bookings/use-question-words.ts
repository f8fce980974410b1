import { useMemo } from "react";
import { useLanguage } from "../../messages/index.tsx";
import { de } from "./question-words-de.ts";
import { en, type QuestionWords } from "./question-words-en.ts";

const LANGUAGES = { en, de };

/** The words of questions in the language on the page. */
export function useQuestionWords(): QuestionWords {
  const { locale, format } = useLanguage();
  return useMemo(() => LANGUAGES[locale](format), [locale, format]);
}
