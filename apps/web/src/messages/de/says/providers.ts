import type { InAnyLanguage, providerSays as english } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

/** What refusals about calendars elsewhere say to do, by reason. */
export const providerSays = (format: Formats): InAnyLanguage<typeof english> => ({
  "bad-address": {
    address: () => "Sie beginnt mit https://, http:// oder webcal:// und enthält kein Passwort.",
  },
  "too-many-feeds": {
    most: ({ most }) => `Es sind schon ${format.number(most)} Adressen abonniert.`,
  },
});
