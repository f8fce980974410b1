import { itemProblemOf, refuseFile, type fileSays } from "@hourwright/contract";
import type { Wrong } from "./sheet.ts";

/** Why a line cannot be taken, by its reason. `column`: "" where it is about none. */
export function wrongLine<Reason extends keyof (typeof fileSays)["line"]>(
  line: number,
  column: string,
  reason: Reason,
  facts: Parameters<typeof refuseFile<"line", Reason>>[2],
): Wrong {
  const { detail: why, ...rest } = itemProblemOf(refuseFile("line", reason, facts));
  return { line, column, why, reason: rest.reason, facts: rest.facts };
}
