import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./demand-words-de.ts";
import { en, type DemandWords } from "./demand-words-en.ts";

const LANGUAGES = { en, de };

/** The words of demand in the language on the page. */
export const useDemandWords = (): DemandWords => useWordsOf(LANGUAGES);
