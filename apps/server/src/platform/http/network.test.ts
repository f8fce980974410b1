import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { networkOf } from "./network.ts";

describe("who stands behind an address", () => {
  const table: [address: string, network: string][] = [
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:0DB8:0001:2:ffff:4:5:6", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["::", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["1::2:3:4:5:6:7", "1:0:2:3"],
    ["", ""],
  ];
  for (const [address, network] of table)
    test(`${address} is of ${network}`, () => assert.equal(networkOf(address), network));
});
