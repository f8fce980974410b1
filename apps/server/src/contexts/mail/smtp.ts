import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Clock } from "../../platform/clock.ts";
import type { Outcome } from "./model.ts";

/** What hands messages over. */
export type Sender = {
  /** The address that messages are sent from. */
  readonly from: string;
  /** One message to one address. Ends within `SEND_MS_MAX`, soon after `signal`, and throws nothing. */
  readonly send: (to: string, message: Buffer, signal?: AbortSignal) => Promise<Outcome>;
};

export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
};

/** A whole dialogue, however slowly the server speaks. */
export const SEND_MS_MAX = 60_000;
/** What is left of it for a process that stops. */
const LAST_MS_MAX = 5_000;
const CONNECT_MS_MAX = 15_000;
/** Of what a server says, so much is kept. */
const REASON_CHARACTERS_MAX = 200;

/**
 * Sends by SMTP (RFC 5321), one connection a message. Where we sign in, the connection is encrypted, or nothing is said: but for a
 * server on this machine.
 */
export function smtpSender(settings: SmtpSettings, from: string, clock: Pick<Clock, "setTimer">): Sender {
  return { from, send: (to, message, signal) => dialogue(settings, { from, to, message }, clock, signal) };
}

type Post = { readonly from: string; readonly to: string; readonly message: Buffer };

async function dialogue(
  settings: SmtpSettings,
  post: Post,
  clock: Pick<Clock, "setTimer">,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { host, port, isSecure, login } = settings;
  const connection = new SMTPConnection({
    host,
    port,
    secure: isSecure,
    requireTLS: login !== null && !isSecure && !isThisMachine(host),
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    dnsTimeout: CONNECT_MS_MAX,
    socketTimeout: SEND_MS_MAX / 2,
  });
  const { promise: broken, reject: breakOff } = Promise.withResolvers<never>();
  broken.catch(() => {});
  connection.on("error", breakOff);
  const timers = [clock.setTimer(SEND_MS_MAX, () => breakOff(new Error("it took too long")))];
  const hurry = () =>
    void timers.push(clock.setTimer(LAST_MS_MAX, () => breakOff(new Error("this server was stopped meanwhile"))));
  if (signal?.aborted === true) hurry();
  signal?.addEventListener("abort", hurry);
  const step = (run: (done: (error?: Error | null) => void) => void): Promise<void> =>
    Promise.race([broken, new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())))]);
  try {
    try {
      await step((done) => connection.connect(done));
      if (login !== null) await step((done) => connection.login({ ...login }, done));
    } catch (error) {
      const about = (error as SmtpError).code === "ETLS" ? "The connection cannot be encrypted: " : "";
      return { kind: "unreachable", reason: `${about}${reasonOf(error, post.to)}` };
    }
    try {
      await step((done) => connection.send({ from: post.from, to: [post.to] }, post.message, done));
      return { kind: "accepted" };
    } catch (error) {
      return refusalOf(error, post.to);
    }
  } finally {
    signal?.removeEventListener("abort", hurry);
    for (const timer of timers) timer.cancel();
    connection.close();
  }
}

type SmtpError = {
  readonly message: string;
  readonly responseCode?: number;
  readonly code?: string;
  readonly response?: string;
};

/** A code says that it was not taken. Without one it may have been: the answer was lost. */
function refusalOf(error: unknown, to: string): Outcome {
  const { responseCode, code } = error as SmtpError;
  const reason = reasonOf(error, to);
  if (responseCode !== undefined) return { kind: "refused", isFinal: responseCode >= 500, reason };
  if (code === "EENVELOPE") return { kind: "refused", isFinal: true, reason };
  return { kind: "unanswered", reason };
}

/** What the server said in one line that names no address: it is kept, and the customer may be erased. */
export function reasonOf(error: unknown, to: string): string {
  const { response, message } = error as SmtpError;
  return (response ?? message)
    .replaceAll(to, "…")
    .replaceAll(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "…")
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, REASON_CHARACTERS_MAX);
}

const isThisMachine = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");
