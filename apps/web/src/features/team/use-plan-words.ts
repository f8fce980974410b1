import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./plan-de.ts";
import { en, type PlanWords } from "./plan-en.ts";

const LANGUAGES = { en, de };

/** The words of a draft that is planned, in the language on the page. */
export const usePlanWords = (): PlanWords => useWordsOf(LANGUAGES);
