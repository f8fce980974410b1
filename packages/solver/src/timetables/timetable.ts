/**
 * A university's week, as the International Timetabling Competition 2007 (track 3) describes it: courses of some lectures each are to be
 * given periods and rooms. Periods count through the week: day × `periodsPerDay` + period of the day, from 0.
 */
export type Timetable = {
  readonly name: string;
  readonly days: number;
  readonly periodsPerDay: number;
  readonly courses: readonly Course[];
  readonly rooms: readonly Room[];
  readonly curricula: readonly Curriculum[];
};

export type Course = {
  readonly id: string;
  readonly teacher: string;
  readonly lectures: number;
  /** The days over which its lectures should be spread at least. */
  readonly daysLeast: number;
  readonly students: number;
  /** Periods in which it cannot be taught. */
  readonly unavailable: readonly number[];
};

export type Room = { readonly id: string; readonly seats: number };

/** Courses that the same students take, by their place in `courses`. */
export type Curriculum = { readonly id: string; readonly courses: readonly number[] };

/** Where and when a lecture is: a course and a room by their places, and a period of the week. */
export type Lecture = { readonly course: number; readonly room: number; readonly period: number };

/** The four prices of the competition, in points a unit. */
export const PRICES = { capacity: 1, days: 5, compactness: 2, stability: 1 };
