import { objectionText, type CandidateFact, type RankedCandidate, type Shift } from "@hourwright/schedule";

export type AskedState = "waiting" | "asked" | "late" | "yes" | "no" | "cannot" | "not-needed";

/** Somebody who is asked to work a shift, or will be. */
export type Asked = {
  readonly personId: string;
  readonly state: AskedState;
  readonly askedMs: number | null;
  readonly untilMs: number | null;
  readonly answeredMs: number | null;
  /** Of who cannot. */
  readonly why: string;
};

export type CoverState = "asking" | "covered" | "nobody" | "over" | "cancelled";

/** What a call does next depends on this alone. `people`: in the order in which they are asked. */
export type Call = {
  readonly state: CoverState;
  readonly how: "in-order" | "at-once";
  readonly minutesEach: number;
  readonly startsMs: number;
  readonly endedMs: number | null;
  readonly people: readonly Asked[];
};

/** A call for cover as it is kept. */
export type Cover = Call & {
  readonly id: string;
  /** Whose shift it is: by the day it belongs to and the minute of the whole shift, by their clocks. */
  readonly personId: string;
  readonly day: number;
  readonly fromMinute: number;
  /** What is to be worked: all of it, or the part of which they are away. */
  readonly shift: Shift;
  readonly zone: string;
  readonly endsMs: number;
  readonly skillId: string | null;
  readonly levelMin: number | null;
  readonly despiteRules: boolean;
  readonly note: string;
  readonly calledBy: { readonly personId: string; readonly name: string; readonly atMs: number };
  readonly coveredBy: string | null;
  readonly adjustmentId: string | null;
  readonly version: number;
};

/** What the log of changes calls it. */
export const COVER = "cover";

/** The reconciler that asks the next. */
export const COVERS = "workforce.covers";

/** How far back covers are counted: who has covered less is asked first. */
export const COVER_DAYS = 90;

const BARRED = { kind: "barred" } as const;

/** Why somebody is not asked, of those who are looked at again when it is their turn; null: they are. */
export function barredBy({ may, against }: RankedCandidate, despiteRules: boolean): CandidateFact | null {
  if (may === "ask" || (may === "rules" && despiteRules)) return null;
  const code = may === "rules" ? "rule" : null;
  const found = against.find((each) => code === null || each.code === code) ?? against[0];
  return found ?? { code: "barred", facts: BARRED, sentence: objectionText(BARRED) };
}
