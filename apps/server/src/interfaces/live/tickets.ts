import { randomBytes } from "node:crypto";
import { limits } from "@hourwright/contract";
import type { Clock } from "../../platform/clock.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { Bounds } from "./bounds.ts";

/** Tickets for one connection each, kept in this process. A token in an address would stand in logs; a ticket there is spent. */
export type Tickets = {
  /** A new ticket; null when too many are out, of this person or at all. */
  issue(caller: Caller): string | null;
  /** Who it was given to; null for one that is unknown, used or older than 30 seconds. */
  redeem(ticket: string): Caller | null;
};

const BYTES = 24;
const LIFE_MS = limits.TICKET_SECONDS * 1_000;

export function createTickets(clock: Pick<Clock, "monotonicMs">, bounds: Bounds): Tickets {
  // In order of issue, which is the order in which they end.
  const open = new Map<string, { readonly caller: Caller; readonly endsMs: number }>();
  const forgetOld = (nowMs: number) => {
    for (const [ticket, { endsMs }] of open) {
      if (endsMs > nowMs) return;
      open.delete(ticket);
    }
  };
  return {
    issue(caller) {
      const nowMs = clock.monotonicMs();
      forgetOld(nowMs);
      const own = open.values().filter((each) => each.caller.userId === caller.userId);
      if (open.size >= bounds.ticketsMax || [...own].length >= bounds.ticketsOfUserMax) return null;
      const ticket = randomBytes(BYTES).toString("base64url");
      open.set(ticket, { caller, endsMs: nowMs + LIFE_MS });
      return ticket;
    },
    redeem(ticket) {
      forgetOld(clock.monotonicMs());
      const found = open.get(ticket);
      open.delete(ticket);
      return found?.caller ?? null;
    },
  };
}
