import { useWordsOf } from "../messages/index.tsx";
import { de } from "./skill-words-de.ts";
import { en, type SkillWords } from "./skill-words-en.ts";

const LANGUAGES = { en, de };

/** The words of skills in the language on the page: Settings and staff need them. */
export const useSkillWords = (): SkillWords => useWordsOf(LANGUAGES);
