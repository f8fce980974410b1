import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { drawIcons } from "./icons.ts";

/**
 * Makes an installable app of what Vite has built: the icons, the name of the build in `index.html`, and the service worker
 * that knows this name and the files that belong to it.
 */
export async function finishShell(web: string): Promise<void> {
  const dist = join(web, "dist");
  for (const [name, icon] of drawIcons()) writeFileSync(join(dist, name), icon);
  const assets = readdirSync(join(dist, "assets")).sort();
  const page = readFileSync(join(dist, "index.html"), "utf8");
  // The names of assets are hashes of what is in them.
  const name = createHash("sha256").update(page).update(assets.join()).digest("hex").slice(0, NAME_CHARS);
  writeFileSync(join(dist, "index.html"), page.replace("__BUILD__", name));
  const files = assets.filter((file) => !file.endsWith(".woff2") || FONTS_AHEAD.test(file));
  await buildWorker(web, { name, files: files.map((file) => `/assets/${file}`) });
}

const NAME_CHARS = 16;
/** Letters of other scripts are fetched when they are written, and kept then. */
const FONTS_AHEAD = /^inter-latin-wght/;

/** One classic script without imports: module workers are younger than the browsers we build for. */
async function buildWorker(web: string, shell: { readonly name: string; readonly files: string[] }): Promise<void> {
  await build({
    configFile: false,
    root: web,
    publicDir: false,
    logLevel: "warn",
    define: { __BUILD__: JSON.stringify(shell.name), __FILES__: JSON.stringify(shell.files) },
    build: {
      outDir: "dist",
      emptyOutDir: false,
      target: ["chrome119", "firefox120", "safari17.4"],
      rollupOptions: {
        input: join(web, "src/offline/worker.ts"),
        output: { format: "iife", entryFileNames: "worker.js" },
      },
    },
  });
}
