import { BlockList, isIPv4, isIPv6 } from "node:net";

// Which addresses are anybody's on the public internet. Pure.

/**
 * What is no public IPv4 unicast: the special-purpose registry of IANA (RFC 6890 and what updates it), multicast
 * (RFC 5771), and 192.88.99.0/24, the old way into 6to4 (RFC 7526).
 */
const SPECIAL_IPV4 = [
  "0.0.0.0/8", // this network, RFC 791: Linux connects to itself
  "10.0.0.0/8",
  "100.64.0.0/10", // behind a carrier's NAT, RFC 6598
  "127.0.0.0/8",
  "169.254.0.0/16", // link-local, and where clouds keep their credentials
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4", // reserved, and the broadcast address
];

/** Global unicast is 2000::/3 (RFC 4291 §2.4); these parts of it are not, or lead to an IPv4 address that nobody checked. */
const SPECIAL_IPV6 = [
  "2001::/23", // protocol assignments: Teredo, ORCHID, benchmarking
  "2001:db8::/32",
  "2002::/16", // 6to4
  "3fff::/20",
];

/** A set of networks such as `10.0.0.0/8`, `fd00::/8` or single addresses. */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split("/") as [string, string | undefined];
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

const specialIpv4 = networkList(SPECIAL_IPV4);
const globalIpv6 = networkList(["2000::/3"]);
const specialIpv6 = networkList(SPECIAL_IPV6);

/** Whether an address is public unicast. All that only wraps an IPv4 address (mapped, NAT64) is not: nobody is named so. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !specialIpv4.check(address, "ipv4");
  if (!isIPv6(address) || address.includes("%")) return false; // A scope names a link of this machine.
  return globalIpv6.check(address, "ipv6") && !specialIpv6.check(address, "ipv6");
}

/** Whether an address lies in one of some networks. */
export const liesIn = (networks: BlockList, address: string): boolean =>
  isIPv4(address) ? networks.check(address, "ipv4") : isIPv6(address) && networks.check(address, "ipv6");
