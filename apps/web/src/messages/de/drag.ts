import type { drag as english } from "../en/drag.ts";

export const drag: typeof english = () => ({
  drag: {
    files: ".ics-Dateien zum Importieren hier ablegen",
    timed: (day, times) => `${day}, ${times}`,
    days: (first, last) => `${first} – ${last}`,
    free: "keine Konflikte",
    meets: (title, more) => (more === 0 ? `trifft auf ${title}` : `trifft auf ${title} und ${more} weitere`),
    copy: "kopieren",
    moved: (title, when) => `„${title}“ auf ${when} verschoben`,
    copied: (title, when) => `„${title}“ auf ${when} kopiert`,
    refused: (title) => `„${title}“ kann dort nicht stehen`,
    insist: "Trotzdem verschieben",
    keep: "Am alten Ort lassen",
  },
});
