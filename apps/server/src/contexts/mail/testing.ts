import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** What a mail server was given. */
export type Arrived = { readonly to: string; readonly raw: string };

/**
 * How it answers: taken, refused with a code, the connection broken before the answer (after it kept the message, or not), or kept
 * and never answered.
 */
export type Reply =
  | "take"
  | "break"
  | "take-and-break"
  | "take-and-wait"
  | { readonly code: number; readonly text: string };

export type TestMailServer = AsyncDisposable & {
  readonly port: number;
  readonly arrived: Arrived[];
  /** Answers of the next messages, in order; then all are taken. */
  readonly replies: Reply[];
  /** How often a message was begun. */
  readonly begun: () => number;
};

/** Connections that hang end with it. */
const CLOSE_MS_MAX = 500;

/** A real SMTP server on this machine, without TLS. With `login` it lets in that user alone. */
export async function startMailServer(
  options: { readonly login?: { readonly user: string; readonly pass: string }; readonly port?: number } = {},
): Promise<TestMailServer> {
  const arrived: Arrived[] = [];
  const replies: Reply[] = [];
  let begun = 0;
  const { login } = options;
  const server = new SMTPServer({
    authOptional: login === undefined,
    disabledCommands: login === undefined ? ["STARTTLS", "AUTH"] : ["STARTTLS"],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: CLOSE_MS_MAX,
    onAuth: ({ username, password }, _session, done) =>
      username === login?.user && password === login?.pass
        ? done(null, { user: username })
        : done(Object.assign(new Error("Wrong password"), { responseCode: 535 })),
    onData(stream, session, done) {
      begun++;
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
      stream.on("end", () => {
        const reply = replies.shift() ?? "take";
        const raw = Buffer.concat(chunks).toString("utf8");
        if (typeof reply === "string" && reply !== "break") arrived.push({ to: toOf(session), raw });
        if (reply === "take") return done(null, "kept");
        if (reply === "take-and-wait") return;
        if (typeof reply === "string") return sockets.forEach((socket) => socket.destroy());
        return done(Object.assign(new Error(reply.text), { responseCode: reply.code }));
      });
    },
  });
  const sockets = new Set<{ destroy(): void }>();
  server.on("error", () => {});
  server.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(options.port ?? 0, "127.0.0.1", () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived,
    replies,
    begun: () => begun,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const toOf = ({ envelope }: SMTPServerSession): string => envelope.rcptTo.map(({ address }) => address).join(", ");

/** One part of a message, decoded. */
export type Part = { readonly headers: ReadonlyMap<string, string>; readonly type: string; readonly text: string };

/** A message taken apart (RFC 2045, 2046), as far as what is written here needs it: its headers, and its parts that have no parts. */
export function readMessage(raw: string): {
  readonly headers: ReadonlyMap<string, string>;
  readonly parts: readonly Part[];
} {
  const [headers, body] = split(raw);
  return { headers, parts: partsOf(headers, body) };
}

function split(raw: string): [Map<string, string>, string] {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw.slice(0, end).replaceAll(/\r\n[ \t]+/g, " ");
  const headers = new Map(
    head.split("\r\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())];
    }),
  );
  return [headers, raw.slice(end + 4)];
}

function partsOf(headers: ReadonlyMap<string, string>, body: string): Part[] {
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1];
  if (boundary === undefined) return [{ headers, type, text: decoded(headers, body) }];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((part) => {
      const [inner, text] = split(part.replace(/^\r\n/, ""));
      return partsOf(inner, text.replace(/\r\n$/, ""));
    });
}

function decoded(headers: ReadonlyMap<string, string>, body: string): string {
  const encoding = headers.get("content-transfer-encoding") ?? "7bit";
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  return encoding === "quoted-printable" ? unquoted(body.replaceAll(/=\r\n/g, "")) : body;
}

const unquoted = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))),
    "latin1",
  ).toString("utf8");

/** Encoded words (RFC 2047). */
function words(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === "B" ? Buffer.from(text, "base64").toString("utf8") : unquoted(text.replaceAll("_", " ")),
    );
}
