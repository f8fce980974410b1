import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { catalogue, isSettable } from "@hourwright/conflict";
import { isRefused } from "@hourwright/contract";
import { ruleOf } from "./decide.ts";

const SCOPES = ["organisation", "team", "person", "calendar", "service"] as const;

describe("what a rule may be", () => {
  for (const constraint of catalogue)
    test(`“${constraint.title}” is set for what the catalogue says, and for nothing else`, () => {
      const taken = SCOPES.filter((scope) => {
        const holderId = scope === "organisation" ? null : `${scope}_1`;
        const isNaming = constraint.names !== undefined && constraint.names.optionalFor === undefined;
        const namedIds = isNaming ? ["per_named"] : [];
        return !isRefused(ruleOf({ constraintId: constraint.id, scope, holderId, values: {}, namedIds }));
      });
      assert.deepEqual(
        taken,
        SCOPES.filter((scope) => constraint.scopes.includes(scope)),
      );
      assert.equal(isSettable(constraint), taken.length > 0);
    });
});
