import { createHash, randomBytes } from "node:crypto";
import { Lru } from "@hourwright/std";
import { jwtVerify, SignJWT } from "jose";

/** Access tokens are short: revoking takes effect with the next request anyway, because the session is looked up. */
export const ACCESS_SECONDS = 15 * 60;
export const REFRESH_DAYS = 7;

const ISSUER = "hourwright";
const ALGORITHM = "HS256";
const TYPE = "at+jwt"; // RFC 9068: an access token is no other kind of token.

/** Tokens of which the signature was found right: the same text has it again, and reading one took a third of a request. */
const READ_MAX = 5_000;

/** Signs and reads access tokens with one key, one algorithm, one issuer, one audience and one type. */
export type AccessTokens = {
  sign(sessionId: string, userId: string, nowMs: number): Promise<string>;
  /** The session the token speaks for, or null for anything that is not a valid token of ours. */
  read(token: string, nowMs: number): Promise<string | null>;
};

export function accessTokens(secret: string, audience: string): AccessTokens {
  const key = createHash("sha256").update(`access tokens:${secret}`).digest();
  const known = new Lru<string, { readonly session: string; readonly endsSeconds: number }>(READ_MAX);
  return {
    sign: (sessionId, userId, nowMs) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt(Math.floor(nowMs / 1_000))
        .setExpirationTime(Math.floor(nowMs / 1_000) + ACCESS_SECONDS)
        .sign(key),
    async read(token, nowMs) {
      const before = known.get(token);
      if (before !== undefined) return Math.floor(nowMs / 1_000) < before.endsSeconds ? before.session : null;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience,
          typ: TYPE,
          // jose wants the platform's own kind of date here and nowhere else.
          currentDate: new globalThis.Date(nowMs),
        });
        const { sid: session, exp: endsSeconds } = payload;
        if (typeof session !== "string" || endsSeconds === undefined) return null;
        known.set(token, { session, endsSeconds });
        return session;
      } catch {
        return null; // Expired, foreign or forged: all of them mean "sign in".
      }
    },
  };
}

/** A new refresh token: 256 random bits, of which the database keeps the hash. */
export const newRefreshToken = (): string => `hwr_${randomBytes(32).toString("base64url")}`;

export const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
