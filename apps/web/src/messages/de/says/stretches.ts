import type { LineFacts } from "@hourwright/roster";
import type { AbsenceTold, PlacedTold, StretchFacts } from "@hourwright/schedule";
import type { Formats } from "../../format.ts";
import { shiftWordsIn } from "./shifts.ts";

type Of<Facts extends { readonly kind: string }, Kind extends Facts["kind"]> = Facts & { readonly kind: Kind };
type Words<Facts extends { readonly kind: string }> = {
  readonly [Kind in Facts["kind"]]: (facts: Of<Facts, Kind>) => string;
};

const STATES = {
  work: "Arbeit",
  "on-call": "Bereitschaft",
  "paid-break": "Pause (bezahlt)",
  "unpaid-break": "Pause (unbezahlt)",
} as const;

/** Why somebody does what they do, by its kind. */
export function stretchWordsIn(format: Formats): Words<StretchFacts> {
  const { day, clock, approved, absence, onDay, placed } = shiftWordsIn(format);
  const published = (approval: AbsenceTold["approval"]) =>
    approval === null ? "noch nicht veröffentlicht" : `veröffentlicht von ${approval.by} am ${day(approval.onDay)}`;
  const instead = (replaces: PlacedTold | null) => (replaces === null ? "" : `, statt ${placed(replaces)}`);
  return {
    "off-no-contract": () => "Frei: An diesem Tag gilt kein Vertrag.",
    "off-free": () => "Frei: Der Vertrag hat dann keine Schicht.",
    "off-away": () => "Abwesend.",
    "off-holiday": ({ holiday, replaces }) => `Frei: Feiertag (${holiday})${instead(replaces)}.`,
    "off-absence": ({ absence: away, replaces }) =>
      `Abwesend${away === null ? "" : `: ${absence(away)}`}${instead(replaces)}.`,
    "off-left-out": ({ shift, approval }) => `Frei: ${placed(shift)} entfällt im Dienstplan, ${published(approval)}.`,
    "off-given": ({ shift, to, approval }) => `Frei: ${placed(shift)} ging an ${to}, ${approved(approval)}.`,
    "off-moved": ({ shift, to, approval }) =>
      `Frei: ${placed(shift)} ist verlegt auf ${onDay(to)}, ${approved(approval)}.`,
    "off-taken-away": ({ shift, approval }) => `Frei: ${placed(shift)} entfällt, ${approved(approval)}.`,
    "called-in": ({ approval, during }) =>
      `Arbeit: Einsatz während der Bereitschaft, ${approved(approval)}, in ${placed(during)}.`,
    "at-work": ({ state, shift, moved, approval }) => {
      const head = `${STATES[state]}: ${placed(shift)}`;
      if (shift.how === "contract") return `${head}.`;
      if (shift.how === "rostered") return `${head}, ${published(approval)}.`;
      const before = moved === null ? "" : ` (vorher am ${day(moved.day)} um ${clock(moved.fromMinute)} Uhr)`;
      return `${head}${before}, ${approved(approval)}.`;
    },
  };
}

/** What becomes of a shift in a roster that is published, by its kind. */
export function lineWordsIn(format: Formats): Words<LineFacts> {
  const { day, shift } = shiftWordsIn(format);
  return {
    "line-new": ({ day: on, shift: comes }) => `Neu am ${day(on)}: ${shift(comes)}.`,
    "line-changed": ({ day: on, shift: comes, was }) =>
      `Geändert am ${day(on)}: ${shift(comes)}, vorher ${shift(was)}.`,
    "line-dropped": ({ day: on, was }) => `Entfällt am ${day(on)}: ${shift(was)}.`,
  };
}
