import type { AbsenceTold, PlacedTold, ShiftTold } from "@hourwright/schedule";
import type { Formats } from "../../format.ts";
import { dayText } from "./days.ts";

type Approval = AbsenceTold["approval"];

export const ABSENCES = {
  leave: "Urlaub",
  sick: "Krankheit",
  training: "Fortbildung",
  compensation: "Zeitausgleich",
  unpaid: "unbezahlter Urlaub",
  parental: "Elternzeit",
} as const;

/** Shifts, absences and when they are, as parts of sentences. */
export function shiftWordsIn(format: Formats) {
  const day = (text: string) => dayText(text, format);
  const clock = (minute: number) => format.wallTime((minute % 1_440) * 60_000);
  const approved = (approval: Approval) =>
    approval === null ? "angefragt" : `genehmigt von ${approval.by} am ${day(approval.onDay)}`;
  const shift = ({ name, fromMinute, toMinute }: ShiftTold) =>
    `${name === "" ? "Schicht" : name} (${clock(fromMinute)}–${clock(toMinute)})`;
  const absence = ({ type, approval }: AbsenceTold) => `${ABSENCES[type]} (${approved(approval)})`;
  const onDay = ({ shift: of, day: on }: { readonly shift: ShiftTold; readonly day: string }) =>
    `${shift(of)} am ${day(on)}`;
  const begins = ({ fromMinute, day: on }: { readonly fromMinute: number; readonly day: string }) =>
    `am ${day(on)} um ${clock(fromMinute)} Uhr`;
  const placed = ({ shift: of, how, from }: PlacedTold) => {
    const named = shift(of);
    const ofWhom = from === null ? "" : ` von ${from}`;
    const told = {
      contract: `${named} des Vertrags`,
      change: `${named}, verschoben`,
      extra: `${named}, zusätzlich`,
      overtime: `${named}, Überstunden`,
      taken: `${named}, durch Tausch übernommen${ofWhom}`,
      cover: `${named}, als Vertretung${ofWhom}`,
      rostered: `${named} des Dienstplans`,
      other: named,
    };
    return told[how];
  };
  return { day, clock, approved, shift, absence, onDay, begins, placed };
}
