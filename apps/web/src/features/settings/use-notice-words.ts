import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./notice-words-de.ts";
import { en, type NoticeWords } from "./notice-words-en.ts";

const LANGUAGES = { en, de };

/** The words of what one is told by mail, in the language on the page. */
export const useNoticeWords = (): NoticeWords => useWordsOf(LANGUAGES);
