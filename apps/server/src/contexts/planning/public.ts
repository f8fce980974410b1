export { conflictById, conflictsFor, type Describe } from "./conflicts.ts";
export { pollOperations } from "./polls/operations.ts";
export { pollNewsOf } from "./polls/queries.ts";
export { draftNewsOf } from "./drafts/queries.ts";
export type { EventNow, EventRef } from "./drafts/model.ts";
export { planningOperations } from "./operations.ts";
export { answerConsumer, type HourDeed } from "./answers/consumer.ts";
export { notLearnedFrom } from "./answers/store.ts";
export { inverseOfPlanning, summaryOfPlanning } from "./undo.ts";
export {
  asksPlugins,
  claimsOf,
  foreseenBy,
  objectionsTo,
  type AgainstPorts,
  type Foreseen,
} from "./plugins/against.ts";
export { openPlugins } from "./plugins/asking.ts";
export { switchedOffBy } from "./plugins/model.ts";
export { PLANS_AT_ONCE, searchHandler } from "./schedules/search.ts";
export { rulesNaming } from "./rules/store.ts";
export { judgeFor } from "./rules/judge.ts";
export { bookOf, groupReachOf, reachOf, type HeldSkill, type RuleFacts, type SkillFacts } from "./rules/book.ts";
export { placesOf } from "./places/store.ts";
