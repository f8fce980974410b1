import { assert } from "@hourwright/std";
import { SUBJECTS_MAX } from "./question.ts";

/** Somebody who could be given a booking: `weight` above 0, `takenMinutes` in the week of the slot. */
export type Candidate = { readonly subject: string; readonly weight: number; readonly takenMinutes: number };

/** How many bookings somebody is owed (below 0: has had too many). Plain data for the caller to keep. */
export type Credit = { readonly subject: string; readonly credit: number };

/** How one of several is chosen; `last` is who had the customer's last booking, null when nobody. */
export type How =
  | { readonly kind: "round robin" }
  | { readonly kind: "least busy" }
  | { readonly kind: "same as last time"; readonly last: string | null }
  | { readonly kind: "customer"; readonly subject: string };

/** Who is given the booking, null when nobody can be; and the credits from then on. */
export type Chosen = { readonly subject: string | null; readonly credits: readonly Credit[] };

/** Those who once were candidates of one service; who has left for good may be taken out. */
export const CREDITS_MAX = 10_000;
/** Credits are sums of fractions: closer than this is the same. */
const SAME_CREDIT = 1e-9;

/**
 * Chooses one of the candidates, who are all present, in the order of their index. Credits move when the turn decides
 * [AS1], not when the customer, the last time or the load does [AS5]. O(candidates + credits).
 */
export function choose(candidates: readonly Candidate[], how: How, credits: readonly Credit[]): Chosen {
  assert(candidates.length <= SUBJECTS_MAX, `at most ${SUBJECTS_MAX} candidates: ${candidates.length}`);
  assert(credits.length <= CREDITS_MAX, `at most ${CREDITS_MAX} credits: ${credits.length}`);
  assert(
    candidates.every(({ weight }) => weight > 0 && Number.isFinite(weight)),
    "a candidate has a weight above 0",
  );
  switch (how.kind) {
    case "round robin":
      return byTurn(candidates, credits);
    case "least busy":
      return { subject: leastBusy(candidates), credits };
    case "same as last time":
      return candidates.some(({ subject }) => subject === how.last)
        ? { subject: how.last, credits }
        : byTurn(candidates, credits);
    case "customer":
      return { subject: candidates.find(({ subject }) => subject === how.subject)?.subject ?? null, credits };
  }
}

/** Everyone present is credited their part of one booking; who is owed most has it, and pays one. */
function byTurn(candidates: readonly Candidate[], credits: readonly Credit[]): Chosen {
  const sum = candidates.reduce((total, { weight }) => total + weight, 0);
  const after = new Map(credits.map(({ subject, credit }) => [subject, credit]));
  let chosen: string | null = null;
  let most = -Infinity;
  for (const { subject, weight } of candidates) {
    const credit = (after.get(subject) ?? 0) + weight / sum;
    after.set(subject, credit);
    if (credit <= most + SAME_CREDIT) continue;
    chosen = subject;
    most = credit;
  }
  if (chosen !== null) after.set(chosen, most - 1);
  return { subject: chosen, credits: [...after].map(([subject, credit]) => ({ subject, credit })) };
}

function leastBusy(candidates: readonly Candidate[]): string | null {
  let least: Candidate | null = null;
  for (const each of candidates) if (least === null || each.takenMinutes < least.takenMinutes) least = each;
  return least?.subject ?? null;
}
