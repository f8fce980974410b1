import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./department-words-de.ts";
import { en, type DepartmentWords } from "./department-words-en.ts";

const LANGUAGES = { en, de };

/** The words of departments in the language on the page. */
export const useDepartmentWords = (): DepartmentWords => useWordsOf(LANGUAGES);
