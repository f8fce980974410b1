import { assert } from "@hourwright/std";
import type pg from "pg";
import type { Clock } from "../clock.ts";
import type { Session } from "./session.ts";

/** Trials that share one transaction; the next begin another, behind who waits meanwhile. */
const TOGETHER_MAX = 32;
/** Who comes later after its begin begins another. */
const JOINED_WITHIN_MS = 50;

type Round = { readonly session: Promise<Session>; joined: number; inside: number; openedMs: number | null };

/**
 * Trials of an organisation at the same moment, in one transaction of the embedded database's one session: nothing of any stays, so
 * while one is worked out the database reads for another. What fails in one fails for all of a round: then each is run alone.
 */
export class Trials {
  readonly #begin: (organisation: number) => Promise<Session>;
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #rounds = new Map<number, Round>();

  /** `begin` leases a session and opens the transaction. */
  constructor(begin: (organisation: number) => Promise<Session>, clock: Pick<Clock, "monotonicMs">) {
    this.#begin = begin;
    this.#clock = clock;
  }

  /** A place in the transaction: a session that is left by `release`. Who leaves last rolls back. */
  async join(organisation: number): Promise<Session> {
    const round = this.#roundOf(organisation);
    round.joined++;
    round.inside++;
    const session = await round.session.catch((error: unknown) => {
      this.#end(organisation, round);
      throw error;
    });
    let isInside = true;
    return {
      processID: session.processID,
      query: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => {
        assert(isInside, `a trial is over, and a query came after it: ${text.slice(0, 100)}`);
        const answer = session.query<Row>(text, values);
        answer.catch(() => this.#end(organisation, round));
        return answer;
      },
      release: async () => {
        if (!isInside) return;
        isInside = false;
        if (--round.inside > 0) return;
        this.#end(organisation, round);
        await session.release(); // What is left open in a transaction is rolled back.
      },
    };
  }

  #roundOf(organisation: number): Round {
    const standing = this.#rounds.get(organisation);
    if (standing !== undefined && standing.joined < TOGETHER_MAX && this.#isFresh(standing)) return standing;
    const round: Round = { session: this.#begin(organisation), joined: 0, inside: 0, openedMs: null };
    round.session.then(
      () => (round.openedMs = this.#clock.monotonicMs()),
      () => {},
    );
    this.#rounds.set(organisation, round);
    return round;
  }

  #isFresh({ openedMs }: Round): boolean {
    return openedMs === null || this.#clock.monotonicMs() - openedMs < JOINED_WITHIN_MS;
  }

  /** Nobody joins it any more. */
  #end(organisation: number, round: Round): void {
    if (this.#rounds.get(organisation) === round) this.#rounds.delete(organisation);
  }
}
