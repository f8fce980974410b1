import { useMemo } from "react";
import { useLanguage } from "../../messages/index.tsx";
import { de } from "./words-de.ts";
import { en, type BookingWords } from "./words-en.ts";

const LANGUAGES = { en, de };

/** The words of this place in the language on the page. */
export function useBookingWords(): BookingWords {
  const { locale, format } = useLanguage();
  return useMemo(() => LANGUAGES[locale](format), [locale, format]);
}
