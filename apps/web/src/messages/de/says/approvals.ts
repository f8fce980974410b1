import type { approvalSays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";
import { dayText } from "./days.ts";

const OVER = {
  approved: "Es wurde schon genehmigt.",
  declined: "Es wurde schon abgelehnt.",
  withdrawn: "Es wurde zurückgezogen.",
  lapsed: "Es ist verfallen: Niemand hat rechtzeitig geantwortet, oder es ist nicht mehr möglich.",
} as const;

/** What refusals about approvals say to do, by reason. */
export const approvalSays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number } = format;
  return {
    over: {
      state: ({ state }) => OVER[state],
      behind: () =>
        "Der Schritt, in dem geantwortet wurde, ist vorbei: Die Antwort lässt sich nicht mehr zurücknehmen.",
      decided: () => "Was entschieden ist, wird nicht rückgängig gemacht: bitte neu anfragen.",
    },
    "not-asked": {
      answered: () => "Die eigene Antwort in diesem Schritt steht schon fest.",
      deputy: () => "Die Vertretung hat schon geantwortet.",
      step: () => "In dem Schritt, der gerade wartet, sind andere gefragt.",
    },
    "self-approval": {
      themselves: () => "Die Person müsste es selbst genehmigen, und das ist hier nicht erlaubt.",
    },
    "nobody-to-ask": {
      few: ({ step, quorum, can }) =>
        `Schritt ${number(step)} braucht ${format.plural(quorum, { one: "ein Ja", other: "# Ja" })}, und ${can === 0 ? "sonst kann es niemand geben" : `nur ${format.plural(can, { one: "eine andere Person kann", other: "# andere Personen können" })} es geben`}.`,
    },
    "already-asked": {
      waits: () => "Die Anfrage wartet noch auf eine Antwort.",
    },
    "too-many-waiting": {
      most: ({ most }) => `Es warten schon ${number(most)}.`,
    },
    "policy-invalid": {
      "too-many": ({ most }) => `Für ${number(most)} Arten ist es schon festgelegt.`,
    },
    "deputy-invalid": {
      themselves: () => "Sich selbst vertritt niemand.",
      nobody: () => "Wer vertreten soll, ist nicht hier.",
      turned: ({ from, until }) =>
        `Das Ende (${dayText(until, format)}) liegt vor dem Beginn (${dayText(from, format)}).`,
      most: ({ most }) => `Es sind schon ${number(most)} benannt.`,
      twice: () => "An einigen dieser Tage vertritt diese Person schon.",
    },
  };
};
