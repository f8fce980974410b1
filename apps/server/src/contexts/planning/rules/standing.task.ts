import { breachesIn, settingBroken, type Breach } from "@hourwright/conflict";
import { openTimeFrom } from "../../claims/pure.ts";
import { dateOf, situationIn, type CommitmentDate } from "../situation.ts";
import type { Book } from "./book.ts";
import type { SetRule } from "./decide.ts";
import { namerOf, scenesOf, withGroups } from "./scene.ts";

// What stands and breaks rules, on a compute thread: all lines of an organisation over months.

export type StandingInput = {
  /** `takenTexts` and `openTimeTexts` of claims. */
  readonly taken: readonly string[];
  readonly openTime: readonly string[];
  readonly book: Book;
  /** Judged instead of the rules of the book, and both are compared; null: the book's alone. */
  readonly instead: Book["rules"] | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  /** Breaches told, the earliest. */
  readonly most: number;
};

export type FoundBreach = Omit<Breach, "subject" | "occurrences" | "constraint" | "setting" | "others"> & {
  readonly constraintId: string;
  readonly ruleId: string;
  readonly isHard: boolean;
  /** By name. */
  readonly collection: string | null;
  readonly subjectId: string;
  /** By name. */
  readonly others: readonly string[];
  readonly dates: readonly CommitmentDate[];
};

export type Standing = {
  /** Those that there are; of two sets of rules, those that only the other one finds. */
  readonly breaches: readonly FoundBreach[];
  readonly isCut: boolean;
  readonly made: number;
  readonly removed: number;
  /** Things and lines that take part in what is made. */
  readonly events: number;
  readonly lines: number;
  /** Where what is made lies, by start. */
  readonly madeMs: Float64Array;
};

export async function* standingTask(input: StandingInput): AsyncGenerator<never, Standing> {
  const { book, instead, nowMs, most } = input;
  const situation = withGroups(situationIn(input.taken), { ...book, rules: [...book.rules, ...(instead ?? [])] });
  const openTime = openTimeFrom(input.openTime);
  const nameOf = namerOf(situation, book);
  const part = { startMs: input.fromMs, endMs: input.toMs };
  const found = (rules: Book["rules"]) =>
    scenesOf(situation, { ...book, rules }, openTime, nowMs)
      .flatMap(({ scene, settings }) =>
        breachesIn(scene, settings, part).map((breach) => ({
          breach,
          setting: settingBroken(settings, breach),
        })),
      )
      .sort((a, b) => a.breach.startMs - b.breach.startMs);
  const now = found(book.rules);
  const then = instead === null ? now : found(instead);
  const keysNow = new Set(instead === null ? [] : now.map(placeOf));
  const keysThen = new Set(then.map(placeOf));
  const made = then.filter((each) => !keysNow.has(placeOf(each)));
  return {
    breaches: made.slice(0, most).map(({ breach, setting }) => {
      const { constraint, setting: _, subject, occurrences, others = [], ...rest } = breach;
      return {
        ...rest,
        constraintId: constraint,
        ruleId: setting.ruleId,
        isHard: setting.isHard,
        collection: setting.collection === undefined ? null : book.collections[setting.collection]!.name,
        subjectId: situation.subjects[subject]!,
        others: others.map(nameOf),
        dates: occurrences.map((occurrence) => dateOf(situation.dates[occurrence]!)),
      };
    }),
    isCut: made.length > most,
    made: made.length,
    removed: [...keysNow].filter((key) => !keysThen.has(key)).length,
    events: new Set(made.flatMap(({ breach }) => breach.occurrences)).size,
    lines: new Set(made.map(({ breach }) => breach.subject)).size,
    madeMs: Float64Array.from(made, ({ breach }) => breach.startMs),
  };
}

type Found = { readonly breach: Breach; readonly setting: SetRule };

/** What makes a breach the same under two sets of rules, by however much it is one. */
const placeOf = ({ breach, setting }: Found): string => {
  const { constraint, subject, occurrences, startMs } = breach;
  const about = setting.constraint.names?.most === 1 ? [...(setting.named ?? [])].join() : "";
  return [constraint, about, setting.collection, subject, occurrences.join(","), startMs].join(" ");
};
