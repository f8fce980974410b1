import { createHash, createHmac, hkdfSync } from "node:crypto";

// What stands in links by which somebody comes without signing in: made anew from a key of the server whenever it is shown or mailed; the
// database knows only its hash.

const TOKEN_BYTES = 24;

/** What stands in the link of one thing: 32 letters and digits, of 192 bits. The same of the same, and for each purpose another. */
export type LinkTokens = (...of: readonly (string | number)[]) => string;

export function linkTokens(secret: string, purpose: string): LinkTokens {
  const key = Buffer.from(hkdfSync("sha256", secret, "", `hourwright ${purpose}`, 32));
  return (...of) =>
    createHmac("sha256", key).update(JSON.stringify(of)).digest().subarray(0, TOKEN_BYTES).toString("base64url");
}

export const hashOfToken = (token: string): Buffer => createHash("sha256").update(token).digest();

const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** Whether it may be one: what cannot is not asked of the database. */
export const isToken = (text: string): boolean => TOKEN.test(text);
