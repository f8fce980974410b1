import type { Automaton } from "./automaton.ts";

/**
 * A roster as the fast search knows it: people × days of values. Value 0 is a day off, the others are what can be worked (a shift,
 * or a shift in a skill). Every format of the competitions becomes one of these; costs are whole, per unit, soft or hard.
 */
export type RosterInstance = {
  readonly days: number;
  /** How many values there are, with the day off. */
  readonly kinds: number;
  /** 0 Monday … 6 Sunday: the weekday of the first day. */
  readonly firstWeekday: number;
  readonly lines: readonly Line[];
  readonly cover: Cover;
};

/** One person's row. */
export type Line = {
  readonly automaton: Automaton;
  /** The automaton's state before the first day. */
  readonly start: number;
  /** 1 where a value may stand on a day: day × kinds + value. A day off always may. */
  readonly may: Uint8Array;
  /** Soft cost of a value on a day: day × kinds + value. */
  readonly dayCost: Int32Array;
  /** What a value adds to the person's load (minutes, or 1 for each day worked). */
  readonly loadOf: Int32Array;
  readonly load: Meter;
  /** Most days of a value; more are a hard rule broken, once for each day. */
  readonly mostOf: Int32Array;
  /** Weekends worked: what the automaton counts. */
  readonly weekends: Meter;
};

/** What a sum costs outside its bounds: so much for each unit too few or too many, a begun unit whole. */
export type Meter = {
  readonly least: number;
  readonly most: number;
  readonly unit: number;
  readonly under: Cost;
  readonly over: Cost;
};

export type Cost = { readonly soft: number; readonly hard: number };

/** What it costs that so many people are on a value on a day: (day × kinds + value) × (people + 1) + count. Days off cost nothing. */
export type Cover = { readonly soft: Int32Array; readonly hard: Int32Array };

export const FREE: Cost = { soft: 0, hard: 0 };

/** A sum that may be anything. */
export const UNBOUNDED: Meter = { least: 0, most: Number.MAX_SAFE_INTEGER, unit: 1, under: FREE, over: FREE };

/** Units by which a sum is below its least. */
export const unitsUnder = ({ least, unit }: Meter, sum: number): number => Math.max(0, Math.ceil((least - sum) / unit));

/** Units by which a sum is above its most. */
export const unitsOver = ({ most, unit }: Meter, sum: number): number => Math.max(0, Math.ceil((sum - most) / unit));
