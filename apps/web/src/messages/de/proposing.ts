import type { proposing as english } from "../en/proposing.ts";

export const proposing: typeof english = (format) => ({
  proposing: {
    button: "Neue Zeit vorschlagen",
    title: (title) => `Neue Zeit für „${title}“ vorschlagen`,
    to: (when) => `${when} vorschlagen`,
    note: "Notiz",
    send: "Vorschlagen",
    done: (when, names) =>
      names.length > 2
        ? `${when} wurde ${format.number(names.length)} Personen vorgeschlagen`
        : `${when} wurde vorgeschlagen: ${format.list(names)}`,
    insteadOf: (when) => `statt ${when}`,
    proposed: (when) => `Vorgeschlagen war ${when}`,
    accept: "Annehmen",
    acceptThis: (title, when) => `${when} für „${title}“ annehmen`,
    decline: "Ablehnen",
    declineThis: (title, when) => `${when} für „${title}“ ablehnen`,
    kept: (title) => `„${title}“ bleibt, wie es ist`,
    over: {
      accepted: "Der Termin liegt jetzt dort.",
      declined: "Abgelehnt.",
      outdated: "Der Termin wurde seither verschoben oder abgesagt.",
      withdrawn: "Zurückgezogen, oder es gibt einen neueren Vorschlag.",
    },
  },
});
