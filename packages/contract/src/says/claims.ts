import { claimProblems } from "../problems/claims.ts";
import { refuserOf } from "../says.ts";

/** Time that stands: `when` as English writes it, from and to by the clocks of its zone: 2027-03-01T07:00. */
type Standing = { readonly when: string; readonly from: string; readonly to: string };

/** Of calendars nothing is told but that it is an event. */
const DUTY_MEETS = { event: "an event", booking: "a booking", duty: "a duty" } as const;

const others = (count: number): string =>
  count === 0 ? "" : `, and so ${count === 1 ? "is one other" : `are ${count} others`}`;

/** What a refusal about time that is taken says to do, by its reason. */
export const claimSays = {
  taken: {
    raced: () => "Somebody has just taken it.",
    /** `name`: null where nobody knows it any more. */
    by: ({ name, when, more }: Standing & { readonly name: string | null; readonly more: number }) =>
      `${name ?? "Somebody"} is taken on ${when}${more > 0 ? ` and ${more} more` : ""}.`,
    "pool-empty": ({ pool }: { readonly pool: string }) => `Nothing belongs to ${pool}.`,
    "pool-asked": ({ pool }: { readonly pool: string }) =>
      `Nothing of ${pool} is free: all of it is asked for already.`,
    pool: ({
      pool,
      name,
      when,
      more,
    }: Standing & { readonly pool: string; readonly name: string; readonly more: number }) =>
      `Nothing of ${pool} is free: ${name} is taken on ${when}${others(more)}.`,
    duty: ({
      shift,
      day,
      name,
      meets,
      label,
      from,
      to,
    }: {
      readonly shift: string;
      readonly day: string;
      readonly name: string;
      readonly meets: keyof typeof DUTY_MEETS;
      readonly label: string | null;
      readonly from: string;
      readonly to: string;
    }) =>
      `${shift} on ${day} meets ${DUTY_MEETS[meets]}${label === null ? "" : ` (${label})`} of ${name} (${from}–${to}).`,
    somebody: () => "Somebody has that time.",
  },
  "too-many-stretches": {
    most: ({ count, most }: { readonly count: number; readonly most: number }) =>
      `It takes ${count} stretches; at most ${most} are possible.`,
  },
  "meets-itself": {
    dates: ({ first, second }: { readonly first: string; readonly second: string }) =>
      `The dates ${first} and ${second} share time.`,
  },
} as const;

/** Refuses time for a reason. */
export const refuseClaim = refuserOf(claimProblems, claimSays);
