import type { shell as english } from "../en/shell.ts";
import { MOD } from "./keyboard.ts";

export const shell: typeof english = (format) => ({
  product: "Hourwright",
  overlays: "Über der Seite geöffnet",
  places: {
    year: "Jahr",
    week: "Woche",
    day: "Tag",
    agenda: "Agenda",
    conflicts: "Konflikte",
    team: "Team",
    bookings: "Buchungen",
    settings: "Einstellungen",
  },
  rail: { label: "Hauptnavigation" },
  inspector: { label: "Einzelheiten", close: "Schließen" },
  nowhere: {
    title: "Hier ist nichts",
    why: "Diese Adresse gibt es in Hourwright nicht. Vielleicht ist sie abgeschnitten oder vertippt.",
    toYear: "Zum Jahr",
  },
  actions: {
    apply: "Anwenden",
    cancel: "Abbrechen",
    close: "Schließen",
    new: "Neu",
    redo: "Wiederholen",
    retry: "Erneut versuchen",
    signOut: "Abmelden",
    today: "Heute",
    undo: "Rückgängig",
    dismiss: "Ausblenden",
    import: "Importieren",
  },
  header: {
    previousYear: (year) => `Jahr ${year}`,
    nextYear: (year) => `Jahr ${year}`,
    toResolve: (count) => format.plural(count, { one: "# zu lösen", other: "# zu lösen" }),
    nothingToResolve: "Nichts zu lösen",
    account: "Konto und Darstellung",
    approvals: "Genehmigungen",
    importFiles: ".ics-Dateien importieren",
    timesIn: (zone) => `Zeiten in ${zone}`,
  },
  roles: { owner: "Inhaberschaft", administrator: "Administration", manager: "Verwaltung", member: "Mitglied" },
  theme: { label: "Darstellung", system: "Wie das System", light: "Hell", dark: "Dunkel" },
  language: {
    label: "Sprache",
    system: "Wie der Browser",
    failed: "Die Sprache ließ sich nicht laden. Alles bleibt, wie es ist.",
  },
  who: {
    button: "Wessen Zeit angezeigt wird",
    everyone: "Alle",
    people: "Personen",
    things: "Räume und Ressourcen",
    calendars: "Kalender",
    search: "Person, Raum oder Kalender suchen",
    chosen: (count) => `${format.number(count)} gewählt`,
    all: "Alle anzeigen",
    first: "Von nun an damit beginnen",
    firstKept: "Damit wird künftig begonnen.",
    none: "Nichts mit diesem Namen",
    showing: (names) => `Angezeigt: ${format.list(names)}`,
  },
  undo: {
    bar: "Eben geschehen",
    done: (summary) => `${summary}.`,
    undone: (summary) => `Rückgängig gemacht: ${summary}.`,
    redone: (summary) => `Wiederholt: ${summary}.`,
    nothing: "Nichts rückgängig zu machen.",
    nothingToRedo: "Nichts zu wiederholen.",
    partly: "Der Server ist nicht zu erreichen. Ein Teil ist noch, wie er war.",
    willBeTold: (names, count) =>
      count > 2
        ? `${format.number(count)} Personen werden benachrichtigt.`
        : `${format.list(names)} ${count === 1 ? "wird" : "werden"} benachrichtigt.`,
    told: (names, count) =>
      count > 2
        ? `${format.number(count)} Personen wurden benachrichtigt.`
        : `${format.list(names)} ${count === 1 ? "wurde" : "wurden"} benachrichtigt.`,
    toldNow: "Benachrichtigt.",
    tellNow: "Jetzt benachrichtigen",
  },
  failures: {
    network: "Der Server ist nicht zu erreichen. Gleich noch einmal versuchen.",
    offline: "Keine Verbindung. Zu sehen ist der letzte geladene Stand; nichts Getipptes geht verloren.",
    sessionEnded: "Die Sitzung ist zu Ende. Zum Weiterarbeiten bitte anmelden.",
    drawing: "Auf dieser Seite ist ein Fehler aufgetreten.",
    reload: "Neu laden",
  },
  keys: {
    undo: `${MOD}Z`,
    space: "Leertaste",
    finish: `${MOD}⏎`,
  },
});
