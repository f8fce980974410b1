import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./customer-words-de.ts";
import { en, type CustomerWords } from "./customer-words-en.ts";

const LANGUAGES = { en, de };

/** The words of customers in the language on the page. */
export const useCustomerWords = (): CustomerWords => useWordsOf(LANGUAGES);
