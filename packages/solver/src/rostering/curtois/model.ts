/** A roster of schedulingbenchmarks.org (Curtois and Qu, 2014): every person and shift by its place in the lists. */
export type CurtoisRoster = {
  /** From a Monday. */
  readonly days: number;
  readonly shifts: readonly CurtoisShift[];
  readonly staff: readonly CurtoisPerson[];
  readonly onRequests: readonly CurtoisRequest[];
  readonly offRequests: readonly CurtoisRequest[];
  readonly cover: readonly CurtoisCover[];
};

export type CurtoisShift = {
  readonly id: string;
  readonly minutes: number;
  /** Shifts that may not be worked the day after. */
  readonly notBefore: readonly number[];
};

export type CurtoisPerson = {
  readonly id: string;
  /** Most days of each shift. */
  readonly shiftsMost: readonly number[];
  readonly minutesMost: number;
  readonly minutesLeast: number;
  readonly inRowMost: number;
  readonly inRowLeast: number;
  readonly offInRowLeast: number;
  readonly weekendsMost: number;
  readonly daysOff: readonly number[];
};

export type CurtoisRequest = {
  readonly person: number;
  readonly day: number;
  readonly shift: number;
  readonly weight: number;
};

export type CurtoisCover = {
  readonly day: number;
  readonly shift: number;
  readonly need: number;
  readonly underWeight: number;
  readonly overWeight: number;
};

/** What is worked: person × days + day → 0 a day off, else the shift's place and 1. */
export type Rows = Uint8Array;
