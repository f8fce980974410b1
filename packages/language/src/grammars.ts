import { german } from "./de.ts";
import { english } from "./en.ts";
import type { Grammar } from "./grammar.ts";
import type { LanguageName } from "./meaning.ts";

const GRAMMARS: Readonly<Record<LanguageName, Grammar>> = { en: english, de: german };

export function grammarOf(language: LanguageName): Grammar {
  return GRAMMARS[language];
}
