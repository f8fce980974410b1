import type { optimise as english } from "../en/optimise.ts";

export const optimise: typeof english = (format) => ({
  optimise: {
    command: "Einen Monat besser ordnen",
    title: "Bessere Ordnung",
    calm: "Suchen ändert nichts; nichts verschiebt sich vor dem Anwenden.",
    who: "Wessen Zeit",
    me: "Die eigene",
    shown: (count) => (count === 1 ? "Wer gezeigt ist" : `Alle ${format.number(count)} gezeigten`),
    whoHint: "Oben weitere Personen zeigen, um ihre Zeit gemeinsam zu ordnen.",
    window: "Von wann bis wann",
    week: (days) => `Woche ${days}`,
    month: (month, year) => `${month} ${String(year)}`,
    improve: "Was besser werden soll",
    objectives: {
      conflicts: "Weniger Konflikte",
      focus: "Mehr Fokuszeit",
      fragmentation: "Weniger zerstückelt",
      travel: "Weniger unterwegs",
      balance: "Gleichmäßige Tage",
      preferences: "Bevorzugte Stunden",
    },
    weights: { off: "aus", little: "ein wenig", normal: "mittel", much: "viel" },
    nothingWished: "Mindestens eines wählen, das besser werden soll.",
    time: "Wie lange suchen",
    seconds: (count) => format.plural(count, { one: "# Sekunde", other: "# Sekunden" }),
    look: "Suchen",
    lookAgain: "Noch einmal suchen",
    looking: "Eine bessere Ordnung wird gesucht",
    elapsed: (seconds, of) => `${format.number(seconds)} von ${format.number(of)} s`,
    finishing: "Das Beste wird zusammengestellt …",
    stop: "Anhalten",
    enough: "Das Beste bisher nehmen",
    soFar: (steps, alternative) =>
      alternative === 0
        ? `Bisher ${steps} Schritte; weniger Punkte sind besser.`
        : `Bisher ${steps} Schritte. Jetzt wird neben der besten eine andere Ordnung gesucht.`,
    asTable: "Als Tabelle",
    stepsHead: "Schritte",
    stopped: "Angehalten. Nichts wurde geändert.",
    found: (moves) =>
      moves === 0
        ? "Nichts Besseres gefunden."
        : format.plural(moves, {
            one: "Eine bessere Ordnung mit # Verschiebung. Nichts verschiebt sich vor dem Anwenden.",
            other: "Eine bessere Ordnung mit # Verschiebungen. Nichts verschiebt sich vor dem Anwenden.",
          }),
    none: "Nichts wäre anderswo besser. Die Ordnung ist gut, wie sie ist.",
    noneHint: "Mit anderen Wünschen oder mehr Zeit zum Suchen findet sich vielleicht etwas.",
    wishes: "Wünsche ändern",
    ways: "Wege dahin",
    way: (number) => (number === 1 ? "Der beste" : `Anderer Weg ${format.number(number - 1)}`),
    wayMoves: (count) => format.plural(count, { one: "# Verschiebung", other: "# Verschiebungen" }),
    improvements: "Was besser wird",
    measures: {
      conflicts: "Konflikte",
      focus: "Fokuszeit",
      fragmentation: "Zerstückelte Tage",
      travel: "Unterwegs",
      balance: "Ungleiche Tage",
      preferences: "Beliebte Stunden",
    },
    gain: (measure, change) => `${measure} ${change}`,
    verdicts: { better: "besser", worse: "schlechter", same: "gleich" },
    score: "Wie es gefunden wurde",
    hard: "Was gelten muss",
    soft: "Was gewünscht ist",
    points: (before, after) => `${before} → ${after} Punkte`,
    chart: (what, before, after, steps) =>
      `${what}: von ${before} auf ${after} verlorene Punkte, in ${steps} Schritten.`,
    steps: (steps, seconds) => `${steps} Schritte in ${seconds} s; weniger Punkte sind besser.`,
    contradictions: "Was sich nicht einhalten ließ",
    moves: (ticked, all) =>
      ticked === all
        ? format.plural(all, { one: "# Verschiebung", other: "# Verschiebungen" })
        : `${format.number(ticked)} von ${format.plural(all, { one: "# Verschiebung", other: "# Verschiebungen" })}`,
    tickAll: "Alle ankreuzen",
    tickNone: "Keine ankreuzen",
    include: (title, from, to) => `${title}, ${from} auf ${to}`,
    apply: (count) =>
      count === 0
        ? "Nichts ist angekreuzt"
        : format.plural(count, { one: "# Verschiebung anwenden", other: "# Verschiebungen anwenden" }),
    applying: "Wird angewendet …",
    tooMany: (most) => `Ein Schritt fasst höchstens ${format.number(most)} Verschiebungen. Einige abwählen.`,
    stale: "Inzwischen wurde etwas davon verschoben; deshalb ist nichts geschehen.",
    blocked: (titles) => `Passt nicht: ${format.list(titles)}.`,
    inTheWay: (titles) => `Nicht angekreuzt und im Weg: ${format.list(titles)}.`,
    tickToo: "Auch das ankreuzen",
  },
});
