import type { Formats } from "../../messages/format.ts";
import type { RuleWords } from "./rule-words-en.ts";

/** The same in German. */
export const de = (format: Formats): RuleWords => ({
  intro: "Was für die Zeit aller gilt, außer dass nichts doppelt vergeben wird.",
  empty: "Keine Regeln: Was frei ist, darf belegt werden.",
  add: "Regel hinzufügen",
  changeOf: (title, whom) => `Die Regel ${title} ändern, ${whom}`,
  remove: "Entfernen",
  removeOf: (title, whom) => `Die Regel ${title} entfernen, ${whom}`,
  added: (title) => `Die Regel „${title}“ wurde gesetzt`,
  changed: (title) => `Die Regel „${title}“ wurde geändert`,
  removed: (title) => `Die Regel „${title}“ wurde entfernt`,
  constraint: "Worum es geht",
  groups: {
    amounts: "Wie viel ein Tag oder eine Woche fasst",
    shares: "Wie gleichmäßig eine Gruppe teilt",
    gaps: "Von einem Termin zum nächsten",
    singles: "Jeder Termin für sich",
    others: "Weitere",
  },
  kept: "Eingehalten",
  broken: "Verletzt",
  holder: "Für wen",
  teams: "Teams",
  calendars: "Kalender",
  services: "Angebote",
  calendarOf: (name, owner) => `${name}, ${owner}`,
  named: {
    search: "Namen suchen",
    none: "Kein Name enthält das.",
    missing: "Mindestens einen Namen wählen.",
    count: (count) => format.plural(count, { one: "# gewählt", other: "# gewählt" }),
    apart: "Von wem",
    together: "Jemand davon ist dabei",
    rooms: "Welche Räume und Dinge",
    skill: "Welche Fähigkeit",
    noSkills: "Noch keine Fähigkeiten: in den Einstellungen unter Fähigkeiten hinzufügen.",
    compared: "Wer verglichen wird",
    nobody: "Niemand gewählt: Verglichen wird, wen das Angebot belegt, sonst alle.",
  },
  stands: "Eine solche Regel gibt es schon: bitte diese ändern.",
  strictness: "Wie streng",
  hardMeans:
    "Was dagegen verstößt, wird abgelehnt, mit dem Grund und passenden anderen Zeiten. Was schon steht, bleibt.",
  softMeans: "Was dagegen verstößt, wird eingetragen, mit einem Hinweis.",
  more: "Mehr",
  weight: "Gewicht",
  weightHint: (preset) =>
    `Was eine Minute oder ein Mal zu viel zählt, wenn Lösungen und Pläne verglichen werden: ohne andere Angabe ${format.number(preset)}.`,
  weightBounds: (most) => `Mehr als 0 und höchstens ${format.number(most)}.`,
  bounds: {
    level: (from, to) => `Stufe ${format.number(from)} bis ${format.number(to)}`,
    minutes: (from, to) => `Minuten, ${format.number(from)} bis ${format.number(to)}`,
    hours: (from, to) => `Stunden, ${format.number(from)} bis ${format.number(to)}`,
    days: (from, to) => `Tage, ${format.number(from)} bis ${format.number(to)}`,
    weeks: (from, to) => `Ganze Wochen, ${format.number(from)} bis ${format.number(to)}`,
    times: (from, to) => `${format.number(from)} bis ${format.number(to)}`,
    "km/h": (from, to) => `Kilometer pro Stunde, ${format.number(from)} bis ${format.number(to)}`,
    share: (from, to) => `In Prozent, ${format.number(from)} bis ${format.number(to)}`,
  },
  outOfBounds: (from, to) => `Eine Zahl von ${format.number(from)} bis ${format.number(to)}.`,
  needsTime: "Eine Uhrzeit.",
  endsFirst: "Das liegt nicht nach dem Beginn.",
  trial: {
    title: "Im kommenden Jahr",
    running: "Wird am kommenden Jahr erprobt …",
    failed: "Die Regel ließ sich nicht erproben.",
    waits: "Wird am kommenden Jahr erprobt, sobald jede Zahl in ihren Grenzen liegt.",
    fromNowOn: "Gilt für alles, was von jetzt an eingetragen wird, und nicht für das, was schon steht.",
    none: "Nichts im kommenden Jahr würde dagegen verstoßen.",
    made: (events, made, lines) =>
      `${format.plural(events, { one: "# Termin würde", other: "# Termine würden" })} dagegen verstoßen, ${format.plural(made, { other: "#-mal" })}, bei ${format.plural(lines, { one: "# Person oder Ressource", other: "# Personen oder Ressourcen" })}.`,
    change: (by) =>
      by === 0
        ? "Genauso oft verletzt wie jetzt."
        : by > 0
          ? format.plural(by, { other: "#-mal öfter verletzt als jetzt." })
          : format.plural(-by, { other: "#-mal weniger verletzt als jetzt." }),
    anew: (events, made, lines) =>
      `Neu: ${format.plural(made, { other: "#-mal" })}, bei ${format.plural(events, { one: "# Termin", other: "# Terminen" })} und ${format.plural(lines, { one: "# Person oder Ressource", other: "# Personen oder Ressourcen" })}.`,
    month: (month, made) => `${month}: ${format.number(made)}`,
    months: "Nach Monaten",
    examples: "Die ersten davon",
    apart: (sentence) => `${sentence} Öffnet einen neuen Tab.`,
  },
});
