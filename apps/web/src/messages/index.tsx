import { createContext, use, useMemo, type ReactNode } from "react";
import { en, type Messages } from "./en.ts";
import { createFormats, localeFor, type Formats } from "./format.ts";

export type { Messages } from "./en.ts";

type Language = { readonly words: Messages; readonly format: Formats; readonly locale: "en" | "de" };

const LanguageContext = createContext<Language | null>(null);

/** Words and formats for everything below, with times in `zone`. */
export function LanguageProvider({ zone, children }: { zone: string; children: ReactNode }) {
  const language = useMemo(() => {
    const format = createFormats(localeFor(navigator.language, zone), zone);
    return { words: en(format), format, locale: "en" as const };
  }, [zone]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (language === null) throw new Error("no LanguageProvider above");
  return language;
}
