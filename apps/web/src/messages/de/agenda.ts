import type { agenda as english } from "../en/agenda.ts";

export const agenda: typeof english = () => ({
  agenda: {
    label: "Agenda",
    before: "Vorheriger Monat",
    after: "Nächster Monat",
    empty: "In diesem Monat ist nichts geplant. N fügt etwas hinzu.",
    more: (count) => `Weitere der übrigen ${count} anzeigen`,
  },
});
