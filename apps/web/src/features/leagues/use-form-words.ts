import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./form-de.ts";
import { en, type FormWords } from "./form-en.ts";

const LANGUAGES = { en, de };

/** The words of the form in which a league is made, in the language on the page. */
export const useFormWords = (): FormWords => useWordsOf(LANGUAGES);
