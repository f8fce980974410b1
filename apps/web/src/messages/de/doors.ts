import type { doors as english } from "../en/doors.ts";

export const doors: typeof english = (format) => ({
  signIn: {
    title: "Anmelden",
    email: "E-Mail",
    password: "Passwort",
    submit: "Anmelden",
    needsBoth: "E-Mail und Passwort eingeben.",
    demo: "Dies ist eine Demo-Organisation. Eintreten als eine dieser Personen:",
    or: "Oder mit einem eigenen Konto:",
    needsTls:
      "Diese Seite kam über unverschlüsseltes http von einem anderen Rechner, und dort behalten Browser keine Sitzung: den Server hinter https stellen (TLS_CERT und TLS_KEY, oder ein Proxy), oder die Seite auf dem Rechner selbst als localhost öffnen.",
  },
  setup: {
    title: "Diesen Server einrichten",
    intro: "Dieser Server gehört noch niemandem. Wer ihn einrichtet, besitzt ihn.",
    code: "Code aus dem Terminal",
    codeHint: "Steht dort, wo der Server gestartet wurde, etwa K7QF-2MHX-9RTB.",
    organisation: "Organisation",
    zone: "Zeitzone",
    firstWeekday: "Die Woche beginnt am",
    name: "Eigener Name",
    passwordHint: (least) => `Mindestens ${format.number(least)} Zeichen; ein Satz ist gut.`,
    passwordShort: (least) => `Mindestens ${format.number(least)} Zeichen.`,
    needed: "Diese Angabe fehlt.",
    submit: "Einrichten",
  },
});
