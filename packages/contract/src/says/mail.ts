import { mailProblems } from "../problems/mail.ts";
import { refuserOf } from "../says.ts";

/** What a refusal about mail says to do, by its reason. */
export const mailSays = {
  off: {
    server: () => "Set SMTP_URL and MAIL_FROM, and start the server again.",
  },
  "not-sent": {
    silent: () => "It did not answer.",
    answered: ({ answer }: { readonly answer: string }) => answer,
  },
  "wrong-state": {
    waits: () => "It has not failed: what waits is tried by itself.",
    later: () => "A later message of the same booking waits, and says all of it.",
  },
  over: {
    begun: () => "The booking has begun since.",
  },
} as const;

/** Refuses about mail for a reason. */
export const refuseMail = refuserOf(mailProblems, mailSays);
