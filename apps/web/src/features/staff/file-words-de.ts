import type { Formats } from "../../messages/format.ts";
import type { FileWords } from "./file-words-en.ts";

export const de = (format: Formats): FileWords => ({
  title: "Aus einer Datei",
  intro:
    "Personen, ihre Abteilungen und Verträge aus CSV oder XLSX. Zuerst wird nur nachgesehen: geschrieben wird erst auf Wunsch.",
  choose: "Datei wählen",
  another: "Andere Datei wählen",
  drop: "Eine CSV- oder XLSX-Datei hier ablegen, oder eine wählen.",
  file: "Personaldatei",
  columns: "Was in der Datei stehen kann",
  columnsText:
    "Eine erste Zeile mit Namen der Spalten: Name, E-Mail, Abteilung (Ebenen mit /), von, bis, Stunden (38,5 oder 38:30), Teilzeit, Montag … Sonntag (6:00-14:00 oder 22:00-6:00), Standort, Region, Regeln, Kosten, Währung; auch englisch. Kommas, Semikolons oder Tabulatoren; UTF-8, UTF-16 oder Windows-1252; Tage als 2027-03-01 oder 01.03.2027. Was eine Zeile nicht sagt, bleibt, wie es ist.",
  tooBig: (most) => `Die Datei ist größer als ${most}.`,
  reading: (name) => `${name} wird angesehen …`,
  starting: "Das Schreiben beginnt …",
  taken: (done, of) =>
    `${format.number(done)} von ${format.plural(of, { one: "# Person", other: "# Personen" })} geschrieben`,
  goesOn: "Es geht auch ohne diese Seite weiter: Unter dieser Adresse steht, wie weit es ist.",
  away: "Der Server ist gerade nicht erreichbar. Dort geht es weiter.",
  stop: "Anhalten",
  cancelled:
    "Angehalten. Was bis dahin geschrieben war, bleibt; die Datei noch einmal schicken, und es geht dort weiter.",
  cancelledDone: "Die Datei wurde angehalten",
  found: (name, rows) => `${name}: ${format.plural(rows, { one: "# Zeile", other: "# Zeilen" })}`,
  counts: {
    created: (count) => format.plural(count, { one: "# neue Person", other: "# neue Personen" }),
    updated: (count) => format.plural(count, { one: "# ändert sich", other: "# ändern sich" }),
    unchanged: (count) => format.plural(count, { one: "# bleibt, wie sie ist", other: "# bleiben, wie sie sind" }),
    wrong: (count) => format.plural(count, { one: "# Fehler", other: "# Fehler" }),
  },
  wrongTitle: "Was nicht stimmt",
  wrongText: "Solange eine Zeile nicht stimmt, wird nichts geschrieben. In der Datei berichtigen, dann neu wählen.",
  line: "Zeile",
  column: "Spalte",
  why: "Warum",
  again: "Neu wählen",
  sendAgain: "Noch einmal schicken",
  changes: "Was neu wäre",
  changed: "Was neu ist",
  person: "Wer",
  what: { created: "neu", updated: "geändert" },
  change: (column, before, after) =>
    before === "" ? `${column}: ${after}` : `${column}: ${before} → ${after === "" ? "nichts" : after}`,
  names: {
    name: "Name",
    email: "E-Mail",
    department: "Abteilung",
    from: "von",
    until: "bis",
    hours: "Stunden",
    part: "Teil",
    shifts: "Schichten",
    site: "Standort",
    region: "Feiertage",
    rules: "Regeln",
    cost: "Kosten",
    currency: "Währung",
  },
  more: (count) => `Alle ${format.number(count)} zeigen`,
  toldFirst: (count) => `Die ersten ${format.number(count)} sind genannt.`,
  nothing: "Alles in dieser Datei ist schon da.",
  noLines: "Unter den Namen der Spalten steht keine Zeile.",
  write: (count) => format.plural(count, { one: "# Zeile schreiben", other: "# Zeilen schreiben" }),
  done: (count) =>
    format.plural(count, {
      one: "# Person ist aus der Datei übernommen",
      other: "# Personen sind aus der Datei übernommen",
    }),
  doneTitle: "Geschrieben",
  stopped: (count) =>
    `${format.plural(count, { one: "# Zeile ist", other: "# Zeilen sind" })} geschrieben, dann wurde eine abgelehnt. Die Datei noch einmal schicken: es geht dort weiter.`,
  toPeople: "Zu den Personen",
  shifts: {
    title: "Schichten aus einer Datei",
    intro:
      "Schichten, die anderswo stehen, aus CSV oder XLSX in einen neuen Entwurf. Zuerst werden sie angesehen; von einem Entwurf erfährt niemand.",
    file: "Schichtdatei",
    columnsText:
      "Entweder eine Zeile je Schicht: Person (Name, Adresse oder Personalnummer; leer: eine offene Schicht), Tag, von, bis, Pause (Minuten), Schicht, Standort, Fähigkeit. Oder Personen untereinander und Tage nebeneinander mit 07:00-15:00 oder Kürzeln, die Zeilen unter „Legende“ erklären. Kommas, Semikolons oder Tabulatoren; Tage als 2027-03-01 oder 01.03.2027.",
    counts: {
      added: (count) => format.plural(count, { one: "# neue Schicht", other: "# neue Schichten" }),
      replacing: (count) => format.plural(count, { one: "# anstelle einer anderen", other: "# anstelle von anderen" }),
      unchanged: (count) => format.plural(count, { one: "# steht schon", other: "# stehen schon" }),
    },
    wrongText: "Solange eine Zeile nicht stimmt, entsteht kein Entwurf. In der Datei berichtigen, dann neu wählen.",
    nothing: "Alle Schichten dieser Datei stehen schon.",
    heads: ["Wer", "Tag", "Zeiten", "Anstelle von"],
    open: "offene Schicht",
    changes: "Schichten der Datei",
    name: "Wie der Entwurf heißt",
    nameNeeded: "Ein Entwurf braucht einen Namen.",
    make: (count) =>
      format.plural(count, { one: "Entwurf aus # Schicht anlegen", other: "Entwurf aus # Schichten anlegen" }),
    made: (name) => `Entwurf „${name}“ ist aus der Datei entstanden`,
    toDraft: "Den Entwurf in Team öffnen",
  },
  retry: "Noch einmal versuchen",
});
