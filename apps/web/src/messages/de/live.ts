import type { live as english } from "../en/live.ts";

export const live: typeof english = (format) => ({
  live: {
    did: {
      added: (who, title) => `${who} hat ${title} hinzugefügt`,
      moved: (who, title) => `${who} hat ${title} verschoben`,
      changed: (who, title) => `${who} hat ${title} geändert`,
      removed: (who, title) => `${who} hat ${title} gelöscht`,
    },
    several: (who, count) => `${who} hat ${format.plural(count, { one: "# Termin", other: "# Termine" })} geändert`,
    alsoHere: (names) => `Auch hier: ${format.list(names)}`,
    more: (count) => `+${format.number(count)}`,
  },
  inbox: {
    label: "Posteingang",
    open: (unread) => (unread === 0 ? "Posteingang" : `Posteingang, ${format.number(unread)} neu`),
    count: (unread) => (unread > 99 ? "99+" : format.number(unread)),
    nothing: "Noch nichts. Einladungen stehen hier, und wenn andere etwas verschieben oder absagen.",
    did: {
      invited: (who, title) => `Einladung von ${who}: „${title}“`,
      moved: (who, title) => `${who} hat „${title}“ verschoben`,
      cancelled: (who, title) => `${who} hat „${title}“ abgesagt`,
      proposed: (who, title) => `${who} schlägt für „${title}“ eine andere Zeit vor`,
      declined: (who, title) => `${who} lässt „${title}“, wie es ist`,
      asked: (who, title) => `${who} fragt, wann „${title}“ passt`,
      review: (who: string, title: string) => `${who} bittet, einen Vorschlag anzusehen: „${title}“`,
      "review-accepted": (who: string, title: string) => `${who} hat Änderungen des Vorschlags „${title}“ angenommen`,
      "review-declined": (who: string, title: string) => `${who} hat den Vorschlag „${title}“ abgelehnt`,
      approval: (who, title) => `${who} bittet um Genehmigung: „${title}“`,
      "approval-approved": (_who, title) => `„${title}“ wurde genehmigt`,
      "approval-declined": (_who, title) => `„${title}“ wurde abgelehnt`,
      "approval-lapsed": (_who, title) => `„${title}“ ist verfallen: niemand hat rechtzeitig geantwortet`,
      roster: (who, title) => `${who} hat einen Dienstplan veröffentlicht: ${title}`,
      "roster-withdrawn": (who, title) => `${who} hat einen Dienstplan zurückgenommen: ${title}`,
      "switched-off": (_who, sentence) => `Eine Erweiterung wurde abgeschaltet: ${sentence}`,
    },
  },
});
