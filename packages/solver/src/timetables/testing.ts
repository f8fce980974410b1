import * as fc from "fast-check";
import type { Timetable } from "./timetable.ts";

/** Small timetables of all kinds: also such as cannot be kept. */
export const anyTimetable: fc.Arbitrary<Timetable> = fc
  .record({
    days: fc.integer({ min: 1, max: 4 }),
    periodsPerDay: fc.integer({ min: 1, max: 5 }),
    seats: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 }),
    courses: fc.array(
      fc.record({
        teacher: fc.constantFrom("t1", "t2", "t3", "t4"),
        lectures: fc.integer({ min: 1, max: 4 }),
        daysLeast: fc.integer({ min: 0, max: 4 }),
        students: fc.integer({ min: 0, max: 40 }),
        unavailable: fc.uniqueArray(fc.nat(19), { maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    curricula: fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
  })
  .map(({ days, periodsPerDay, seats, courses, curricula }) => ({
    name: "any",
    days,
    periodsPerDay,
    rooms: seats.map((count, i) => ({ id: `r${i}`, seats: count })),
    courses: courses.map((course, i) => ({
      ...course,
      id: `c${i}`,
      // The last period stays available, or the course could be nowhere.
      unavailable: course.unavailable.filter((period) => period < days * periodsPerDay - 1).sort((a, b) => a - b),
    })),
    curricula: curricula.map((members, i) => ({
      id: `q${i}`,
      courses: members.filter((course) => course < courses.length),
    })),
  }));

/** A timetable in the competition's form. */
export function printCtt({ name, days, periodsPerDay, courses, rooms, curricula }: Timetable): string {
  const closed = courses.flatMap(({ id, unavailable }) =>
    unavailable.map((period) => `${id} ${Math.floor(period / periodsPerDay)} ${period % periodsPerDay}`),
  );
  return [
    `Name: ${name}`,
    `Courses: ${courses.length}`,
    `Rooms: ${rooms.length}`,
    `Days: ${days}`,
    `Periods_per_day: ${periodsPerDay}`,
    `Curricula: ${curricula.length}`,
    `Constraints: ${closed.length}`,
    "",
    "COURSES:",
    ...courses.map((each) => `${each.id} ${each.teacher} ${each.lectures} ${each.daysLeast} ${each.students} `),
    "",
    "ROOMS:",
    ...rooms.map(({ id, seats }) => `${id}\t${seats}`),
    "",
    "CURRICULA:",
    ...curricula.map(
      (each) => `${each.id}  ${each.courses.length} ${each.courses.map((i) => courses[i]!.id).join(" ")}`,
    ),
    "",
    "UNAVAILABILITY_CONSTRAINTS:",
    ...closed,
    "",
    "END.",
    "",
  ].join("\r\n");
}
