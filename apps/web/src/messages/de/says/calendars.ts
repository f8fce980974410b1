import type { calendarSays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";
import { momentText } from "./days.ts";

const order = (): string => "Das Ende muss nach dem Beginn liegen.";
const mixed = (): string => "Beginn und Ende sind beide Tage oder beide Uhrzeiten.";
const unreadable = (): string => "Sie ist nicht so geschrieben, wie es RFC 5545 verlangt.";
const otherProgram = (): string =>
  "Ein anderes Programm hat einen Teil dieser Serie geändert: bitte einzelne Termine ändern oder alle.";
const years = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `Geführt werden die Jahre ${from} bis ${to}.`;

/** What refusals about calendars and events say to do, by reason. */
export const calendarSays = (format: Formats): InAnyLanguage<typeof english> => ({
  "not-a-calendar": {
    line: ({ line }) =>
      `Nichts in der Datei lässt sich als Kalender lesen. Der erste Fehler ist in Zeile ${format.number(line)}.`,
    unreadable: () => "Die Datei lässt sich nicht lesen.",
  },
  "ends-before-start": {
    field: order,
    end: order,
    window: order,
    mixed,
    "end-before-start": () => `${order()} ${mixed()}`,
    "end-needed": () => "Was bisher ganze Tage dauert und nun eine Uhrzeit hat, braucht auch ein Ende.",
  },
  "zone-missing": {
    zone: () => "Bitte eine Zeitzone angeben.",
  },
  "unknown-zone": {
    zone: ({ zone }) => `Eine Zeitzone „${zone}“ gibt es nicht. Zeitzonen heißen etwa Europe/Prague.`,
  },
  "out-of-range": {
    years,
    field: years,
    "no-time": ({ text }) => `Diesen Tag oder diese Uhrzeit gibt es nicht: ${momentText(text, format)}.`,
    second: () => "Ein Termin beginnt und endet zu einer vollen Sekunde.",
    far: () => "So weit voraus ist nicht bekannt, was geplant ist: bitte eine nähere Zeit wählen.",
    "two-years": () => "Auf einmal höchstens zwei Jahre.",
  },
  "rule-invalid": {
    "no-date": () => "Sie ergibt vom Beginn an keinen einzigen Termin.",
    unkeepable: () => "Sie ergibt zu viele Termine, um sie zu führen.",
    "rule-too-long": () => "Sie ist zu lang.",
    "rule-no-frequency": () => "Es fehlt, wie oft (FREQ).",
    "rule-part-twice": () => "Ein Teil davon steht doppelt da.",
    "rule-part-malformed": unreadable,
    "rule-part-unknown": unreadable,
    "rule-part-out-of-range": () => "Eine Zahl darin ist zu klein oder zu groß.",
    "rule-parts-exclude-each-other": () => "Zwei Teile davon gehen nicht zusammen.",
    "rule-calendar-unsupported": () => "Gerechnet wird nur nach dem gregorianischen Kalender.",
    "rule-of-one-occurrence": () =>
      "Ein einzelner Termin wiederholt sich nicht: bitte diesen und alle folgenden ändern oder alle.",
    "rule-does-not-move": () =>
      "Sie nennt Tage oder Uhrzeiten, die sich nicht mitverschieben lassen: bitte auch die Wiederholung ändern.",
    "exceptions-in-the-way": () => "Für geänderte oder abgesagte Termine ist im neuen Rhythmus kein Platz.",
    "range-this-and-future": otherProgram,
    "cannot-split-here": () =>
      "Von diesem Termin an lässt sich die Serie nicht teilen: bitte einen wählen, auf den alle ihre Wiederholungen fallen.",
    "too-many-steps": () => "Die Serie ist zu lang, um ihre Termine zu zählen.",
  },
  "address-invalid": {
    address: ({ address }) => `„${address}“ ist keine E-Mail-Adresse.`,
  },
  "occurrence-not-found": {
    date: ({ date }) => `Zu dieser Zeit hat die Serie keinen Termin: ${momentText(date, format)}.`,
    "no-such-occurrence": () => "So einen Termin hat die Serie nicht, oder nicht mehr.",
    which: () => "Den Termin gibt es nicht mehr, oder es ist eine Serie: dann bitte einen ihrer Termine wählen.",
  },
  "read-only": {
    watched: () => "Seine Termine kommen von einer Adresse: Sie lassen sich nur ansehen.",
    owner: () => "Ändern kann ihn, wem er gehört.",
    ask: () => "Bitte um Freigabe zum Schreiben bitten.",
    mover: () => "Es antwortet, wer den Termin verschieben kann.",
    removed: () => "Der Kalender wurde inzwischen entfernt.",
  },
  "may-move": {
    move: () => "Ein Vorschlag ist nicht nötig.",
  },
  "not-a-guest": {
    guest: () => "Dazu gibt es keine Einladung, oder sie ist abgesagt.",
  },
  "same-times": {
    other: () => "Bitte eine andere Zeit vorschlagen.",
  },
  "in-the-past": {
    ahead: () => "Bitte eine Zeit vorschlagen, die noch bevorsteht.",
    over: () => "Der Termin ist vorbei.",
  },
  "nobody-answers": {
    ask: () => "Bitte dort fragen, wo der Termin gemacht wurde.",
  },
  "proposal-over": {
    over: () => "Er wurde beantwortet, oder der Termin liegt inzwischen anderswo.",
  },
  "not-empty": {
    held: ({ holder }) => `${holder} braucht ihn: bitte das zuerst entfernen.`,
    events: () => "Bitte zuerst seine Termine verschieben oder entfernen.",
  },
  "too-large": {
    bytes: ({ most }) => `Möglich sind höchstens ${format.bytes(most)}.`,
  },
});
