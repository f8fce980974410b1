// npm start: reads the settings, composes the server, listens, drains. The only file that speaks with the process.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { pino } from "pino";
import { compose, type Application } from "./compose.ts";
import { describeSettings, isLoopback, readConfig, type Config } from "./config.ts";
import { systemClock } from "./platform/clock.ts";
import { CannotStart } from "./platform/failure.ts";
import { idMaker } from "./platform/ids.ts";

/** After a signal: not ready at once, so that a balancer looks elsewhere, then open requests end. */
const DRAIN_MS = 5_000;
const EXIT_MS_MAX = 25_000;

if (process.argv.includes("--settings")) {
  console.log(describeSettings());
  process.exit(0);
}
const config = readConfig(process.env);
if ("wrong" in config) {
  for (const sentence of config.wrong) console.error(sentence);
  process.exit(2);
}
await start(config);

async function start(config: Config): Promise<void> {
  const log = pino(
    {
      level: process.env["LOG_LEVEL"] === undefined && process.stdout.isTTY ? "warn" : config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination(2),
  );
  const startedMs = performance.now();
  let application: Application;
  try {
    await tryPort(config); // Before the database is opened and filled: the commonest mistake is answered at once.
    application = await compose(config, { clock: systemClock, newId: idMaker(systemClock, randomBytes), log });
  } catch (error) {
    return giveUp(error);
  }
  try {
    await application.server.listen({ port: config.port, host: config.host });
  } catch (error) {
    await application[Symbol.asyncDispose]();
    return giveUp(error);
  }
  greet(config, application, performance.now() - startedMs);
  onSignal(() => stop(application, isLoopback(config.host) ? 0 : DRAIN_MS));
}

/** Listens for a moment where the server will listen, so that a taken port is known at once. */
async function tryPort({ port, host }: Config): Promise<void> {
  const probe = createServer().listen(port, host);
  await once(probe, "listening");
  probe.close();
  await once(probe, "close");
}

function greet(config: Config, application: Application, tookMs: number): void {
  const { port } = application.server.server.address() as { port: number };
  const address =
    config.publicUrl ??
    `${config.tlsCert === null ? "http" : "https"}://${config.host === "0.0.0.0" || config.host === "::" ? "localhost" : config.host}:${port}`;
  const code = application.setupCode();
  const lines = [
    `Hourwright is ready at ${address} (${(tookMs / 1_000).toFixed(1)} s).`,
    code === null ? "Open it and sign in." : `Open ${address}/setup and make the first owner with the code ${code}`,
    ...(application.demo
      ? ["Demo: sign in with one click, or as coordinator@larkfield.example with larkfield-demo."]
      : []),
    ...application.notes,
  ];
  console.log(lines.join("\n"));
}

function giveUp(error: unknown): void {
  const { code } = error as { code?: string };
  if (code === "EADDRINUSE")
    console.error(
      `Port ${config && "port" in config ? config.port : ""} is taken. Start with another one: PORT=4681 npm start`,
    );
  else if (code === "EACCES") console.error("This port may not be used. Start with another one: PORT=4680 npm start");
  else if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") console.error("HOST is no address of this machine.");
  else if (error instanceof CannotStart) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}

function onSignal(end: () => Promise<void>): void {
  let ending = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      setTimeout(() => process.exit(1), EXIT_MS_MAX).unref();
      end().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

async function stop(application: Application, drainMs: number): Promise<void> {
  application.drain();
  if (drainMs > 0) await systemClock.sleep(drainMs);
  await application[Symbol.asyncDispose]();
}
