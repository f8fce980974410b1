import { itemProblemOf, refuseFile, type fileSays, type Refused } from "@hourwright/contract";
import type { Wrong } from "./sheet.ts";

type Reasons = (typeof fileSays)["line"];
type FactsOf<Reason extends keyof Reasons> = Parameters<typeof refuseFile<"line", Reason>>[2];

/** Why a line cannot be taken, by its reason. `column`: "" where it is about none. */
export function wrongLine<Reason extends keyof Reasons>(
  line: number,
  column: string,
  reason: Reason,
  facts: FactsOf<Reason>,
): Wrong {
  const { code: _, ...wrong } = refusedLine(line, column, refuseFile("line", reason, facts));
  return wrong;
}

/** A line for which something was refused. */
export function refusedLine(line: number, column: string, refused: Refused): Wrong {
  const { code, detail: why, reason, facts } = itemProblemOf(refused);
  return { line, column, why, code, reason, facts };
}

/** What is wrong with a cell: of a line once it is known where it stands. */
export type Fault = (line: number, column: string) => Wrong;

export const faultOf =
  <Reason extends keyof Reasons>(reason: Reason, facts: FactsOf<Reason>): Fault =>
  (line, column) =>
    wrongLine(line, column, reason, facts);
