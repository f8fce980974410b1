// What works on values alone: compute threads load it, and nothing of the database with it.
export { numbersOfSites, waysBetween } from "./places/model.ts";
export type { Book } from "./rules/book.ts";
export { asksForPlaces } from "./rules/decide.ts";
export { shownBroken } from "./rules/model.ts";
export { objecting } from "./rules/objecting.ts";
export { barredAmong, hasHard } from "./rules/scene.ts";
export { openTimeOf, situationFrom, type CommitmentDate } from "./situation.ts";
export { movedAlone, type Described, type ShownConflict } from "./tell.ts";
