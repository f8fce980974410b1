import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./why-words-de.ts";
import { en, type WhyWords } from "./why-words-en.ts";

const LANGUAGES = { en, de };

/** The words of explanations in the language on the page. */
export const useWhyWords = (): WhyWords => useWordsOf(LANGUAGES);
