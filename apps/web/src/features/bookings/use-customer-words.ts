import { useMemo } from "react";
import { useLanguage } from "../../messages/index.tsx";
import { de } from "./customer-words-de.ts";
import { en, type CustomerWords } from "./customer-words-en.ts";

const LANGUAGES = { en, de };

/** The words of customers in the language on the page. */
export function useCustomerWords(): CustomerWords {
  const { locale, format } = useLanguage();
  return useMemo(() => LANGUAGES[locale](format), [locale, format]);
}
