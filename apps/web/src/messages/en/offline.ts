import type { Formats } from "../format.ts";

/** Without a connection, and of a version that came meanwhile. */
export const offline = (format: Formats) => ({
  offline: {
    /** The day is of the organisation's wall, the time an instant. */
    openedFrom: (epochDay: number, ms: number) =>
      `No connection. You see what was loaded last, from ${format.dayShort(epochDay)}, ${format.time(ms)}. Changes have to wait.`,
    stillSignedIn: "No connection, so you are still signed in. What this device had kept is removed.",
    newVersion: "A new version is here.",
    loadIt: "Load it",
  },
});
