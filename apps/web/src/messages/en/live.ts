import type { Formats } from "../format.ts";

/** What others do, as it happens. */
export const live = (format: Formats) => ({
  live: {
    did: {
      added: (who: string, title: string) => `${who} added ${title}`,
      moved: (who: string, title: string) => `${who} moved ${title}`,
      changed: (who: string, title: string) => `${who} changed ${title}`,
      removed: (who: string, title: string) => `${who} removed ${title}`,
    },
    several: (who: string, count: number) =>
      `${who} changed ${format.plural(count, { one: "# event", other: "# events" })}`,
    alsoHere: (names: readonly string[]) => `Also here: ${format.list(names)}`,
    more: (count: number) => `+${format.number(count)}`,
  },
  inbox: {
    label: "Inbox",
    open: (unread: number) => (unread === 0 ? "Inbox" : `Inbox, ${format.number(unread)} new`),
    count: (unread: number) => (unread > 99 ? "99+" : format.number(unread)),
    nothing: "Nothing yet. When others invite you, or move or cancel what you take part in, it stands here.",
    did: {
      invited: (who: string, title: string) => `${who} invited you to “${title}”`,
      moved: (who: string, title: string) => `${who} moved “${title}”`,
      cancelled: (who: string, title: string) => `${who} cancelled “${title}”`,
      proposed: (who: string, title: string) => `${who} proposes another time for “${title}”`,
      declined: (who: string, title: string) => `${who} kept “${title}” as it is`,
      asked: (who: string, title: string) => `${who} asks when “${title}” suits you`,
      review: (who: string, title: string) => `${who} asks you to look at a proposal: “${title}”`,
      "review-accepted": (who: string, title: string) => `${who} accepted changes of your proposal “${title}”`,
      "review-declined": (who: string, title: string) => `${who} declined your proposal “${title}”`,
      approval: (who: string, title: string) => `${who} asks you to approve “${title}”`,
      "approval-approved": (_who: string, title: string) => `“${title}” was approved`,
      "approval-declined": (_who: string, title: string) => `“${title}” was declined`,
      "approval-lapsed": (_who: string, title: string) => `“${title}” has lapsed: nobody answered in time`,
      roster: (who: string, title: string) => `${who} published a roster: ${title}`,
      "roster-withdrawn": (who: string, title: string) => `${who} took a roster back: ${title}`,
      "switched-off": (_who: string, sentence: string) => sentence,
    },
  },
});
