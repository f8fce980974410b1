import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { assert } from "@hourwright/std";

/** The server went away, or ended the connection, before it had answered: nobody knows what became of the request. */
export class Lost extends Error {
  override name = "Lost";
}

export type Wanted = {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
};

export type Answer = { readonly status: number; readonly bytes: number; text(): string };

/** One connection that asks one thing after another. */
export type Wire = Disposable & { ask(wanted: Wanted): Promise<Answer> };

/**
 * A client of a few lines over a connection of its own, because what it costs is taken from the machine that is measured: it looks for
 * the length and counts. For answers that name their length alone, as all of ours in JSON do. `Lost` when nobody answers.
 */
export async function openWire(url: string): Promise<Wire> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  try {
    await once(socket, "connect");
  } catch (error) {
    throw new Lost(`nobody listens at ${url}`, { cause: error });
  }
  socket.on("error", () => {}); // Its end is heard as "close".
  return {
    ask: (wanted) => askOnce(socket, host, wanted),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

function askOnce(socket: Socket, host: string, { method, path, token, body }: Wanted): Promise<Answer> {
  const answered = Promise.withResolvers<Answer>();
  const parts: Buffer[] = [];
  let head = "";
  let missing = -1;
  let bytes = 0;
  const hear = (part: Buffer): void => {
    if (missing !== -1) {
      parts.push(part);
      missing -= part.length;
    } else {
      head += part.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end === -1) return;
      bytes = Number(/\ncontent-length: (\d+)/i.exec(head.slice(0, end + 2))?.[1] ?? 0);
      const first = Buffer.from(head.slice(end + 4), "latin1");
      parts.push(first);
      missing = bytes - first.length;
    }
    if (missing > 0) return;
    socket.off("data", hear).off("close", fail);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    assert(status >= 200, head.slice(0, 600));
    answered.resolve({ status, bytes, text: () => Buffer.concat(parts).toString("utf8") });
  };
  const fail = () => {
    socket.off("data", hear);
    answered.reject(new Lost(`${path}: the connection was closed`));
  };
  if (socket.destroyed) {
    fail();
    return answered.promise;
  }
  socket.on("data", hear).once("close", fail);
  const said = body === undefined ? "" : JSON.stringify(body);
  const length =
    body === undefined ? "" : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(said)}\r\n`;
  const who = token === undefined ? "" : `authorization: Bearer ${token}\r\n`;
  socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${who}${length}\r\n${said}`);
  return answered.promise;
}
