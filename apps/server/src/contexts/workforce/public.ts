export { accountOperations } from "./accounts/operations.ts";
export { adjustmentApproval } from "./adjustments/approval.ts";
export { adjustmentOperations } from "./adjustments/operations.ts";
export type { StoredAdjustment } from "./adjustments/model.ts";
export { putAdjustments as insertAdjustments } from "./adjustments/store.ts";
export type { Version } from "./contracts/model.ts";
export { insertVersions, putRuleSetRow as storeRuleSet } from "./contracts/store.ts";
export { contractOperations } from "./contracts/operations.ts";
export { ruleSetOperations } from "./contracts/rule-sets.ts";
export { demandOperations } from "./demand/operations.ts";
export { draftOperations } from "./drafts/operations.ts";
export { publicationOperations } from "./publications/operations.ts";
export { isRosterNews, rosterNewsOf, type RosterNews } from "./publications/news.ts";
export { decideWeek } from "./decide.ts";
export { holidaysHere } from "./holidays/library.ts";
export { holidaysOnThread } from "./holidays/library.task.ts";
export { holidayDays } from "./holidays/queries.ts";
export { storeRegion, yearsAround } from "./holidays/store.ts";
export { availabilityOperations } from "./hours/operations.ts";
export { ORGANISATION, type StoredLayer } from "./hours/model.ts";
export { awayAt, whyClosed } from "./hours/queries.ts";
export { storeLayers } from "./hours/store.ts";
export { workforceOperations } from "./operations.ts";
export {
  AVAILABILITY,
  availabilityReconciler,
  closeUntilHandedIn,
  handInHoursOf,
  PEOPLE_OF_A_UNIT,
} from "./reconcilers.ts";
export { describeDuties } from "./duties/claim.ts";
export { scheduleOperations } from "./schedules/operations.ts";
export { skillFacts, skillOperations } from "./skills/operations.ts";
export { insertHolidays } from "./store.ts";
export { inverseOfWorkforce, summaryOfWorkforce } from "./undo.ts";
