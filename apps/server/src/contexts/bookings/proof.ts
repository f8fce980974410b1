import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { limits } from "@hourwright/contract";
import { Lru } from "@hourwright/std";

// Proof of work: who holds times without an account finds a number first, which costs a phone a moment and a program that holds
// thousands an hour. Nothing is stored of a challenge: it is signed.

export type Proofs = {
  /** A challenge that is good for one hold of one service. */
  readonly issue: (organisation: number, serviceId: string, nowMs: number) => { challenge: string; expiresMs: number };
  /** Whether it is a challenge of ours, in time, done and not used by another request; it is used from now on. */
  readonly use: (
    asked: { readonly organisation: number; readonly serviceId: string; readonly requestId: string },
    proof: string,
    nowMs: number,
  ) => boolean;
};

/** People look at times for a while before they choose one. */
const GOOD_MS = 30 * 60_000;
const SIGNATURE_BYTES = 12;
/** Challenges that are known to be used; each process of a server knows its own. */
const USED_MAX = 50_000;

export function createProofs(secret: string): Proofs {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "hourwright bookings proofs", 32));
  const sign = (organisation: number, serviceId: string, text: string) =>
    createHmac("sha256", key)
      .update(`${organisation} ${serviceId} ${limits.PROOF_BITS} ${text}`)
      .digest()
      .subarray(0, SIGNATURE_BYTES)
      .toString("base64url");
  const used = new Lru<string, string>(USED_MAX);
  return {
    issue(organisation, serviceId, nowMs) {
      const expiresMs = nowMs + GOOD_MS;
      const text = `${expiresMs.toString(36)}.${randomBytes(9).toString("base64url")}`;
      return { challenge: `${text}.${sign(organisation, serviceId, text)}`, expiresMs };
    },
    use({ organisation, serviceId, requestId }, proof, nowMs) {
      const [expires = "", random = "", signature = "", number = "", ...more] = proof.split(".");
      const text = `${expires}.${random}`;
      const [given, wanted] = [Buffer.from(signature), Buffer.from(sign(organisation, serviceId, text))];
      if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
      if (nowMs >= Number.parseInt(expires, 36) || !/^\d{1,12}$/.test(number)) return false;
      if (!isDone(proof)) return false;
      const challenge = `${text}.${signature}`;
      const by = used.get(challenge);
      // A unit that runs again after a deadlock is the same request.
      if (by !== undefined && by !== requestId) return false;
      used.set(challenge, requestId);
      return true;
    },
  };
}

/** Whether the hash begins with as many zeros as are wanted: on average one in 65,536 does. */
export function isDone(proof: string): boolean {
  return createHash("sha256").update(proof).digest().readUInt32BE(0) < 2 ** (32 - limits.PROOF_BITS);
}
