import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./hours-words-de.ts";
import { en, type HoursWords } from "./hours-words-en.ts";

const LANGUAGES = { en, de };

/** The words of opening times in the language on the page: only Settings need them. */
export const useHoursWords = (): HoursWords => useWordsOf(LANGUAGES);
