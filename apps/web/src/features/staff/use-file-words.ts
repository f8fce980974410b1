import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./file-words-de.ts";
import { en, type FileWords } from "./file-words-en.ts";

const LANGUAGES = { en, de };

/** The words of staff from a file in the language on the page. */
export const useFileWords = (): FileWords => useWordsOf(LANGUAGES);
