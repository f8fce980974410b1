import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { RateClass } from "@hourwright/contract";

/** What is left after a request was counted: for the `RateLimit` headers (RFC 9331 draft fields). */
export type Budget = {
  readonly allowed: boolean;
  readonly limit: number;
  readonly left: number;
  readonly resetSeconds: number;
};

export type RateLimits = {
  /** Counts a request of an address, before anybody is asked who they are. */
  byAddress(addressHash: string, rateClass: RateClass): Promise<Budget>;
  /** Counts a request of someone signed in, or of an address that is not. */
  byActor(actor: string, rateClass: RateClass): Promise<Budget>;
};

/** Requests of one address in a minute: enough for an office behind one address, too few for a flood. */
const ADDRESS_REQUESTS_A_MINUTE = 3_000;
/** Attempts to sign in of one address in 15 minutes: people mistype, programs guess. */
const SIGN_INS_A_QUARTER_HOUR = 30;
/** How much of a window's budget one request of a class costs. */
const COST: Readonly<Record<RateClass, number>> = { read: 1, write: 2, heavy: 10, "sign-in": 1 };

/** Limits kept in this process. `off` counts nothing and says so in the headers by their absence. */
export function createRateLimits(options: {
  readonly off: boolean;
  readonly requests: number;
  readonly windowMs: number;
}): RateLimits {
  if (options.off) return { byAddress: () => Promise.resolve(unlimited), byActor: () => Promise.resolve(unlimited) };
  const address = new RateLimiterMemory({ keyPrefix: "address", points: ADDRESS_REQUESTS_A_MINUTE, duration: 60 });
  const signIn = new RateLimiterMemory({ keyPrefix: "sign-in", points: SIGN_INS_A_QUARTER_HOUR, duration: 900 });
  const actor = new RateLimiterMemory({
    keyPrefix: "actor",
    points: options.requests,
    duration: options.windowMs / 1_000,
  });
  return {
    async byAddress(addressHash, rateClass) {
      if (rateClass !== "sign-in") return count(address, addressHash, 1);
      const budget = await count(address, addressHash, 1);
      return budget.allowed ? count(signIn, addressHash, 1) : budget;
    },
    byActor: (who, rateClass) => count(actor, who, COST[rateClass]),
  };
}

const unlimited: Budget = { allowed: true, limit: Infinity, left: Infinity, resetSeconds: 0 };

async function count(limiter: RateLimiterMemory, key: string, cost: number): Promise<Budget> {
  try {
    return budgetOf(limiter, await limiter.consume(key, cost), true);
  } catch (error) {
    if (error instanceof RateLimiterRes) return budgetOf(limiter, error, false);
    throw error;
  }
}

const budgetOf = (limiter: RateLimiterMemory, result: RateLimiterRes, allowed: boolean): Budget => ({
  allowed,
  limit: limiter.points,
  left: Math.max(0, result.remainingPoints),
  resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
});
