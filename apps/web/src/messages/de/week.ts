import type { week as english } from "../en/week.ts";

export const week: typeof english = (format) => {
  /** "3 h voraus", "3 h zurück"; minutes are never 0. */
  const apart = (minutes: number) => `${format.duration(Math.abs(minutes))} ${minutes < 0 ? "zurück" : "voraus"}`;
  return {
    week: {
      label: "Woche",
      dayLabel: "Tag",
      views: "Ansicht",
      grid: (period) =>
        `${period}. Pfeiltasten gehen nach Tag und Viertelstunde, Eingabe legt dort einen Termin an, eckige Klammern gehen durch die Termine des Tages.`,
      number: (year, week) => `${year} · Woche ${week}`,
      before: "Vorherige Woche",
      after: "Nächste Woche",
      dayBefore: "Vorheriger Tag",
      dayAfter: "Nächster Tag",
      allDay: "ganz\u00ADtags", // In a narrow column.
      yours: "eigene",
      ahead: (minutes) => {
        if (minutes === 0) return "gleich";
        const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
        return `${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`} h`;
      },
      aheadOf: (city, minutes) => (minutes === 0 ? `${city} hat dieselbe Zeit` : `${city} ist ${apart(minutes)}`),
      untilThen: (city, before, date, after) => {
        const now = before === 0 ? `${city} hat dieselbe Zeit` : `${city} ist ${apart(before)}`;
        const then = after === 0 ? "dann dieselbe Zeit" : `dann ${apart(after)}`;
        return `${now} bis ${date}, ${then}.`;
      },
      clocksForward: (date, minutes) => `Am ${date} werden die Uhren ${format.duration(minutes)} vorgestellt.`,
      clocksBack: (date, minutes) => `Am ${date} werden die Uhren ${format.duration(minutes)} zurückgestellt.`,
      closed: "diese Zeit gibt es an diesem Tag nicht",
      dayName: (parts) =>
        [
          parts.date,
          parts.isToday ? "heute" : null,
          parts.events === 0 ? "nichts geplant" : format.plural(parts.events, { one: "# Termin", other: "# Termine" }),
          ...parts.conflicts,
          parts.load === null ? null : `${format.percent(parts.load)} ausgelastet`,
          ...parts.zones,
        ]
          .filter((part) => part !== null)
          .join(", "),
      cellAt: (date, time, at) => `${date}, ${time}, ${at}`,
      cellAllDay: (date, at) => `${date}, ganztägig, ${at}`,
      free: "frei",
      during: (titles) => format.list(titles),
      block: (parts) =>
        [
          parts.title,
          parts.when,
          parts.location,
          parts.people.length === 0 ? null : `mit ${format.list(parts.people)}`,
          parts.isRecurring ? "wiederholt sich" : null,
          parts.isTentative ? "vorläufig" : null,
          parts.conflict,
          parts.isPast ? "vorbei" : null,
          parts.isReadOnly ? "nur zum Ansehen" : null,
          parts.isLocked ? "gesperrt" : null,
        ]
          .filter((part) => part !== null && part !== "")
          .join(", "),
      whole: (first, last) => (first === last ? `${first}, ganztägig` : `${first} bis ${last}, ganztägig`),
      timed: (day, times) => `${day}, ${times}`,
      more: (count) => `+${format.number(count)}`,
      moreOn: (count, date) =>
        format.plural(count, { one: `# weiterer Termin am ${date}`, other: `# weitere Termine am ${date}` }),
      was: (when) => `bisher ${when}`,
      accept: "Annehmen",
      dismiss: "Verwerfen",
      proposal: (title, when) => `Vorschlag: ${title}, ${when}`,
      new: "Neuer Termin",
      now: (time) => `Jetzt, ${time}`,
      people: "Wessen Tag die Spalte füllt",
      besideBusy: (name, times) =>
        times.length === 0 ? `${name} ist nicht belegt` : `${name} ist belegt ${format.list(times)}`,
      everyoneFree: (times) => `Alle frei ${format.list(times)}`,
      span: (from, to) => `${from} bis ${to}`,
      legend: {
        proposal: "Vorschlag",
        conflict: "Konflikt",
        everyoneFree: "alle frei",
        events: "Termine",
        allKeys: "alle Tasten",
      },
      freeThisWeek: "Frei in dieser Woche",
      freeToday: "Frei an diesem Tag",
      ofOpen: (free, open) => `${free} von ${open}`,
      longest: "längste",
      longestOn: (day, duration) => `${day}, ${duration}`,
      together: "alle",
      zones: {
        button: "Zeitzonen",
        add: "Zeitzone suchen",
        none: "Keine Zeitzone mit diesem Namen",
        full: "Vier Zeitzonen sind angezeigt.",
        remove: (city) => `${city} entfernen`,
        earlier: (city) => `${city} eine Stelle nach vorn`,
        later: (city) => `${city} eine Stelle nach hinten`,
        shown: "Daneben angezeigt",
        column: (city, ahead) => `${city}, ${ahead}. Zeitzonen`,
        moved: (city, place) => `${city} ist Spalte ${format.number(place)}`,
      },
      empty: "An diesen Tagen ist nichts geplant.",
    },
  };
};
