import { Lru } from "@hourwright/std";
import { sql } from "kysely";
import type { Owner } from "./database.ts";

// What seldom changes and is asked by almost every unit (rules, places, holidays, people, calendars): known by its version.
// A trigger on each of its tables counts `changes.facts` up, in the transaction that changes it; where nobody else writes, this
// process counts itself (ADR 23).

/** Organisations whose facts are known at once; the one asked longest ago is forgotten first. */
const ORGANISATIONS_MAX = 200;
/** Facts of one organisation. */
const FACTS_MAX = 5_000;
/** Texts of statements of which it is known whether they change facts. */
const TEXTS_MAX = 2_000;

/** Facts as they were at one version of an organisation's. */
export type Known = { readonly version: number; readonly facts: Lru<string, { readonly value: unknown }> };

/** What this process knows of the facts of its organisations. Nothing before `learn` has said which tables hold them. */
export class Facts {
  /** Nobody else writes to the database, so the version need not be asked. */
  readonly isAlone: boolean;
  #organisations = new Lru<number, Known>(ORGANISATIONS_MAX);
  readonly #texts = new Lru<string, boolean>(TEXTS_MAX);
  #changes: RegExp | null = null;

  constructor(isAlone: boolean) {
    this.isAlone = isAlone;
  }

  /** Reads which tables hold facts: those with the trigger. */
  async learn({ db }: Owner): Promise<void> {
    const { rows } = await sql<{ schema: string; name: string }>`
      select distinct n.nspname as schema, c.relname as name
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_proc p on p.oid = t.tgfoid join pg_namespace s on s.oid = p.pronamespace
      where s.nspname = 'changes' and p.proname = 'facts_changed'`.execute(db);
    const tables = rows.map(({ schema, name }) => `"?${schema}"?\\."?${name}"?`).join("|");
    this.#changes =
      rows.length === 0 ? null : new RegExp(`\\b(?:insert into|update|delete from)\\s+(?:${tables})\\b`, "i");
    this.forget();
  }

  get areKept(): boolean {
    return this.#changes !== null;
  }

  /** Whether a statement changes facts. */
  isChangedBy(text: string): boolean {
    if (this.#changes === null) return false;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const changes = this.#changes.test(text);
    this.#texts.set(text, changes);
    return changes;
  }

  /** What is known of an organisation, where nobody else writes. */
  now(organisation: number): Known {
    return this.#organisations.get(organisation) ?? this.at(organisation, 0)!;
  }

  /** An organisation's facts have changed, or may have. */
  drop(organisation: number): void {
    this.#organisations.delete(organisation);
  }

  /** What is known of an organisation at a version; null when newer facts are known already. */
  at(organisation: number, version: number): Known | null {
    const known = this.#organisations.get(organisation);
    if (known?.version === version) return known;
    if (known !== undefined && known.version > version) return null;
    const anew = { version, facts: new Lru<string, { readonly value: unknown }>(FACTS_MAX) };
    this.#organisations.set(organisation, anew);
    return anew;
  }

  forget(): void {
    this.#organisations = new Lru(ORGANISATIONS_MAX);
  }
}
