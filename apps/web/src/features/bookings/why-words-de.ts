import type { Formats } from "../../messages/format.ts";
import type { WhyWords } from "./why-words-en.ts";

/** The same in German. */
export const de = (format: Formats): WhyWords => {
  const bookings = (count: number) => format.plural(count, { one: "# Buchung", other: "# Buchungen" });
  const most = (max: number, where: string) =>
    `${where} ${format.plural(max, { one: "ist höchstens # Buchung vorgesehen, und die gibt es schon.", other: "sind höchstens # Buchungen vorgesehen, und die gibt es schon." })}`;
  const every = (minutes: number) => format.plural(minutes, { one: "jede Minute", other: "alle # min" });
  const taker = (what: string | null) => (what === null ? "etwas anderes" : `„${what}“`);
  const beside = (what: string | null) => (what === null ? "etwas anderem" : `„${what}“`);
  return {
    title: "Warum ist nichts frei?",
    intro: "Für jeden Tag und jede Zeit: was dagegen spricht, und was es möglich machen würde.",
    service: "Angebot",
    day: "Tag",
    time: "Uhrzeit",
    ask: "Fragen",
    offered: "Zu dieser Zeit kann gebucht werden.",
    reasons: "Was dagegen spricht",
    relaxation: "Mit all dem zusammen ginge es",
    none: "Nichts würde es möglich machen.",
    calendars: "Fremde Kalender",
    zone: (zone) => `Uhrzeiten in der Zone ${zone}.`,
    moment: (day, time) => `${day}, ${time}`,
    span: (from, to) => `${from} bis ${to}`,
    days: (count) => format.plural(count, { one: "# Tag", other: "# Tage" }),
    gone: "Wer nicht mehr da ist",
    start: {
      midnight: (minutes) => `${every(minutes)} ab Mitternacht`,
      opening: (minutes) => `${every(minutes)} ab Öffnung`,
    },
    reason: {
      past: "Diese Zeit ist vorbei.",
      notice: (notice, earliest) => `Zu kurzfristig: Der Vorlauf beträgt ${notice}, buchbar ist ab ${earliest}.`,
      window: (end) => `Zu weit voraus: Buchbar ist nur, was vor ${end} beginnt.`,
      raster: (start) => `Buchungen beginnen ${start}; diese Zeit liegt dazwischen.`,
      closed: "Das Angebot ist für einen Teil dieser Zeit geschlossen.",
      limit: {
        day: (max) => most(max, "Am Tag"),
        week: (max) => most(max, "In der Woche"),
        customer: (max) => most(max, "Je Kunde und Zeitraum"),
      },
      subjects: (roles, needed, able) =>
        `${format.list(roles)}: ${format.number(needed)} nötig, ${able === 0 ? "nichts davon" : format.number(able)} verfügbar.`,
      of: (who, reasons) => `${who}: ${reasons.join("; ")}.`,
    },
    subject: {
      closed: "nicht für die ganze Zeit geöffnet",
      closedFor: (why) => `nicht für die ganze Zeit geöffnet – ${why}`,
      taken: (what) => `belegt durch ${taker(what)}`,
      buffer: (what, missing) => `Abstand zu ${beside(what)} um ${missing} zu kurz`,
      way: (what, missing) => `Zeit für den Weg von oder zu ${beside(what)} um ${missing} zu kurz`,
      calendar: (calendar, age, limit) => `Kalender „${calendar}“ veraltet: ${age} alt, erlaubt sind ${limit}`,
      unread: (calendar) => `Kalender „${calendar}“ wurde noch nie gelesen`,
    },
    change: {
      notice: (notice) => `Vorlauf: ${notice}`,
      days: (days) => `Buchbar ${days} im Voraus`,
      until: (end) => `Buchbar bis ${end}`,
      ever: "Buchbar ohne Ende",
      raster: (start) => `Beginn ${start}`,
      hours: (span) => `Angebot geöffnet: ${span}`,
      limit: {
        day: (max) => `${bookings(max)} am Tag`,
        week: (max) => `${bookings(max)} in der Woche`,
        customer: (max) => `${bookings(max)} je Kunde in diesem Zeitraum`,
      },
      buffer: (before, after) => `Puffer von ${before} davor und ${after} danach`,
      open: (who, span) => `${who}: geöffnet ${span}`,
      guard: (who, what) => `${who}: ${taker(what)} ohne Puffer`,
      free: (who, what) => `${who}: nicht belegt durch ${taker(what)}`,
      rule: (who, rule, ways) =>
        ways.length === 0 ? `${who}: ohne die Regel „${rule}“` : `${who}: Regel „${rule}“ mit ${format.either(ways)}`,
      calendar: (who, calendar, limit) => `${who}: „${calendar}“ neu gelesen, oder Kalender dürften ${limit} alt sein`,
      unread: (who, calendar) => `${who}: „${calendar}“ gelesen`,
    },
    age: (whose, calendar, age) => `${whose}: „${calendar}“, Stand ${age} alt.`,
    neverRead: (whose, calendar) => `${whose}: „${calendar}“ wurde noch nie gelesen.`,
  };
};
