import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./words-de.ts";
import { en, type LeagueWords } from "./words-en.ts";

const LANGUAGES = { en, de };

/** The words of leagues in the language on the page. */
export const useLeagueWords = (): LeagueWords => useWordsOf(LANGUAGES);
