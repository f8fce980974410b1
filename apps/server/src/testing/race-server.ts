// A server of its own process whose clock is turned by whoever started it: what a race is run against, and killed.
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { compose } from "../compose.ts";
import { readConfig } from "../config.ts";
import { systemClock } from "../platform/clock.ts";
import { idMaker } from "../platform/ids.ts";

/** What it is told: so far ahead its clock is from now on. */
export type Turn = { readonly aheadMs: number };
/** What it says once it listens. */
export type RaceServerStarted = { readonly url: string; readonly setupCode: string | null };

let aheadMs = Number(process.argv[2] ?? 0);
const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
const config = readConfig({ ...process.env, PORT: "0", HOST: "127.0.0.1", RATE_LIMIT: "off", DEMO: "0" });
if ("wrong" in config) throw new Error(config.wrong.join(" "));
const application = await compose(config, {
  clock,
  newId: idMaker(clock, randomBytes),
  log: pino({ level: "error" }, pino.destination(2)),
});
const url = await application.server.listen({ port: 0, host: "127.0.0.1" });
process.on("message", (turn: Turn) => void (aheadMs = turn.aheadMs));
process.on("disconnect", () => process.exit(0)); // Who races has gone.
process.on("SIGTERM", () => void application[Symbol.asyncDispose]().then(() => process.exit(0)));
process.send!({ url, setupCode: application.setupCode() } satisfies RaceServerStarted);
