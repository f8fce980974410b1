/** The one address under which the page is kept: it is the same at each of its places. */
export const PAGE = "/";

/** Places that open without a server: those behind the door. Doors, links of others and documents are the server's alone. */
const PLACES =
  /^\/(?:$|year(?:\/|$)|week(?:\/|$)|day(?:\/|$)|agenda(?:\/|$)|conflicts(?:\/|$)|settings(?:\/|$)|proof$)/;

/**
 * What the service worker may answer of a request: the page, a file of the built app, or nothing, which goes on to the
 * server as if there were no worker. Whatever the API answers is nothing, and whatever writes.
 */
export function answerable(
  request: { readonly url: string; readonly method: string; readonly mode: string },
  origin: string,
): "page" | "file" | null {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== origin) return null;
  if (url.pathname.startsWith("/assets/")) return "file";
  return request.mode === "navigate" && PLACES.test(url.pathname) ? "page" : null;
}
