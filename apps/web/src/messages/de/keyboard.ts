/** How this keyboard prints the key that goes with Z and Enter. */
export const MOD = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘" : "Strg ";
