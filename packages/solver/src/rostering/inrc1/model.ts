/** A roster of the First International Nurse Rostering Competition (2010): everything by its place in the lists. */
export type Inrc1Roster = {
  readonly id: string;
  /** ISO date of the first day. */
  readonly firstDate: string;
  readonly days: number;
  /** 0 Monday … 6 Sunday. */
  readonly firstWeekday: number;
  readonly shifts: readonly Inrc1Shift[];
  readonly patterns: readonly Inrc1Pattern[];
  readonly contracts: readonly Inrc1Contract[];
  readonly people: readonly Inrc1Person[];
  /** People wanted: day × shifts + shift. */
  readonly demand: Int32Array;
  readonly requests: readonly Inrc1Request[];
};

export type Inrc1Shift = { readonly id: string; readonly skills: readonly string[] };

export type Inrc1Person = { readonly id: string; readonly contract: number; readonly skills: readonly string[] };

/** A bound and what a unit beyond it costs; null when the contract does not have it. */
export type Bound = { readonly value: number; readonly weight: number } | null;

export type Inrc1Contract = {
  readonly id: string;
  readonly bounds: Readonly<Record<BoundName, Bound>>;
  /** Weekday on which a weekend begins (0 Monday), and how many days it has. */
  readonly weekendStart: number;
  readonly weekendDays: number;
  /** Weights; 0 when the rule does not hold. */
  readonly completeWeekends: number;
  readonly identicalWeekends: number;
  readonly alternativeSkill: number;
  readonly patterns: readonly number[];
};

export const BOUNDS = [
  "MaxNumAssignments",
  "MinNumAssignments",
  "MaxConsecutiveWorkingDays",
  "MinConsecutiveWorkingDays",
  "MaxConsecutiveFreeDays",
  "MinConsecutiveFreeDays",
  "MaxConsecutiveWorkingWeekends",
  "MinConsecutiveWorkingWeekends",
] as const;
export type BoundName = (typeof BOUNDS)[number];

/** Values in a row that are not wanted. */
export type Inrc1Pattern = {
  readonly weight: number;
  /** Weekday on which it begins, null for any. */
  readonly weekday: number | null;
  /** A shift's place and 1, or what it may be. */
  readonly entries: readonly (number | "off" | "any")[];
};

/** `shift` is null when the whole day is meant. */
export type Inrc1Request = {
  readonly isOn: boolean;
  readonly person: number;
  readonly day: number;
  readonly shift: number | null;
  readonly weight: number;
};
