import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./directory-words-de.ts";
import { en, type DirectoryWords } from "./directory-words-en.ts";

const LANGUAGES = { en, de };

/** The words of directories that keep people, in the language on the page. */
export const useDirectoryWords = (): DirectoryWords => useWordsOf(LANGUAGES);
