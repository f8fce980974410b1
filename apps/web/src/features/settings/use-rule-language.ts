import { useMemo } from "react";
import { useWordsOf } from "../../messages/index.tsx";
import { useOfficeLanguage } from "../../messages/office.ts";
import { de } from "./rule-words-de.ts";
import { en } from "./rule-words-en.ts";

const LANGUAGES = { en, de };

/** The language of the settings with the words by which rules are set. */
export function useRuleLanguage() {
  const language = useOfficeLanguage();
  const ruling = useWordsOf(LANGUAGES);
  return useMemo(() => ({ ...language, words: { ...language.words, ruling } }), [language, ruling]);
}

export type RuleMessages = ReturnType<typeof useRuleLanguage>["words"];
