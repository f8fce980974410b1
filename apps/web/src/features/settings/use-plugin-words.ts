import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./plugins-words-de.ts";
import { en, type PluginWords } from "./plugins-words-en.ts";

const LANGUAGES = { en, de };

/** The words of plug-ins, in the language on the page. */
export const usePluginWords = (): PluginWords => useWordsOf(LANGUAGES);
