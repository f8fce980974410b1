import { createHash } from "node:crypto";
import { assert } from "@hourwright/std";
import {
  catalogue,
  isRefused,
  refuseRequest,
  type Catalogue,
  type Operation,
  type OperationAnswer,
  type OperationId,
  type OperationInput,
  type OperationProblem,
  type Permission,
  type Refused,
} from "@hourwright/contract";
import { idempotently } from "../changes/idempotency.ts";
import { parseInput } from "./input.ts";
import { inUnit, RawJson, type Caller, type FileAnswer, type RequestContext } from "./context.ts";

/** What a server writes for an operation: it may refuse only with the problems the contract lists. */
export type Handler<E extends Operation> = (
  input: OperationInput<E>,
  context: RequestContext,
) => Promise<OperationAnswer<E> | RawJson | FileAnswer | Refused<OperationProblem<E>>>;

/** The handlers of some operations; a context exports those it owns. */
export type Handlers<Ids extends OperationId = OperationId> = { readonly [Id in Ids]: Handler<Catalogue[Id]> };

type LooseHandler = (input: unknown, context: RequestContext) => Promise<unknown>;

/** Text of the outside world, before the contract has parsed it. */
export type RawInput = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

export type Dispatcher = {
  /** Validates, asks the policy, calls the handler. The last three of the request's steps, in this order. */
  dispatch(id: OperationId, input: RawInput, context: RequestContext): Promise<unknown>;
};

/**
 * The way to an operation by its name, for every interface and for bundles.
 * `may` is the policy: which roles may do what; things are checked by the context that owns them. `organisationOfPublic`
 * says to which organisation something public belongs; `keeping` seals answers that are kept for requests that come again.
 */
export function createDispatcher(
  handlers: Handlers,
  may: (caller: Caller | null, permission: Permission) => boolean,
  organisationOfPublic: (id: string) => Promise<number | null>,
  keeping: Keeping,
): Dispatcher {
  for (const id of Object.keys(catalogue)) assert(id in handlers, `no handler for the operation ${id}`);
  return {
    async dispatch(id, raw, context) {
      const entry: Operation = catalogue[id];
      const input = parseInput(entry, raw);
      if (isRefused(input)) return input;
      const barred = refusalOf(entry.permission, context.caller, may);
      if (barred !== null) return barred;
      const entered = entry.publicBy === undefined ? context : await enter(entry.publicBy, input, context);
      if (isRefused(entered)) return entered;
      const handle = handlers[id] as unknown as LooseHandler;
      const key = entered.idempotencyKey;
      if (key === null || entry.idempotent !== true) return handle(input, entered);
      // Strangers know nothing of each other's keys.
      const own = entered.caller === null ? hashOf(entered.addressHash, key) : key;
      return handleOnce(handle, input, entered, own, keeping);
    },
  };

  /** Lets whoever asks into the organisation of what they name, as nobody unless they belong to it. */
  async function enter(
    by: NonNullable<Operation["publicBy"]>,
    input: unknown,
    context: RequestContext,
  ): Promise<RequestContext | Refused> {
    const [part, field] = by.split(".") as [string, string];
    const id = (input as Readonly<Record<string, Readonly<Record<string, string>>>>)[part]![field]!;
    const organisation = await organisationOfPublic(id);
    if (organisation === null) return refuseRequest("not-found", "public", {});
    return context.caller?.organisation === organisation ? context : context.within(organisation);
  }
}

const hashOf = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/** What a repeated request gets: the same answer with the same headers, and no second effect. */
type Kept = { readonly answer: unknown; readonly headers: RequestContext["reply"]["headers"] };

/** Answers may tell who somebody is: what is kept of them cannot be read without the server's keys. */
export type Keeping = {
  readonly seal: (organisation: number, text: string) => Buffer;
  /** Null for what was sealed with other keys. */
  readonly unseal: (organisation: number, sealed: Buffer) => string | null;
};

async function handleOnce(
  handle: LooseHandler,
  input: object,
  context: RequestContext,
  key: string,
  { seal, unseal }: Keeping,
): Promise<unknown> {
  const bodyHash = createHash("sha256").update(JSON.stringify(input)).digest("hex");
  const once = await context.write(async (unit) => {
    const kept = await idempotently<{ readonly sealed: string } | Refused>(unit, { key, bodyHash }, async () => {
      const answer = await handle(input, inUnit(context, unit));
      if (isRefused(answer)) return answer;
      const plain = answer instanceof RawJson ? (JSON.parse(answer.text) as unknown) : answer;
      const made: Kept = { answer: plain, headers: context.reply.headers };
      return { sealed: seal(unit.organisation, JSON.stringify(made)).toString("base64") };
    });
    if (isRefused(kept)) return kept;
    const text = unseal(unit.organisation, Buffer.from(kept.sealed, "base64"));
    if (text === null) return refuseRequest("key-reused", "key", {});
    return JSON.parse(text) as Kept;
  });
  if (isRefused(once)) return once;
  Object.assign(context.reply.headers, once.headers);
  return once.answer;
}

function refusalOf(
  permission: Permission,
  caller: Caller | null,
  may: (caller: Caller | null, permission: Permission) => boolean,
): Refused | null {
  if (may(caller, permission)) return null;
  return caller === null
    ? refuseRequest("unauthenticated", "sign-in", {})
    : refuseRequest("forbidden", "role", { role: caller.role });
}
