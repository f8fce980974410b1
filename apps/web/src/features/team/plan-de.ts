import type { Formats } from "../../messages/format.ts";
import type { PlanWords } from "./plan-en.ts";

export const de = (format: Formats): PlanWords => ({
  button: "Planen …",
  title: (name) => `„${name}“ planen`,
  explain:
    "Schichten werden so vergeben, dass jeder Bedarf gedeckt ist, soweit Verträge, Regeln und Abwesenheiten es zulassen. Es bleibt ein Entwurf; niemand erfährt davon.",
  look: "Suchen",
  seconds: (count) =>
    count < 60
      ? format.plural(count, { one: "# Sekunde", other: "# Sekunden" })
      : format.plural(count / 60, { one: "# Minute", other: "# Minuten" }),
  keep: "Lassen, wie es ist",
  keepItems: "Was der Entwurf schon enthält",
  keepPeople: (count) => format.plural(count, { one: "Die ausgewählte Person", other: "Die # ausgewählten Personen" }),
  keepDays: (count) => format.plural(count, { one: "Den ausgewählten Tag", other: "Die # ausgewählten Tage" }),
  few: "So wenig wie möglich ändern",
  fewHint: "Um zu flicken, was eine Krankmeldung aufreißt.",
  drop: "Auch bestehende Schichten dürfen entfallen",
  sites: "Auch an anderen Orten als den eigenen",
  unpopular: "Unbeliebte Schichten",
  unpopularHint: "Ihre Namen, mit Kommas dazwischen. Sie werden verteilt wie Nächte.",
  unpopularLong: (max) => `Ein Name hat höchstens ${format.number(max)} Zeichen.`,
  do: "Planen",
  begun: "Es wird geplant",
  running: "Es wird geplant",
  score: (hard, soft) => `${hard} unter dem Mindestbedarf · ${soft} Punkte`,
  moved: (count) => format.plural(count, { one: "# Schicht anders", other: "# Schichten anders" }),
  enough: "Das Gefundene nehmen",
  stop: "Anhalten",
  failed: (why) => `Planen war nicht möglich: ${why}`,
  cancelled: "Das Planen wurde angehalten. Der Entwurf ist, wie er war.",
  done: (name) => `„${name}“ ist geplant`,
  last: "Letzter Plan",
  applied: (given, filled, taken, dropped) =>
    [
      format.plural(given, { one: "# Schicht vergeben", other: "# Schichten vergeben" }),
      ...(filled > 0
        ? [format.plural(filled, { one: "# offene Schicht besetzt", other: "# offene Schichten besetzt" })]
        : []),
      ...(taken > 0 ? [format.plural(taken, { one: "# zurückgenommen", other: "# zurückgenommen" })] : []),
      ...(dropped > 0 ? [format.plural(dropped, { one: "# entfällt", other: "# entfallen" })] : []),
    ].join(", "),
  nothing: "Es war nichts zu ändern.",
  constraints: "Was gewogen wird",
  names: {
    minimum: "Unter dem Mindestbedarf",
    ideal: "Unter dem Wunschbedarf",
    over: "Mehr als nötig",
    open: "Offene Schichten",
    hours: "Neben den Vertragsstunden",
    nights: "Nächte, ungleich",
    weekends: "Wochenenden, ungleich",
    holidays: "Feiertage, ungleich",
    unpopular: "Unbeliebte Schichten, ungleich",
    wishes: "Abgelehnte Wünsche",
    changes: "Änderungen",
  },
  before: "Vorher",
  after: "Nachher",
  times: (count) => format.number(count),
  unmet: (count) => format.plural(count, { one: "# Lücke bleibt", other: "# Lücken bleiben" }),
  noUnmet: "Jeder Bedarf ist gedeckt.",
  unmetMore: (count) => format.plural(count, { one: "und # weitere", other: "und # weitere" }),
  leftOut: "Geblieben, wie sie waren",
  wishes: "Wünsche, die nicht erfüllt werden konnten",
  steps: (steps, perSecond, seed) => `${steps} Schritte, ${perSecond} je Sekunde, Startzahl ${seed}`,
  fairness: "Gerechtigkeit …",
  fair: {
    title: "Wer was trägt",
    text: (from, to) => `Vom ${from} bis ${to}, mit dem Entwurf. Der Strich ist ein gerechter Anteil.`,
    kinds: { nights: "Nächte", weekends: "Wochenenden", holidays: "Feiertage", unpopular: "Unbeliebte" },
    kind: "Was",
    cell: (name, have, without, fair) =>
      `${name}: ${have}, ${without} ohne den Entwurf, ein gerechter Anteil ist ${fair}`,
    nobody: "Niemand hat etwas davon.",
    who: "Wer",
    with: "Mit dem Entwurf",
    share: "Gerechter Anteil",
  },
});
