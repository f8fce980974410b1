/** Where a page goes on: the last item's keys, opaque to clients. Null for the first page and for what is no cursor. */
export function pageOf<Keys>(cursor: string | undefined): Keys | null {
  if (cursor === undefined) return null;
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as Keys;
  } catch {
    return null;
  }
}

export const cursorOf = (keys: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString("base64url");
