import { addressProblems } from "../problems/addresses.ts";
import { refuserOf } from "../says.ts";

/** What a refusal about private addresses says to do, by its reason. */
export const addressSays = {
  "too-many": {
    most: ({ most }: { readonly most: number }) => `You have ${most} already: take one away first.`,
  },
} as const;

/** Refuses about private addresses for a reason. */
export const refuseAddress = refuserOf(addressProblems, addressSays);
