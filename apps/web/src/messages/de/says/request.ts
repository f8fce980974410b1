import type { InAnyLanguage, requestSays as english } from "@hourwright/contract";
import type { Formats } from "../../format.ts";
import { dayText } from "./days.ts";

const ROLES: Readonly<Record<string, string | undefined>> = {
  owner: "Inhaberschaft",
  administrator: "Administration",
  manager: "Verwaltung",
  member: "Mitglied",
};

const managers = (): string => "Das entscheidet, wer für diese Person zuständig ist.";
const gone =
  (what: string, pronoun = "sie") =>
  (): string =>
    `${what} gibt es nicht mehr, oder ${pronoun} ist hier nicht zu sehen.`;

/** What the refusal of any request says to do, by reason. What only programs can meet is said without its detail. */
export const requestSays = (format: Formats): InAnyLanguage<typeof english> => ({
  invalid: {
    cursor: () => "Die Liste hat sich geändert: bitte noch einmal von vorn ansehen.",
    field: () => "Eine Angabe fehlt, ist zu lang oder hat eine falsche Form.",
    region: ({ region }) => `Für „${region}“ sind keine Feiertage bekannt.`,
    "decline-reason": () => "Bitte sagen, warum: Wer angefragt hat, liest es.",
    instead: () => "Einzelne Gäste zu ersetzen geht nicht zugleich mit einer neuen Liste von Gästen oder Räumen.",
    "no-calendar": () => "Es gibt keinen eigenen Kalender: bitte einen wählen.",
    "whole-days": () => "Was ganze Tage dauert, wird für sich geändert.",
  },
  unauthenticated: {
    "sign-in": () => "Es gibt keine Sitzung, oder sie ist zu Ende.",
    look: () => "Bitte wieder anmelden und noch einmal ansehen.",
    plan: () => "Bitte wieder anmelden und noch einmal planen.",
    send: () => "Bitte wieder anmelden und noch einmal senden.",
  },
  forbidden: {
    role: ({ role }) =>
      `Die eigene Rolle (${ROLES[role] ?? role}) reicht dafür nicht. Die Administration der Organisation kann helfen.`,
    departments: () => "Abteilungen ändert die Administration, und wer eine Abteilung darüber führt.",
    deputies: () => "Wer jemanden vertritt, erfahren nur die Person selbst und die Administration.",
    "name-deputies": () => "Eine Vertretung benennt die Person selbst oder die Administration.",
    league: () => "Den Kalender dieser Liga können nur andere ändern: bitte um Freigabe bitten.",
    managers,
    "not-themselves": () => "Das entscheidet, wer für diese Person zuständig ist, und niemand über sich selbst.",
    told: () => "Das erfahren nur die Person selbst und wer für sie zuständig ist.",
    skills: () => "Was jemand kann, trägt ein, wer für diese Person zuständig ist.",
    "skills-told": () => "Was jemand kann, erfahren nur die Person selbst und wer für sie zuständig ist.",
    swap: () => "Das kann nur, wer selbst beteiligt oder für alle Beteiligten zuständig ist.",
    hours: () => "Zu ändern sind die eigenen Zeiten und die von Personen aus der eigenen Zuständigkeit.",
    "hours-of-all": () => "Die Zeiten der Organisation, ihrer Orte und Dinge legt die Administration fest.",
    shifts: () => "Schichten bietet an, wer für andere zuständig ist.",
    rosters: () => "Dienstpläne schreibt, wer für andere zuständig ist.",
    cost: () => "Was eine Stunde kostet, legt die Administration fest.",
    coverage: () => "Die Besetzung erfährt, wer plant: wer für andere zuständig ist.",
    calendar: () => "Kalender lassen sich für sich selbst anlegen und für Personen aus der eigenen Zuständigkeit.",
    "busy-only": () => "Zu sehen ist hier nur, wann etwas belegt ist.",
  },
  "wrong-origin": {
    page: () => "Bitte die Seite selbst öffnen und es noch einmal versuchen.",
  },
  "not-found": {
    person: gone("Diese Person"),
    thing: gone("Diesen Raum oder Gegenstand", "er"),
    "person-or-thing": gone("Diese Person oder Sache"),
    invitation: gone("Diese Einladung"),
    pool: gone("Diesen Pool", "er"),
    token: gone("Dieses Token", "es"),
    department: gone("Diese Abteilung"),
    job: gone("Diesen Vorgang", "er"),
    public: () => "Hier ist nichts öffentlich.",
    place: gone("Diesen Ort", "er"),
    rule: gone("Diese Regel"),
    proposal: gone("Diesen Vorschlag", "er"),
    "time-proposal": gone("Diesen Vorschlag", "er"),
    poll: gone("Diese Umfrage"),
    plugin: gone("Dieses Plug-in", "es"),
    feed: gone("Dieses Abonnement", "es"),
    league: gone("Diese Liga"),
    "league-calendar": () => "Kein Kalender, der sich hier ändern lässt, enthält diese Liga.",
    message: gone("Diese Nachricht"),
    approval: gone("Diese Anfrage"),
    deputy: gone("Diese Vertretung"),
    "approval-kind": () => "So etwas wird hier nicht genehmigt.",
    policy: () => "Dafür wurde nichts festgelegt.",
    holiday: ({ day }) => `Der ${dayText(day, format)} ist kein Feiertag.`,
    address: () => "Diese Adresse gibt es nicht mehr.",
    "at-address": () => "An dieser Adresse ist nichts, oder nicht mehr.",
    "league-team": () => "Diese Liga oder Mannschaft gibt es nicht mehr, oder sie ist hier nicht zu sehen.",
    link: () => "Dieser Link ist falsch oder abgelaufen.",
    skill: gone("Diese Fähigkeit"),
    "own-skill": () => "Diese Person hat die Fähigkeit nicht.",
    swap: gone("Diesen Tausch", "er"),
    publication: gone("Diese Veröffentlichung"),
    hours: () => "Dazu gibt es keine Zeiten.",
    region: () => "Eine Region dieses Namens mit Feiertagen gibt es nicht.",
    "open-shift": gone("Diese offene Schicht"),
    draft: gone("Diesen Entwurf", "er"),
    adjustment: gone("Diese Änderung"),
    cover: gone("Diese Anfrage um Vertretung"),
    contract: gone("Diesen Vertrag", "er"),
    "rule-set": gone("Dieses Regelwerk", "es"),
    correction: gone("Diese Korrektur"),
    demand: gone("Diesen Bedarf", "er"),
    "no-demand": () => "Dort wird niemand gebraucht: Es gibt keinen Bedarf.",
    booking: gone("Diese Buchung"),
    package: gone("Dieses Paket", "es"),
    "package-kind": gone("Diese Art von Paket"),
    service: gone("Dieses Angebot", "es"),
    offer: () => "Unter dieser Adresse wird nichts angeboten.",
    customer: gone("Diese Person"),
    consent: ({ text }) => `„${text}“ wurde nicht zugestimmt, oder nicht mehr.`,
    file: gone("Diese Datei"),
    waiting: () => "So wartet niemand mehr.",
    model: gone("Dieses Modell", "es"),
    "past-event": gone("Diesen Termin", "er"),
    calendar: gone("Diesen Kalender", "er"),
    event: gone("Diesen Termin", "er"),
    "named-thing": () => "Einen der Räume oder Gegenstände gibt es nicht mehr.",
    guest: () => "Jemand davon ist nicht eingeladen.",
    replacement: () => "Den Ersatz dafür gibt es nicht.",
  },
  "still-running": {
    wait: () => "Bitte gleich noch einmal versuchen.",
  },
  "version-changed": {
    read: () => "Bitte noch einmal ansehen und die Änderung wiederholen.",
    undo: () => "Jemand hat es eben geändert; rückgängig zu machen würde diese Änderung verwerfen.",
    proposal: () => "Ein anderer Vorschlag ist an seine Stelle getreten.",
  },
  "key-reused": {
    key: () => "Bitte noch einmal versuchen.",
  },
  "too-large": {
    bytes: ({ bytesMax }) => `Möglich sind höchstens ${format.bytes(bytesMax)}.`,
  },
  "too-many": {
    wait: ({ seconds }) =>
      `Bitte in ${seconds < 60 ? format.plural(seconds, { one: "# Sekunde", other: "# Sekunden" }) : format.plural(Math.ceil(seconds / 60), { one: "# Minute", other: "# Minuten" })} noch einmal versuchen.`,
    files: ({ most }) =>
      `${format.plural(most, { one: "Eine eigene Datei wird", other: "# eigene Dateien werden" })} schon eingelesen.`,
    tickets: () => "Bitte einen Augenblick warten und es noch einmal versuchen.",
    connections: () => "Bitte in einer Minute noch einmal versuchen.",
  },
  internal: {
    named: ({ id }) => `Es wurde nichts geändert. Wer um Hilfe bittet, nennt am besten ${id}.`,
    nothing: () => "Es wurde nichts geändert.",
  },
  unavailable: {
    soon: () => "Es wurde nichts geändert; bitte gleich noch einmal versuchen.",
  },
});
