import type { Words } from "../words.ts";

export const de: Words = {
  locale: "de",
  severalFrom: (count, moment) => `${count} Termine ab ${moment}`,
  several: (count) => `Es geht um ${count} Termine einer Serie. Jeder davon lässt sich auch einzeln ansehen.`,
  zoneTime: (place) => `Zeit von ${place}`,
  subject: {
    requested: (service, moment) => `Angefragt: ${service}, ${moment}`,
    confirmed: (service, moment) => `Gebucht: ${service}, ${moment}`,
    approved: (service, moment) => `Bestätigt: ${service}, ${moment}`,
    declined: (service, moment) => `Abgelehnt: ${service}, ${moment}`,
    moved: (service, moment) => `Neue Zeit: ${service}, ${moment}`,
    changed: (service, moment) => `Geändert: ${service}, ${moment}`,
    offered: (service, moment) => `Bitte einen anderen Termin wählen: ${service}, ${moment}`,
    kept: (service, moment) => `Es bleibt dabei: ${service}, ${moment}`,
    cancelled: (service, moment) => `Abgesagt: ${service}, ${moment}`,
    reminder: (service, moment) => `Erinnerung: ${service}, ${moment}`,
    offer: (service, moment) => `Eine Zeit ist frei: ${service}, ${moment}`,
    rating: (service, moment) => `Wie war es? ${service}, ${moment}`,
  },
  hello: (name) => (name === null ? "Guten Tag," : `Guten Tag ${name},`),
  lead: {
    requested: ({ organisation }) =>
      `die Anfrage ist bei ${organisation} angekommen. Die Zeit ist reserviert; sobald sie bestätigt oder abgelehnt ist, kommt eine weitere Nachricht.`,
    confirmed: ({ service, organisation }) => `„${service}“ bei ${organisation} ist gebucht.`,
    approved: ({ service, organisation }) => `${organisation} hat die Buchung „${service}“ bestätigt.`,
    declined: ({ service, organisation }) =>
      `${organisation} kann die Buchung „${service}“ nicht annehmen. Die Zeit ist wieder frei.`,
    moved: ({ service, organisation }) => `die Buchung „${service}“ bei ${organisation} hat jetzt eine andere Zeit.`,
    changed: ({ service, organisation }) =>
      `die Buchung „${service}“ bei ${organisation} bleibt zur selben Zeit; geändert hat sich, mit wem oder womit.`,
    offered: ({ service, organisation }) =>
      `${organisation} kann den Termin für ${service} nicht halten, weil jemand oder etwas dafür ausfällt. Diese Termine stehen stattdessen zur Wahl. Bis dahin bleibt die Buchung, wie sie ist.`,
    kept: ({ service, organisation }) =>
      `Der Termin für ${service} bei ${organisation} kann doch bleiben. Es ist nichts weiter zu tun.`,
    cancelledByThem: ({ service, organisation }) => `${organisation} hat die Buchung „${service}“ abgesagt.`,
    cancelledByYou: ({ service, organisation }) =>
      `die Buchung „${service}“ bei ${organisation} ist wie gewünscht abgesagt.`,
    reminder: ({ service, organisation }) => `zur Erinnerung: „${service}“ bei ${organisation} steht bevor.`,
    offer: ({ service, organisation }) =>
      `auf der Warteliste für „${service}“ bei ${organisation} ist diese Zeit frei geworden.`,
    rating: ({ service, organisation }) =>
      `danke für den Besuch bei ${organisation} („${service}“). Dazu gibt es eine einzige Frage; die Antwort ist freiwillig und dauert einen Augenblick.`,
  },
  asksAgain: "Die neue Zeit muss noch bestätigt werden. Sobald es so weit ist, kommt eine weitere Nachricht.",
  offeredUntil: (moment) =>
    `Sie ist bis ${moment} (in derselben Zeitzone) reserviert und geht danach an die nächste Person auf der Liste.`,
  howWasIt: "Wie war der Besuch?",
  question: "Frage",
  rate: "Antworten",
  answerOffer: "Annehmen oder verzichten",
  whyOffer: (organisation) =>
    `Diese Nachricht kommt, weil diese Adresse auf einer Warteliste von ${organisation} steht.`,
  when: "Wann",
  before: "Vorher",
  instead: "Stattdessen",
  until: "Wählbar bis",
  cannotBe: "Nicht möglich",
  choose: "Einen dieser Termine wählen",
  service: "Was",
  whom: "Mit",
  where: "Wo",
  places: "Plätze",
  reason: "Grund",
  policy: "Bedingungen",
  onYourClock: (place, moment) => `Nach der Uhr in ${place}: ${moment}`,
  manage: "Buchung ansehen, verschieben oder absagen",
  look: "Buchung ansehen",
  keepLink: "Wer diesen Link hat, kann die Buchung ändern.",
  whyThis: (organisation) =>
    `Diese Nachricht kommt, weil diese Adresse bei einer Buchung bei ${organisation} angegeben wurde.`,
  test: {
    subject: "E-Mail funktioniert",
    text: "Das ist die gewünschte Testnachricht. Nachrichten an Kunden können verschickt werden.",
  },
};
