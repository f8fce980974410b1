import assert from "node:assert/strict";
import type { RequestListener, ServerResponse } from "node:http";
import { describe, test } from "node:test";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { systemClock } from "../clock.ts";
import {
  createGuardedFetch,
  FETCH_BYTES_MAX,
  readAddress,
  type Fetched,
  type GuardedFetchPorts,
} from "./guarded-fetch.ts";
import { isPublicAddress } from "./public-address.ts";
import { startSite, TEST_CERT } from "./testing-site.ts";

const HERE = ["127.0.0.0/8"];
const fetchWith = (ports: Partial<GuardedFetchPorts> = {}) =>
  createGuardedFetch({ clock: systemClock, networks: HERE, userAgent: "Hourwright/test", ...ports });
const here = () => Promise.resolve(["127.0.0.1"]);

const whyOf = (answer: Fetched): string => (answer.kind === "failed" ? answer.why : answer.kind);
const textOf = (answer: Fetched): string => {
  assert.equal(answer.kind, "content", JSON.stringify(answer));
  return answer.kind === "content" ? Buffer.from(answer.bytes).toString() : "";
};

/** What becomes of asking a site that answers like this. */
async function asked(answer: RequestListener, ports: Partial<GuardedFetchPorts> = {}): Promise<Fetched> {
  await using site = await startSite(answer);
  return await fetchWith(ports)({ url: `http://127.0.0.1:${site.port}/cal.ics` });
}

/** A body without end: as fast as it is read, or a part each so many milliseconds. */
async function* forever(everyMs = 0): AsyncGenerator<Buffer> {
  const part = Buffer.alloc(everyMs === 0 ? 65_536 : 1, "x");
  for (;;) {
    yield part;
    if (everyMs > 0) await sleep(everyMs);
  }
}

describe("an address", () => {
  const inside = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
  ];
  for (const address of inside)
    test(`${address || "(none)"} is not public`, () => assert.equal(isPublicAddress(address), false));
  for (const address of [
    "1.1.1.1",
    "8.8.8.8",
    "100.128.0.1",
    "172.32.0.1",
    "193.99.144.80",
    "2606:4700::1111",
    "2a00:1450:4001::1",
  ])
    test(`${address} is public`, () => assert.equal(isPublicAddress(address), true));

  test("wrapped in IPv6 is never public, whichever it is", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        assert.equal(isPublicAddress(`::ffff:${address}`), false);
        assert.equal(isPublicAddress(`64:ff9b::${address}`), false);
      }),
    );
  });
});

describe("what is typed as a feed's address", () => {
  const table: [typed: string, read: string | null][] = [
    ["webcal://feeds.example/a.ics", "https://feeds.example/a.ics"],
    ["WEBCALS://feeds.example/a.ics", "https://feeds.example/a.ics"],
    [" https://feeds.example/a.ics#top ", "https://feeds.example/a.ics"],
    ["http://0x7f.1/", "http://127.0.0.1/"],
    ["ftp://feeds.example/", null],
    ["file:///etc/passwd", null],
    ["https://ana:secret@feeds.example/", null],
    ["feeds.example", null],
    [`https://feeds.example/${"a".repeat(2_000)}`, null],
  ];
  for (const [typed, read] of table)
    test(`${typed.slice(0, 50)} is ${read ?? "refused"}`, () => assert.equal(readAddress(typed)?.href ?? null, read));
});

