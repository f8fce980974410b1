import { isRefused, type Catalogue, type OperationInput } from "@hourwright/contract";
import { stepBudget } from "@hourwright/solver";
import { assert } from "@hourwright/std";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { createLeague } from "./commands.ts";
import { planLeague } from "./core/plan.ts";
import { scored } from "./core/judge.ts";
import { fixturesAfter } from "./decide.ts";
import { factsOf } from "./facts.ts";
import { judged } from "./shown.ts";
import { heldLeague, writeLeague } from "./writing.ts";

/** A season of so few steps is planned in a tenth of a second. */
const STEPS = 100_000;

/** Begins a league and plans it at once, by steps alone, so that it is the same everywhere: for a demo. */
export async function openLeague(
  unit: Unit,
  caller: Caller,
  wish: OperationInput<Catalogue["leagues.create"]>["body"],
): Promise<void> {
  const league = await createLeague(unit, caller, wish);
  assert(!isRefused(league), `a league of the demo: ${JSON.stringify(league)}`);
  const held = await heldLeague(unit, caller, league.id, null);
  assert(!isRefused(held), "whoever begins a league may change it");
  const { state, calendar } = held;
  const facts = await factsOf(unit, calendar.zone, [state]);
  const { question } = judged(state, facts);
  const slices = planLeague(question, {
    seed: 1,
    budget: stepBudget(STEPS),
    from: null,
    fixed: [],
    asFewChangesAsPossible: false,
  });
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  const after = { ...state, fixtures: fixturesAfter(state, slice.value.matches, () => unit.newId("fix")) };
  const score = scored(judged(after, facts).findings);
  const written = await writeLeague(unit, { caller, calendar, facts, score }, state, after);
  assert(!isRefused(written), "nothing of it is published");
}
