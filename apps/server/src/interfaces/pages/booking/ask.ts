import type { Readable } from "node:stream";
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
import { bounded, TooLarge, textOf } from "../../rest/bodies.ts";
import { runPipeline } from "../../rest/pipeline.ts";
import { arrivalOf, contextsOf, failureOf, type RestPorts } from "../../rest/routes.ts";

type Parts = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
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
  return async (id, { params = {}, query = {}, body, once }) => {
    const entry: Operation = catalogue[id];
    const contextFor = contextsOf(id, request, reply, ports, {
      reply: { headers: {} },
      idempotencyKey: once ?? null,
    });
    const arrival = arrivalOf(request, ports, () => Promise.resolve({ params, query, body }));
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

/** A form of twenty answers of two thousand characters, each of them escaped. */
const FORM_BYTES_MAX = 262_144;

/** What a form says. Empty when it is no form, or too long to be one of ours: then everything is missing from it. */
export async function formOf(request: FastifyRequest): Promise<URLSearchParams> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return new URLSearchParams();
  try {
    return new URLSearchParams(await textOf(bounded(request.body as Readable, FORM_BYTES_MAX)));
  } catch (error) {
    if (error instanceof TooLarge || error instanceof TypeError) return new URLSearchParams();
    throw error;
  }
}
