import type { Catalogue, OperationInput } from "@hourwright/contract";
import type { Contract, HourlyCost, Rule } from "@hourwright/schedule";

/** A contract as it is written in the API. */
export type WrittenContract = OperationInput<Catalogue["contracts.create"]>["body"];
export type WrittenTerms = Omit<WrittenContract, "personId" | "from" | "until" | "cost">;
export type WrittenShift = WrittenTerms["weeks"][number][number];

/** What is kept of the terms of a version beside its days, cost and rules. */
export type Terms = Pick<Contract, "nominal" | "partPermille" | "turns" | "site" | "region" | "holidays">;

/** A version of somebody's contract as it stands. Days of the epoch, half-open. */
export type Version = {
  readonly id: string;
  readonly personId: string;
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly terms: Terms;
  readonly cost: HourlyCost | null;
  readonly ruleSetId: string | null;
  readonly version: number;
};

/** A version as undo puts it back. */
export type FormerVersion = OperationInput<Catalogue["contracts.put"]>["body"]["versions"][number];

export type RuleSetContents = {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly weeklyMinutes: number;
};
export type RuleSet = RuleSetContents & { readonly id: string; readonly version: number };

/** What the log of changes calls them; the versions of one person are one thing, called by the person. */
export const CONTRACTS = "contracts";
export const RULE_SET = "ruleSet";
