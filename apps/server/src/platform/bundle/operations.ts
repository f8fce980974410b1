import {
  bundleProblems,
  catalogue,
  isRefused,
  itemProblemOf,
  type ItemProblem,
  type Operation,
  type OperationId,
  type Refused,
} from "@hourwright/contract";
import { inUnit, RawJson, type RequestContext } from "../operations/context.ts";
import type { Handlers } from "../operations/dispatcher.ts";
import type { Call } from "./bundle.ts";

type Asked = {
  readonly operation: string;
  readonly params: unknown;
  readonly query: unknown;
  readonly body?: unknown;
  readonly ifMatch?: number | undefined;
};
type Item = {
  readonly isDone: boolean;
  readonly id: string | null;
  readonly problem: ItemProblem | null;
};

/** `POST /v1/bundles`: several calls under one request id, in one unit or each in its own. */
export const bundleOperations = (call: Call): Handlers<"bundles.run"> => ({
  "bundles.run": async ({ body: { calls, atomic } }, context) => {
    for (const [index, asked] of calls.entries())
      if (!isBundled(asked.operation))
        return bundleProblems.refuse("not-possible", `“${asked.operation}” cannot be done with others.`, { index });
    const { requestId } = context;
    const one = (asked: Asked, within: RequestContext) =>
      call(
        asked.operation as OperationId,
        { params: asked.params, query: asked.query, body: asked.body },
        {
          ...within,
          operation: asked.operation,
          idempotencyKey: null,
          ifMatch: asked.ifMatch === undefined ? null : [asked.ifMatch],
          reply: { headers: {} },
        },
      );
    const items: Item[] = [];
    if (!atomic) {
      for (const asked of calls) items.push(itemOf(await one(asked, context)));
      return { requestId, items };
    }
    return context.write(async (unit) => {
      items.length = 0; // The unit may run again.
      const inside = inUnit(context, unit);
      for (const [index, asked] of calls.entries()) {
        const answer = await one(asked, inside);
        if (isRefused(answer)) return refusedAt(index, answer);
        items.push(itemOf(answer));
      }
      return { requestId, items };
    });
  },
});

/** All of it, for what one was refused for. */
function refusedAt(index: number, { refused: { code, detail, extra } }: Refused) {
  const { reason, facts } = extra;
  return bundleProblems.refuse("refused", detail, { index, problem: { code, detail }, because: code, reason, facts });
}

const isBundled = (id: string): id is OperationId =>
  Object.hasOwn(catalogue, id) && (catalogue as Readonly<Record<string, Operation>>)[id]!.bundled === true;

function itemOf(answer: unknown): Item {
  if (isRefused(answer)) {
    return { isDone: false, id: null, problem: itemProblemOf(answer) };
  }
  const shown: unknown = answer instanceof RawJson ? JSON.parse(answer.text) : answer;
  const id =
    typeof shown === "object" && shown !== null && "id" in shown && typeof shown.id === "string" ? shown.id : null;
  return { isDone: true, id, problem: null };
}
