import { leagueProblems } from "../problems/leagues.ts";
import { refuserOf } from "../says.ts";

/** What a refusal about leagues says to do, by its reason. */
export const leagueSays = {
  "plan-refused": {
    running: () => "It is being planned already: wait for that plan, or cancel it.",
    others: ({ most }: { readonly most: number }) =>
      `${most} leagues of yours are being planned already. Wait for one of them.`,
    another: () => "Another plan of the league was asked for meanwhile.",
    changed: () => "The league was changed while it was planned: look at it, and plan it once more.",
  },
} as const;

/** Refuses about leagues for a reason. */
export const refuseLeague = refuserOf(leagueProblems, leagueSays);
