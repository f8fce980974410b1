/** Words that come with what they are said in. */
export const en = () => ({
  label: "What clashes with what, by time",
  loading: "Looking for conflicts, and how well each thing could move …",
  cut: "There are more conflicts than can be drawn: these are the first.",
  flexibility: { none: "no repair moves it", some: "a repair moves it", most: "moves easily" },
  keys: "Arrow keys go from conflict to conflict, Enter opens one.",
  asTable: "The same as a table",
  both: (one: string, other: string) => `${one} and ${other}`,
  heading: (kinds: string, severity: string) => `${kinds}, ${severity}`,
  kept: (kinds: string) => `${kinds}, kept as it is`,
  columns: { when: "When", what: "What clashes", kind: "Kind", who: "Whose time" },
});

export type GraphWords = ReturnType<typeof en>;
