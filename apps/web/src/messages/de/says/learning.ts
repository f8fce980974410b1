import type { InAnyLanguage, learningSays as english } from "@hourwright/contract";

/** What refusals about what is learned from history say to do, by reason. */
export const learningSays = (): InAnyLanguage<typeof english> => ({
  off: {
    switch: () => "Bitte zuerst sagen, womit die Personen einverstanden sind, und es einschalten.",
  },
  running: {
    wait: () => "Bitte warten oder es abbrechen.",
  },
  "consent-missing": {
    say: () => "Bitte in einem Satz sagen, wer womit einverstanden war, und wann.",
  },
});
