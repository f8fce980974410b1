import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { asciiAddress, limits } from "@hourwright/contract";
import type { Customer } from "./model.ts";

/** What proves things to be ours and keeps what customers tell us: keys made from the server's secret. */
export type Sealing = {
  /** Encrypted, and bound to the organisation: moved to another it cannot be read. */
  readonly seal: (organisation: number, customer: Customer) => Buffer;
  /** Null for what was not sealed by us. */
  readonly unseal: (organisation: number, sealed: Buffer) => Customer | null;
  /** What is noted of a customer, kept in the same way. */
  readonly sealNotes: (organisation: number, notes: string) => Buffer;
  readonly unsealNotes: (organisation: number, sealed: Buffer) => string | null;
  /** The same for the same address in one organisation, however it is spelt. */
  readonly emailKey: (organisation: number, email: string) => string;
  /** What the link of a booking carries: who has it may read, move and cancel it. */
  readonly linkKey: (bookingId: string) => string;
  /** What a package is booked with, in groups of four. Only who has issued it and who was given it can know. */
  readonly packageCode: (packageId: string) => string;
  /** By which a code is looked for. */
  readonly codeKey: (organisation: number, code: string) => string;
  /** A part of a file, bound to its place in it. */
  readonly sealPart: (organisation: number, place: string, part: Uint8Array) => Buffer;
  /** Null for what was not sealed by us, or stood elsewhere. */
  readonly unsealPart: (organisation: number, place: string, sealed: Buffer) => Buffer | null;
  /** The same for the same bytes in one organisation. */
  readonly fileMark: (organisation: number, bytes: Uint8Array) => string;
  readonly isLinkKey: (bookingId: string, key: string) => boolean;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LINK_KEY_BYTES = 18;
/** Crockford's: without the letters that are read as a digit or another letter. Thirty-two, so each is as likely. */
const CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function createSealing(secret: string): Sealing {
  const keyFor = (use: string) => Buffer.from(hkdfSync("sha256", secret, "", `hourwright bookings ${use}`, 32));
  const [customers, emails, links] = [keyFor("customers"), keyFor("emails"), keyFor("links")];
  const [codes, codeKeys] = [keyFor("package codes"), keyFor("keys of package codes")];
  const [files, fileMarks] = [keyFor("files"), keyFor("marks of files")];
  const linkKey = (bookingId: string) =>
    createHmac("sha256", links).update(bookingId).digest().subarray(0, LINK_KEY_BYTES).toString("base64url");
  const seal = (organisation: number, value: unknown): Buffer => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", customers, nonce).setAAD(Buffer.from(String(organisation)));
    const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  };
  const unseal = (organisation: number, sealed: Buffer): unknown => {
    const [nonce, tag] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
    try {
      const cipher = createDecipheriv("aes-256-gcm", customers, nonce)
        .setAAD(Buffer.from(String(organisation)))
        .setAuthTag(tag);
      const text = Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
      return JSON.parse(text.toString("utf8"));
    } catch {
      return null; // Sealed with another secret: it cannot be read any more, and nothing else depends on it.
    }
  };
  return {
    seal,
    unseal: (organisation, sealed) => unseal(organisation, sealed) as Customer | null,
    sealNotes: seal,
    unsealNotes: (organisation, sealed) => unseal(organisation, sealed) as string | null,
    emailKey: (organisation, email) =>
      createHmac("sha256", emails)
        .update(`${organisation} ${(asciiAddress(email) ?? email.trim()).toLowerCase()}`)
        .digest("base64url"),
    linkKey,
    packageCode(packageId) {
      const bytes = createHmac("sha256", codes).update(packageId).digest().subarray(0, limits.PACKAGE_CODE_CHARACTERS);
      const code = [...bytes].map((byte) => CODE_SIGNS[byte % CODE_SIGNS.length]!).join("");
      return code.replaceAll(/(.{4})(?=.)/g, "$1-");
    },
    codeKey: (organisation, code) =>
      createHmac("sha256", codeKeys).update(`${organisation} ${code}`).digest("base64url"),
    sealPart(organisation, place, part) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", files, nonce).setAAD(Buffer.from(`${organisation} ${place}`));
      const text = Buffer.concat([cipher.update(part), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    unsealPart(organisation, place, sealed) {
      const tagEnd = NONCE_BYTES + TAG_BYTES;
      try {
        const cipher = createDecipheriv("aes-256-gcm", files, sealed.subarray(0, NONCE_BYTES))
          .setAAD(Buffer.from(`${organisation} ${place}`))
          .setAuthTag(sealed.subarray(NONCE_BYTES, tagEnd));
        return Buffer.concat([cipher.update(sealed.subarray(tagEnd)), cipher.final()]);
      } catch {
        return null;
      }
    },
    fileMark: (organisation, bytes) =>
      createHmac("sha256", fileMarks).update(`${organisation} `).update(bytes).digest("base64url"),
    isLinkKey(bookingId, key) {
      const [wanted, given] = [Buffer.from(linkKey(bookingId)), Buffer.from(key)];
      return wanted.length === given.length && timingSafeEqual(wanted, given);
    },
  };
}
