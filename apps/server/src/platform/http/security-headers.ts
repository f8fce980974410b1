/** Headers of every answer. Pages add a policy with their nonce. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/**
 * The policy of a page: own files and what carries this answer's nonce; nothing else runs, loads or frames. `framedBy`: who may
 * show it inside their own pages.
 */
export const pagePolicy = (nonce: string, framedBy: "'none'" | "*" = "'none'"): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy}`,
  ].join("; ");

/** The policy of the service worker's own script: it asks this server for the app's files, and nothing else. */
export const workerPolicy = "default-src 'none'; connect-src 'self'";

/** Tells browsers that came over https to stay there. */
export const httpsOnly = { "strict-transport-security": "max-age=31536000" } as const;
