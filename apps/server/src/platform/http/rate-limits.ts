import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { refuseRequest, type RateClass } from "@hourwright/contract";

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
  /** Takes back what an attempt to sign in was counted: it succeeded, so it was no guess. */
  forgiveAddress(addressHash: string): Promise<void>;
  /** Counts a password tried for an account, wherever it comes from. */
  byAccount(email: string): Promise<Budget>;
  /** Takes that back, since it was the right one. */
  forgiveAccount(email: string): Promise<void>;
  /** Counts a request of someone signed in. */
  byActor(userId: string, rateClass: RateClass): Promise<Budget>;
  /** Counts a request of an address that is not. */
  byStranger(addressHash: string, rateClass: RateClass): Promise<Budget>;
  /** Counts a hold of an address that has not done the work it was asked for. */
  byUnproven(addressHash: string): Promise<Budget>;
  /** Counts a test message that somebody has sent to themselves. */
  byTestMail(userId: string): Promise<Budget>;
};

/** Requests of one address in a minute: enough for an office behind one address, too few for a flood. */
const ADDRESS_REQUESTS_A_MINUTE = 3_000;
/** Failed attempts to sign in of one address in 15 minutes: people mistype, programs guess. */
const FAILED_SIGN_INS_A_QUARTER_HOUR = 30;
/** Wrong passwords for one account in an hour from everywhere: 30 addresses together guess no faster than a few. */
const WRONG_PASSWORDS_AN_HOUR = 100;
/** Holds, bookings and changes of them by an address that is not signed in, in 15 minutes; looking at slots counts as reading. */
const BOOKINGS_A_QUARTER_HOUR = 100;
/** Holds of an address without the proof of work that an organisation asks for, in 15 minutes: for who has no script. */
const UNPROVEN_HOLDS_A_QUARTER_HOUR = 10;
/** Messages that one person sends to themselves in an hour, to see whether mail works. */
const TEST_MAILS_AN_HOUR = 10;
/** How much of a window's budget one request of a class costs. */
const COST: Readonly<Record<RateClass, number>> = { read: 1, write: 2, heavy: 10, "sign-in": 1, booking: 2 };

/** Limits kept in this process. `off` counts nothing and says so in the headers by their absence. */
export function createRateLimits(options: {
  readonly off: boolean;
  readonly requests: number;
  readonly windowMs: number;
}): RateLimits {
  if (options.off) return nothingIsLimited;
  const address = new RateLimiterMemory({ keyPrefix: "address", points: ADDRESS_REQUESTS_A_MINUTE, duration: 60 });
  const signIn = new RateLimiterMemory({ keyPrefix: "sign-in", points: FAILED_SIGN_INS_A_QUARTER_HOUR, duration: 900 });
  const account = new RateLimiterMemory({ keyPrefix: "account", points: WRONG_PASSWORDS_AN_HOUR, duration: 3_600 });
  const actor = new RateLimiterMemory({
    keyPrefix: "actor",
    points: options.requests,
    duration: options.windowMs / 1_000,
  });
  const booking = new RateLimiterMemory({ keyPrefix: "booking", points: BOOKINGS_A_QUARTER_HOUR, duration: 900 });
  const unproven = new RateLimiterMemory({
    keyPrefix: "unproven",
    points: UNPROVEN_HOLDS_A_QUARTER_HOUR,
    duration: 900,
  });
  const testMail = new RateLimiterMemory({ keyPrefix: "test-mail", points: TEST_MAILS_AN_HOUR, duration: 3_600 });
  const byActor: RateLimits["byActor"] = (who, rateClass) => count(actor, who, COST[rateClass]);
  return {
    async byAddress(addressHash, rateClass) {
      if (rateClass !== "sign-in") return count(address, addressHash, 1);
      const budget = await count(address, addressHash, 1);
      return budget.allowed ? count(signIn, addressHash, 1) : budget;
    },
    forgiveAddress: async (addressHash) => void (await signIn.reward(addressHash, 1)),
    byAccount: (email) => count(account, email, 1),
    forgiveAccount: async (email) => void (await account.reward(email, 1)),
    byActor,
    byStranger: (addressHash, rateClass) =>
      rateClass === "booking" ? count(booking, addressHash, 1) : byActor(addressHash, rateClass),
    byUnproven: (addressHash) => count(unproven, addressHash, 1),
    byTestMail: (userId) => count(testMail, userId, 1),
  };
}

const unlimited: Budget = { allowed: true, limit: Infinity, left: Infinity, resetSeconds: 0 };

const nothingIsLimited: RateLimits = {
  byAddress: () => Promise.resolve(unlimited),
  forgiveAddress: () => Promise.resolve(),
  byAccount: () => Promise.resolve(unlimited),
  forgiveAccount: () => Promise.resolve(),
  byActor: () => Promise.resolve(unlimited),
  byStranger: () => Promise.resolve(unlimited),
  byUnproven: () => Promise.resolve(unlimited),
  byTestMail: () => Promise.resolve(unlimited),
};

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

/** What a request past its budget is told. */
export const tooMany = (budget: Budget) =>
  refuseRequest("too-many", "wait", { seconds: budget.resetSeconds }, { retryAfterSeconds: budget.resetSeconds });
