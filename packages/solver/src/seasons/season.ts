/** Where a team plays: at home, away, or either. */
export type Venue = "H" | "A" | "HA";

/** What every constraint has: whether it must hold, and what each unit of breaking it costs. Teams and slots are positions from 0. */
type Ruled = { readonly isHard: boolean; readonly penalty: number; readonly line: number };

/**
 * The nine kinds of constraint of the International Timetabling Competition 2021 (Van Bulck and Goossens, "The international
 * timetabling competition on sports timetabling"), in the words of RobinX (Van Bulck, Goossens, Schönberger, Guajardo, 2020).
 */
export type SeasonConstraint = Ruled &
  (
    | { readonly kind: "CA1"; readonly teams: Ids; readonly slots: Ids; readonly venue: Venue; readonly range: Range }
    | {
        readonly kind: "CA2";
        readonly teams: Ids;
        readonly others: Ids;
        readonly slots: Ids;
        readonly venue: Venue;
        readonly range: Range;
      }
    | {
        readonly kind: "CA3";
        readonly teams: Ids;
        readonly others: Ids;
        /** Slots in a row that are looked at together. */
        readonly inRow: number;
        readonly venue: Venue;
        readonly range: Range;
      }
    | {
        readonly kind: "CA4";
        readonly teams: Ids;
        readonly others: Ids;
        readonly slots: Ids;
        readonly venue: Venue;
        readonly range: Range;
        /** Each slot by itself, not all of them together. */
        readonly isEach: boolean;
      }
    | { readonly kind: "GA1"; readonly meetings: readonly Meeting[]; readonly slots: Ids; readonly range: Range }
    | { readonly kind: "BR1"; readonly teams: Ids; readonly slots: Ids; readonly venue: Venue; readonly most: number }
    | { readonly kind: "BR2"; readonly teams: Ids; readonly slots: Ids; readonly venue: Venue; readonly most: number }
    | { readonly kind: "FA2"; readonly teams: Ids; readonly slots: Ids; readonly most: number }
    | { readonly kind: "SE1"; readonly teams: Ids; readonly least: number }
  );

export type Ids = readonly number[];
export type Range = { readonly min: number; readonly max: number };
export type Meeting = { readonly home: number; readonly away: number };
export type Kind = SeasonConstraint["kind"];

export const KINDS = ["CA1", "CA2", "CA3", "CA4", "GA1", "BR1", "BR2", "FA2", "SE1"] as const satisfies readonly Kind[];

/** A double round robin in which every team plays once in every slot. */
export type Season = {
  readonly name: string;
  /** Names, an even number of them, 4 to `TEAMS_MAX`. There are 2 × (teams − 1) slots. */
  readonly teams: readonly string[];
  readonly slots: readonly string[];
  /** Every two meet once in each half. */
  readonly isPhased: boolean;
  readonly constraints: readonly SeasonConstraint[];
};

/** One match of a timetable. */
export type Match = { readonly slot: number; readonly home: number; readonly away: number };

export const TEAMS_MAX = 64;
