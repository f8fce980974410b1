import type { bookingProblems, mailProblems, requestProblems, undoProblems } from "@hourwright/contract";
import type { Formats } from "../format.ts";
import type { Refusals } from "../refusals.ts";
import { bookingSays } from "./booking-says.ts";

type Code = (
  | typeof bookingProblems
  | typeof mailProblems
  | typeof requestProblems
  | typeof undoProblems
)["codes"][number];

/** What happened, and what to do where no reason says more. */
const SAID: Readonly<Record<Code, readonly [title: string, detail: string]>> = {
  "request/invalid": [
    "Die Anfrage ist nicht verständlich",
    "Eine Angabe fehlt, ist zu lang oder hat eine falsche Form.",
  ],
  "request/unauthenticated": ["Bitte anmelden", "Es gibt keine Sitzung, oder sie ist zu Ende."],
  "request/forbidden": [
    "Das ist nicht erlaubt",
    "Die Rolle reicht dafür nicht. Die Verwaltung der Organisation kann helfen.",
  ],
  "request/wrong-origin": [
    "Die Anfrage kam von einer anderen Seite",
    "Bitte die Seite selbst öffnen und es noch einmal versuchen.",
  ],
  "request/not-found": ["Das gibt es nicht", "Es wurde entfernt, oder es ist hier nicht zu sehen."],
  "request/method-not-allowed": ["Diese Adresse kann das nicht", ""],
  "request/still-running": ["Dieselbe Anfrage läuft noch", "Bitte gleich noch einmal versuchen."],
  "request/version-changed": [
    "Inzwischen hat es jemand geändert",
    "Bitte noch einmal ansehen und die Änderung wiederholen.",
  ],
  "request/too-large": ["Das ist zu groß", ""],
  "request/unsupported-media-type": ["Diese Art von Inhalt geht hier nicht", ""],
  "request/key-reused": ["Die Anfrage wurde schon anders gestellt", "Bitte noch einmal versuchen."],
  "request/too-many": ["Zu viele Anfragen", "Bitte einen Augenblick warten und es noch einmal versuchen."],
  "request/internal": ["Hier ist etwas schiefgegangen", "Es wurde nichts geändert."],
  "request/unavailable": [
    "Der Server kann gerade nicht antworten",
    "Es wurde nichts geändert; bitte gleich noch einmal versuchen.",
  ],
  "bookings/service-invalid": ["So kann das nicht angeboten werden", ""],
  "bookings/service-booked": ["Das Angebot ist gebucht", ""],
  "bookings/address-taken": ["Diese Adresse ist vergeben", ""],
  "bookings/customer-known": ["Diese Adresse ist schon bekannt", ""],
  "bookings/customer-expected": ["Diese Person wird noch erwartet", ""],
  "bookings/window-invalid": ["Dieser Zeitraum geht nicht", ""],
  "bookings/length-unknown": ["So lange dauert das nicht", ""],
  "bookings/slot-taken": ["Diese Zeit wurde gerade vergeben", ""],
  "bookings/not-offered": ["Diese Zeit kann nicht gebucht werden", ""],
  "bookings/dates-clash": ["Nicht alle Termine können gebucht werden", ""],
  "bookings/plan-stale": ["Der Plan gilt nicht mehr", ""],
  "bookings/package-unfit": ["Das Paket passt nicht", ""],
  "bookings/package-invalid": ["So kann das Paket nicht angeboten werden", ""],
  "bookings/routing-invalid": ["So können die Fragen nicht führen", ""],
  "bookings/wish-invalid": ["Darauf kann niemand warten", ""],
  "bookings/waiting-full": ["Die Warteliste ist voll", ""],
  "bookings/hold-over": ["Die Zeit war zu lange gehalten", ""],
  "bookings/details-invalid": ["Etwas fehlt oder ist falsch", ""],
  "bookings/proof-wanted": ["Zu viele Versuche", ""],
  "bookings/file-unfit": ["Die Datei passt nicht", ""],
  "bookings/too-late": ["Dafür ist es zu spät", ""],
  "bookings/not-asked": ["Danach wird nicht gefragt", ""],
  "bookings/rating-closed": ["Antworten ist nicht mehr möglich", ""],
  "bookings/wrong-state": ["Das geht nicht mehr", ""],
  "mail/off": ["E-Mail ist aus", "Zum Einschalten braucht der Server SMTP_URL und MAIL_FROM."],
  "mail/not-sent": ["Der Mailserver hat die Nachricht nicht angenommen", "Bitte SMTP_URL und MAIL_FROM prüfen lassen."],
  "mail/wrong-state": [
    "Hier ist nichts noch einmal zu versuchen",
    "Nur was gescheitert ist, wird wiederholt; was wartet, geht von selbst.",
  ],
  "mail/over": ["Das ist vorbei", "Von Vergangenem wird niemand benachrichtigt."],
  "undo/nothing": ["Hier ist nichts rückgängig zu machen", "Es hat nichts geändert oder ist älter als 30 Tage."],
  "undo/changed-since": [
    "Inzwischen wurde es geändert",
    "Rückgängig zu machen würde die Arbeit von jemand anderem verwerfen.",
  ],
  "undo/not-yours": ["Das kann nur rückgängig machen, von wem es ist", ""],
};

/** Refusals in German; those without words here are told in the server's. */
export const refusals: Refusals = (format: Formats) => {
  const says: Readonly<Record<string, Readonly<Record<string, (facts: never) => string>> | undefined>> =
    bookingSays(format);
  const known: Readonly<Record<string, readonly [string, string] | undefined>> = SAID;
  return ({ code, reason, facts }) => {
    const said = Object.hasOwn(SAID, code) ? known[code] : undefined;
    if (said === undefined) return null;
    const [title, detail] = said;
    const reasons = says[code.replace("bookings/", "")];
    const say =
      typeof reason === "string" && reasons !== undefined && Object.hasOwn(reasons, reason)
        ? reasons[reason]
        : undefined;
    return { title, detail: say === undefined || facts === undefined ? detail : say(facts as never) };
  };
};
