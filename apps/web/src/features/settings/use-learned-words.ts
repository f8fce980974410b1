import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./learned-words-de.ts";
import { en, type LearnedWords } from "./learned-words-en.ts";

const LANGUAGES = { en, de };

/** The words of what was learned, in the language on the page. */
export const useLearnedWords = (): LearnedWords => useWordsOf(LANGUAGES);
