export { accountOperations } from "./accounts/operations.ts";
export { adjustmentApproval } from "./adjustments/approval.ts";
export { adjustmentOperations } from "./adjustments/operations.ts";
export type { StoredAdjustment } from "./adjustments/model.ts";
export { insertAdjustments } from "./adjustments/store.ts";
export { createAskedLinks, organisationOfLink, type AskedLinks } from "./asked/links.ts";
export { isOpenFor, isWorkforceNews, workforceNewsOf, type WorkforceNews } from "./asked/news.ts";
export { askedOperations } from "./asked/operations.ts";
export { callForCover } from "./covers/commands.ts";
export { coverOperations } from "./covers/operations.ts";
export { coverReconciler } from "./covers/reconcilers.ts";
export { postOpenShifts } from "./open-shifts/commands.ts";
export { openShiftOperations } from "./open-shifts/operations.ts";
export { proposeSwap } from "./swaps/commands.ts";
export { swapOperations } from "./swaps/operations.ts";
export type { Version } from "./contracts/model.ts";
export { insertVersions, putRuleSetRow as storeRuleSet } from "./contracts/store.ts";
export { dayText } from "./contracts/terms.ts";
export { contractOperations } from "./contracts/operations.ts";
export { ruleSetOperations } from "./contracts/rule-sets.ts";
export { createDemand } from "./demand/commands.ts";
export { demandOperations } from "./demand/operations.ts";
export { createDraft, editDraft } from "./drafts/commands.ts";
export type { WrittenEdit } from "./drafts/model.ts";
export { publishDraft } from "./publications/publish.ts";
export { createSkill, giveSkill } from "./skills/commands.ts";
export { shiftFileOperations } from "./drafts/import.ts";
export { draftOperations } from "./drafts/operations.ts";
export { rosterPlanHandler } from "./roster-plans/handler.ts";
export { rosterPlanOperations } from "./roster-plans/operations.ts";
export { publicationOperations } from "./publications/operations.ts";
export { isRosterNews, rosterNewsOf, type RosterNews } from "./publications/news.ts";
export { figureOperations } from "./figures/operations.ts";
export { holidaysHere } from "./holidays/library.ts";
export { holidaysOnThread } from "./holidays/library.task.ts";
export { holidayDays } from "./holidays/queries.ts";
export { storeRegion, yearsAround } from "./holidays/store.ts";
export { availabilityOperations } from "./hours/operations.ts";
export { ORGANISATION, type StoredLayer } from "./hours/model.ts";
export { awayAt, closedText, whyClosed, type ClosedBecause } from "./hours/queries.ts";
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
export { shiftsCalendar } from "./schedules/calendar-file.ts";
export { scheduleOperations } from "./schedules/operations.ts";
export { skillFacts, skillOperations } from "./skills/operations.ts";
export { insertHolidays } from "./store.ts";
export { staffHandler } from "./staff/job.ts";
export { staffOperations } from "./staff/operations.ts";
export type { StaffPorts } from "./staff/take-in.ts";
export { inverseOfWorkforce, summaryOfWorkforce } from "./undo.ts";
