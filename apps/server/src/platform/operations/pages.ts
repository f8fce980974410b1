/** Where a page goes on: the last item's keys, opaque to clients. Null for the first page and for what is no cursor. */
export function pageOf<Keys>(cursor: string | undefined): Keys | null {
  if (cursor === undefined) return null;
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"), keptKey) as Keys;
  } catch {
    return null;
  }
}

/** A key as it is; throws on text that no database takes. */
function keptKey(_: string, key: unknown): unknown {
  if (typeof key === "string" && (!key.isWellFormed() || key.includes("\0"))) throw new TypeError("no key of a list");
  return key;
}

/** Whether a key of a cursor is a day of the calendar: `2027-03-01`. */
export function isDayKey(key: unknown): key is string {
  if (typeof key !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(key)) return false;
  try {
    Temporal.PlainDate.from(key);
    return true;
  } catch {
    return false;
  }
}

const MOMENT_MAX_MS = 8_640_000_000_000_000;

/** Whether a key of a cursor is a moment, in milliseconds, that a clock can show. */
export const isMomentKey = (key: unknown): key is number =>
  Number.isSafeInteger(key) && Math.abs(key as number) <= MOMENT_MAX_MS;

export const cursorOf = (keys: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString("base64url");
