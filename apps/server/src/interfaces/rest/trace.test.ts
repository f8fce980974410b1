import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { createHttpServer } from "./server.ts";
import { createTracer, type RequestTrace } from "./trace.ts";

describe("the trace of a request that no operation answers", () => {
  const traces: RequestTrace[] = [];
  let server: FastifyInstance;
  before(async () => {
    let made = 0;
    server = await createHttpServer({
      log: pino({ level: "silent" }),
      newId: (kind) => `${kind}_${++made}`,
      tracer: createTracer(
        (trace) => void traces.push(trace),
        (address) => `hash of ${address}`,
      ),
      trustProxy: [],
      tls: null,
      isOwnHost: (host) => host === "here",
    });
    server.get("/page", (_request, reply) => reply.send("a page"));
    await server.listen({ port: 0, host: "127.0.0.1" });
  });
  after(() => server.close());

  const table: [sent: string, left: string][] = [
    ["GET /page HTTP/1.1\r\nHost: here", "page 200 null"],
    ["GET /nowhere HTTP/1.1\r\nHost: here", "none 404 null"],
    ["POST /v1/me HTTP/1.1\r\nHost: here\r\nContent-Length: 0", "none 405 null"],
    ["GET /%zz HTTP/1.1\r\nHost: here", "none 400 null"],
    ["GET /page HTTP/1.1\r\nHost: elsewhere.example", "page 403 null"],
    ["GET /page HTTP/1.1", "page 400 null"],
    ["no request at all", "none 400 request/invalid"],
  ];
  for (const [sent, left] of table) {
    test(`is left once by ${JSON.stringify(sent)}: ${left}`, async () => {
      traces.length = 0;
      const socket = connect((server.server.address() as AddressInfo).port, "127.0.0.1");
      socket.resume().end(`${sent}\r\nUser-Agent: probe/1\r\nConnection: close\r\n\r\n`);
      await once(socket, "close");
      assert.deepEqual(
        traces.map(({ operation, status, code }) => `${operation} ${status} ${code}`),
        [left],
      );
      assert.equal(traces[0]!.addressHash, "hash of 127.0.0.1");
      assert.equal(traces[0]!.client, sent.startsWith("no ") ? "" : "probe/1");
      assert.match(traces[0]!.requestId, /^req_\d+$/);
    });
  }
});
