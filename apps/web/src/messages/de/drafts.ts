/** The words by which changes are kept as a proposal; those of its panel come with it. */
export const drafts = () => ({
  drafts: {
    command: "Vorschläge",
    keep: "Als Vorschlag speichern",
    kept: (title: string) => `Vorgeschlagen: ${title}. Nichts ist verschoben`,
    toward: (title: string, when: string) => `${title} auf ${when}`,
    locked: "Gesperrt: keine Lösung, kein Plan und kein Vorschlag verschiebt ihn",
    key: "stattdessen vorschlagen",
    would: (when: string) => `vorschlagen: ${when}`,
  },
});
