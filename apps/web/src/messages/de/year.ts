import type { year as english } from "../en/year.ts";

export const year: typeof english = (format) => ({
  year: {
    grid: (year) => `Jahr ${year}. Pfeiltasten gehen nach Tag und Monat, Eingabe öffnet den Tag.`,
    month: "Monat",
    week: (week) => `KW ${week}`,
    conflicts: (count) => format.plural(count, { one: "# Konflikt", other: "# Konflikte" }),
    events: (count) => format.plural(count, { one: "# Termin", other: "# Termine" }),
    eventsWord: (count) => format.plural(count, { one: "Termin", other: "Termine" }),
    today: "heute",
    loading: (year) => `${year} wird geladen …`,
    empty: "In diesem Jahr ist nichts geplant. N drücken, oder eine .ics-Datei hier ablegen.",
    nobody: "Nichts von den gezeigten Personen und Kalendern. Oben andere wählen, oder alle anzeigen.",
    failed: "Das Jahr ließ sich nicht laden.",
    sources: { time: "Zeit", travel: "Weg", resource: "Raum", load: "Auslastung" },
    legend: {
      dayRange: "belegt, 07 bis 19",
      focusFrom: "1 h frei",
      teamFrom: "30 min alle frei",
    },
    capacity: "Auslastung",
    layers: { events: "Termine", conflicts: "Konflikte", capacity: "Auslastung", focus: "Fokuszeit", team: "Alle" },
    layersShown: "Ebenen des Jahres",
    level: (percent, level) => `${percent} ${LEVEL_WORDS[level]}`,
    levelFrom: (level) => LEVEL_WORDS[level],
    measured: "gemessen",
    bookedSoFar: "bisher gebucht",
    cellNothing: "Nichts geplant.",
    focusTime: (stretches) => `Fokuszeit ${format.list(stretches)}`,
    moreOn: (count, date) =>
      format.plural(count, { one: `# weiterer Termin am ${date}`, other: `# weitere Termine am ${date}` }),
    dayLoad: "Auslastung",
    relief: (minutes: string, day: string | null) =>
      day === null ? `${minutes} über der Grenze.` : `${minutes} über der Grenze. Platz ist am ${day}.`,
    longestFocus: "Längste Fokuszeit",
    noFocus: "keine",
    nextConflict: "nächster Konflikt",
    allKeys: "alle Tasten",
    cell: (parts) =>
      [
        parts.date,
        parts.isToday ? "heute" : null,
        parts.events === 0 ? "nichts geplant" : null,
        parts.events ? format.plural(parts.events, { one: "# Termin", other: "# Termine" }) : null,
        ...parts.conflicts,
        parts.load === null ? null : `${format.percent(parts.load)} ausgelastet`,
        parts.focus.length === 0
          ? null
          : `Fokuszeit ${format.list(parts.focus.map(([from, to]) => `${format.time(from)} bis ${format.time(to)}`))}`,
      ]
        .filter((part) => part !== null)
        .join(", "),
  },
  day: {
    nothing: "Nichts geplant. N fügt etwas hinzu.",
    loading: "Wird geladen …",
    unknown: "Was geplant ist, ließ sich nicht laden.",
    allDay: "ganztägig",
    more: (count) => format.plural(count, { one: "# weiterer Termin", other: "# weitere Termine" }),
    band: (from, to) => `Der Tag von ${from} bis ${to}`,
    until: (date) => `bis ${date}`,
    open: (title) => `${title} öffnen`,
  },
});

const LEVEL_WORDS = { open: "locker", steady: "gut belegt", full: "voll", over: "überlastet" };
