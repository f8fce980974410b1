import type { offline as english } from "../en/offline.ts";

export const offline: typeof english = (format) => ({
  offline: {
    openedFrom: (epochDay, ms) =>
      `Keine Verbindung. Gezeigt wird, was zuletzt geladen war: ${format.dayShort(epochDay)}, ${format.time(ms)}. Änderungen müssen warten.`,
    stillSignedIn:
      "Keine Verbindung, die Anmeldung besteht daher weiter. Was auf diesem Gerät aufbewahrt war, ist entfernt.",
    newVersion: "Eine neue Version ist da.",
    loadIt: "Laden",
  },
});
