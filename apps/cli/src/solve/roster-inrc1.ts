import { inrc1Instance, printInrc1Rows, readInrc1, readInrc1Rows, scoreInrc1 } from "@hourwright/solver/rostering";
import { Refusal } from "./planned.ts";
import type { RosterFile } from "./roster-file.ts";

/** Rosters of the First International Nurse Rostering Competition. */
export function inrc1Family(text: string): RosterFile {
  const { read: roster, refused } = readInrc1(text);
  if (roster === undefined) throw new Refusal(refused);
  const instance = inrc1Instance(roster);
  if (instance === null) throw new Refusal("the rules of a contract are too many to be planned together.");
  const score = (values: Uint8Array) => {
    const { cover, ...soft } = scoreInrc1(roster, values);
    return { soft, hard: { cover } };
  };
  return {
    name: roster.id,
    instance,
    score,
    print(values) {
      const penalty = Object.values(score(values).soft).reduce((sum, cost) => sum + cost, 0);
      return printInrc1Rows(roster, values, penalty);
    },
    read: (solution) => readInrc1Rows(roster, solution),
  };
}
