import { useWordsOf } from "../messages/index.tsx";
import { de } from "./follow-words-de.ts";
import { en, type FollowWords } from "./follow-words-en.ts";

const LANGUAGES = { en, de };

/** The words of private addresses in the language on the page: Team and leagues need them. */
export const useFollowWords = (): FollowWords => useWordsOf(LANGUAGES);
