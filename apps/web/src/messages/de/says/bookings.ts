import type { bookingSays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

const STATES = {
  held: "Die Zeit ist nur gehalten",
  requested: "Die Buchung wartet auf eine Zusage",
  confirmed: "Die Buchung ist bestätigt",
  declined: "Die Buchung wurde abgelehnt",
  cancelled: "Die Buchung wurde abgesagt",
  "no-show": "Es ist vermerkt, dass niemand gekommen ist",
  completed: "Die Buchung ist erledigt",
} as const;

const DEEDS = {
  approved: "zusagen",
  declined: "ablehnen",
  cancelled: "absagen",
  moved: "verlegen",
  marked: "als nicht gekommen vermerken",
  completed: "als erledigt vermerken",
} as const;

const WISHES = {
  waiting: "Zurzeit wird dieser Person nichts angeboten.",
  offered: "Dieser Person wird schon etwas angeboten.",
  booked: "Diese Person hat gebucht.",
  withdrawn: "Diese Person wartet nicht mehr.",
  over: "Die Wartezeit dieser Person ist vorbei.",
} as const;

const STALE = {
  booked: "wurde inzwischen gebucht",
  gone: "gibt es nicht mehr",
  changed: "wurde inzwischen geändert",
  taken: "hat nicht mehr, wer oder was dafür vorgesehen war",
} as const;

const NOT_ASKED = {
  held: "Es ist noch nichts gebucht.",
  requested: "Die Buchung wurde nie zugesagt.",
  declined: "Die Buchung wurde abgelehnt.",
  cancelled: "Die Buchung wurde abgesagt.",
  "no-show": "Es ist vermerkt, dass niemand gekommen ist.",
} as const;

/** What refusals about bookings say to do, by reason. What only programs can meet is said without its detail. */
export const bookingSays = (format: Formats): InAnyLanguage<typeof english> => {
  const number = format.number;
  const days = (count: number) => format.plural(count, { one: "# Tag", other: "# Tage" });
  return {
    "service-invalid": {
      zone: ({ zone }) => `Eine Zeitzone „${zone}“ gibt es nicht. Zeitzonen heißen etwa Europe/Prague.`,
      hours: () =>
        "Die Öffnungszeiten des Angebots passen nicht zusammen: Jede endet nach ihrem Beginn, und keine liegt in einer anderen.",
      "role-gone": ({ role }) => `Für „${role}“ ist jemand oder etwas gewählt, das nicht mehr da ist.`,
      "role-few": ({ role, count, here }) =>
        `Für „${role}“ sind ${number(count)} nötig, und nur ${number(here)} stehen zur Wahl.`,
      weight: ({ role }) => `Für „${role}“ hat jemand einen Anteil, der nicht zur Wahl steht.`,
      options: ({ question }) => `„${question}“: Nur eine Auswahl hat Antworten, und sie braucht welche.`,
      files: ({ question }) => `„${question}“: Nur eine Frage nach Dateien sagt, welche, und sie muss es sagen.`,
      "length-twice": () => "Eine Dauer steht doppelt da.",
      "chosen-together": () => "Wo andere dazukommen, kann der Kunde nicht wählen, wer es macht.",
      address: ({ slug }) => `„${slug}“ ist schon die Adresse eines anderen Angebots.`,
      "too-many": ({ most }) => `Es gibt schon ${number(most)} Angebote, mehr sind nicht möglich.`,
    },
    "service-booked": {
      ahead: () => "Für neue Buchungen schließen und erst entfernen, wenn die letzte vorbei ist.",
    },
    "address-taken": {
      other: ({ who }) => `„${who}“ gehört einer anderen Organisation. Bitte eine andere Adresse wählen.`,
    },
    "customer-known": {
      email: ({ email }) => `„${email}“ ist die Adresse von jemand anderem in der Kundschaft.`,
    },
    "customer-expected": {
      ahead: () => "Erst absagen, was noch gebucht ist, dann vergessen.",
    },
    "window-invalid": {
      instant: () => "Die Zeit liegt außerhalb der Jahre, die geführt werden.",
      order: () => "Das Ende muss nach dem Beginn liegen.",
      turned: () => "Das Ende liegt vor dem Beginn.",
      days: ({ most }) => `Auf einmal höchstens ${days(most)}.`,
      away: ({ most }) => `Auf einmal höchstens ${days(most)}.`,
      years: ({ from, to }) => `Möglich sind die Jahre ${from} bis ${to}.`,
      zone: ({ zone }) => `Eine Zeitzone „${zone}“ gibt es nicht.`,
      bookings: ({ most }) =>
        `Es sind mehr als ${number(most)} Buchungen: bitte weniger Tage oder ein einzelnes Angebot wählen.`,
      subjects: ({ most }) =>
        `Es geht um mehr als ${number(most)} Personen und Dinge: bitte weniger Tage oder ein einzelnes Angebot wählen.`,
      mixed: () => "Entweder zwei Tage angeben oder zwei Uhrzeiten.",
    },
    "length-unknown": {
      lengths: ({ service, lengths }) => `„${service}“ dauert ${format.either(lengths.map(String))} Minuten.`,
    },
    "slot-taken": {
      quicker: () => "Jemand war schneller. Bitte eine andere Zeit wählen; alle Angaben sind noch da.",
      since: () => "Die frühere Zeit ist inzwischen vergeben.",
    },
    "not-offered": {
      gone: () => "Das wird nicht mehr angeboten.",
      instant: () => "Die Zeit liegt außerhalb der Jahre, die geführt werden.",
      unlisted: () => "Bitte eine der angebotenen Zeiten wählen.",
      "not-proposed": () => "Bitte eine der vorgeschlagenen Zeiten wählen.",
      ruled: () => "Eine Regel der Organisation spricht gegen diese Zeit.",
      "meets-itself": () => "Zu dieser Zeit liegt schon ein anderer Termin der Serie.",
      "too-soon": () => "Das ist zu kurzfristig.",
      "package-ends": () => "Das Paket, mit dem gebucht wurde, endet vor dieser Zeit.",
      limit: ({ count, days: within }) =>
        `Mehr als ${format.plural(count, { one: "# Buchung", other: "# Buchungen" })} ${within === 1 ? "am Tag" : `innerhalb von ${number(within)} Tagen`} sind je Kunde nicht vorgesehen.`,
      places: ({ places }) =>
        places === 1 ? "Es gibt nur einen Platz." : `Es gibt höchstens ${number(places)} Plätze.`,
      choice: () => "Wer oder was gewählt wurde, steht nicht mehr zur Wahl.",
      "one-date": () => "Hier wird immer nur ein Termin gebucht.",
      "few-dates": ({ most }) => `Zusammen können höchstens ${number(most)} Termine gebucht werden.`,
      "no-date": () => "Alle Termine wurden ausgelassen.",
      "long-series": ({ days: most }) => `Eine Serie endet innerhalb von ${number(most)} Tagen.`,
    },
    "dates-clash": {
      some: ({ clashes, dates }) =>
        `${number(clashes)} von ${format.plural(dates, { one: "# Termin", other: "# Terminen" })} ${clashes === 1 ? "kann" : "können"} nicht gebucht werden.`,
      held: () => "Es wurde nichts gehalten oder geändert.",
    },
    "plan-stale": {
      since: ({ service, what }) =>
        `${service === "" ? "Etwas davon" : `„${service}“`} ${STALE[what]}. Nichts wurde geändert: bitte den Plan noch einmal ansehen.`,
    },
    "package-unfit": {
      needed: () => "Gebucht wird mit einem Paket: bitte seinen Code angeben.",
      unknown: () => "Kein Paket hat diesen Code. Bitte jedes Zeichen prüfen.",
      "other-service": () => "Das Paket ist für etwas anderes.",
      expired: () => "Das Paket endet vor dem Beginn.",
      empty: ({ left, wanted }) =>
        left === 0
          ? "Das Paket ist aufgebraucht."
          : `Im Paket ${left === 1 ? "ist" : "sind"} noch ${format.plural(left, { one: "# Einheit", other: "# Einheiten" })}, gewünscht ${wanted === 1 ? "ist" : "sind"} ${number(wanted)}.`,
      used: () => "Damit wurde schon etwas gebucht.",
    },
    "package-invalid": {
      services: () => "Eines der Angebote, für die es gilt, gibt es nicht mehr.",
      "too-many": ({ most }) => `Es gibt schon ${number(most)} Arten, mehr sind nicht möglich.`,
    },
    "routing-invalid": {
      "same-id": () => "Zwei Fragen haben dieselbe Kennung.",
      twice: ({ rule }) => `Regel ${number(rule)} nennt eine Frage doppelt.`,
      unasked: ({ rule }) => `Regel ${number(rule)} nennt eine Frage, die nicht gestellt wird.`,
      answer: ({ rule, answer }) => `Regel ${number(rule)}: „${answer}“ ist keine Antwort auf ihre Frage.`,
      service: ({ rule }) => `Regel ${number(rule)} führt zu einem Angebot, das es nicht gibt.`,
      choice: ({ rule }) => `Regel ${number(rule)} führt zu jemandem, der dort nicht zur Wahl steht.`,
      unreached: ({ rule }) =>
        `Regel ${number(rule)} kommt nie zum Zug: Die Regeln davor passen auf alles, was geantwortet werden kann.`,
    },
    "wish-invalid": {
      turned: () => "Der letzte Tag liegt vor dem ersten.",
      past: () => "Der letzte Tag ist schon vorbei.",
      hours: () => "Die späteste Uhrzeit liegt nicht nach der frühesten.",
      far: ({ days: most }) => `Gewartet wird höchstens ${days(most)} voraus.`,
    },
    "waiting-full": {
      service: () => "So viele warten schon, dass niemand mehr dazukommen kann.",
      customer: ({ most }) => `Auf mehr als ${number(most)} Dinge wartet niemand zugleich.`,
    },
    "hold-over": {
      over: () => "Bitte die Zeit noch einmal wählen: Hat sie inzwischen niemand genommen, ist sie noch zu haben.",
    },
    "details-invalid": {
      fields: () => "Bitte die Angaben prüfen.",
    },
    "proof-wanted": {
      wait: ({ seconds }) =>
        `Bitte in ${format.plural(Math.ceil(seconds / 60), { one: "# Minute", other: "# Minuten" })} noch einmal versuchen.`,
      wrong: () => "Der Browser soll vorher etwas rechnen.",
    },
    "file-unfit": {
      unasked: () => "Keine Frage dieses Angebots verlangt diese Datei.",
      empty: () => "In dieser Datei steht nichts.",
      "too-large": ({ bytesMax }) => `Eine Datei hat höchstens ${format.bytes(bytesMax)}.`,
      type: ({ types }) => `Erlaubt sind: ${format.list(types)}. Was zählt, ist der Inhalt.`,
      "too-many": ({ filesMax }) =>
        `${format.plural(filesMax, { one: "Höchstens # Datei ist", other: "Höchstens # Dateien sind" })} erlaubt.`,
      full: () => "Hier können keine weiteren Dateien aufbewahrt werden.",
    },
    "too-late": {
      customer: () => "Bitte bei der Organisation melden, bei der gebucht wurde.",
      organisation: () => "Der Termin ist vorbei: bitte vermerken, ob er stattgefunden hat oder niemand gekommen ist.",
      offer: () => "Die vorgeschlagenen Zeiten konnten nur vorher gewählt werden.",
    },
    "not-asked": {
      state: ({ state }) => NOT_ASKED[state],
      service: () => "Dieses Angebot fragt nach dem Besuch nichts.",
      early: () => "Der Besuch ist noch nicht vorbei.",
    },
    "rating-closed": {
      late: ({ days: most }) => `Der Besuch ist mehr als ${days(most)} her.`,
      answered: ({ days: most }) => `Die Antwort ist älter als ${days(most)} und bleibt, wie sie ist.`,
    },
    "wrong-state": {
      state: ({ state, deed }) => `${STATES[state]} und lässt sich nicht ${DEEDS[deed]}.`,
      early: () => "Der Termin hat noch nicht begonnen.",
      wish: ({ state }) => WISHES[state],
      raced: () => "Das hat sich eben geändert. Bitte noch einmal ansehen.",
    },
  };
};
