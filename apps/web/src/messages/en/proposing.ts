import type { Formats } from "../format.ts";

/** Guests propose other times, and are answered. */
export const proposing = (format: Formats) => ({
  proposing: {
    button: "Propose a new time",
    title: (title: string) => `Propose a new time for “${title}”`,
    to: (when: string) => `Propose ${when}`,
    note: "Note",
    send: "Propose",
    done: (when: string, names: readonly string[]) =>
      names.length > 2
        ? `Proposed ${when} to ${format.number(names.length)} people`
        : `Proposed ${when} to ${format.list(names)}`,
    insteadOf: (when: string) => `instead of ${when}`,
    proposed: (when: string) => `You had proposed ${when}`,
    accept: "Accept",
    acceptThis: (title: string, when: string) => `Accept ${when} for “${title}”`,
    decline: "Decline",
    declineThis: (title: string, when: string) => `Decline ${when} for “${title}”`,
    kept: (title: string) => `Kept “${title}” as it is`,
    over: {
      accepted: "It is at that time now.",
      declined: "It was declined.",
      outdated: "The event was moved or cancelled since.",
      withdrawn: "It was taken back, or another was proposed.",
    },
  },
});
