import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./exchange-de.ts";
import { en, type ExchangeWords } from "./exchange-en.ts";

const LANGUAGES = { en, de };

/** The words of shifts that change hands, in the language on the page. */
export const useExchangeWords = (): ExchangeWords => useWordsOf(LANGUAGES);
