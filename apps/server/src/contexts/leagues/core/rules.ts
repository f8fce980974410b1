// Rules of a league in plain numbers, as wishes of secretaries are: the contract says what each means.

type Ruled = { readonly hard: boolean; readonly weight: number; readonly teams: readonly number[] };

export type LeagueRule = Ruled &
  (
    | { readonly kind: "in-a-row"; readonly venue: Side; readonly most: number }
    | { readonly kind: "breaks" | "breaks-of-all" | "home-together" | "balance"; readonly most: number }
    | { readonly kind: "unavailable"; readonly venue: Side; readonly rounds: ReadonlySet<number> }
    | {
        readonly kind: "meet";
        readonly home: number;
        readonly away: number;
        readonly either: boolean;
        readonly rounds: ReadonlySet<number>;
        readonly meets: boolean;
      }
    | { readonly kind: "return"; readonly between: number }
    | { readonly kind: "long-trips"; readonly kilometres: number; readonly rounds: ReadonlySet<number> }
    | { readonly kind: "travel"; readonly kilometres: number }
  );

export type Side = "home" | "away" | "any";

export type FindingKind = LeagueRule["kind"] | "venue-closed" | "venue-shared" | "halves" | "mirrored";

/** Something that does not hold. */
export type Finding = {
  /** The place of its rule; null: what holds in every league. */
  readonly rule: number | null;
  readonly kind: FindingKind;
  readonly hard: boolean;
  readonly units: number;
  readonly points: number;
  readonly teams: readonly number[];
  readonly rounds: readonly number[];
  readonly have: number;
  readonly limit: number;
};

export type Score = { readonly hard: number; readonly soft: number };
