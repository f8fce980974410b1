/**
 * The outside world failed us, and the same request may work later: 503 with a request id.
 * Carries what we were doing as its message and what happened as its `cause`.
 */
export class Unavailable extends Error {
  override name = "Unavailable";
  readonly retryAfterSeconds: number;

  constructor(message: string, options: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : {});
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1;
  }
}

/** The start cannot go on, and the person at the terminal can do something about it: one sentence, no stack, exit 1. */
export class CannotStart extends Error {
  override name = "CannotStart";
}
