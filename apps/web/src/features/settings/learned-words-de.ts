import type { Formats } from "../../messages/format.ts";
import type { LearnedWords } from "./learned-words-en.ts";

export const de = (format: Formats): LearnedWords => ({
  intro:
    "Was eigene Antworten und Zeiten gelehrt haben. Nur selbst zu sehen; nur die eigenen Lösungen richten sich danach.",
  on: "Aus meinen Antworten auf Lösungen und meinen Zeiten lernen",
  off: "Es wird nichts gelernt und nichts behalten. Lösungen kommen wie für alle.",
  switchOff: {
    title: "Gelerntes vergessen?",
    sentence: "Alle Antworten und Zeiten werden gelöscht. Das lässt sich nicht rückgängig machen.",
    submit: "Ausschalten und vergessen",
  },
  said: { on: "Lernen ist an", off: "Das Gelernte ist vergessen", weight: "Das Gewicht ist wie zu Anfang" },
  answers: "Antworten auf Lösungen",
  nothing: (few) =>
    `Noch nichts. Jede angenommene oder abgelehnte Lösung verschiebt die Gewichte ein wenig; nach ${format.number(few)} Antworten werden auch Chancen genannt.`,
  count: (count) => format.plural(count, { one: "Bisher # Antwort.", other: "Bisher # Antworten." }),
  state: {
    none: (left) =>
      `Chancen werden nach ${format.plural(left, { one: "# weiteren genannt.", other: "# weiteren genannt." })}`,
    few: (left) =>
      `Chancen werden in Zehnteln genannt; nach ${format.plural(left, { one: "# weiteren", other: "# weiteren" })} bedeuten sie, was sie sagen.`,
    calibrated: () => "Chancen bedeuten, was sie sagen.",
  },
  calibration: (error, noise) =>
    `Bei den letzten Antworten lagen sie im Mittel um ${format.percent(error)} daneben; der Zufall allein macht ${format.percent(noise)}.`,
  weights: "Was bei einer Lösung zählt",
  weightsHint:
    "Der Strich zeigt den Anfangswert. Keine Antwort verschiebt einen um mehr als ein Fünfzigstel, und keiner geht unter die Hälfte oder über das Doppelte.",
  costs: {
    distance: "Weit von der Tageszeit entfernt",
    "other day": "An einem anderen Tag",
    people: "Andere sind betroffen",
    length: "Es wird kürzer",
    "unloved hour": "Zu einer gemiedenen Stunde",
    focus: "Es kostet Fokuszeit",
    load: "Es füllt einen vollen Tag",
    way: "Mehr Zeit unterwegs",
    "other place": "An einem anderen Ort",
  },
  factor: (factor) =>
    Math.abs(factor - 1) < 0.005
      ? "wie zu Anfang"
      : `${format.number(Math.round(factor * 100) / 100)} × der Anfangswert`,
  resetWeight: (name) => `Zurücksetzen: ${name}`,
  toDefault: "Zurücksetzen",
  forgetAnswers: "Alle Antworten vergessen",
  forgetAnswersTitle: "Alle Antworten vergessen?",
  forgetAnswersSentence:
    "Alle Gewichte gehen auf ihren Anfangswert, und Chancen werden erst mit neuen Antworten genannt. Das lässt sich nicht rückgängig machen.",
  forget: "Vergessen",
  hours: "Bevorzugte Zeiten",
  hoursNothing:
    "Noch nichts. Was in der eigenen Zeit geplant, angenommen, abgelehnt oder verschoben wird, zeigt, welche Stunden passen.",
  seen: (count, zone) =>
    `Aus ${format.plural(count, { one: "# eigenen Termin", other: "# eigenen Terminen" })}, ältere zählen weniger. Zeiten gelten in ${zone}.`,
  prefers: (stretches, more) =>
    `Bevorzugt: ${format.list(more > 0 ? [...stretches, `${format.number(more)} weitere`] : stretches)}.`,
  avoids: (stretches, more) =>
    `Gemieden: ${format.list(more > 0 ? [...stretches, `${format.number(more)} weitere`] : stretches)}.`,
  even: "Noch fällt keine Stunde auf.",
  stretch: (weekday, from, to) => `${weekday} ${from}–${to}`,
  strip: "Die Stunden der Woche: je kräftiger, desto passender",
  forgetHours: "Diese Zeiten vergessen",
  forgetHoursTitle: "Zeiten vergessen?",
  forgetHoursSentence:
    "Alle Stunden zählen wieder gleich, bis wieder geplant wird. Das lässt sich nicht rückgängig machen.",
});
