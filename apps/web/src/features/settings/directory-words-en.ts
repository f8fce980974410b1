import type { Formats } from "../../messages/format.ts";

/** The words of directories that keep people and teams. They come with Settings. */
export const en = (format: Formats) => ({
  intro:
    "A directory such as Entra ID or Okta can keep your people and teams by SCIM 2.0: who is new, who left, who belongs where. It comes in with a token.",
  address: "Where the directory comes to",
  copyAddress: "Copy the address",
  addressCopied: "The address was copied",
  tokens: "Tokens",
  add: "New token",
  empty: "No token yet: no directory can come in.",
  name: "Which directory it is for",
  nameNeeded: "Say which directory it is for.",
  days: "Days it is good for",
  daysWrong: (most: number) => `A whole number from 1 to ${format.number(most)}.`,
  make: "Make the token",
  shownTitle: "The token",
  shownHint: "It is shown this one time. Give it to the directory as its bearer token.",
  copy: "Copy",
  copied: "The token was copied",
  until: (day: string) => `until ${day}`,
  by: (name: string, day: string) => `made by ${name} on ${day}`,
  used: (day: string, time: string) => `last used on ${day}, ${time}`,
  neverUsed: "never used",
  states: { good: "in use", fresh: "not used yet", ending: "ends soon", over: "over" },
  revoke: "Revoke",
  revokeOf: (name: string) => `Revoke the token for ${name}`,
  revokeTitle: (name: string) => `Revoke the token for ${name}?`,
  revokeSentence:
    "The directory gets in no more with its next request, and this cannot be undone. People and teams stay as they are.",
  revoked: "The token is revoked",
});

export type DirectoryWords = ReturnType<typeof en>;
