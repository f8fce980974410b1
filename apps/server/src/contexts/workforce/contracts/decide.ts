import { refuseWork, type Refused } from "@hourwright/contract";
import {
  changedFrom,
  contractFaults,
  contradictions,
  ruleFaults,
  type Contract,
  type ContractFault,
  type Rule,
} from "@hourwright/schedule";
import type { RuleSetContents } from "./model.ts";
import { weeklyMinutesOf } from "./terms.ts";

// Pure: which versions a contract may have, and which rules may stand together.

export type WrongContract = Refused<"workforce/contract-invalid" | "workforce/contracts-overlap">;
export type Contradicted = Refused<"workforce/rules-contradict">;

/** The versions once another holds from its first day on, or why they cannot be so. */
export function decideVersion(versions: readonly Contract[], next: Contract): readonly Contract[] | WrongContract {
  const changed = changedFrom(versions, next);
  return "refused" in changed ? wrong(changed.refused) : changed.versions;
}

/** Why versions cannot stand side by side; null when they can. */
export function decideVersions(versions: readonly Contract[]): WrongContract | null {
  const faults = contractFaults(versions);
  return faults.length === 0 ? null : wrong(faults);
}

function wrong(faults: readonly ContractFault[]): WrongContract {
  const isOverlap = faults.every(({ code }) => code === "overlap");
  const told = { faults: faults.map(({ code, sentence }) => ({ code, sentence })).slice(0, FAULTS_TOLD_MAX) };
  const { code, sentence } = faults[0]!;
  return isOverlap
    ? refuseWork("contracts-overlap", "overlap", { sentence }, told)
    : refuseWork("contract-invalid", code, { sentence }, told);
}

const FAULTS_TOLD_MAX = 20;

/** Why nobody can work so much under these rules; null when somebody can. At most 4,096 pairs of weeks are looked at for each rule. */
export function decideRules(rules: readonly Rule[], weeklyMinutes: number): Contradicted | null {
  const found = rules.length === 0 ? null : contradictions(rules, weeklyMinutes);
  if (found === null) return null;
  const { sentence, isOnly } = found;
  return refuseWork("rules-contradict", "rules", { sentence }, { rules: found.rules, isOnly });
}

/** The same of a contract. Who is only called in works no hours by it. */
export const decideRulesOf = (contract: Contract): Contradicted | null =>
  decideRules(contract.rules, weeklyMinutesOf(contract));

/** A rule set as it is kept, or why it is none. */
export function decideRuleSet({
  name,
  rules,
  weeklyMinutes,
}: RuleSetContents): RuleSetContents | Contradicted | Refused<"workforce/rule-set-invalid"> {
  const [fault] = ruleFaults(rules);
  if (fault !== undefined)
    return refuseWork("rule-set-invalid", "rules", {
      sentence: `${fault.slice(0, 1).toUpperCase()}${fault.slice(1)}`,
    });
  return decideRules(rules, weeklyMinutes) ?? { name: name.trim(), rules, weeklyMinutes };
}
