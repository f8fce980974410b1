type Hold = { readonly by: object; readonly part: number | null; readonly until: Promise<void> };

/** Who of some units in one transaction holds which names, whole or in parts. */
export class HeldNames {
  readonly #holds = new Map<string, Hold[]>();

  /** Until when others hold one of these: parts of a name that differ are apart; the whole meets each of them. */
  others(by: object, names: readonly string[], parts: readonly number[] | null): Promise<void>[] {
    return names.flatMap((name) =>
      (this.#holds.get(name) ?? [])
        .filter((hold) => hold.by !== by && (parts === null || hold.part === null || parts.includes(hold.part)))
        .map(({ until }) => until),
    );
  }

  hold(by: object, names: readonly string[], parts: readonly number[] | null, until: Promise<void>): void {
    for (const name of names) {
      const holds = this.#holds.get(name) ?? [];
      for (const part of parts ?? [null]) holds.push({ by, part, until });
      this.#holds.set(name, holds);
    }
  }

  leave(by: object): void {
    for (const [name, holds] of this.#holds) {
      const left = holds.filter((hold) => hold.by !== by);
      if (left.length === 0) this.#holds.delete(name);
      else if (left.length < holds.length) this.#holds.set(name, left);
    }
  }
}
