import type { Catalogue, OperationAnswer, OperationCall } from "@hourwright/contract";
import { table } from "./table.ts";

export type OperationName = keyof typeof table;
/** Those that may go on as a job. */
export type LastingName = {
  [Name in OperationName]: (typeof table)[Name] extends readonly [string, string, { readonly mayLast: true }]
    ? Name
    : never;
}[OperationName];
export type Answer<Name extends OperationName> = OperationAnswer<Catalogue[Name]>;
export type Call<Name extends OperationName> = OperationCall<Catalogue[Name]> & {
  /** The version it was read at: refused with 412 when somebody changed it since. */
  readonly ifMatch?: number;
  /** Makes repeating harmless where the operation allows it. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
};

/** What the server refused with: the fields of RFC 9457 as they came. */
export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly [extra: string]: unknown;
};

/** A refusal, or a network that failed or spoke in the server's place (`problem` is then null, and `status` 0). */
export class RequestFailed extends Error {
  override name = "RequestFailed";
  readonly status: number;
  readonly problem: ProblemBody | null;

  constructor(message: string, status: number, problem: ProblemBody | null, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.problem = problem;
  }
}

/** What came back, with what its headers say. */
export type Answered<Name extends OperationName> = {
  readonly value: Answer<Name>;
  readonly status: number;
  /** Names the request in the change log: what undo asks for. */
  readonly requestId: string | null;
  readonly etag: string | null;
};

export type ClientOptions = {
  /** Where the server is, without a slash at the end; empty for the page's own. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Asked before each request: a bearer token, or nothing where a cookie says who asks. */
  readonly token?: () => string | null;
};

export type Client = {
  <Name extends OperationName>(name: Name, call: Call<Name>): Promise<Answer<Name>>;
  readonly full: <Name extends OperationName>(name: Name, call: Call<Name>) => Promise<Answered<Name>>;
  /** Leaves it to a job, which is the answer: follow it by `jobs.read`. */
  readonly later: <Name extends LastingName>(name: Name, call: Call<Name>) => Promise<Answer<"jobs.read">>;
};

/**
 * The typed client: one function for every operation of the catalogue.
 * `client("events.list", { query })` answers the body; `client.full` answers headers as well. Throws `RequestFailed`.
 */
export function createClient({ baseUrl, fetch: fetcher = fetch, token }: ClientOptions): Client {
  async function full<Name extends OperationName>(name: Name, call: Call<Name>): Promise<Answered<Name>> {
    const request = requestOf(name, call as LooseCall, token?.() ?? null);
    const response = await send(fetcher, `${baseUrl}${request.address}`, request.init);
    if (!response.ok) throw await refusalOf(response);
    return {
      value: (await bodyOf(response, call.signal)) as Answer<Name>,
      status: response.status,
      requestId: response.headers.get("request-id"),
      etag: response.headers.get("etag"),
    };
  }
  const plain = async <Name extends OperationName>(name: Name, call: Call<Name>) => (await full(name, call)).value;
  async function later<Name extends LastingName>(name: Name, call: Call<Name>): Promise<Answer<"jobs.read">> {
    const { value } = await full(name, { ...call, prefer: "respond-async" } as Call<Name>);
    return value as unknown as Answer<"jobs.read">;
  }
  return Object.assign(plain, { full, later });
}

type LooseCall = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: number;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly prefer?: "respond-async";
};

type TableRow = readonly [method: string, path: string, more?: { readonly upload?: string; readonly mayLast?: true }];

function requestOf(
  name: OperationName,
  call: LooseCall,
  bearer: string | null,
): { address: string; init: RequestInit } {
  const [method, template, more]: TableRow = table[name];
  const path = template.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(call.params?.[key])));
  const headers: Record<string, string> = { accept: "application/json, application/problem+json" };
  if (bearer !== null) headers["authorization"] = `Bearer ${bearer}`;
  if (call.ifMatch !== undefined) headers["if-match"] = `"${call.ifMatch}"`;
  if (call.idempotencyKey !== undefined) headers["idempotency-key"] = call.idempotencyKey;
  if (call.prefer !== undefined) headers["prefer"] = call.prefer;
  if (call.body !== undefined) headers["content-type"] = more?.upload ?? "application/json";
  const body = more?.upload === undefined ? JSON.stringify(call.body) : (call.body as BodyInit);
  return {
    address: path + queryText(call.query ?? {}),
    init: {
      method,
      headers,
      ...(call.body === undefined ? {} : { body }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    },
  };
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(
    entries.map(([key, value]) => [key, Array.isArray(value) ? value.join(",") : String(value)]),
  );
  return entries.length === 0 ? "" : `?${text.toString()}`;
}

async function send(fetcher: typeof fetch, address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetcher(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new RequestFailed("The server cannot be reached.", 0, null, error);
  }
}

/** A page is no answer of ours: the door of a network, or of a proxy, speaks in the server's place. */
async function bodyOf(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  if (response.status === 204) return null;
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("html")) throw new RequestFailed("Something else answered in the server's place.", 0, null);
  try {
    return await (/[/+]json\b/.test(type) ? response.json() : response.text());
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestFailed("The server's answer broke off.", 0, null, error);
  }
}

async function refusalOf(response: Response): Promise<RequestFailed> {
  const type = response.headers.get("content-type") ?? "";
  const problem = type.includes("problem+json") ? ((await response.json()) as ProblemBody) : null;
  return new RequestFailed(problem?.detail ?? `The server answered ${response.status}.`, response.status, problem);
}
