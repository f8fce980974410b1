/** A roster of the Second International Nurse Rostering Competition: all weeks of a horizon at once, everything by its place. */
export type Inrc2Roster = {
  readonly name: string;
  readonly weeks: number;
  readonly skills: readonly string[];
  readonly shifts: readonly Inrc2Shift[];
  readonly contracts: readonly Inrc2Contract[];
  readonly people: readonly Inrc2Person[];
  /** People wanted: ((day × shifts) + shift) × skills + skill. */
  readonly least: Int32Array;
  readonly best: Int32Array;
  readonly requests: readonly Inrc2Request[];
};

export type Inrc2Range = { readonly least: number; readonly most: number };

export type Inrc2Shift = {
  readonly id: string;
  readonly inRow: Inrc2Range;
  /** Shifts that may not be worked the day after. */
  readonly notBefore: readonly number[];
};

export type Inrc2Contract = {
  readonly id: string;
  readonly assignments: Inrc2Range;
  readonly workInRow: Inrc2Range;
  readonly offInRow: Inrc2Range;
  readonly weekendsMost: number;
  readonly hasWholeWeekends: boolean;
};

export type Inrc2Person = {
  readonly id: string;
  readonly contract: number;
  readonly skills: readonly number[];
  readonly history: Inrc2History;
};

/** What was before the first day. */
export type Inrc2History = {
  readonly assignments: number;
  readonly weekends: number;
  /** Null after a day off. */
  readonly lastShift: number | null;
  readonly shiftInRow: number;
  readonly workInRow: number;
  readonly offInRow: number;
};

/** A shift that is not wanted, null for any. */
export type Inrc2Request = { readonly person: number; readonly day: number; readonly shift: number | null };

/** A value is 0 on a day off, else 1 + shift × skills + skill. */
export const valueOf = ({ skills }: Inrc2Roster, shift: number, skill: number): number =>
  1 + shift * skills.length + skill;
export const shiftOf = ({ skills }: Inrc2Roster, value: number): number | null =>
  value === 0 ? null : Math.floor((value - 1) / skills.length);
export const skillOf = ({ skills }: Inrc2Roster, value: number): number => (value - 1) % skills.length;

/** Points of the competition. */
export const INRC2_POINTS = {
  bestCover: 30,
  shiftInRow: 15,
  workInRow: 30,
  offInRow: 30,
  requests: 10,
  wholeWeekends: 30,
  assignments: 20,
  weekends: 30,
} as const;
