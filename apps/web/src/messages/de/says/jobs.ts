import type { InAnyLanguage, jobSays as english } from "@hourwright/contract";

const STATES = {
  queued: "Er hat noch nicht begonnen.",
  running: "Er läuft gerade.",
  waiting: "Er wartet auf eine Antwort.",
  done: "Er ist fertig.",
  failed: "Er ist gescheitert.",
  cancelled: "Er wurde abgebrochen.",
} as const;

/** What refusals about jobs say to do, by reason. */
export const jobSays = (): InAnyLanguage<typeof english> => ({
  "not-waiting": { state: ({ state }) => STATES[state] },
  "already-done": { state: ({ state }) => STATES[state] },
});
