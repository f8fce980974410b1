export type { Read } from "../reading.ts";
export { printSolution, readCtt, readSolution } from "./ctt.ts";
export { lecturesOf, type TimetableModel } from "./model.ts";
export { timetableProblem } from "./problem.ts";
export { PRICES, type Course, type Curriculum, type Lecture, type Room, type Timetable } from "./timetable.ts";
export { validate, type Costs } from "./validate.ts";
