import type { z } from "zod";

/** Who may: `everyone` needs no session; the rest are asked of the policy on the thing the operation names. */
export type Permission =
  | "everyone"
  | "signed-in"
  | "organisation.read"
  | "organisation.manage"
  | "subject.read"
  | "subject.manage"
  | "calendar.read"
  | "calendar.write"
  | "calendar.manage"
  | "event.read"
  | "event.write"
  | "conflict.read"
  | "conflict.repair"
  | "job.read"
  | "change.read"
  | "service.manage"
  | "booking.read"
  | "booking.write";

/** What a request counts against: one budget of requests a window for each class. */
export type RateClass = "read" | "write" | "heavy" | "sign-in" | "booking";

/**
 * One operation of the API. REST, OpenAPI, the typed client, the command line, GraphQL and proto are all read from it.
 *
 * `body` is a schema for JSON, or a media type for a stream of bytes. `list` names the field of the answer that holds
 * the items, so that `fields` and paging work on them. `internal` operations have no address: undo calls them by name.
 * `publicBy` is where the input names something public: whoever asks is let into the organisation that it belongs to, as nobody.
 */
export type Operation = {
  readonly id: string;
  readonly kind: "query" | "command" | "file";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly internal?: true;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly upload?: { readonly mediaType: string; readonly bytesMax: number };
  readonly answer: z.ZodType | { readonly mediaType: string };
  readonly status: 200 | 201 | 202 | 204;
  /** May answer 202 with a job instead: what lasts long, or was asked with `Prefer: respond-async` (RFC 7240). */
  readonly mayLast?: true;
  readonly problems: readonly string[];
  readonly permission: Permission;
  readonly publicBy?: "params.who" | "params.id" | "params.token" | "body.serviceId" | "body.holdId";
  /**
   * The same again under one Idempotency-Key has no second effect and the same answer, which is kept for two days; `by itself` where
   * what it does sees to that, and nothing is kept.
   */
  readonly idempotent?: true | "by itself";
  readonly precondition?: "optional" | "required";
  readonly list?: string;
  readonly rateClass: RateClass;
  readonly mcp: "read" | "propose" | "none";
  /**
   * May be a change of a stored proposal: it does all its work in the unit that it is given, so that it can be tried and rolled
   * back, and undo knows the way back.
   */
  readonly proposable?: true;
  /** May be a call of a bundle: it does all its work in the unit that it is given, and undo knows the way back. */
  readonly bundled?: true;
  readonly since: string;
  readonly example: Example;
};

/** One worked call, shown in the documentation and run by the tests. */
export type Example = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export const operation = <const E extends Operation>(description: E): E => description;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler is given: everything parsed, nothing to be checked again. */
export type OperationInput<E extends Operation> = {
  readonly params: E["params"] extends z.ZodType ? z.output<E["params"]> : Record<string, never>;
  readonly query: E["query"] extends z.ZodType ? z.output<E["query"]> : Record<string, never>;
  readonly body: Parsed<E["body"]>;
};

/** What a handler answers: the shape the contract shows. */
export type OperationAnswer<E extends Operation> = E["answer"] extends z.ZodType ? z.input<E["answer"]> : unknown;

/** What a client sends: defaults may be left out. */
export type OperationCall<E extends Operation> = (E["params"] extends z.ZodType
  ? { readonly params: z.input<E["params"]> }
  : { readonly params?: undefined }) &
  (E["query"] extends z.ZodType ? { readonly query?: z.input<E["query"]> } : { readonly query?: undefined }) &
  (E["body"] extends z.ZodType ? { readonly body: z.input<E["body"]> } : { readonly body?: unknown });

/** The refusals of an operation, its own and those that every operation of its kind can give. */
export type OperationProblem<E extends Operation> = E["problems"][number] | `request/${string}`;
