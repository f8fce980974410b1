/** UIDs that tell a person what they name, and are the same each time the same plan is made. */
export class Uids {
  readonly #prefix: string;
  readonly #domain: string;
  #count = 0;

  constructor(prefix: string, domain: string) {
    this.#prefix = prefix;
    this.#domain = domain;
  }

  next(title: string): string {
    const slug = title
      .normalize("NFD")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 40);
    return `${this.#prefix}-${String(++this.#count).padStart(4, "0")}-${slug}@${this.#domain}`;
  }
}
