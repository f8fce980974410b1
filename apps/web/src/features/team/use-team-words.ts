import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./words-de.ts";
import { en, type TeamWords } from "./words-en.ts";

const LANGUAGES = { en, de };

/** The words of this place in the language on the page. */
export const useTeamWords = (): TeamWords => useWordsOf(LANGUAGES);
