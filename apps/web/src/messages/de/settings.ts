import type { settings as english } from "../en/settings.ts";

export const settings: typeof english = () => ({
  demo: {
    label: "Demo",
    looking: "Dies sind Demodaten.",
    start: "Eigene Organisation",
    keep: "Weiter umsehen",
    proof: "Den Beweis ansehen",
  },
  start: {
    title: "Eigene Organisation",
    intro: "Eine eigene Organisation neben der Demo, die sich später in den Einstellungen entfernen lässt.",
    submit: "Weiter",
    hoursTitle: "Wann wird gearbeitet?",
    hoursIntro: "Für alle ohne eigene Arbeitszeiten. Lässt sich später ändern.",
    importTitle: "Was gibt es schon?",
    importIntro: "Einen Kalender mitbringen, oder mit einem leeren Jahr beginnen.",
    import: ".ics importieren",
    empty: "Leer beginnen",
    stay: "Zurück zur Demo",
  },
  join: {
    title: (organisation) => `${organisation} beitreten`,
    intro: (role) => `Eine Einladung. Rolle: ${role}.`,
    introNamed: (name, role) => `Eine Einladung für ${name}. Rolle: ${role}.`,
    over: "Diese Einladung gilt nicht mehr",
    broken: "Das ist keine Einladung",
    brokenWhy:
      "Die Adresse ist nicht vollständig. Den Link aus der Einladung noch einmal öffnen, oder um einen neuen bitten.",
    failed: "Die Einladung ließ sich nicht lesen",
    password: "Ein eigenes Passwort",
    submit: "Beitreten",
    toDoor: "Zur Anmeldung",
    loading: "Die Einladung wird gelesen …",
  },
});
