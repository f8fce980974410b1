import { findZone } from "@hourwright/time";

// Pure: what identity says in sentences, and what an invitation is worth.

/** What is planned with somebody or something from now on. */
export type Ahead = { readonly planned: number; readonly next: string | null; readonly sentence: string };

/** Times counted; more are "at least". */
export const AHEAD_COUNTED_MAX = 1_000;

/** What it means that a subject is retired, while so much is planned with it. */
export function decideAhead(
  name: string,
  { count, firstMs }: { readonly count: number; readonly firstMs: number | null },
  zone: string,
): Ahead {
  const next = firstMs === null ? null : Temporal.Instant.fromEpochMilliseconds(firstMs).toString();
  if (firstMs === null) return { planned: 0, next, sentence: `Nothing is planned with ${name} from now on.` };
  const day = Temporal.Instant.fromEpochMilliseconds(firstMs)
    .toZonedDateTimeISO(findZone(zone)?.id ?? "UTC")
    .toPlainDate();
  const many =
    count >= AHEAD_COUNTED_MAX ? `At least ${count} times are` : count === 1 ? "One time is" : `${count} times are`;
  return {
    planned: count,
    next,
    sentence: `${many} still planned with ${name}, ${count === 1 ? "on" : "the first on"} ${day.toString()}. They stay until somebody changes them.`,
  };
}

export type InvitationState = "open" | "used" | "expired" | "revoked";

/** What an invitation is worth at an instant. Revoked counts first: it was meant. */
export function invitationState(
  invitation: {
    readonly uses: number;
    readonly usesMax: number;
    readonly expiresAtMs: number;
    readonly revoked: boolean;
  },
  nowMs: number,
): InvitationState {
  if (invitation.revoked) return "revoked";
  if (invitation.uses >= invitation.usesMax) return "used";
  return invitation.expiresAtMs <= nowMs ? "expired" : "open";
}

/** Whether thresholds rise: a day is steady first, then full, then over. */
export const areInOrder = ({ steady, full, over }: { steady: number; full: number; over: number }): boolean =>
  steady < full && full < over;
