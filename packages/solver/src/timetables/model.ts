import type { Model } from "../constraint.ts";
import type { Lecture, Timetable } from "./timetable.ts";

/**
 * A timetable at work. A variable is a lecture (those of a course are alike); its value is a slot: period × rooms + room.
 * Lists of a course's curricula stand in one array: `curricula[curriculaFrom[course]]` to `curricula[curriculaFrom[course + 1] − 1]`.
 */
export type TimetableModel = Model & {
  readonly rooms: number;
  readonly days: number;
  readonly periods: number;
  readonly periodsPerDay: number;
  readonly courseOf: Int32Array;
  readonly teacherOf: Int32Array;
  readonly periodOf: Int32Array;
  readonly roomOf: Int32Array;
  readonly dayOfPeriod: Int32Array;
  /** The bit of a period within its day. */
  readonly bitOfPeriod: Int32Array;
  readonly curricula: Int32Array;
  readonly curriculaFrom: Int32Array;
  /** Lectures in a slot, and the sum of their numbers + 1: where there is one, it says which. */
  readonly inSlot: Int32Array;
  readonly inSlotSum: Int32Array;
  /** Lectures by teacher × periods + period. */
  readonly ofTeacher: Int32Array;
  /** Lectures by curriculum × periods + period; and the periods of a day that have some, as bits: curriculum × days + day. */
  readonly ofCurriculum: Int32Array;
  readonly bits: Int32Array;
  /** Lectures by course × days + day, and by course × rooms + room; and how many days and rooms a course has. */
  readonly onDay: Int32Array;
  readonly inRoom: Int32Array;
  readonly daysOf: Int32Array;
  readonly roomsOf: Int32Array;
};

export function timetableModel(timetable: Timetable, values: Int32Array): TimetableModel {
  const { days, periodsPerDay, courses } = timetable;
  const rooms = timetable.rooms.length;
  const periods = days * periodsPerDay;
  const slots = Int32Array.from({ length: periods * rooms }, (_, slot) => slot);
  const teachers = [...new Set(courses.map(({ teacher }) => teacher))];
  const current = values.slice();
  const courseOf = Int32Array.from(lectureCourses(timetable));
  const teacherOf = Int32Array.from(courses, ({ teacher }) => teachers.indexOf(teacher));
  const periodOf = slots.map((slot) => Math.floor(slot / rooms));
  const roomOf = slots.map((slot) => slot % rooms);
  const dayOfPeriod = Int32Array.from({ length: periods }, (_, period) => Math.floor(period / periodsPerDay));
  const bitOfPeriod = Int32Array.from({ length: periods }, (_, period) => 1 << (period % periodsPerDay));
  const { curricula, curriculaFrom } = curriculaByCourse(timetable);
  const inSlot = new Int32Array(slots.length);
  const inSlotSum = new Int32Array(slots.length);
  const ofTeacher = new Int32Array(teachers.length * periods);
  const ofCurriculum = new Int32Array(timetable.curricula.length * periods);
  const bits = new Int32Array(timetable.curricula.length * days);
  const onDay = new Int32Array(courses.length * days);
  const inRoom = new Int32Array(courses.length * rooms);
  const daysOf = new Int32Array(courses.length);
  const roomsOf = new Int32Array(courses.length);

  function count(lecture: number, slot: number, by: 1 | -1): void {
    const course = courseOf[lecture]!;
    const period = periodOf[slot]!;
    const day = dayOfPeriod[period]!;
    inSlot[slot]! += by;
    inSlotSum[slot]! += by * (lecture + 1);
    ofTeacher[teacherOf[course]! * periods + period]! += by;
    const edge = by === 1 ? 1 : 0; // The count at which something begins to be there, or ends.
    if ((onDay[course * days + day]! += by) === edge) daysOf[course]! += by;
    const room = course * rooms + roomOf[slot]!;
    if ((inRoom[room]! += by) === edge) roomsOf[course]! += by;
    for (let at = curriculaFrom[course]!; at < curriculaFrom[course + 1]!; at++) {
      const curriculum = curricula[at]!;
      if ((ofCurriculum[curriculum * periods + period]! += by) === edge) {
        bits[curriculum * days + day]! ^= bitOfPeriod[period]!;
      }
    }
  }
  current.forEach((slot, lecture) => count(lecture, slot, 1));

  return {
    values: current,
    rooms,
    days,
    periods,
    periodsPerDay,
    courseOf,
    teacherOf,
    periodOf,
    roomOf,
    dayOfPeriod,
    bitOfPeriod,
    curricula,
    curriculaFrom,
    inSlot,
    inSlotSum,
    ofTeacher,
    ofCurriculum,
    bits,
    onDay,
    inRoom,
    daysOf,
    roomsOf,
    assign(lecture, slot) {
      count(lecture, current[lecture]!, -1);
      current[lecture] = slot;
      count(lecture, slot, 1);
    },
  };
}

/** The course of each lecture, in the order of courses. */
export const lectureCourses = ({ courses }: Timetable): number[] =>
  courses.flatMap(({ lectures }, course) => Array.from({ length: lectures }, () => course));

/** The lectures that values stand for. */
export function lecturesOf(timetable: Timetable, values: Int32Array): Lecture[] {
  const rooms = timetable.rooms.length;
  return lectureCourses(timetable).map((course, lecture) => ({
    course,
    room: values[lecture]! % rooms,
    period: Math.floor(values[lecture]! / rooms),
  }));
}

function curriculaByCourse({ courses, curricula }: Timetable) {
  const lists = courses.map((_, course) =>
    [...curricula.keys()].filter((place) => curricula[place]!.courses.includes(course)),
  );
  const curriculaFrom = new Int32Array(courses.length + 1);
  lists.forEach((list, course) => (curriculaFrom[course + 1] = curriculaFrom[course]! + list.length));
  return { curricula: Int32Array.from(lists.flat()), curriculaFrom };
}
