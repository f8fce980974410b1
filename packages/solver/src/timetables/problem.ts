import type { Random } from "@hourwright/std";
import { put, type Move } from "../move.ts";
import type { Advice, Neighbour, Problem } from "../problem.ts";
import { timetableConstraints } from "./constraints.ts";
import { lectureCourses, timetableModel, type TimetableModel } from "./model.ts";
import type { Timetable } from "./timetable.ts";

const ADVICE: Advice = { hardPoints: 20, startTemperature: 3, endTemperature: 0.12 };

/** Lectures to be given periods and rooms. Its plan that stands is only a place to begin: every lecture in its first slot. */
export function timetableProblem(timetable: Timetable): Problem<TimetableModel> {
  const rooms = timetable.rooms.length;
  const periods = timetable.days * timetable.periodsPerDay;
  const free = timetable.courses.map(({ unavailable }) => {
    const closed = new Set(unavailable);
    return Uint8Array.from({ length: periods }, (_, period) => (closed.has(period) ? 0 : 1));
  });
  const domains = free.map((open) =>
    Int32Array.from({ length: periods * rooms }, (_, slot) => slot).filter(
      (slot) => open[Math.floor(slot / rooms)] === 1,
    ),
  );
  const courses = lectureCourses(timetable);
  return {
    start: Int32Array.from(courses, (course) => domains[course]![0]!),
    domainOf: (lecture) => domains[courses[lecture]!]!,
    model: (values) => timetableModel(timetable, values),
    constraints: timetableConstraints(timetable),
    neighbours: neighboursOf(free, domains, inCommon(timetable)),
    advice: ADVICE,
  };
}

/** How many teachers and curricula two courses have in common: course × courses + course. */
function inCommon({ courses, curricula }: Timetable): Uint16Array {
  const common = new Uint16Array(courses.length ** 2);
  const add = (members: readonly number[]) => {
    for (const a of members) for (const b of members) common[a * courses.length + b]! += 1;
  };
  for (const curriculum of curricula) add(curriculum.courses);
  for (const teacher of new Set(courses.map((course) => course.teacher))) {
    add([...courses.keys()].filter((course) => courses[course]!.teacher === teacher));
  }
  return common;
}

/** Slots that are looked at for one where nothing clashes: nearly all moves that clash are refused, and weighing costs more than looking. */
const TRIES_MAX = 8;

const CHAIN_MAX = 12;

function isIn({ size, variables }: Move, variable: number): boolean {
  for (let i = 0; i < size; i++) if (variables[i] === variable) return true;
  return false;
}

function neighboursOf(
  free: readonly Uint8Array[],
  domains: readonly Int32Array[],
  common: Uint16Array,
): Neighbour<TimetableModel>[] {
  const any = (random: Random, count: number): number => Math.floor(random() * count);

  /** What a course would clash with in a period, were another course's lecture not there. */
  function clashes(model: TimetableModel, course: number, period: number, without: number): number {
    const { teacherOf, ofTeacher, ofCurriculum, curricula, curriculaFrom, periods } = model;
    let count = ofTeacher[teacherOf[course]! * periods + period]!;
    const end = curriculaFrom[course + 1]!;
    for (let at = curriculaFrom[course]!; at < end; at++) count += ofCurriculum[curricula[at]! * periods + period]!;
    return without === -1 ? count : count - common[course * free.length + without]!;
  }

  /** To a slot; who is there comes here in exchange, if that can be. Says whether nothing clashes then. */
  function goTo(model: TimetableModel, move: Move, lecture: number, slot: number): boolean {
    const { values, courseOf, periodOf, inSlot, inSlotSum } = model;
    move.size = 0;
    const from = values[lecture]!;
    if (slot === from) return false;
    const course = courseOf[lecture]!;
    const [was, will] = [periodOf[from]!, periodOf[slot]!];
    put(move, lecture, slot);
    if (inSlot[slot] !== 1) return was === will || clashes(model, course, will, -1) === 0;
    const other = inSlotSum[slot]! - 1;
    const otherCourse = courseOf[other]!;
    put(move, other, from);
    if (was === will) return true;
    if (free[otherCourse]![was] === 0) {
      move.size = 0;
      return false;
    }
    return clashes(model, course, will, otherCourse) === 0 && clashes(model, otherCourse, was, course) === 0;
  }

  /**
   * A lecture goes to another period and keeps its room; whoever it meets there (the same teacher, curriculum or room) comes here, and
   * so on: a Kempe chain. Nothing when the chain is long or one of it is not available.
   */
  function chain(model: TimetableModel, move: Move, lecture: number, other: number): void {
    const { values, courseOf, periodOf, rooms, inSlot, inSlotSum } = model;
    const first = periodOf[values[lecture]!]!;
    if (first === other) return;
    put(move, lecture, other * rooms + (values[lecture]! % rooms));
    for (let i = 0; i < move.size; i++) {
      const member = move.variables[i]!;
      const course = courseOf[member]!;
      const slot = move.values[i]!;
      const period = periodOf[slot]!;
      if (free[course]![period] === 0) move.size = 0;
      if (move.size === 0) return;
      const back = (period === other ? first : other) * rooms;
      for (let at = period * rooms; at < (period + 1) * rooms; at++) {
        if (inSlot[at] !== 1) continue;
        const met = inSlotSum[at]! - 1;
        if (at !== slot && common[course * free.length + courseOf[met]!] === 0) continue;
        if (isIn(move, met)) continue;
        if (move.size === CHAIN_MAX) {
          move.size = 0;
          return;
        }
        put(move, met, back + (at - period * rooms));
      }
    }
  }

  return [
    {
      name: "to any slot",
      share: 0.75,
      propose(model, random, move) {
        const lecture = any(random, model.values.length);
        const domain = domains[model.courseOf[lecture]!]!;
        let tries = 0;
        while (tries < TRIES_MAX && !goTo(model, move, lecture, domain[any(random, domain.length)]!)) tries++;
      },
    },
    {
      name: "chain between two periods",
      share: 0.2,
      propose(model, random, move) {
        const lecture = any(random, model.values.length);
        const domain = domains[model.courseOf[lecture]!]!;
        chain(model, move, lecture, model.periodOf[domain[any(random, domain.length)]!]!);
      },
    },
    {
      name: "to another room",
      share: 0.05,
      propose(model, random, move) {
        const lecture = any(random, model.values.length);
        const slot = model.values[lecture]!;
        goTo(model, move, lecture, slot - model.roomOf[slot]! + any(random, model.rooms));
      },
    },
  ];
}
