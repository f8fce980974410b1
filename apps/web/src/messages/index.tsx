import { createContext, use, useEffect, useMemo, type ReactNode } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { sayRefusals } from "../data/api.ts";
import type { Messages } from "./en.ts";
import { createFormats, localeFor, type Formats } from "./format.ts";
import { useShownLanguage, type LanguageName } from "./language.ts";

export type { Messages } from "./en.ts";

type Language = { readonly words: Messages; readonly format: Formats; readonly locale: LanguageName };

const LanguageContext = createContext<Language | null>(null);

/** Words and formats for everything below, with times in `zone`. The controls' own words follow. */
export function LanguageProvider({ zone, children }: { zone: string; children: ReactNode }) {
  const { name, words, refusals } = useShownLanguage();
  const locale = localeFor(name, navigator.languages, zone);
  const language = useMemo(() => {
    const format = createFormats(locale, zone);
    return { words: words(format), format, locale: name };
  }, [name, words, locale, zone]);
  useEffect(() => sayRefusals(refusals(language.format)), [refusals, language]);
  return (
    <I18nProvider locale={locale}>
      <LanguageContext value={language}>{children}</LanguageContext>
    </I18nProvider>
  );
}

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (language === null) throw new Error("no LanguageProvider above");
  return language;
}

/** Words that come with the place that needs them, in the language on the page. `languages` stays the same. */
export function useWordsOf<Words>(languages: Readonly<Record<LanguageName, (format: Formats) => Words>>): Words {
  const { locale, format } = useLanguage();
  return useMemo(() => languages[locale](format), [languages, locale, format]);
}
