import type { Random } from "@hourwright/std";
import { put, type Move } from "../move.ts";
import type { Advice, Neighbour, Problem } from "../problem.ts";
import { timetableConstraints } from "./constraints.ts";
import { lectureCourses, timetableModel, type TimetableModel } from "./model.ts";
import type { Timetable } from "./timetable.ts";

const ADVICE: Advice = { hardPoints: 20, startTemperature: 10, endTemperature: 0.15 };

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
    neighbours: neighboursOf(free, domains),
    advice: ADVICE,
  };
}

function neighboursOf(free: readonly Uint8Array[], domains: readonly Int32Array[]): Neighbour<TimetableModel>[] {
  /** To a slot; who is there comes here in exchange, if that can be. */
  function goTo(
    { values, courseOf, periodOf, inSlot, inSlotSum }: TimetableModel,
    move: Move,
    lecture: number,
    slot: number,
  ) {
    const from = values[lecture]!;
    if (slot === from) return;
    put(move, lecture, slot);
    if (inSlot[slot] !== 1) return;
    const other = inSlotSum[slot]! - 1;
    if (free[courseOf[other]!]![periodOf[from]!] === 1) put(move, other, from);
    else move.size = 0;
  }
  const any = (random: Random, count: number): number => Math.floor(random() * count);

  return [
    {
      name: "to any slot",
      share: 0.8,
      propose(model, random, move) {
        const lecture = any(random, model.values.length);
        const domain = domains[model.courseOf[lecture]!]!;
        goTo(model, move, lecture, domain[any(random, domain.length)]!);
      },
    },
    {
      name: "to another room",
      share: 0.2,
      propose(model, random, move) {
        const lecture = any(random, model.values.length);
        const slot = model.values[lecture]!;
        goTo(model, move, lecture, slot - model.roomOf[slot]! + any(random, model.rooms));
      },
    },
  ];
}
