import { useWordsOf } from "../messages/index.tsx";
import { de } from "./keys-words-de.ts";
import { en, type KeyWords } from "./keys-words-en.ts";

const LANGUAGES = { en, de };

/** What the keys do, in the language on the page. */
export const useKeyWords = (): KeyWords => useWordsOf(LANGUAGES);
