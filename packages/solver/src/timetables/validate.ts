import { PRICES, type Lecture, type Timetable } from "./timetable.ts";

/** What a solution costs by the rules of the competition: violations of the hard ones, points of the soft ones. */
export type Costs = {
  readonly lectures: number;
  readonly conflicts: number;
  readonly availability: number;
  readonly occupancy: number;
  readonly capacity: number;
  readonly days: number;
  readonly compactness: number;
  readonly stability: number;
  /** The sum of the four hard ones, and of the four soft ones. */
  readonly violations: number;
  readonly total: number;
};

/**
 * Counts a solution from the rules as they are written down, by sets and pairs, without anything of the solver: Di Gaspero,
 * McCollum and Schaerf, "The second International Timetabling Competition (ITC-2007): Curriculum-based course timetabling (track 3)".
 */
export function validate(timetable: Timetable, lectures: readonly Lecture[]): Costs {
  const { courses, rooms, curricula, periodsPerDay } = timetable;
  const of = (course: number) => lectures.filter((lecture) => lecture.course === course);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const dayOf = ({ period }: Lecture) => Math.floor(period / periodsPerDay);

  // A course's lectures are all there, in distinct periods.
  const missing = courses.map(({ lectures: asked }, i) => Math.abs(asked - new Set(of(i).map((l) => l.period)).size));
  const share = (a: number, b: number) =>
    courses[a]!.teacher === courses[b]!.teacher ||
    curricula.some((curriculum) => curriculum.courses.includes(a) && curriculum.courses.includes(b));
  const pairs = lectures.flatMap((a, i) => lectures.slice(i + 1).map((b) => [a, b] as const));
  const together = pairs.filter(([a, b]) => a.period === b.period);
  const conflicts = together.filter(([a, b]) => a.course !== b.course && share(a.course, b.course));

  const isolated = curricula.map((curriculum) => {
    const own = lectures.filter(({ course }) => curriculum.courses.includes(course));
    const isBeside = (a: Lecture, b: Lecture) => dayOf(a) === dayOf(b) && Math.abs(a.period - b.period) === 1;
    return own.filter((lecture) => !own.some((other) => isBeside(lecture, other))).length;
  });

  const hard = {
    lectures: sum(missing),
    conflicts: conflicts.length,
    availability: lectures.filter(({ course, period }) => courses[course]!.unavailable.includes(period)).length,
    occupancy: together.filter(([a, b]) => a.room === b.room).length,
  };
  const soft = {
    capacity:
      PRICES.capacity *
      sum(lectures.map(({ course, room }) => Math.max(0, courses[course]!.students - rooms[room]!.seats))),
    days: PRICES.days * sum(courses.map(({ daysLeast }, i) => Math.max(0, daysLeast - new Set(of(i).map(dayOf)).size))),
    compactness: PRICES.compactness * sum(isolated),
    stability: PRICES.stability * sum(courses.map((_, i) => Math.max(0, new Set(of(i).map((l) => l.room)).size - 1))),
  };
  return { ...hard, ...soft, violations: sum(Object.values(hard)), total: sum(Object.values(soft)) };
}
