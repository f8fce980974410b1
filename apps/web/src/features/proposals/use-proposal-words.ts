import { useWordsOf } from "../../messages/index.tsx";
import { de } from "./words-de.ts";
import { en, type ProposalWords } from "./words-en.ts";

const LANGUAGES = { en, de };

/** The words of this panel in the language on the page. */
export const useProposalWords = (): ProposalWords => useWordsOf(LANGUAGES);
