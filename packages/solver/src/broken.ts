/**
 * A constraint that cannot be followed: it throws, or counts what is no number. Whoever lets others write constraints catches
 * this, leaves the one that is named out, and plans again.
 */
export class BrokenConstraint extends Error {
  override name = "BrokenConstraint";
  readonly constraint: string;

  constructor(constraint: string, what: string, options?: ErrorOptions) {
    super(`The constraint "${constraint}" ${what}.`, options);
    this.constraint = constraint;
  }
}

/** Calls a function of a constraint; what it throws leaves with the name of the constraint. `doing`: "is counted". */
export function blaming<Result>(constraint: string, doing: string, call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    throw thrownBy(constraint, doing, cause);
  }
}

/** What a constraint threw, with its name; what has one already is left as it is. */
export function thrownBy(constraint: string, doing: string, cause: unknown): BrokenConstraint {
  if (cause instanceof BrokenConstraint) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  return new BrokenConstraint(constraint, `throws when it ${doing}: ${said}`, { cause });
}
