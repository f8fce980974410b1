import type { Unit } from "../db/database.ts";

export type Role = "owner" | "administrator" | "manager" | "member";

/** Who asks, once it is known: a user in one organisation. */
export type Caller = {
  readonly userId: string;
  readonly personId: string;
  readonly organisation: number;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly sessionId: string;
  readonly via: "cookie" | "token";
};

/** The versions of which a thing has to be at one (RFC 9110 §13.1.1); null when it may be at any. */
export type IfMatch = readonly number[] | null;

/**
 * What a handler knows of the request beside its input.
 *
 * `read` and `write` open the one unit of the request in the caller's organisation; inside a bundle they join the
 * bundle's unit instead, so a handler never needs to know which of the two it runs in.
 */
export type RequestContext = {
  readonly requestId: string;
  readonly operation: string;
  readonly nowMs: number;
  readonly caller: Caller | null;
  /** Keyed hash of the client's address: says "the same", never "where". */
  readonly addressHash: string;
  readonly isLoopbackClient: boolean;
  readonly plainHttp: boolean;
  readonly cookie: string;
  readonly ifMatch: IfMatch;
  readonly idempotencyKey: string | null;
  /** Headers of the answer, lower case; `set-cookie` may hold several. */
  readonly reply: {
    headers: Record<string, string | string[]>;
    /** Who somebody turned out to be who came as nobody: a sign-in leaves them in its trace. */
    actor?: Pick<Caller, "userId" | "organisation">;
  };
  read<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  write<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
};

/** JSON that PostgreSQL has already written: sent as it is. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A file, whole or in parts. */
export class FileAnswer {
  readonly mediaType: string;
  readonly fileName: string;
  readonly parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  constructor(mediaType: string, fileName: string, parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.mediaType = mediaType;
    this.fileName = fileName;
    this.parts = parts;
  }
}

/** The same request inside a unit that is already open: what it reads and writes is part of that one. */
export const inUnit = (context: RequestContext, unit: Unit): RequestContext => ({
  ...context,
  idempotencyKey: null,
  read: (work) => work(unit),
  write: (work) => work(unit),
});
