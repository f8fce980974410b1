import { nextTick } from "node:process";
import type pg from "pg";
import type { Session } from "./session.ts";

/** A unit cannot go on beside others and has to be run alone: something of the round failed, or somebody else holds what it needs. */
export class LeftRound extends Error {}

/** Answers each of `all`, in their order, with one statement for all of them. */
export type AskOfAll<Asked, Answer> = (session: Session, all: readonly Asked[]) => Promise<readonly Answer[]>;

type Batch = {
  readonly question: unknown;
  readonly ask: AskOfAll<unknown, unknown>;
  readonly asked: { readonly by: object; readonly what: unknown; readonly answer: PromiseWithResolvers<unknown> }[];
};

/**
 * Gathers what those who share a session ask alike: while the database works for somebody, questions wait, and are then asked in one
 * go. Nobody waits where it is idle. What one asks is asked in their order, and before whatever they send by themselves.
 */
export class Gathering {
  readonly #session: Session;
  readonly #onWritten: (by: object) => void;
  #unanswered = 0;
  #waiting: Batch[] = [];
  #isDue = false;

  /** `onWritten` is told of each whose question was asked with a statement that wrote. */
  constructor(session: Session, onWritten: (by: object) => void) {
    this.#session = session;
    this.#onWritten = onWritten;
  }

  /** A statement that nobody shares. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    this.#askAll();
    return this.#send<Row>(text, values);
  }

  /** `question` is the same for what can be asked in one go; then the `ask` of any of them is used. */
  together<Asked, Answer>(by: object, question: unknown, asked: Asked, ask: AskOfAll<Asked, Answer>): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>();
    const earliest = Math.max(
      0,
      this.#waiting.findLastIndex((batch) => batch.asked.some((each) => each.by === by)),
    );
    let batch = this.#waiting.find((each, at) => at >= earliest && each.question === question);
    if (batch === undefined) {
      batch = { question, ask: ask as AskOfAll<unknown, unknown>, asked: [] };
      this.#waiting.push(batch);
    }
    batch.asked.push({ by, what: asked, answer: answer as PromiseWithResolvers<unknown> });
    if (this.#unanswered === 0) this.#askSoon();
    return answer.promise;
  }

  /** At the end of the turn: others may be about to ask the same. */
  #askSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    nextTick(() => {
      this.#isDue = false;
      this.#askAll();
    });
  }

  #askAll(): void {
    const batches = this.#waiting;
    this.#waiting = [];
    for (const batch of batches) void this.#ask(batch);
  }

  async #ask({ ask, asked }: Batch): Promise<void> {
    const session: Session = {
      ...this.#session,
      query: async <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => {
        const answer = await this.#send<Row>(text, values);
        if (hasWritten(answer)) for (const { by } of asked) this.#onWritten(by);
        return answer;
      },
    };
    try {
      const answers = await ask(
        session,
        asked.map(({ what }) => what),
      );
      asked.forEach(({ answer }, at) => answer.resolve(answers[at]));
    } catch (error) {
      // Whose question it was that cannot be answered shows when each is asked alone.
      const told = asked.length === 1 ? error : new LeftRound("a question of several units failed", { cause: error });
      for (const { answer } of asked) answer.reject(told);
    }
  }

  async #send<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    this.#unanswered++;
    try {
      return await this.#session.query<Row>(text, values);
    } finally {
      if (--this.#unanswered === 0 && this.#waiting.length > 0) this.#askSoon();
    }
  }
}

export const hasWritten = ({ command, rowCount }: Pick<pg.QueryResult, "command" | "rowCount">): boolean =>
  command !== "SELECT" && (rowCount ?? 0) > 0;
