export { seededRosterProblem } from "./rosters/testing.ts";
