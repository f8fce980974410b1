import type { Formats } from "../../messages/format.ts";
import type { FigureWords } from "./figure-words-en.ts";

export const de = (format: Formats): FigureWords => {
  const bookings = (count: number) => format.plural(count, { one: "# Buchung", other: "# Buchungen" });
  const answers = (count: number) => format.plural(count, { one: "# Antwort", other: "# Antworten" });
  return {
    title: "Zahlen",
    intro: "Wie voll es war, was aus Buchungen wurde und was Kunden dazu sagten.",
    period: "Zeitraum",
    periods: { week: "Woche", month: "Monat", quarter: "Quartal", own: "Eigener Zeitraum" },
    before: "Der Zeitraum davor",
    after: "Der Zeitraum danach",
    now: "Heute",
    first: "Erster Tag",
    last: "Letzter Tag",
    wrongPeriod: "Der letzte Tag liegt nicht vor dem ersten und höchstens 400 Tage danach.",
    service: "Angebot",
    allServices: "Alle Angebote",
    print: "Drucken",
    download: "CSV herunterladen",
    empty: "In diesem Zeitraum ist nichts gebucht.",
    emptyMore: "Einen anderen Zeitraum oder ein anderes Angebot wählen.",
    span: (from, to) => `${from} – ${to}`,
    found: (percent, booked, open) => `${percent} der offenen Zeit sind gebucht: ${booked} von ${open}.`,
    foundUntimed: (booked) => `${booked} sind gebucht. Wovon, ist nicht bekannt: Niemand hat Zeiten angegeben.`,
    missed: (count, of) =>
      count === 0
        ? "Niemand blieb aus."
        : `${format.plural(count, { one: "# Kunde von", other: "# Kunden von" })} ${format.number(of)} ${count === 1 ? "blieb" : "blieben"} aus.`,
    tiles: {
      utilisation: "Auslastung",
      ofOpen: (booked, open) => `${booked} von ${open}`,
      noHours: "keine Zeiten bekannt",
      bookings: "Buchungen",
      moved: (count) => `${format.number(count)} verschoben`,
      noShows: "Nicht erschienen",
      ofOver: (count, of) =>
        `${format.number(count)} von ${format.plural(of, { one: "# Besuch", other: "# Besuchen" })}`,
      noneOver: "noch kein Besuch vorbei",
      lead: "Im Voraus gebucht",
      median: "die Hälfte früher, die Hälfte später",
      days: (days) => format.plural(days, { one: "# Tag", other: "# Tage" }),
      customers: "Kunden",
      newOnes: (count) => `${format.number(count)} zum ersten Mal`,
      holds: "Reserviert, dann gebucht",
      ofHeld: (booked, held) =>
        `${format.number(booked)} von ${format.plural(held, { one: "# Reservierung", other: "# Reservierungen" })}`,
      since: (day) => `gezählt seit ${day}`,
      notCounted: "in diesem Zeitraum nichts reserviert",
      rating: "Nach dem Besuch",
      ofFive: (mean) => `${mean} von 5`,
      answers,
      noAnswers: "noch keine Antwort",
    },
    outcomes: {
      title: "Was daraus wurde",
      sentence: (count) => bookings(count),
      names: {
        completed: "hat stattgefunden",
        confirmed: "bestätigt",
        requested: "wartet auf ein Ja",
        noShow: "nicht erschienen",
        cancelledByCustomer: "vom Kunden abgesagt",
        cancelledByOrganisation: "von uns abgesagt",
        cancelledByNobodyKnown: "abgesagt",
        declined: "abgelehnt",
      },
      late: (count) =>
        format.plural(count, {
          one: "# davon wurde später abgesagt, als Kunden es dürfen.",
          other: "# davon wurden später abgesagt, als Kunden es dürfen.",
        }),
    },
    byService: "Nach Angebot",
    bySubject: "Nach Person und Ding",
    columns: {
      name: "Name",
      utilisation: "Auslastung",
      booked: "Gebucht",
      open: "Offen",
      bookings: "Buchungen",
      noShows: "Nicht erschienen",
      cancelled: "Abgesagt",
      lead: "Im Voraus",
      rating: "Antworten",
    },
    sortBy: (column) => `Nach ${column} ordnen`,
    outOf: (count, of) => `${format.number(count)} von ${format.number(of)}`,
    ratingOf: (mean, count) => `${mean} (${format.number(count)})`,
    unknown: "–",
    fairness: {
      title: "Gerechte Anteile",
      intro: "Was allen von den Buchungen zustand, die sie hätten haben können, und was sie bekamen.",
      of: (service, role) => `${service}: ${role}`,
      owed: "Stand zu",
      got: "Bekam",
      offBy: "Abweichung",
      weight: "Gewicht",
      balance: "Steht jetzt zu",
      away: "abwesend",
      even: (most) => `Niemand weicht um mehr als ${most} ab.`,
    },
    answers: {
      title: "Nach dem Besuch",
      mean: (mean, count) =>
        `Im Mittel ${mean} von 5, aus ${format.plural(count, { one: "# Antwort", other: "# Antworten" })}.`,
      none: "Noch hat niemand geantwortet. Ob und was gefragt wird, steht beim jeweiligen Angebot.",
      of: (score, count) => `${format.number(score)} von 5: ${answers(count)}`,
    },
  };
};
