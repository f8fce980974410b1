import { isIP } from "node:net";

/** One setting: its environment name, its default in words, and what it means. Printed by `npm start -- --settings`. */
type Setting<T> = {
  readonly name: string;
  readonly byDefault: string;
  readonly meaning: string;
  readonly read: (text: string | undefined) => T | Wrong;
};

/** What is wrong with a value, as the end of the sentence "PORT must …". */
class Wrong {
  readonly must: string;
  constructor(must: string) {
    this.must = must;
  }
}

const setting = <T>(name: string, byDefault: string, meaning: string, read: Setting<T>["read"]): Setting<T> => ({
  name,
  byDefault,
  meaning,
  read,
});

const wholeNumber = (fallback: number, from: number, to: number) => (text: string | undefined) => {
  if (text === undefined) return fallback;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= from && value <= to
    ? value
    : new Wrong(`be a whole number from ${from} to ${to}`);
};

const oneOf =
  <const T extends string>(choices: readonly T[], fallback: T) =>
  (text: string | undefined) => {
    if (text === undefined) return fallback;
    return choices.find((choice) => choice === text) ?? new Wrong(`be one of ${choices.join(", ")}`);
  };

const address = (protocols: readonly string[]) => (text: string | undefined) => {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !protocols.includes(url.protocol))
    return new Wrong(`be an address beginning with ${protocols.join("// or ")}//`);
  return text.replace(/\/$/, "");
};

/** Of the server that takes our mail: whether it is spoken to in TLS from the start, and as whom. */
export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
};

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

const smtpServer = (value: string | undefined): SmtpServer | null | Wrong => {
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const wrong = new Wrong("look like smtp://user:password@mail.example.org:587, or smtps://… for TLS from the start");
  if (url === null || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "") return wrong;
  if (!["", "/"].includes(url.pathname) || url.search !== "" || url.hash !== "") return wrong;
  if ((url.username === "") !== (url.password === ""))
    return new Wrong("name a user and a password, or neither; a % in them is written %25, an @ %40");
  const isSecure = url.protocol === "smtps:";
  try {
    return {
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? (isSecure ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port),
      isSecure,
      login:
        url.username === "" ? null : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    };
  } catch {
    return new Wrong("write a % in its user or password as %25");
  }
};

/** RFC 5321 §4.5.3.1.3 */
const ADDRESS_CHARACTERS_MAX = 254;
const mailAddress = (value: string | undefined) => {
  if (value === undefined) return null;
  return /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(value) &&
    value.length <= ADDRESS_CHARACTERS_MAX
    ? value
    : new Wrong("be an address such as bookings@example.org, without a name");
};

const text = (value: string | undefined) => value ?? null;

