import type { InAnyLanguage, mailSays as english } from "@hourwright/contract";

/** What refusals about mail say to do, by reason. What a mail server answers stays in its own words. */
export const mailSays = (): InAnyLanguage<typeof english> => ({
  off: {
    server: () => "Zum Einschalten braucht der Server SMTP_URL und MAIL_FROM, und dann einen Neustart.",
  },
  "not-sent": {
    silent: () => "Er hat nicht geantwortet.",
    answered: ({ answer }) => `Seine Antwort: „${answer}“`,
  },
  "wrong-state": {
    waits: () => "Die Nachricht ist nicht gescheitert: Was wartet, geht von selbst.",
    later: () => "Eine spätere Nachricht derselben Buchung wartet noch und sagt alles davon.",
  },
  over: {
    begun: () => "Die Buchung hat inzwischen begonnen.",
  },
});
