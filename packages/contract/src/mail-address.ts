import { z } from "zod";

/** As mail servers have it, with its marks (RFC 5321 §4.5.3.1.3). */
const ADDRESS_CHARACTERS_MAX = 254;

/** What no domain has, and by which an address of the web would be something else than a host. */
const NO_DOMAIN = /[\s/:?#@\\%[\]]/;
const BEYOND_ASCII = /[\u0080-\u{10ffff}]/u;
/** Names of hosts with a domain above them, which is no number: in ASCII those of every script (RFC 5891). */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * An address as mail servers take it, its domain in ASCII (IDNA, RFC 5890) and in small letters; null for what is none. The part
 * before @ stays as it is: what is not ASCII there only servers with SMTPUTF8 take (RFC 6531), which nobody can promise.
 */
export function asciiAddress(typed: string): string | null {
  const text = typed.trim();
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (at < 1 || NO_DOMAIN.test(domain)) return null;
  const host = URL.parse(`http://${domain}`)?.hostname ?? "";
  const address = `${local}@${host}`;
  const isOne = HOST.test(host) && address.length <= ADDRESS_CHARACTERS_MAX;
  return isOne && z.email().safeParse(`${local}@example.org`).success ? address : null;
}

export type NoAddress = "local-part" | "form";

/** Why somebody cannot be written to; null where they can. */
export function whyNoAddress(typed: string): NoAddress | null {
  const text = typed.trim();
  const at = text.lastIndexOf("@");
  if (BEYOND_ASCII.test(text.slice(0, Math.max(0, at))) && asciiAddress(`a${text.slice(at)}`) !== null)
    return "local-part";
  return text.length <= ADDRESS_CHARACTERS_MAX && asciiAddress(text) !== null ? null : "form";
}

const SAID: Readonly<Record<NoAddress, string>> = {
  "local-part":
    "before @ it may have letters without accents, digits and signs alone: that mail to others arrives cannot be promised",
  form: "an address looks like ana@example.org",
};

/** Where somebody can be written to, as they type it: any domain that has a form in ASCII. */
export const mailAddress = z
  .string()
  .max(ADDRESS_CHARACTERS_MAX)
  .check((context) => {
    const why = whyNoAddress(context.value);
    if (why !== null) context.issues.push({ code: "custom", input: context.value, message: SAID[why] });
  })
  .meta({ format: "idn-email" });
