/** The id of a thing that a part of an address is; null for what is none: the server knows nothing by it. */
export const thingIdIn = (part: string): string | null =>
  /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/.test(part) ? part : null;
