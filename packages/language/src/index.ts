export type { Difference, LanguageName, Meaning, Part, Reading, Said, Situation, Span, Words } from "./meaning.ts";
export { readDate, type DateReading } from "./read-date.ts";
export { READINGS_MAX, readWords } from "./read-words.ts";
export { READ_UNITS_MAX } from "./tokens.ts";
export { vocabularyOf, type Name, type Vocabulary } from "./vocabulary.ts";
