export { openLeague } from "./demo.ts";
export { leagueCalendar } from "./file.ts";
export { leaguePlanHandler } from "./handler.ts";
export { leagueOperations } from "./operations.ts";
export { inverseOfLeagues, summaryOfLeagues } from "./undo.ts";
export { leagueInCalendar } from "./store.ts";
