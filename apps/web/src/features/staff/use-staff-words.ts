import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./words-de.ts";
import { en, type StaffWords } from "./words-en.ts";

const LANGUAGES = { en, de };

/** The words of people and contracts in the language on the page. */
export const useStaffWords = (): StaffWords => useWordsOf(LANGUAGES);
