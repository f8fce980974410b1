/** What an address is of. */
export type Followed =
  | { readonly kind: "shifts" }
  | { readonly kind: "league"; readonly leagueId: string; readonly teamId: string | null };

export type Address = {
  readonly id: string;
  readonly personId: string;
  readonly what: Followed;
  readonly createdMs: number;
};
