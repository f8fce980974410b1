import type { Unit } from "../db/database.ts";
import { entityTag } from "../http/reply.ts";

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

/** Of a caller, all that decides what they may see. */
export type Viewer = Pick<Caller, "role" | "personId" | "userId">;

/** Somebody who asks, and the number of their organisation's last change when they came: both from one statement. */
export type Arrived = { readonly caller: Caller; readonly asOf: number };

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
  /** In which units run: the caller's, or that of something public; null where there is neither. */
  readonly organisation: number | null;
  /**
   * The number of the organisation's last change when the caller came: an answer worked out as of it is true for them.
   * Null inside an open unit, which sees what is not yet committed; `unasked` of strangers, whom no session tells.
   */
  readonly asOf: number | "unasked" | null;
  /** Whoever asks would rather have a job to follow than wait (RFC 7240 §4.1). */
  readonly prefersLater: boolean;
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
    /** 202: the answer is a job, which goes on. */
    status?: 202;
    /** Who somebody turned out to be who came as nobody: a sign-in leaves them in its trace. */
    actor?: Pick<Caller, "userId" | "organisation">;
  };
  /** Aborts when whoever asked has gone before they were answered: for work of seconds, which nobody waits for then. */
  gone(): AbortSignal;
  read<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  write<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** What a write would be answered; nothing of it stays. Never inside a bundle. Shared with others who try something, where it may be. */
  attempt<T>(work: (unit: Unit) => Promise<T>, options?: { isShared?: boolean }): Promise<T>;
  /** The same request in the organisation of something public, as nobody. */
  within(organisation: number): RequestContext;
};

/** JSON that is already written: sent as it is. */
export class RawJson {
  #held: string | Buffer;
  #tag: string | null;
  /** Until when it is true although nothing changes: a hold ends. Null: for ever. */
  readonly untilMs: number | null;

  /** `sameAs`: the part by which two answers are the same, where something in them (how long it took) says nothing. */
  constructor(
    text: string,
    { sameAs = null, untilMs = null }: { sameAs?: string | null; untilMs?: number | null } = {},
  ) {
    this.#held = text;
    this.#tag = sameAs === null ? null : entityTag(sameAs);
    this.untilMs = untilMs;
  }

  get text(): string {
    return typeof this.#held === "string" ? this.#held : this.#held.toString("utf8");
  }

  /** The same in UTF-8, which it is held in from then on, in memory of its own: a small answer that is kept would keep a pool of Node's. */
  get bytes(): Buffer {
    if (typeof this.#held !== "string") return this.#held;
    const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(this.#held));
    bytes.write(this.#held);
    return (this.#held = bytes);
  }

  /** Its validator. */
  get tag(): string {
    return (this.#tag ??= entityTag(this.#held));
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
  asOf: null,
  read: (work) => work(unit),
  write: (work) => work(unit),
  attempt: () => Promise.reject(new Error(`${context.operation} tries something inside a bundle`)),
});
