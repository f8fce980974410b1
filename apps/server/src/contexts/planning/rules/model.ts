import type { Severity } from "@hourwright/conflict";
import type { Broken } from "../../claims/pure.ts";
import { zonedText } from "../tell.ts";

/**
 * A constraint of the catalogue as an organisation has set it: for itself, a team, one person or thing, or for what lies in one
 * calendar.
 */
export type Rule = {
  readonly id: string;
  readonly constraintId: string;
  readonly scope: "organisation" | "team" | "person" | "calendar" | "service";
  /** Null for the organisation. */
  readonly holderId: string | null;
  readonly isHard: boolean;
  readonly weight: number;
  readonly values: Readonly<Record<string, number>>;
  /** People, or things, that it names: none unless its constraint does. */
  readonly namedIds: readonly string[];
  readonly version: number;
};

/** What undo needs of a rule. */
export type RuleContents = Omit<Rule, "id" | "version">;

/** A rule that somebody thinks of, with what they have not said left out. */
export type RuleWish = {
  readonly constraintId: string;
  readonly scope: Rule["scope"];
  readonly holderId: string | null;
  readonly isHard?: boolean | undefined;
  readonly weight?: number | undefined;
  readonly values: Readonly<Record<string, number>>;
  readonly namedIds?: readonly string[] | undefined;
};

/** A breach of a rule, as it is told. */
export type ShownBreach = {
  readonly constraintId: string;
  readonly ruleId: string;
  readonly isHard: boolean;
  readonly severity: Severity;
  readonly collection: string | null;
  readonly subjectId: string;
  readonly subject: string;
  readonly start: string;
  readonly end: string;
  readonly units: number;
  readonly facts: Record<string, number>;
  readonly others: string[];
  readonly sentence: string;
  readonly events: { eventId: string | null; recurrenceId: string | null; title: string }[];
};

/** A sentence about a breach, with the calendar of which alone its rule judges. */
export const sayingOf = (collection: string | null, sentence: string): string =>
  collection === null ? sentence : `In “${collection}”: ${sentence}`;

/** What the log of changes calls a rule. */
export const RULE = "rule";

/** A rule that would not hold, as the API shows it. */
export const shownBroken = ({ startMs, endMs, zone, facts, others, titles, relaxations, ...broken }: Broken) => ({
  ...broken,
  facts: { ...facts },
  others: [...others],
  titles: [...titles],
  relaxations: [...relaxations],
  start: zonedText(startMs, zone),
  end: zonedText(endMs, zone),
});