describe("a guarded fetch", () => {
  test("brings what is there, with what to ask for the next time", async () => {
    await using site = await startSite((request, reply) => {
      assert.equal(request.headers.host, `feeds.example:${site.port}`);
      reply.writeHead(200, { etag: '"1"', "last-modified": "Sat, 21 Nov 2026 10:00:00 GMT" }).end("BEGIN:VCALENDAR");
    });
    const answer = await fetchWith({ resolve: here })({ url: `http://feeds.example:${site.port}/` });
    assert.equal(textOf(answer), "BEGIN:VCALENDAR");
    assert.ok(answer.kind === "content" && answer.etag === '"1"' && answer.lastModified?.startsWith("Sat") === true);
  });

  test("reaches nothing inside: by number, by any number of a name, by a number written oddly", async () => {
    let asked = 0;
    await using site = await startSite((_, reply) => void reply.end(String(++asked)));
    const nowhere: [url: string, addresses: string[]][] = [
      ["http://127.0.0.1", []],
      ["http://2130706433", []],
      ["http://[::1]", []],
      ["http://[::ffff:127.0.0.1]", []],
      ["http://inside.example", ["127.0.0.1"]],
      ["http://both.example", ["93.184.215.14", "127.0.0.1"]],
      ["http://nobody.example", []],
    ];
    for (const [url, addresses] of nowhere) {
      const fetch = fetchWith({ networks: [], resolve: () => Promise.resolve(addresses) });
      assert.equal(whyOf(await fetch({ url: `${url}:${site.port}/` })), "not-public", url);
    }
    assert.equal(asked, 0);
  });

  test("asks once for the addresses, so that a name cannot mean another one when it is connected to", async () => {
    await using site = await startSite((_, reply) => void reply.end("one"));
    let asked = 0;
    const rebinding = () => Promise.resolve(++asked === 1 ? ["127.0.0.1"] : ["10.0.0.1"]);
    assert.equal(textOf(await fetchWith({ resolve: rebinding })({ url: `http://rebind.example:${site.port}` })), "one");
    assert.equal(asked, 1);
  });

  test("knocks on no door of the public internet but those of the web", async () => {
    const fetch = fetchWith({ networks: [], resolve: () => Promise.resolve(["93.184.215.14"]) });
    for (const port of [22, 25, 6379, 9200])
      assert.equal(whyOf(await fetch({ url: `http://a.example:${port}/` })), "not-public");
  });

  test("follows nobody elsewhere", async () => {
    let inside = 0;
    await using secret = await startSite((_, reply) => void reply.end(String(++inside)));
    for (const status of [301, 302, 303, 307, 308]) {
      const answer = await asked(
        (_, reply) => void reply.writeHead(status, { location: `http://127.0.0.1:${secret.port}/` }).end(),
      );
      assert.equal(whyOf(answer), "redirects");
    }
    assert.equal(inside, 0);
  });

  test("stops at the bound when an answer says how long it is, when it never ends, and when a small one grows", async () => {
    const long = await asked((_, reply) =>
      reply.writeHead(200, { "content-length": FETCH_BYTES_MAX + 1 }).flushHeaders(),
    );
    assert.equal(whyOf(long), "too-large");
    const endless = await asked((_, reply) => void Readable.from(forever()).pipe(reply));
    assert.equal(whyOf(endless), "too-large");
    const bomb = gzipSync(Buffer.alloc(FETCH_BYTES_MAX * 20));
    assert.ok(bomb.byteLength < FETCH_BYTES_MAX / 10);
    const grown = await asked((_, reply) => void reply.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    assert.equal(whyOf(grown), "too-large");
  });

  test("unpacks what is packed once, and nothing that is packed oddly or broken", async () => {
    const packed = (encoding: string, bytes: Buffer) =>
      asked((_, reply) => void reply.writeHead(200, { "content-encoding": encoding }).end(bytes));
    assert.equal(textOf(await packed("gzip", gzipSync("hello"))), "hello");
    assert.equal(whyOf(await packed("gzip, gzip", gzipSync(gzipSync("hello")))), "unreadable");
    assert.equal(whyOf(await packed("gzip", Buffer.from("no gzip at all"))), "unreadable");
    assert.equal(whyOf(await packed("gzip", gzipSync("hello").subarray(0, 12))), "unreadable");
  });

  test("gives up on silence and on drops", async () => {
    const limits = { idleMs: 200, totalMs: 900 };
    assert.equal(whyOf(await asked(() => {}, { limits })), "unreachable");
    const stops = await asked((_, reply) => void reply.writeHead(200).write("BEGIN"), { limits });
    assert.equal(whyOf(stops), "too-slow");
    const drips = await asked((_, reply) => void Readable.from(forever(50)).pipe(reply), { limits });
    assert.equal(whyOf(drips), "too-slow");
    const slowNames = fetchWith({ limits, resolve: () => new Promise(() => {}) });
    assert.equal(whyOf(await slowNames({ url: "http://slow.example/" })), "not-public");
  });

  test("tells a closed port, a silent one and another protocol apart from nothing", async () => {
    const limits = { idleMs: 200, totalMs: 900 };
    const site = await startSite(() => {});
    await site[Symbol.asyncDispose]();
    const closed = await fetchWith({ limits })({ url: `http://127.0.0.1:${site.port}/` });
    const silent = await asked(() => {}, { limits });
    const other = await asked((request) => void request.socket.end("220 mail.example ESMTP\r\n"), { limits });
    assert.deepEqual([closed, silent, other].map(whyOf), ["unreachable", "unreachable", "unreachable"]);
  });

  test("accepts a certificate of the name that was asked, and no other", async () => {
    await using site = await startSite((_, reply) => void reply.end("safe"), { tls: true });
    const fetch = fetchWith({ resolve: here, ca: TEST_CERT });
    assert.equal(textOf(await fetch({ url: `https://feeds.example:${site.port}/` })), "safe");
    assert.equal(whyOf(await fetch({ url: `https://other.example:${site.port}/` })), "wrong-certificate");
    assert.equal(
      whyOf(await fetchWith({ resolve: here })({ url: `https://feeds.example:${site.port}/` })),
      "wrong-certificate",
    );
  });

  test("is told that nothing has changed, and why it is refused", async () => {
    await using site = await startSite((request, reply) => {
      if (request.headers["if-none-match"] === '"1"') reply.writeHead(304).end();
      else if (request.headers["if-modified-since"] !== undefined) reply.writeHead(304).end();
      else reply.writeHead(429, { "retry-after": "90" }).end();
    });
    const fetch = fetchWith();
    const url = `http://127.0.0.1:${site.port}/`;
    assert.deepEqual(await fetch({ url, etag: '"1"' }), { kind: "unchanged" });
    assert.deepEqual(await fetch({ url, lastModified: "Sat, 21 Nov 2026 10:00:00 GMT" }), { kind: "unchanged" });
    assert.deepEqual(await fetch({ url }), { kind: "failed", why: "refused", status: 429, retryAfterSeconds: 90 });
  });

  test("runs eight at once, and leaves a host alone for a minute after five failures", async () => {
    let running = 0;
    let most = 0;
    const eight = Promise.withResolvers<void>();
    const fail = async (reply: ServerResponse) => {
      await eight.promise;
      await sleep(30); // A ninth would come meanwhile.
      running--;
      reply.writeHead(500).end();
    };
    await using site = await startSite((_, reply) => {
      most = Math.max(most, ++running);
      if (running === 8) eight.resolve();
      void fail(reply);
    });
    let nowMs = 0;
    const fetch = fetchWith({ clock: { monotonicMs: () => nowMs } });
    const url = `http://127.0.0.1:${site.port}/`;
    const all = await Promise.all(Array.from({ length: 24 }, () => fetch({ url })));
    assert.equal(most, 8);
    assert.ok(all.every((answer) => whyOf(answer) === "refused"));
    assert.equal(whyOf(await fetch({ url })), "unreachable", "it rests");
    nowMs = 60_001;
    assert.equal(whyOf(await fetch({ url })), "refused", "it is asked again");
  });
});
