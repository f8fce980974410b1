import type { addressSays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

/** What refusals about private addresses say to do, by reason. */
export const addressSays = (format: Formats): InAnyLanguage<typeof english> => ({
  "too-many": {
    most: ({ most }) => `Es gibt schon ${format.number(most)}: bitte zuerst eine wegnehmen.`,
  },
});
