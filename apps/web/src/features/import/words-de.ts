import type { Formats } from "../../messages/format.ts";
import type { ImportWords } from "./words-en.ts";

export const de = (format: Formats): ImportWords => ({
  title: "Kalender importieren",
  choose: ".ics-Dateien wählen …",
  hint: "Oder irgendwo in diesem Fenster ablegen. Nichts wird importiert, bevor der Inhalt zu sehen war, und niemand wird eingeladen.",
  files: (count) => format.plural(count, { one: "# Datei", other: "# Dateien" }),
  calendar: "In welchen Kalender",
  newCalendar: "Ein neuer Kalender",
  newName: "Sein Name",
  whose: "Wessen Zeit er belegt",
  nobody: "Niemandes",
  zone: "Zeitzone für Zeiten ohne Angabe",
  zoneOfCalendar: (zone) => `Wie der Kalender (${zone})`,
  preview: "Inhalt ansehen",
  accept: (count) => format.plural(count, { one: "# Termin importieren", other: "# Termine importieren" }),
  nothingNew: "Nichts Neues zu importieren",
  reading: "Wird gelesen …",
  working: "Wird importiert …",
  found: (count) => `${format.number(count)} gefunden`,
  created: (count) => `${format.number(count)} neu`,
  updated: (count) => `${format.number(count)} geändert`,
  unchanged: (count) => `${format.number(count)} schon bekannt`,
  unclaimed: (count) =>
    format.plural(count, {
      one: "# belegt schon vergebene Zeit und ist nun ein Konflikt",
      other: "# belegen schon vergebene Zeit und sind nun Konflikte",
    }),
  problems: (count) => format.plural(count, { one: "# Fehler", other: "# Fehler" }),
  moreProblems: (count) => `und ${format.number(count)} weitere`,
  line: (line, column) => `Zeile ${line}, Spalte ${column}`,
  tooLarge: (megabytes) => `Größer als ${format.number(megabytes)} MB, mehr geht nicht auf einmal.`,
  tooMany: (most) => `Höchstens ${format.number(most)} Dateien auf einmal; die anderen wurden weggelassen.`,
  failed: "Der Import ist fehlgeschlagen.",
  lost: "Der Server war nicht zu erreichen. Bitte erneut versuchen.",
  waiting: "Der Server antwortet gerade nicht. Die Anfrage wird wiederholt; was er schon hat, ist sicher.",
  done: (events, files) =>
    `${format.plural(events, { one: "# Termin importiert", other: "# Termine importiert" })}${files > 1 ? ` aus ${format.number(files)} Dateien` : ""}`,
  remove: (name) => `${name} weglassen`,
});
