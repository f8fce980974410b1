// What works on values alone: compute threads load it, and nothing of the database with it.
export { decideWeek } from "./decide.ts";
