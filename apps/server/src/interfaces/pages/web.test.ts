import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fastify } from "fastify";
import { registerWeb } from "./web.ts";

describe("the built web app", () => {
  const folder = mkdtempSync(join(tmpdir(), "hourwright-web-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), '<html><script nonce="__NONCE__"></script></html>');
  writeFileSync(join(folder, "worker.js"), "self");
  writeFileSync(join(folder, "manifest.webmanifest"), "{}");
  writeFileSync(join(folder, "assets/index-1.js"), "export {}");
  const server = fastify();
  registerWeb(server, folder);
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const get = async (url: string) => (await server.inject({ url, headers: { accept: "text/html" } })).headers;

  const cases: [path: string, type: string, cacheControl: string][] = [
    ["/assets/index-1.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    ["/worker.js", "text/javascript; charset=utf-8", "no-cache"],
    ["/manifest.webmanifest", "application/manifest+json", "no-cache"],
    ["/year/2027", "text/html; charset=utf-8", "no-store"],
  ];
  for (const [path, type, cacheControl] of cases)
    test(`${path} is ${type}, ${cacheControl}`, async () => {
      const headers = await get(path);
      assert.deepEqual([headers["content-type"], headers["cache-control"]], [type, cacheControl]);
    });

  test("its places are there, whatever the rest of their address, and nothing else is", async () => {
    const statusOf = async (url: string) => (await server.inject({ url, headers: { accept: "text/html" } })).statusCode;
    for (const place of ["year", "week", "day", "agenda", "conflicts"]) assert.equal(await statusOf(`/${place}`), 200);
    for (const place of ["team", "staff", "leagues", "settings", "bookings", "approvals"])
      for (const path of [`/${place}`, `/${place}/a/b`]) assert.equal(await statusOf(path), 200, path);
    for (const path of ["/nowhere", "/staffing", "/proof/more"]) assert.equal(await statusOf(path), 404, path);
  });

  test("a page has a nonce of its own, in its policy as in its text", async () => {
    const [one, other] = [await server.inject("/"), await server.inject("/")];
    const nonceOf = ({ body }: typeof one) => /nonce="([^"]+)"/.exec(body)![1]!;
    assert.notEqual(nonceOf(one), nonceOf(other));
    assert.match(
      String(one.headers["content-security-policy"]),
      new RegExp(`script-src 'self' 'nonce-${nonceOf(one)}'`),
    );
  });

  test("the service worker may ask this server, and nobody else", async () => {
    const headers = await get("/worker.js");
    assert.equal(headers["content-security-policy"], "default-src 'none'; connect-src 'self'");
    assert.equal((await get("/assets/index-1.js"))["content-security-policy"], undefined);
  });
});
