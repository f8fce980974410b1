import { assert } from "@hourwright/std";
import type pg from "pg";
import type { CommittedChange, Recorded } from "../changes/write.ts";
import type { Clock } from "../clock.ts";
import { Gathering, hasWritten, LeftRound, type AskOfAll } from "./gathering.ts";
import { HeldNames } from "./held-names.ts";
import { commit, type Transaction } from "./transaction.ts";

/** Units that share one transaction; the next begin another, behind who waits meanwhile. */
const TOGETHER_MAX = 32;
/** Who comes later after its begin begins another. */
const JOINED_WITHIN_MS = 50;

type Round = {
  readonly transaction: Promise<Transaction>;
  joined: number;
  inside: number;
  openedMs: number | null;
  /** Why nothing of it may stay. */
  spoilt: LeftRound | null;
  gathering: Gathering | null;
  readonly kept: { readonly recorded: Recorded; readonly ended: PromiseWithResolvers<readonly CommittedChange[]> }[];
  /** What units inside hold: until they have left, nobody else of the round goes on with it. */
  readonly held: HeldNames;
  readonly over: () => void;
};

/**
 * Units of an organisation at the same moment, in one transaction: while one is worked out the database works for another, and it
 * begins, counts its changes and writes to the disk once for all. What fails in one fails for all of a round, and each is then run
 * alone; so is one that ends without result after it has written. What they ask alike is asked in one go (`Gathering`).
 *
 * Locks of rows keep nobody out of the same transaction: `exclusively` does, until the unit has left. Rounds of an organisation
 * follow one another.
 */
export class Rounds {
  readonly #begin: (organisation: number) => Promise<Transaction>;
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #areTrials: boolean;
  readonly #rounds = new Map<number, Round>();
  /** The last round of each organisation that has any. */
  readonly #last = new Map<number, Promise<void>>();

  /** Of trials nothing stays, whatever they write. */
  constructor(
    begin: (organisation: number) => Promise<Transaction>,
    { clock, areTrials }: { readonly clock: Pick<Clock, "monotonicMs">; readonly areTrials: boolean },
  ) {
    this.#begin = begin;
    this.#clock = clock;
    this.#areTrials = areTrials;
  }

  /** A place in the transaction of a round. */
  async join(organisation: number): Promise<Transaction> {
    const round = this.#roundOf(organisation);
    round.joined++;
    round.inside++;
    const transaction = await round.transaction.catch((error: unknown) => {
      this.#close(organisation, round);
      throw error;
    });
    const place = { isInside: true, isHolding: false, hasWritten: false, left: Promise.withResolvers<void>() };
    let answered: Promise<unknown> = Promise.resolve();
    const spoil = (error: LeftRound): void => {
      round.spoilt ??= error;
      this.#close(organisation, round);
    };
    const leave = async ({ keeps }: { readonly keeps: boolean }): Promise<void> => {
      if (!place.isInside) return;
      place.isInside = false;
      await answered;
      if (!keeps && place.hasWritten && !this.#areTrials) spoil(new LeftRound("another unit was taken back"));
      round.held.leave(place);
      place.left.resolve();
      if (--round.inside === 0) await this.#end(organisation, round, transaction);
    };
    /** Nobody leaves before they are answered, and a failure is one of the round. */
    const heard = <T>(answer: Promise<T>): Promise<T> => {
      const ended = answer.then(
        () => {},
        () => spoil(new LeftRound("a statement of another unit failed")),
      );
      answered = Promise.all([answered, ended]);
      return answer;
    };
    const { session } = transaction;
    const gathering = (round.gathering ??= new Gathering(
      session,
      (by) => void ((by as typeof place).hasWritten = true),
    ));
    return {
      kept: transaction.kept,
      begun: transaction.begun,
      isShared: true,
      nowMs: transaction.nowMs,
      session: {
        processID: session.processID,
        query: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => {
          assert(place.isInside, `a unit is over, and a query came after it: ${text.slice(0, 100)}`);
          return heard(
            gathering.query<Row>(text, values).then((answer) => {
              place.hasWritten ||= hasWritten(answer);
              return answer;
            }),
          );
        },
        release: () => leave({ keeps: false }),
      },
      together<Asked, Answer>(question: unknown, asked: Asked, ask: AskOfAll<Asked, Answer>) {
        assert(place.isInside, "a unit is over, and asked after it");
        return heard(gathering.together(place, question, asked, ask));
      },
      async exclusively(names, parts = null) {
        for (;;) {
          const others = round.held.others(place, names, parts);
          if (others.length === 0) break;
          // Who holds something waits for nobody, so nobody waits for each other.
          if (place.isHolding) throw new LeftRound("what it needs is held by others");
          await Promise.all(others);
        }
        place.isHolding ||= names.length > 0;
        round.held.hold(place, names, parts, place.left.promise);
      },
      async commit(recorded) {
        const ended = Promise.withResolvers<readonly CommittedChange[]>();
        ended.promise.catch(() => {}); // Who leaves last hears of its end before it is waited for.
        round.kept.push({ recorded, ended });
        await leave({ keeps: true });
        return ended.promise;
      },
      abandon: () => leave({ keeps: false }),
    };
  }

  #roundOf(organisation: number): Round {
    const standing = this.#rounds.get(organisation);
    if (standing !== undefined && standing.joined < TOGETHER_MAX && this.#isFresh(standing)) return standing;
    const over = Promise.withResolvers<void>();
    const before = this.#last.get(organisation);
    const begin = async () => {
      await before;
      return this.#begin(organisation);
    };
    const round: Round = {
      transaction: begin(),
      joined: 0,
      inside: 0,
      openedMs: null,
      spoilt: null,
      gathering: null,
      kept: [],
      held: new HeldNames(),
      over: () => {
        if (this.#last.get(organisation) === over.promise) this.#last.delete(organisation);
        over.resolve();
      },
    };
    round.transaction.then(
      () => (round.openedMs = this.#clock.monotonicMs()),
      () => round.over(),
    );
    this.#rounds.set(organisation, round);
    this.#last.set(organisation, over.promise);
    return round;
  }

  #isFresh({ openedMs, spoilt }: Round): boolean {
    return spoilt === null && (openedMs === null || this.#clock.monotonicMs() - openedMs < JOINED_WITHIN_MS);
  }

  async #end(organisation: number, round: Round, { session }: Transaction): Promise<void> {
    this.#close(organisation, round);
    const { kept } = round;
    try {
      if (round.spoilt !== null) throw round.spoilt;
      if (kept.length === 0) return;
      const written = await commit(
        session,
        organisation,
        kept.map(({ recorded }) => recorded),
      );
      kept.forEach(({ ended }, index) => ended.resolve(written[index]!));
    } catch (error) {
      for (const { ended } of kept) ended.reject(error);
    } finally {
      await session.release(); // What is left open in a transaction is rolled back.
      round.over();
    }
  }

  /** Nobody joins it any more. */
  #close(organisation: number, round: Round): void {
    if (this.#rounds.get(organisation) === round) this.#rounds.delete(organisation);
  }
}
