import type { InAnyLanguage, leagueSays as english } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

/** What refusals about leagues say to do, by reason. */
export const leagueSays = (format: Formats): InAnyLanguage<typeof english> => ({
  "plan-refused": {
    running: () => "Der Plan wird schon berechnet: bitte warten oder ihn abbrechen.",
    others: ({ most }) =>
      `${format.plural(most, { one: "Ein eigener Plan wird", other: "# eigene Pläne werden" })} schon berechnet. Bitte auf einen davon warten.`,
    another: () => "Inzwischen wurde ein anderer Plan verlangt.",
    changed: () => "Die Liga wurde während der Planung geändert: bitte ansehen und noch einmal planen.",
  },
});
