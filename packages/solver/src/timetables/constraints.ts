import { ruleOfPlaces, type Constraint } from "../constraint.ts";
import type { TimetableModel } from "./model.ts";
import { PRICES, type Timetable } from "./timetable.ts";

/** The six rules of the competition that a solver can break; the lectures are all there, and in periods that are available, by construction. */
export const timetableConstraints = (timetable: Timetable): Constraint<TimetableModel>[] => [
  conflicts(timetable),
  occupancy(timetable),
  capacity(timetable),
  workingDays(timetable),
  compactness(timetable),
  stability(timetable),
];

const pairsOf = (count: number): number => (count * (count - 1)) / 2;

/** A teacher, and the students of a curriculum, are in one lecture at a time; a unit is a pair of lectures for each of them. */
function conflicts(timetable: Timetable): Constraint<TimetableModel> {
  return {
    name: "conflicts",
    level: "hard",
    weight: 1,
    on(model) {
      const { courseOf, teacherOf, periodOf, periods, ofTeacher, ofCurriculum, curricula, curriculaFrom } = model;
      const teachers = ofTeacher.length;
      return ruleOfPlaces({
        places: teachers + ofCurriculum.length,
        unitsAt: (place) => pairsOf(place < teachers ? ofTeacher[place]! : ofCurriculum[place - teachers]!),
        breachAt(place) {
          const period = (place < teachers ? place : place - teachers) % periods;
          const curriculum = place < teachers ? null : Math.floor((place - teachers) / periods);
          const isMeant = (course: number) =>
            curriculum === null
              ? teacherOf[course] === Math.floor(place / periods)
              : timetable.curricula[curriculum]!.courses.includes(course);
          const variables = lecturesWhere(
            model,
            (lecture, slot) => periodOf[slot] === period && isMeant(courseOf[lecture]!),
          );
          const who =
            curriculum === null
              ? `Teacher ${timetable.courses[courseOf[variables[0]!]!]!.teacher}`
              : `Curriculum ${timetable.curricula[curriculum]!.id}`;
          return {
            variables,
            sentence: `${who} has ${variables.length} lectures in ${periodWords(timetable, period)}.`,
          };
        },
        delta(lecture, from, to) {
          const was = periodOf[from]!;
          const will = periodOf[to]!;
          if (was === will) return 0;
          const course = courseOf[lecture]!;
          const teacher = teacherOf[course]! * periods;
          let more = ofTeacher[teacher + will]! - ofTeacher[teacher + was]! + 1;
          const end = curriculaFrom[course + 1]!;
          for (let at = curriculaFrom[course]!; at < end; at++) {
            const row = curricula[at]! * periods;
            more += ofCurriculum[row + will]! - ofCurriculum[row + was]! + 1;
          }
          return more;
        },
      });
    },
  };
}

/** One lecture in a room at a time; a unit is a pair. */
function occupancy(timetable: Timetable): Constraint<TimetableModel> {
  return {
    name: "occupancy",
    level: "hard",
    weight: 1,
    on(model) {
      const { inSlot, periodOf, roomOf } = model;
      return ruleOfPlaces({
        places: inSlot.length,
        unitsAt: (slot) => pairsOf(inSlot[slot]!),
        breachAt: (slot) => ({
          variables: lecturesWhere(model, (_, other) => other === slot),
          sentence: `Room ${timetable.rooms[roomOf[slot]!]!.id} has ${inSlot[slot]} lectures in ${periodWords(timetable, periodOf[slot]!)}.`,
        }),
        delta: (_, from, to) => inSlot[to]! - inSlot[from]! + 1,
      });
    },
  };
}

/** Everybody has a seat; a unit is a student without one. */
function capacity({ courses, rooms }: Timetable): Constraint<TimetableModel> {
  return {
    name: "capacity",
    level: "soft",
    weight: PRICES.capacity,
    on({ values, courseOf, roomOf }) {
      const standing = Int32Array.from({ length: courses.length * rooms.length }, (_, place) =>
        Math.max(0, courses[Math.floor(place / rooms.length)]!.students - rooms[place % rooms.length]!.seats),
      );
      const count = rooms.length;
      return ruleOfPlaces({
        places: values.length,
        unitsAt: (lecture) => standing[courseOf[lecture]! * count + roomOf[values[lecture]!]!]!,
        breachAt(lecture) {
          const [course, room] = [courses[courseOf[lecture]!]!, rooms[roomOf[values[lecture]!]!]!];
          const sentence = `${course.id} has ${course.students} students and room ${room.id} ${room.seats} seats.`;
          return { variables: [lecture], sentence };
        },
        delta(lecture, from, to) {
          const row = courseOf[lecture]! * count;
          return standing[row + roomOf[to]!]! - standing[row + roomOf[from]!]!;
        },
      });
    },
  };
}

