import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient, type Client } from "@hourwright/client";
import { below, type Result } from "./report.ts";

/** Fifty open pages of an organisation, as three people have them on all their devices. */
export const SOCKETS_OF_A_MEMBER = [17, 17, 16] as const;

/** An organisation with its members, all of them administrators, and the ids of its staff. */
export type Account = { readonly organisation: number; readonly emails: string[]; readonly staff: string[] };
/** A change of an organisation, with the moment of its commit by the clock that all processes share. */
type Told = { readonly organisation: number; readonly seq: number; readonly committedMs: number };

/** A server of its own process with organisations and nobody connected yet. */
export type Crowd = {
  readonly url: string;
  readonly accounts: readonly Account[];
  signIn(email: string): Promise<Client>;
  /** When a change was committed: the last of its unit says so for all of them. */
  committedMs(organisation: number, seq: number): number;
  /** Processor time that the server has taken until now, with its database: what others do on the machine is not in it. */
  workedMs(): Promise<number>;
};

/** Starts the server on an empty directory, works with it, and ends it. */
export async function withCrowd<Answer>(
  size: { readonly organisations: number; readonly staff: number },
  work: (crowd: Crowd) => Promise<Answer>,
): Promise<Answer> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-bench-"));
  try {
    const module = fileURLToPath(new URL("../../apps/server/src/testing/live-crowd.ts", import.meta.url));
    const counts = [size.organisations, SOCKETS_OF_A_MEMBER.length, size.staff].map(String);
    const child = fork(module, counts, { env: { ...process.env, DATA_DIR: join(directory, "data") } });
    type Started = { url: string; accounts: readonly Account[]; password: string };
    const [{ url, accounts, password }] = (await once(child, "message")) as [Started];
    const commits = new Map<number, Told[]>(accounts.map(({ organisation }) => [organisation, []]));
    const answers: ((ms: number) => void)[] = [];
    child.on("message", (told: Told | { readonly workedMs: number }) => {
      if ("workedMs" in told) answers.shift()?.(told.workedMs);
      else commits.get(told.organisation)?.push(told);
    });
    try {
      return await work({
        url,
        accounts,
        async signIn(email) {
          const { accessToken } = await createClient({ baseUrl: url })("auth.signIn", { body: { email, password } });
          return createClient({ baseUrl: url, token: () => accessToken });
        },
        committedMs: (organisation, seq) =>
          commits.get(organisation)?.find((each) => each.seq >= seq)?.committedMs ?? Number.NaN,
        workedMs() {
          const { promise, resolve } = Promise.withResolvers<number>();
          answers.push(resolve);
          child.send("worked");
          return promise;
        },
      });
    } finally {
      child.disconnect();
      await once(child, "exit");
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export type Message = { readonly type: string; readonly seq: number; readonly id: string; readonly fields: string[] };

/** Opens a socket that hears the changes of the organisation, each with the moment it came. */
export async function listen(
  client: Client,
  url: string,
  hear: (message: Message, atMs: number) => void,
): Promise<WebSocket> {
  const { ticket } = await client("live.ticket", {});
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/live?ticket=${ticket}`);
  await once(socket, "open");
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const atMs = nowMs();
    hear(JSON.parse(data) as Message, atMs);
  });
  socket.send(JSON.stringify({ type: "subscribe", topic: "calendar" }));
  return socket;
}

/** The clock that all processes of a machine share. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** What is told beside the promises. */
export const beside = (what: string, ms: number): Result => ({ ...below(what, ms, "ms", Infinity), promise: "" });

/** The longest stall of the server's event loop since it was last asked, in milliseconds. */
export async function stallOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^hourwright_event_loop_stall_ms (\S+)/m.exec(metrics)?.[1]);
}
