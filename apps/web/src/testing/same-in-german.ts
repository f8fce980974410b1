/** Words that are the same in English and in German, or are names and signs. */
const SAME_IN_GERMAN = new Set([
  "Agenda",
  "Demo",
  "Esc",
  "Hourwright",
  "Name",
  "Organisation",
  "Pool",
  "Pools",
  "Position",
  "Teams",
]);
/** What says nothing of its own: signs, minutes, keys of one letter, and what it is given. */
const ONLY_GIVEN = /^([^\p{L}]*|⇧?[A-Z]|\d+ min|overlap, \d\. \d)$/u;

/** Whether words may be the same in English and German. */
export function isTheSame(said: string): boolean {
  return SAME_IN_GERMAN.has(said) || ONLY_GIVEN.test(said);
}
