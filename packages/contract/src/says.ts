import type { ProblemArea, ProblemKind, Refused } from "./problem.ts";

/** What the refusals of an area say to do, by name and reason, in English: the list of all reasons there are. */
export type Says = Readonly<Record<string, Readonly<Record<string, (facts: never) => string>>>>;

/** The facts of a sentence without any. */
export type Nothing = Readonly<Record<string, never>>;

type FactsOf<Sentence> = Sentence extends () => string
  ? Nothing
  : Sentence extends (facts: infer Facts) => string
    ? Facts
    : never;

/** The same reasons with the same facts, in any language. */
export type InAnyLanguage<English extends Says> = {
  readonly [Name in keyof English]: {
    readonly [Reason in keyof English[Name]]: (facts: FactsOf<English[Name][Reason]>) => string;
  };
};

/** Refuses for a reason, which stands with its facts beside the sentence: `reason`, `facts`. So each page says it in its reader's language. */
export function refuserOf<
  Area extends string,
  Kinds extends Readonly<Record<string, ProblemKind>>,
  English extends Says & { readonly [Name in keyof Kinds]?: Says[string] },
>(problems: ProblemArea<Area, Kinds>, english: English) {
  return <Name extends keyof English & keyof Kinds & string, Reason extends keyof English[Name] & string>(
    name: Name,
    reason: Reason,
    facts: FactsOf<English[Name][Reason]>,
    extra: Readonly<Record<string, unknown>> = {},
  ): Refused<`${Area}/${Name}`> => {
    const say = english[name][reason] as unknown as (facts: FactsOf<English[Name][Reason]>) => string;
    return problems.refuse(name, say(facts), { ...extra, reason, facts });
  };
}
