import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Whom we measure ourselves against. Installed for the benches alone, so that nobody else downloads them. */
const PEERS = {
  flatbush: "4.7.0",
  fullcalendar: "7.1.0",
  "ical.js": "2.2.1",
  "rrule-rust": "3.1.1",
  "rrule-temporal": "2.2.7",
  "temporal-polyfill": "1.0.1", // Asked for by fullcalendar.
} as const;

const FOLDER = fileURLToPath(new URL("../../node_modules/.cache/hourwright/bench-peers/", import.meta.url));
const INSTALL_MS_MAX = 120_000;

/** Loads a peer as a module; the first call installs all of them, which needs the network once. */
export async function loadPeer(name: keyof typeof PEERS): Promise<unknown> {
  installPeers();
  const { resolve } = createRequire(join(FOLDER, "package.json"));
  return import(pathToFileURL(resolve(name)).href);
}

/** The path of a file of a peer that runs in a browser; installs as `loadPeer` does. */
export function peerFile(name: keyof typeof PEERS, path: string): string {
  installPeers();
  return join(FOLDER, "node_modules", name, path);
}

function installPeers(): void {
  const wanted = JSON.stringify({ private: true, dependencies: PEERS });
  const stamp = join(FOLDER, "package.json");
  const isThere =
    existsSync(join(FOLDER, "node_modules")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (isThere) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(stamp, wanted);
  console.error("Installing the peers of the benches …");
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"], {
    cwd: FOLDER,
    stdio: ["ignore", "ignore", "inherit"],
    timeout: INSTALL_MS_MAX,
  });
}
