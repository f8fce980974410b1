/** Words that are the same in English and in German, or are names and signs. */
const SAME_IN_GERMAN = new Set([
  ".ics",
  "Agenda",
  "Breaks",
  "CSV",
  "Demo",
  "Esc",
  "Fairness",
  "HEIC (iPhone)",
  "Hourwright",
  "JPEG",
  "Name",
  "Organisation",
  "PDF",
  "PNG",
  "Pool",
  "Pools",
  "Position",
  "Team",
  "Teams",
  "Text",
  "WebP",
]);
/** What says nothing of its own: signs, minutes, keys of one letter, and what it is given. */
const ONLY_GIVEN = /^([^\p{L}]*|⇧?[A-Z]|\d+ (min|[kM]B)|overlap, \d\. \d)$/u;

/** Whether words may be the same in English and German. */
export function isTheSame(said: string): boolean {
  return SAME_IN_GERMAN.has(said) || ONLY_GIVEN.test(said);
}
