import { isIPv6 } from "node:net";

const GROUPS = 8;
/** What one household or office is given (RFC 6177): whoever has one such network has every address in it. */
const GROUPS_OF_A_NETWORK = 4;

/** Who stands behind an address, as limits count: all of an IPv4 address, the /64 of an IPv6 one. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [bare] = address.split("%");
  const embedded = /^::ffff:([\d.]+)$/i.exec(bare!)?.[1];
  if (embedded !== undefined) return embedded;
  const [head, tail] = bare!.split("::").map((part) => (part === "" ? [] : part.split(":")));
  const zeros = tail === undefined ? 0 : Math.max(0, GROUPS - head!.length - tail.length);
  const groups = [...head!, ...Array.from({ length: zeros }, () => "0"), ...(tail ?? [])];
  return groups
    .slice(0, GROUPS_OF_A_NETWORK)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
