import type { opening as english } from "../en/opening.ts";

export const opening: typeof english = () => ({
  opening: {
    usual: "übliche Zeiten",
    outside: (name) => `außerhalb: ${name}`,
    day: "der Tag hat eigene Zeiten",
    away: "abwesend",
    awayFor: (reason) => `abwesend (${reason})`,
    holiday: (name, region) => `Feiertag in ${region} (${name})`,
    contract: "laut Vertrag",
    beyondContract: "außerhalb des Vertrags",
    any: "jederzeit",
    nobody: "niemand hat Zeiten genannt",
  },
});
