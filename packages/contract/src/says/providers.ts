import { providerProblems } from "../problems/providers.ts";
import { refuserOf } from "../says.ts";

/** What a refusal about calendars elsewhere says to do, by its reason. */
export const providerSays = {
  "bad-address": {
    address: () => "It begins with https://, http:// or webcal://, and holds no password.",
  },
  "too-many-feeds": {
    most: ({ most }: { readonly most: number }) => `${most} addresses are subscribed to already.`,
  },
} as const;

/** Refuses about calendars elsewhere for a reason. */
export const refuseProvider = refuserOf(providerProblems, providerSays);
