import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { assert } from "@hourwright/std";

/** What is asked: always the same address, or another one each time. */
export type Asked = { readonly url: string; readonly token: string; readonly path: (count: number) => string };

export type Load = { readonly answers: number; readonly seconds: number; readonly bytesOfAnswer: number };

/**
 * Asks over some connections for so long, each the next question as soon as it has its answer. A client of a few lines,
 * because what it costs is taken from the machine that is measured: it looks for the length and counts.
 */
export async function askFor(asked: Asked, connections: number, forMs: number): Promise<Load> {
  const startedMs = performance.now();
  const untilMs = startedMs + forMs;
  let answers = 0;
  let bytesOfAnswer = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const { hostname, port } = new URL(asked.url);
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      await once(socket, "connect");
      while (performance.now() < untilMs) {
        bytesOfAnswer = await askOnce(socket, asked, asked.path(answers++));
      }
      socket.destroy();
    }),
  );
  return { answers, seconds: (performance.now() - startedMs) / 1_000, bytesOfAnswer };
}

function askOnce(socket: Socket, { url, token }: Asked, path: string): Promise<number> {
  const answered = Promise.withResolvers<number>();
  let head = "";
  let missing = -1;
  let length = 0;
  const hear = (bytes: Buffer): void => {
    if (missing === -1) {
      head += bytes.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end === -1) return;
      assert(head.startsWith("HTTP/1.1 200"), head.slice(0, 600));
      length = Number(/\ncontent-length: (\d+)/i.exec(head)![1]);
      missing = length - (head.length - end - 4);
    } else missing -= bytes.length;
    if (missing > 0) return;
    socket.off("data", hear).off("close", fail);
    answered.resolve(length);
  };
  const fail = () => answered.reject(new Error(`${path}: the connection was closed`));
  socket.on("data", hear).once("close", fail);
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\nauthorization: Bearer ${token}\r\n\r\n`);
  return answered.promise;
}
