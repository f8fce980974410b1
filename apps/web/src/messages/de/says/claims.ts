import type { claimSays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";
import { dayText, momentText, spanText } from "./days.ts";

/** What refusals about time that is taken say to do, by reason. */
export const claimSays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number, plural } = format;
  const meets = {
    event: () => "einen Termin",
    booking: (label: string) => `eine Buchung (${label})`,
    duty: (label: string) => `einen Dienst (${label})`,
  };
  return {
    taken: {
      raced: () => "Jemand hat sie eben belegt.",
      by: ({ name, from, to, more }) =>
        `${name ?? "Jemand"} ist schon vergeben: ${spanText(from, to, format)}${more === 0 ? "" : `, und ${plural(more, { one: "eine weitere Überschneidung", other: "# weitere Überschneidungen" })}`}.`,
      "pool-empty": ({ pool }) => `Zu „${pool}“ gehört nichts.`,
      "pool-asked": ({ pool }) => `Von „${pool}“ ist nichts frei: Alles davon ist schon verlangt.`,
      pool: ({ pool, name, from, to, more }) =>
        `Von „${pool}“ ist nichts frei: ${name} ist schon vergeben (${spanText(from, to, format)})${more === 0 ? "" : plural(more, { one: ", und noch etwas davon auch", other: ", und # andere davon auch" })}.`,
      duty: ({ shift, day, name, meets: what, label, from, to }) =>
        `${name}: „${shift}“ am ${dayText(day, format)} trifft auf ${meets[what](label ?? "")}, ${from}–${to} Uhr.`,
      somebody: () => "Jemand hat diese Zeit.",
    },
    "too-many-stretches": {
      most: ({ count, most }) =>
        `Es sind ${plural(count, { one: "# Belegung", other: "# Belegungen" })}, möglich sind höchstens ${number(most)}.`,
    },
    "meets-itself": {
      dates: ({ first, second }) =>
        `Zwei der Termine liegen zur selben Zeit: ${momentText(first, format)}, und ${momentText(second, format)}.`,
    },
  };
};
