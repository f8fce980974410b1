import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** People take at least so long for a form that somebody else has filled for them. */
const FILLED_MS_MIN = 1_200;
const SIGNATURE_BYTES = 12;

/** What tells people from programs that fill in every form: when a form was printed, signed, and a field that nobody sees. */
export type Stamps = {
  /** For a form that is printed now. Each is another, so it also names the form. */
  readonly issue: (nowMs: number) => string;
  /** Whether a form with it was sent too soon to have been read, or by whoever did not get it from us. */
  readonly isTooSoon: (stamp: string, nowMs: number) => boolean;
};

export function createStamps(secret: string): Stamps {
  const sign = (text: string) =>
    createHmac("sha256", secret).update(`form ${text}`).digest().subarray(0, SIGNATURE_BYTES).toString("base64url");
  return {
    issue(nowMs) {
      const text = `${nowMs.toString(36)}.${randomBytes(6).toString("base64url")}`;
      return `${text}.${sign(text)}`;
    },
    isTooSoon(stamp, nowMs) {
      const cut = stamp.lastIndexOf(".");
      const [text, signature] = [stamp.slice(0, Math.max(0, cut)), stamp.slice(cut + 1)];
      const [given, wanted] = [Buffer.from(signature), Buffer.from(sign(text))];
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return true;
      return nowMs - Number.parseInt(text, 36) < FILLED_MS_MIN;
    },
  };
}