/** A course is spread over enough days; a unit is a day that lacks. */
function workingDays({ courses }: Timetable): Constraint<TimetableModel> {
  return {
    name: "days",
    level: "soft",
    weight: PRICES.days,
    on(model) {
      const { courseOf, periodOf, dayOfPeriod, onDay, daysOf, days } = model;
      const least = Int32Array.from(courses, ({ daysLeast }) => daysLeast);
      return ruleOfPlaces({
        places: courses.length,
        unitsAt: (course) => Math.max(0, least[course]! - daysOf[course]!),
        breachAt: (course) => ({
          variables: lecturesWhere(model, (lecture) => courseOf[lecture] === course),
          sentence: `${courses[course]!.id} is on ${daysOf[course]} of at least ${least[course]} days.`,
        }),
        delta(lecture, from, to) {
          const was = dayOfPeriod[periodOf[from]!]!;
          const will = dayOfPeriod[periodOf[to]!]!;
          if (was === will) return 0;
          const course = courseOf[lecture]!;
          const lost = onDay[course * days + was] === 1 ? 1 : 0;
          const won = onDay[course * days + will] === 0 ? 1 : 0;
          if (lost === won) return 0;
          const has = daysOf[course]!;
          if (lost === 1) return has <= least[course]! ? 1 : 0;
          return has < least[course]! ? -1 : 0;
        },
      });
    },
  };
}

/** Lectures of a curriculum stand beside one another; a unit is a period of it without another before or after on the day. */
function compactness(timetable: Timetable): Constraint<TimetableModel> {
  return {
    name: "compactness",
    level: "soft",
    weight: PRICES.compactness,
    on(model) {
      const { courseOf, periodOf, dayOfPeriod, bitOfPeriod, curricula, curriculaFrom } = model;
      const { periods, periodsPerDay, days, ofCurriculum, bits } = model;
      const alone = Uint8Array.from({ length: 1 << periodsPerDay }, (_, day) =>
        bitCount(day & ~(day << 1) & ~(day >> 1)),
      );
      return ruleOfPlaces({
        places: bits.length,
        unitsAt: (place) => alone[bits[place]!]!,
        breachAt(place) {
          const [curriculum, day] = [Math.floor(place / days), place % days];
          const { id, courses } = timetable.curricula[curriculum]!;
          const sentence = `Curriculum ${id} has lectures on day ${day + 1} that stand alone.`;
          const variables = lecturesWhere(
            model,
            (lecture, slot) => dayOfPeriod[periodOf[slot]!] === day && courses.includes(courseOf[lecture]!),
          );
          return { variables, sentence };
        },
        concerns: (lecture) => curriculaFrom[courseOf[lecture]!] !== curriculaFrom[courseOf[lecture]! + 1],
        delta(lecture, from, to) {
          const was = periodOf[from]!;
          const will = periodOf[to]!;
          if (was === will) return 0;
          const course = courseOf[lecture]!;
          const [wasBit, willBit] = [bitOfPeriod[was]!, bitOfPeriod[will]!];
          const [wasDay, willDay] = [dayOfPeriod[was]!, dayOfPeriod[will]!];
          const end = curriculaFrom[course + 1]!;
          let more = 0;
          for (let at = curriculaFrom[course]!; at < end; at++) {
            const curriculum = curricula[at]!;
            const before = bits[curriculum * days + wasDay]!;
            const left = ofCurriculum[curriculum * periods + was] === 1 ? before ^ wasBit : before;
            if (wasDay === willDay) {
              more += alone[left | willBit]! - alone[before]!;
              continue;
            }
            const other = bits[curriculum * days + willDay]!;
            more += alone[left]! - alone[before]! + alone[other | willBit]! - alone[other]!;
          }
          return more;
        },
      });
    },
  };
}

/** A course is in one room; a unit is a room more. */
function stability({ courses }: Timetable): Constraint<TimetableModel> {
  return {
    name: "stability",
    level: "soft",
    weight: PRICES.stability,
    on(model) {
      const { courseOf, roomOf, inRoom, roomsOf, rooms } = model;
      return ruleOfPlaces({
        places: courses.length,
        unitsAt: (course) => Math.max(0, roomsOf[course]! - 1),
        breachAt: (course) => ({
          variables: lecturesWhere(model, (lecture) => courseOf[lecture] === course),
          sentence: `${courses[course]!.id} is in ${roomsOf[course]} rooms.`,
        }),
        delta(lecture, from, to) {
          const was = roomOf[from]!;
          const will = roomOf[to]!;
          if (was === will) return 0;
          const row = courseOf[lecture]! * rooms;
          return (inRoom[row + will] === 0 ? 1 : 0) - (inRoom[row + was] === 1 ? 1 : 0);
        },
      });
    },
  };
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const lecturesWhere = ({ values }: TimetableModel, isMeant: (lecture: number, slot: number) => boolean): number[] =>
  [...values.keys()].filter((lecture) => isMeant(lecture, values[lecture]!));

const periodWords = ({ periodsPerDay }: Timetable, period: number): string =>
  `period ${(period % periodsPerDay) + 1} of day ${Math.floor(period / periodsPerDay) + 1}`;
