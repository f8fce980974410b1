import type { Formats } from "../../messages/format.ts";
import type { ProofWords } from "./words-en.ts";

export const de = (format: Formats): ProofWords => ({
  title: "Nichts wird doppelt gebucht",
  intro: (requests, room, when) =>
    `${format.number(requests)} Anfragen wollen ${room} am ${when}, so viele zugleich, wie der Browser sendet. Eine bekommt den Raum.`,
  run: (requests) => `${format.number(requests)} Anfragen senden`,
  running: "Wird gesendet …",
  again: "Noch einmal",
  noRoom: "Hier gibt es keinen Raum, der doppelte Belegung verbietet.",
  won: "gewonnen",
  refused: "höflich abgelehnt",
  failed: "fehlgeschlagen",
  wonWords: "hat den Raum",
  alternatives: (times) => `stattdessen frei: ${times}`,
  noAlternatives: "keine andere Zeit angeboten",
  measured: (count, atOnce, ms) =>
    `${format.number(count)} echte Anfragen, ${format.number(atOnce)} zugleich unterwegs, beantwortet in ${format.number(ms)} ms. Nichts davon ist simuliert.`,
  takenBack: "Die gewonnene Buchung wurde zurückgenommen: Der Raum ist wieder frei.",
  notTakenBack: "Die gewonnene Buchung ließ sich nicht zurücknehmen; sie steht im Kalender.",
  list: "Antworten",
  event: "Beweis",
  back: "Zurück zum Jahr",
});
