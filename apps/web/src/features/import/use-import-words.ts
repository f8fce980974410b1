import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./words-de.ts";
import { en, type ImportWords } from "./words-en.ts";

const LANGUAGES = { en, de };

/** The words of importing files, in the language on the page. */
export const useImportWords = (): ImportWords => useWordsOf(LANGUAGES);
