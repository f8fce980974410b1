/** A bug of ours, never of the caller's input: ends the work in hand, is logged in full and told to nobody. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

/** States what must hold. `message` names the values that broke it. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** The end of a `switch` over a union: reached only when a case was forgotten. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${JSON.stringify(value)}`);
}
