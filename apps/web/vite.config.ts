import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The nonce is a word that the server replaces in each answer: `index.html` carries it on every script and style and
 * in `<meta property="csp-nonce">`, where react-aria looks for it when it writes styles at run time.
 */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  html: { cspNonce: "__NONCE__" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["chrome119", "firefox120", "safari17.4"],
    assetsInlineLimit: 0, // A strict policy has no room for data: addresses.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  logLevel: "warn",
});
