import type { conflicts as english } from "../en/conflicts.ts";
import { MOD } from "./keyboard.ts";

export const conflicts: typeof english = (format) => ({
  conflict: {
    kind: nameOf,
    cellKind: nameOf,
    severity: { must: "zu lösen", should: "besser lösen", look: "einen Blick wert" },
    heading: (kind, severity) => `${nameOf(kind)}, ${severity}`,
    position: (position, total) => `${format.number(position)} von ${format.number(total)}`,
    repairs: "Lösungen, alle geprüft",
    looking: "Lösungen werden gesucht …",
    noRepair: "Keine Lösung gefunden, die nichts anderes verschlechtert. Bitte einen der Termine von Hand ändern.",
    notYours: (owners) =>
      `Das Recht fehlt, einen der beiden zu verschieben. Hier hilft ${format.either([...owners, "die Administration"])}.`,
    others: "Von anderen",
    cut: (count, until) =>
      `Es gibt mehr Konflikte, als sich auflisten lassen: Dies sind die ersten ${format.number(count)}, bis ${until}.`,
    notThis: "Nicht diese",
    notThisOf: (what) => `Nicht diese: ${what}`,
    dismissed: "Eine Lösung beiseite gelegt",
    chance: (chance, isOfFew) =>
      isOfFew
        ? `Nach den wenigen bisherigen Antworten würden etwa ${format.number(Math.round(chance * 10))} von 10 solchen Lösungen angenommen.`
        : `Annahme ${chance < 0.4 ? "unwahrscheinlich" : chance < 0.6 ? "offen" : "wahrscheinlich"}: ${format.percent(chance)}.`,
    best: "beste",
    told: (names) => `Betrifft ${format.list(names)}.`,
    choose: "Einen Konflikt aus der Liste wählen, oder mit X zum nächsten.",
    preview: "Vorschau",
    next: "Nächster Konflikt",
    none: "Keine Konflikte. Alles Geplante kann stattfinden.",
    noneLeft: "Nichts mehr zu lösen. Alles Geplante kann stattfinden.",
    noneShown: "Nichts mit diesen Filtern.",
    showAll: "Alle anzeigen",
    shown: (count) => `${format.number(count)} angezeigt · früheste zuerst`,
    columns: {
      severity: "Schwere",
      what: "Was kollidiert",
      when: "Wann",
      day: "Der Tag, 07–19",
      who: "Wer",
      repair: "Beste Lösung",
    },
    groupSoon: "Nächste 14 Tage",
    past: "Früher im Jahr",
    includePast: "Frühere",
    backToYear: "Jahr",
    relation: { startsDuring: "beginnt während", during: "während", together: "zugleich mit" },
    filters: "Welche Konflikte",
    chips: { time: "Zeit", travel: "Weg", resource: "Raum", load: "Auslastung" },
    severityChip: { must: "Zu lösen", should: "Besser lösen", look: "Einen Blick wert" },
    announce: (kind, date, explanation) => `${kind}, ${date}. ${explanation}`,
    sharedMinutes: (minutes) => `${format.duration(minutes)} gemeinsam`,
    anyone: "Alle",
    whoFilter: (name) => `Wer: ${name}`,
    allOfYear: (year) => `Ganz ${year}`,
    whenFilter: (name) => `Wann: ${name}`,
    tabs: {
      label: "Welche Konflikte angezeigt werden",
      open: "Zu lösen",
      kept: "Behalten",
      resolved: "Gelöst",
      graph: "Netz",
    },
    legend: {
      label: "Konflikte",
      time: "Zeit",
      travel: "Weg",
      resource: "Raum",
      load: "Auslastung",
      rank: "Balken: wie schonend",
      next: "nächster",
      add: "in den Vorschlag",
      keys: "alle Tasten",
    },
  },
  kept: {
    keep: "Beide behalten",
    why: "Warum beide so bleiben",
    whyHint: "Für alle, die es als behalten sehen. Kann leer bleiben.",
    release: "Wieder zählen",
    releaseOf: (first, second) => `${first} und ${second} wieder zählen`,
    by: (name, when) => `${name}, ${when}`,
    none: "Nichts ist behalten. 0 bei einem Konflikt lässt beide Termine, wie sie sind.",
    until: "Zählt wieder, sobald sich einer der beiden verschiebt.",
    column: "Behalten von",
    note: (text) => `„${text}“`,
  },
  resolved: {
    loading: "Gelöstes wird gesucht …",
    failed: "Gelöstes ließ sich nicht laden.",
    none: "Noch wurde nichts durch Lösungen bereinigt.",
    columns: { what: "Was kollidierte", moved: "Was sich änderte", by: "Von", when: "Wann" },
    undo: (together) => (together === 1 ? "Rückgängig" : `Alle ${format.number(together)} rückgängig`),
    undoOf: (titles) => `Lösung von ${format.list(titles)} rückgängig machen`,
    summary: (titles) =>
      titles.length === 1 ? `„${titles[0]!}“ gelöst` : `${format.number(titles.length)} Lösungen angewendet`,
    more: "Frühere anzeigen",
    pair: (titles) => format.list(titles),
  },
  whyNot: {
    heading: "Warum nicht?",
    label: (title) => `Warum nicht anders: „${title}“?`,
    hint: "Ein Tag oder eine Zeit, etwa „Do 17 Uhr“.",
    ask: "Fragen",
    unread: "Darin steht weder ein Tag noch eine Zeit. Zum Beispiel: „Do 17 Uhr“.",
    notYours: "Das Verschieben ist nicht erlaubt.",
    past: "Diese Zeit ist vorbei.",
    taken: (who, what, when) =>
      what === null ? `${who} ist belegt: ${when}.` : `${who} ist belegt: ${when}, ${what}.`,
    free: (names, others) =>
      others > 0
        ? `${format.list([...names, format.plural(others, { one: "# weitere", other: "# weitere" })])} sind frei.`
        : names.length === 1
          ? `${names[0]!} ist frei.`
          : `${format.list(names)} sind frei.`,
    outside: (names) =>
      names.length === 1
        ? `${names[0]!} arbeitet dann nicht; das verbietet nichts.`
        : `${format.list(names)} arbeiten dann nicht; das verbietet nichts.`,
    closed: (who, why) => `${who}, geschlossen: ${why}.`,
    soft: (sentence) => `${sentence} Das ist nur ein Wunsch; er verbietet nichts.`,
    relaxed: (ways) => `Es ginge mit ${format.either(ways)}.`,
    relaxation: {
      "travel.speed": (amount) => `einer Geschwindigkeit von ${amount}`,
      "travel.slack": (amount) => `${amount} Spielraum für den Weg`,
      "travel.longest": (amount) => `Wegen bis ${amount}`,
      "buffer.pause": (amount) => `einer Pause von ${amount}`,
      "rest.rest": (amount) => `einer Ruhezeit von ${amount}`,
      "day-hours.hours": (amount) => `${amount} am Tag`,
      "fairness.above": (amount) => `${amount} über dem Durchschnitt`,
      "fairness-times.above": (amount) => `${amount} über dem Durchschnitt`,
      "day-share.share": (amount) => `${amount} der Stunden des Tages`,
      "day-times.times": (amount) => `${amount} am Tag`,
      "in-a-row.longest": (amount) => `${amount} am Stück`,
      "in-a-row.pause": (amount) => `${amount}, die als Pause zählen`,
      "focus.stretch": (amount) => `${amount} Fokuszeit`,
      "lunch.from": (amount) => `Mittag ab ${amount}`,
      "lunch.to": (amount) => `Mittag bis ${amount}`,
      "lunch.minutes": (amount) => `${amount} Mittag`,
      "week-hours.hours": (amount) => `${amount} in der Woche`,
      "week-times.times": (amount) => `${amount} in der Woche`,
      "hours.from": (amount) => `einem Beginn um ${amount}`,
      "hours.to": (amount) => `einem Ende um ${amount}`,
      "preferred-hours.from": (amount) => `einem Beginn um ${amount}`,
      "preferred-hours.to": (amount) => `einem Ende um ${amount}`,
      "notice.notice": (amount) => `${amount} Vorlauf`,
      "window.days": (amount) => `${amount} im Voraus`,
      "skills.level": (amount) => `Stufe ${amount}`,
    },
    days: (count) => format.plural(count, { one: "# Tag", other: "# Tagen" }),
    fits: "Es würde passen: dorthin verschieben",
    proposed: "Es steht im Vorschlag. Nichts verschiebt sich vor dem Anwenden.",
  },
  proposal: {
    label: "Vorschlag",
    fill: "Lösungen vorschlagen",
    filling: "Lösungen werden gesucht …",
    filled: (added) =>
      added === 0
        ? "Keine weitere Lösung gefunden."
        : format.plural(added, {
            one: "# Lösung hinzugefügt. Nichts verschiebt sich vor dem Anwenden.",
            other: "# Lösungen hinzugefügt. Nichts verschiebt sich vor dem Anwenden.",
          }),
    title: (count) => format.plural(count, { one: "Vorschlag mit # Lösung", other: "Vorschlag mit # Lösungen" }),
    calm: "nichts verschiebt sich vor dem Anwenden",
    checkedAt: (time) => `erneut geprüft ${time}`,
    checking: "wird geprüft …",
    columns: {
      include: "Anwenden",
      what: "Was",
      times: "Vorher und nachher",
      told: "Wessen Zeit",
      effect: "Wirkung",
      leave: "Herausnehmen",
    },
    include: (title, to) => `${title} auf ${to}`,
    comes: (names) => `mit ${format.list(names)}`,
    goes: (names) => `ohne ${format.list(names)}`,
    part: (when) => `und ${when}`,
    went: (before, now) => `${before} ist vergeben, jetzt ${now}`,
    states: {
      solved: "schon durch eine darüber gelöst",
      gone: "der Konflikt besteht nicht mehr",
      stuck: "keine passende Lösung ist übrig",
    },
    nobody: "nur eigene",
    leave: (title) => `${title} aus dem Vorschlag nehmen`,
    together: (count) =>
      count === 1 ? "Diese allein" : count === 2 ? "Beide zusammen" : `Alle ${format.number(count)} zusammen`,
    conflicts: "Konflikte",
    overDays: (limit) => `Tage über ${limit}`,
    focus: "Fokuszeit",
    effect: (focusMinutes, overDays) => {
      const focus = focusMinutes === 0 ? [] : [`${format.durationChange(focusMinutes)} Fokus`];
      if (overDays === 0) return focus[0] ?? "keine";
      const days =
        overDays < 0
          ? format.plural(-overDays, { one: "# Tag kommt unter die Grenze", other: "# Tage kommen unter die Grenze" })
          : format.plural(overDays, { one: "# Tag kommt über die Grenze", other: "# Tage kommen über die Grenze" });
      return [...focus, days].join(", ");
    },
    moved: "Verschobene Termine",
    told: "Betroffene Personen",
    apply: (count) => `${format.number(count)} anwenden`,
    applyName: (count) => format.plural(count, { one: "# Lösung anwenden", other: "# Lösungen anwenden" }),
    applyKey: `${MOD}⏎`,
    ghosts: "Vorschau",
    discard: "Verwerfen",
    discarded: "Der Vorschlag ist leer.",
    add: (first, second) => `${first} und ${second} im Vorschlag lösen`,
    added: (what, count) =>
      `Zum Vorschlag hinzugefügt: ${what}. ${format.plural(count, { one: "# Lösung", other: "# Lösungen" })}.`,
    removed: (count) =>
      `Aus dem Vorschlag genommen. Noch ${format.plural(count, { one: "# Lösung", other: "# Lösungen" })}.`,
    full: (most) => `Ein Vorschlag fasst höchstens ${format.number(most)} Lösungen.`,
    nothing: "Dafür gibt es keine Lösung mit den eigenen Rechten.",
    shown: (count) => format.plural(count, { one: "Vorschlag: # Lösung", other: "Vorschlag: # Lösungen" }),
    back: "Zurück dazu",
  },
});

const CONFLICT_KINDS: Readonly<Record<string, string>> = {
  overlap: "Überschneidung",
  attendee: "Doppelt verplant",
  resource: "Raum oder Gerät doppelt belegt",
  travel: "Wegzeit",
  load: "Über der Grenze",
  capacity: "Zu wenige Plätze",
};

/** In the middle of a sentence as at its beginning: these are nouns, or read as such. */
function nameOf(kind: string): string {
  return CONFLICT_KINDS[kind] ?? "Konflikt";
}
