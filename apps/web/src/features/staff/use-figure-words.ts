import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./figure-words-de.ts";
import { en, type StaffFigureWords } from "./figure-words-en.ts";

const LANGUAGES = { en, de };

/** The words of figures of staff in the language on the page. */
export const useStaffFigureWords = (): StaffFigureWords => useWordsOf(LANGUAGES);
