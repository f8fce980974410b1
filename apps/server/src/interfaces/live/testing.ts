// What tests of live messages do again and again: a client that keeps all it hears.
import { WebSocket } from "ws";
import type { Client } from "@hourwright/client";
import type { LiveChange, LiveFromClient, LiveFromServer } from "@hourwright/contract";
import { eventually } from "../../testing/eventually.ts";

/** A message of one type. */
type Heard<Type> = Type extends LiveChange["type"] ? LiveChange : Extract<LiveFromServer, { type: Type }>;

/** A client over a real socket. */
export type Ear = AsyncDisposable & {
  readonly heard: LiveFromServer[];
  /** The code the connection was closed with; null while it is open. */
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
  say(message: LiveFromClient): void;
  /** The first message heard, now or later, that is as wanted. */
  until<Type extends LiveFromServer["type"]>(
    type: Type,
    isWanted?: (message: Heard<Type>) => boolean,
  ): Promise<Heard<Type>>;
  /** The changes heard so far. */
  changes(): LiveChange[];
};

export const ticketOf = async (client: Client): Promise<string> => (await client("live.ticket", {})).ticket;

/** Connects with a ticket. Fails when the server refuses. */
export async function listen(url: string, ticket: string, headers: Record<string, string> = {}): Promise<Ear> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/live?ticket=${ticket}`, { headers });
  const heard: LiveFromServer[] = [];
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  socket.on("message", (bytes: Buffer) => heard.push(JSON.parse(bytes.toString("utf8")) as LiveFromServer));
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return {
    heard,
    closed,
    socket,
    say: (message) => socket.send(JSON.stringify(message)),
    async until(type, isWanted = () => true) {
      const find = () => heard.find((each) => each.type === type && isWanted(each as never));
      await eventually(
        `${type} among what is heard`,
        () => heard,
        () => find() !== undefined,
      );
      return find() as never;
    },
    changes: () => heard.filter(isChange),
    async [Symbol.asyncDispose]() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.terminate();
      await closed;
    },
  };
}

/** The status with which the server refuses to open a connection. */
export function refusedWith(url: string, ticket: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/live?ticket=${ticket}`, { headers });
  return new Promise((resolve, reject) => {
    socket.once("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.on("error", () => {});
      socket.terminate();
    });
    socket.once("open", () => reject(new Error("it was let in")));
  });
}

export const isChange = (message: LiveFromServer): message is LiveChange => "fields" in message;
