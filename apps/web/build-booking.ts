import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type InlineConfig } from "vite";

const TARGET = ["chrome119", "firefox120", "safari17.4"];
const TOKENS = "virtual:booking-tokens.css";

/**
 * Builds what belongs to the public booking pages into the web app's folder: one sheet and one script, whose addresses it writes
 * into `booking.json` for the server, and `/embed.js` for the pages of others. No React, and nothing of the app.
 */
export async function buildBooking(web: string): Promise<void> {
  const folder = join(web, "src/booking");
  const tokens = tokensIn(
    readFileSync(join(web, "src/ui/tokens.css"), "utf8"),
    readFileSync(join(folder, "booking.css"), "utf8"),
  );
  const shared: InlineConfig = { configFile: false, root: web, publicDir: false, logLevel: "warn" };
  const kept = {
    outDir: "dist",
    emptyOutDir: false,
    target: TARGET,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  };
  await build({
    ...shared,
    plugins: [
      {
        name: "booking-tokens",
        resolveId: (id) => (id === TOKENS ? `\0${TOKENS}` : null),
        load: (id) => (id === `\0${TOKENS}` ? tokens : null),
      },
    ],
    build: {
      ...kept,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { booking: join(folder, "main.ts") },
        output: { entryFileNames: "assets/booking-[hash].js", assetFileNames: "assets/[name]-[hash][extname]" },
      },
    },
  });
  await build({
    ...shared,
    build: {
      ...kept,
      rollupOptions: { input: join(folder, "embed.ts"), output: { format: "iife", entryFileNames: "embed.js" } },
    },
  });
  const assets = readdirSync(join(web, "dist/assets"));
  const addressOf = (ending: string) =>
    `/assets/${assets.find((file) => file.startsWith("booking-") && file.endsWith(ending))!}`;
  writeFileSync(join(web, "dist/booking.json"), JSON.stringify({ style: addressOf(".css"), script: addressOf(".js") }));
}

/** Lightness and chroma of the host's mark; its hue is the host's. */
const OF_THE_MARK = "--bar-edge";

/** The design's tokens that a sheet uses, in light, and in dark where the system is: without a script nobody can choose. */
function tokensIn(tokens: string, sheet: string): string {
  const used = new Set([...sheet.matchAll(/var\((--[\w-]+)\)/g)].map((found) => found[1]!)).add(OF_THE_MARK);
  const declared = (start: RegExp) =>
    [...tokens.matchAll(start)]
      .map(({ index }) => tokens.slice(tokens.indexOf("{", index) + 1, tokens.indexOf("}", index)))
      .flatMap((block) => [...block.matchAll(/(--[\w-]+):([^;]+);/g)])
      .filter((found) => used.has(found[1]!))
      .map((found) => `${found[1]}:${found[2]!.trim()};`)
      .join("");
  const light = declared(/^:root(,\n\[data-theme="light"\])? \{/gm);
  const dark = declared(/^\[data-theme="dark"\] \{/gm);
  return `:root{color-scheme:light dark;${light}}@media (prefers-color-scheme:dark){:root{${dark}}}`;
}
