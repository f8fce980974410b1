import type { InAnyLanguage, undoSays as english } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

/** What refusals of an undo say to do, by reason. */
export const undoSays = (format: Formats): InAnyLanguage<typeof english> => ({
  nothing: {
    "too-much": () => "Es hat zu viel geändert, um es in einem Schritt rückgängig zu machen.",
    "no-way-back": () => "Was es geändert hat, lässt sich nicht zurücknehmen.",
    unchanged: () => "Es hat nichts geändert.",
    unknown: () => "Es hat nichts geändert, oder jemand anderes war es.",
    old: ({ days }) =>
      `Was es geändert hat, ist nicht mehr bekannt: Das bleibt ${format.plural(days, { one: "# Tag", other: "# Tage" })}.`,
  },
  "changed-since": {
    raced: () => "Jemand hat es eben geändert; rückgängig zu machen würde diese Änderung verwerfen.",
    changed: ({ name }) => `${name} hat es danach geändert; rückgängig zu machen würde das verwerfen.`,
  },
  "not-yours": {
    author: ({ name }) => `Das kann nur ${name}.`,
  },
});