const networks = (list: string | undefined) => {
  const parts = (list ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const wrong = parts.find((part) => isIP(part.split("/")[0]!) === 0);
  return wrong === undefined
    ? parts
    : new Wrong(`be a list of addresses or networks such as 10.0.0.0/8; ${wrong} is none`);
};

const demo = (value: string | undefined) => {
  if (value === undefined) return null;
  return value === "1" || value === "0" ? value === "1" : new Wrong("be 1 (with the demo organisation) or 0 (without)");
};

/** Every setting of the server. There is no other way to configure it, and none is required. */
const settings = {
  port: setting("PORT", "4680", "Port of the web app and the API", wholeNumber(4680, 0, 65_535)),
  host: setting(
    "HOST",
    "localhost",
    "Address to listen on; 0.0.0.0 lets other machines in",
    (value) => value ?? "localhost",
  ),
  dataDir: setting("DATA_DIR", "./data", "Folder of the embedded database", (value) => value ?? "./data"),
  databaseUrl: setting(
    "DATABASE_URL",
    "none: embedded",
    "PostgreSQL 15 or newer, instead of the embedded database",
    address(["postgres:", "postgresql:"]),
  ),
  migrateDatabaseUrl: setting(
    "MIGRATE_DATABASE_URL",
    "DATABASE_URL",
    "Login that may change the schema, when DATABASE_URL may not",
    address(["postgres:", "postgresql:"]),
  ),
  publicUrl: setting(
    "PUBLIC_URL",
    "http://localhost:PORT",
    "Address by which people reach the server",
    address(["http:", "https:"]),
  ),
  trustProxy: setting(
    "TRUST_PROXY",
    "none",
    "Networks of proxies whose forwarded headers are believed, comma-separated",
    networks,
  ),
  feedNetworks: setting(
    "FEED_NETWORKS",
    "none: the public internet alone",
    "Networks that feeds may be fetched from as well, comma-separated: 192.168.1.0/24 at home",
    networks,
  ),
  smtp: setting(
    "SMTP_URL",
    "none: mail is off",
    "Server that takes mail to customers: smtp://user:password@host:587 (STARTTLS) or smtps://…",
    smtpServer,
  ),
  mailFrom: setting("MAIL_FROM", "none", "Address that mail to customers is sent from", mailAddress),
  pluginsDir: setting(
    "PLUGINS_DIR",
    "none: no plug-ins",
    "Folder of plug-ins that administrators may allow, each in a folder of its own",
    text,
  ),
  tlsCert: setting("TLS_CERT", "none", "File with the certificate, to serve https without a proxy", text),
  tlsKey: setting("TLS_KEY", "none", "File with the certificate's key", text),
  demo: setting(
    "DEMO",
    "1 on this machine only",
    "Whether an empty database is filled with the demo organisation",
    demo,
  ),
  authSecret: setting(
    "AUTH_SECRET",
    "made at the first start",
    "Signs sessions and tokens; at least 32 characters",
    (value) => (value === undefined || value.length >= 32 ? (value ?? null) : new Wrong("have at least 32 characters")),
  ),
  rateLimit: setting(
    "RATE_LIMIT",
    "on",
    "`off` switches request limits off, for load tests on this machine",
    oneOf(["on", "off"], "on"),
  ),
  rateLimitRequests: setting(
    "RATE_LIMIT_REQUESTS",
    "6000",
    "Requests of one signed-in person in a window",
    wholeNumber(6_000, 1, 10_000_000),
  ),
  rateLimitWindowMs: setting(
    "RATE_LIMIT_WINDOW",
    "900000",
    "The window in milliseconds",
    wholeNumber(900_000, 1_000, 86_400_000),
  ),
  logLevel: setting(
    "LOG_LEVEL",
    "info",
    "How much is logged",
    oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "info"),
  ),
  environment: setting("NODE_ENV", "production", "Only shown in the log", (value) => value ?? "production"),
  redisUrl: setting(
    "REDIS_URL",
    "none",
    "Accepted; shared caches and limits come with scaling out",
    address(["redis:", "rediss:"]),
  ),
  googleClientId: setting("GOOGLE_CLIENT_ID", "none", "Accepted; used when Google calendars can be connected", text),
  googleClientSecret: setting(
    "GOOGLE_CLIENT_SECRET",
    "none",
    "Accepted; used when Google calendars can be connected",
    text,
  ),
} as const;

/** They hold passwords, which are written into no log. */
const SECRET: ReadonlySet<string> = new Set(["DATABASE_URL", "MIGRATE_DATABASE_URL", "SMTP_URL", "AUTH_SECRET"]);

type Settings = typeof settings;
export type Config = { readonly [Key in keyof Settings]: Exclude<ReturnType<Settings[Key]["read"]>, Wrong> };

/** The settings, or one clear sentence for each that is wrong. Empty values count as not given. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): Config | { readonly wrong: readonly string[] } {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [key, entry] of Object.entries(settings)) {
    const given = environment[entry.name];
    const value = entry.read(given === "" ? undefined : given);
    if (value instanceof Wrong)
      wrong.push(`${entry.name} must ${value.must}${SECRET.has(entry.name) ? "" : `; it is "${given}"`}.`);
    else values[key] = value;
  }
  if ((values["tlsCert"] === null) !== (values["tlsKey"] === null))
    wrong.push("TLS_CERT and TLS_KEY must be given together.");
  if ((values["smtp"] === null) !== (values["mailFrom"] === null))
    wrong.push("SMTP_URL and MAIL_FROM must be given together.");
  if (values["rateLimit"] === "off" && !isLoopback(String(values["host"]))) {
    wrong.push("RATE_LIMIT must be on where other machines reach the server: off is for load tests on loopback.");
  }
  return wrong.length > 0 ? { wrong } : (values as Config);
}

/** Whether only this machine can reach a server that listens there. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" ||
  host.endsWith(".localhost") ||
  host === "::1" ||
  host === "[::1]" ||
  /^127(\.\d{1,3}){3}$/.test(host);

/** Whether other machines can reach the server: by where it listens, by the address people use, or through a proxy. */
export function isReachable({ host, publicUrl, trustProxy }: Config): boolean {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).hostname.replace(/^\[|\]$/g, "");
  return !isLoopback(host) || (publicHost !== null && !isLoopback(publicHost)) || trustProxy.length > 0;
}

/** The settings as a table for people. */
export const describeSettings = (): string =>
  Object.values(settings)
    .map(({ name, byDefault, meaning }) => `${name.padEnd(22)} ${meaning} (default: ${byDefault})`)
    .join("\n");
