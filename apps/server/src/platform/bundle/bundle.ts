import { isRefused, type OperationId, type Refused } from "@hourwright/contract";
import { assert } from "@hourwright/std";
import type { Unit } from "../db/database.ts";
import { inUnit, type RequestContext } from "../operations/context.ts";
import type { RawInput } from "../operations/dispatcher.ts";

/** One call of an operation by its name. */
export type OperationCall = { readonly id: OperationId; readonly input: RawInput };

/** The catalogue's dispatcher: validates and asks the policy for each call. */
export type Call = (id: OperationId, input: RawInput, context: RequestContext) => Promise<unknown>;

/** Calls of one bundle: more is a job in chunks. */
export const BUNDLE_CALLS_MAX = 500;

/**
 * Runs operations as one unit: all or nothing, one request id, each with its own permission check. `calls` is a list, or
 * is made inside the unit from what is locked there. The first refusal rolls everything back and is the answer.
 */
export async function runBundle(
  context: RequestContext,
  calls: readonly OperationCall[] | ((unit: Unit) => Promise<readonly OperationCall[] | Refused>),
  call: Call,
): Promise<readonly unknown[] | Refused> {
  return context.write(async (unit) => {
    const list = typeof calls === "function" ? await calls(unit) : calls;
    if (isRefused(list)) return list;
    assert(list.length <= BUNDLE_CALLS_MAX, `a bundle of ${list.length} calls is a job`);
    return runCalls(context, unit, list, call);
  });
}

/** The same in a unit that is open: the first refusal is the answer, and whoever has the unit takes back what was done. */
export async function runCalls(
  context: RequestContext,
  unit: Unit,
  calls: readonly OperationCall[],
  call: Call,
): Promise<readonly unknown[] | Refused> {
  const inside = inUnit(context, unit);
  const answers: unknown[] = [];
  for (const { id, input } of calls) {
    const answer = await call(id, input, { ...inside, operation: id, ifMatch: null, reply: { headers: {} } });
    if (isRefused(answer)) return answer;
    answers.push(answer);
  }
  return answers;
}
