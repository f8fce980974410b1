/** Signs that stand for themselves in a value of RFC 8187 §3.2.1. */
const ATTRIBUTE = /[A-Za-z0-9!#$&+.^_`|~-]/;

/**
 * `Content-Disposition` of a file that is saved and never shown (RFC 6266): its name in ASCII for old programs, and whole in UTF-8
 * (RFC 8187). Whatever is in the name, the header has one line and these parameters alone.
 */
export function attachmentOf(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/gu, "_");
  const whole = [...Buffer.from(fileName.toWellFormed(), "utf8")].map(encoded).join("");
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

function encoded(byte: number): string {
  const sign = String.fromCharCode(byte);
  return ATTRIBUTE.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
