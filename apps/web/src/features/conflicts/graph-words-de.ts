import type { GraphWords } from "./graph-words-en.ts";

export const de = (): GraphWords => ({
  label: "Was womit zusammenstößt, nach der Zeit",
  loading: "Konflikte werden gesucht, und wie gut sich jedes verschieben lässt …",
  cut: "Es gibt mehr Konflikte, als sich zeichnen lassen: dies sind die ersten.",
  flexibility: { none: "nichts verschiebt es", some: "eine Lösung verschiebt es", most: "leicht zu verschieben" },
  keys: "Pfeiltasten gehen von Konflikt zu Konflikt, die Eingabetaste öffnet.",
  asTable: "Dasselbe als Tabelle",
  both: (one, other) => `${one} und ${other}`,
  heading: (kinds, severity) => `${kinds}: ${severity}`,
  kept: (kinds) => `${kinds}, bleibt so`,
  columns: { when: "Wann", what: "Was zusammenstößt", kind: "Art", who: "Wessen Zeit" },
});
