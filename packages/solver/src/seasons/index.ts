export type { Read } from "../reading.ts";
export { judge, type Verdict } from "./judge.ts";
export { printMatches, readMatches, readSeason } from "./robinx.ts";
export { planSeason, type FoundSeason, type SeasonSearch } from "./search.ts";
export { KINDS, type Match, type Season, type SeasonConstraint } from "./season.ts";
