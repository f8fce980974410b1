import type { Formats } from "../../messages/format.ts";
import type { ProposalWords } from "./words-en.ts";

/** The words of the panel of stored proposals in German. */
export const de = (format: Formats): ProposalWords => ({
  title: "Vorschläge",
  calm: "Nichts wird verschoben, bis jemand annimmt.",
  loading: "Prüfen, was er jetzt bewirken würde …",
  none: "Nichts ist vorgeschlagen.",
  noneHint:
    "Lösungen, eine bessere Ordnung oder die Änderung eines Termins als Vorschlag speichern; beim Tragen eines Termins P drücken. Wer gefragt ist, sieht ihn an und nimmt ihn ganz oder zum Teil an.",
  gone: "Diesen Vorschlag gibt es nicht mehr, oder er ist nicht für dieses Konto.",
  back: "Alle Vorschläge",
  again: "Noch einmal prüfen",
  by: (name) => `von ${name}`,
  mine: "eigener",
  states: {
    open: "offen",
    accepted: "angenommen",
    declined: "abgelehnt",
    withdrawn: "zurückgenommen",
    expired: "abgelaufen",
  },
  ended: {
    accepted: (name) => `Alles ist angenommen, zuletzt von ${name}.`,
    declined: (name) => `${name} hat ihn abgelehnt. Was angenommen wurde, bleibt.`,
    withdrawn: (name) => `${name} hat ihn zurückgenommen. Was angenommen wurde, bleibt.`,
    expired: "Niemand hat rechtzeitig geantwortet. Was angenommen wurde, bleibt.",
  },
  left: (open, all) =>
    open === all
      ? format.plural(all, { one: "# Änderung", other: "# Änderungen" })
      : `${format.number(open)} von ${format.plural(all, { one: "# Änderung", other: "# Änderungen" })} offen`,
  until: (day) => `bis ${day}`,
  checkedAt: (time) => `geprüft um ${time}`,
  checking: "wird geprüft …",
  changes: (ticked, all) => `Änderungen, ${format.number(ticked)} von ${format.number(all)}`,
  include: (says) => `Einschließen: ${says}`,
  accepted: "angenommen",
  leftOut: "ausgelassen",
  gonePlace: "entfällt",
  notThere: "neu",
  moved: { moved: "seitdem verschoben", changed: "seitdem geändert", gone: "verschwunden", locked: "gesperrt" },
  alone: "Nicht für sich allein: braucht eine andere dieser Änderungen.",
  warns: (sentence) => `Ein Wunsch würde nicht gelten: ${sentence}`,
  acceptOne: (says) => `Dies annehmen: ${says}`,
  accept: (count) => `${format.number(count)} annehmen`,
  acceptName: (count) => format.plural(count, { one: "# Änderung annehmen", other: "# Änderungen annehmen" }),
  accepting: "Wird angenommen …",
  done: (summary) => `Erledigt: ${summary}.`,
  decline: "Ablehnen",
  withdraw: "Zurücknehmen",
  declined: (title) => `„${title}“ abgelehnt`,
  withdrawn: (title) => `„${title}“ zurückgenommen`,
  reviewers: "Zum Ansehen gebeten",
  nobodyAsked: "Außer dem eigenen Konto sieht ihn niemand.",
  ask: "Jemanden fragen",
  askChoose: "Person wählen",
  asked: (name) => `${name} ist gebeten, ihn anzusehen`,
  unask: (name) => `${name} nicht mehr fragen`,
  unasked: (name) => `${name} ist nicht mehr gefragt`,
  keys: { step: "weiter", toggle: "auslassen", one: "dies annehmen", all: "alle annehmen" },
  space: "Leertaste",
});
