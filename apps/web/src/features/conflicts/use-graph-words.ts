import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./graph-words-de.ts";
import { en, type GraphWords } from "./graph-words-en.ts";

const LANGUAGES = { en, de };

/** The words of this place in the language on the page. */
export const useGraphWords = (): GraphWords => useWordsOf(LANGUAGES);
