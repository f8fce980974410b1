import type { FastifyReply, FastifyRequest } from "fastify";
import {
  catalogue,
  type Catalogue,
  type Operation,
  type OperationAnswer,
  type OperationId,
  type OperationProblem,
  type Refused,
} from "@hourwright/contract";
import { RawJson } from "../../../platform/operations/context.ts";
import { runPipeline } from "../../rest/pipeline.ts";
import { arrivalOf, contextsOf, failureOf, type RestPorts } from "../../rest/routes.ts";

type Parts = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Instead of a body: a file. */
  readonly upload?: Uint8Array;
  /** The same key again gets the same answer, and has no second effect. */
  readonly once?: string;
};

/** Asks an operation as somebody without an account. Everything else of the request is as it came. */
export type Ask = <Id extends OperationId>(
  id: Id,
  parts: Parts,
) => Promise<OperationAnswer<Catalogue[Id]> | Refused<OperationProblem<Catalogue[Id]>>>;

/**
 * The way of a page to the operations: limited, checked, let in and run as those of any stranger. Whoever has signed in is a
 * stranger here as well, so that nothing can be had by their cookie. What fails outside is a refusal too.
 */
export function askAs(request: FastifyRequest, reply: FastifyReply, ports: RestPorts): Ask {
  const pipeline = { ...ports, authenticate: () => Promise.resolve(null) };
  return async (id, { params = {}, query = {}, body, upload, once }) => {
    const entry: Operation = catalogue[id];
    const contextFor = contextsOf(id, request, reply, ports, {
      reply: { headers: {} },
      idempotencyKey: once ?? null,
    });
    const arrival = arrivalOf(request, ports, () =>
      Promise.resolve({ params, query, body: upload === undefined ? body : [upload] }),
    );
    try {
      const { answer } = await runPipeline(id, entry, arrival, contextFor, pipeline);
      return (answer instanceof RawJson ? JSON.parse(answer.text) : answer) as never; // The dispatcher answers what the contract says, or a refusal.
    } catch (error) {
      const refused = failureOf(error, request);
      if (refused === null) throw error;
      return { refused } as never;
    }
  };
}
