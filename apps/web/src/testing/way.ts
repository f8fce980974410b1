import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";

/** A way to a server, with an address of its own, that can be cut: the server itself goes on. */
export type Way = AsyncDisposable & {
  readonly url: string;
  /** From now on nobody gets through, and who was through is cut off. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  /** From now on, or no longer, whoever asks waits without an answer. */
  readonly hold: (isHeld: boolean) => void;
  /** Pages and the service worker say something else from now on. */
  readonly rewrite: (how: (text: string) => string) => void;
};

export async function layWay(to: string): Promise<Way> {
  const target = new URL(to);
  let how: ((text: string) => string) | null = null;
  let isHeld = false;
  const sockets = new Set<Duplex>();
  const server = createServer((asked, answer) => {
    if (!isHeld) pass(asked, answer, target, how);
  });
  server.on("upgrade", (asked: IncomingMessage, near: Duplex, head: Buffer) => {
    const far = connect(Number(target.port), target.hostname, () => {
      const headers = asked.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : []));
      far.write([`${asked.method} ${asked.url} HTTP/1.1`, ...headers, "", ""].join("\r\n"));
      far.write(head);
      near.pipe(far).pipe(near);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => (sockets.delete(socket), other.destroy()));
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "localhost", () => resolve()));
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    cut,
    mend: () => listen(port),
    hold: (next) => (isHeld = next),
    rewrite: (next) => (how = next),
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await cut();
    },
  };
}

function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  target: URL,
  how: ((text: string) => string) | null,
): void {
  const headers = { ...asked.headers, "accept-encoding": "identity" };
  const options = { host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers };
  const passed = request(options, (said) => {
    const isOurs = asked.url === "/worker.js" || said.headers["content-type"]?.startsWith("text/html") === true;
    if (how === null || !isOurs) {
      answer.writeHead(said.statusCode!, said.headers);
      said.pipe(answer);
      return;
    }
    const { "content-length": _, ...rest } = said.headers;
    answer.writeHead(said.statusCode!, rest);
    void text(said).then((body) => answer.end(how(body)));
  });
  passed.on("error", () => answer.destroy());
  asked.pipe(passed);
}
