import type { Formats } from "../../messages/format.ts";
import type { DirectoryWords } from "./directory-words-en.ts";

export const de = (format: Formats): DirectoryWords => ({
  intro:
    "Ein Verzeichnis wie Entra ID oder Okta kann Personen und Teams über SCIM 2.0 pflegen: wer neu ist, wer ging, wer wohin gehört. Es meldet sich mit einem Schlüssel an.",
  address: "Adresse für das Verzeichnis",
  copyAddress: "Adresse kopieren",
  addressCopied: "Die Adresse wurde kopiert",
  tokens: "Schlüssel",
  add: "Neuer Schlüssel",
  empty: "Noch kein Schlüssel: Kein Verzeichnis kommt herein.",
  name: "Für welches Verzeichnis",
  nameNeeded: "Für welches Verzeichnis ist er?",
  days: "Gültig für so viele Tage",
  daysWrong: (most) => `Eine ganze Zahl von 1 bis ${format.number(most)}.`,
  make: "Schlüssel anlegen",
  shownTitle: "Der Schlüssel",
  shownHint: "Er wird nur dieses eine Mal gezeigt. Im Verzeichnis wird er als Bearer-Token eingetragen.",
  copy: "Kopieren",
  copied: "Der Schlüssel wurde kopiert",
  until: (day) => `bis ${day}`,
  by: (name, day) => `angelegt von ${name} am ${day}`,
  used: (day, time) => `zuletzt verwendet am ${day}, ${time}`,
  neverUsed: "nie verwendet",
  states: { good: "in Gebrauch", fresh: "noch unbenutzt", ending: "endet bald", over: "abgelaufen" },
  revoke: "Widerrufen",
  revokeOf: (name) => `Widerrufen: Schlüssel für ${name}`,
  revokeTitle: (name) => `Schlüssel für ${name} widerrufen?`,
  revokeSentence:
    "Ab der nächsten Anfrage kommt das Verzeichnis nicht mehr herein; das lässt sich nicht rückgängig machen. Personen und Teams bleiben, wie sie sind.",
  revoked: "Der Schlüssel ist widerrufen",
});
