export { catalogue, type Catalogue, type OperationId } from "./catalogue.ts";
export { asciiAddress, mailAddress, whyNoAddress } from "./mail-address.ts";
export { printGraphql } from "./print/graphql.ts";
export { printOpenApi } from "./print/openapi.ts";
export { printProto, type FieldLock } from "./print/proto.ts";
export {
  operation,
  type Example,
  type Operation,
  type OperationAnswer,
  type OperationCall,
  type OperationInput,
  type OperationProblem,
  type Permission,
  type RateClass,
} from "./operation.ts";
export {
  defineProblems,
  isRefused,
  itemProblemOf,
  toProblemJson,
  type ItemProblem,
  type Problem,
  type ProblemArea,
  type ProblemKind,
  type Refused,
} from "./problem.ts";
export {
  addressProblems,
  approvalProblems,
  bundleProblems,
  calendarProblems,
  claimProblems,
  identityProblems,
  jobProblems,
  leagueProblems,
  learningProblems,
  bookingProblems,
  mailProblems,
  planningProblems,
  problemAreas,
  providerProblems,
  requestProblems,
  undoProblems,
  workforceProblems,
} from "./problems.ts";
export {
  liveCloseCodes,
  liveFromClient,
  liveFromServer,
  type LiveChange,
  type LiveFromClient,
  type LiveFromServer,
} from "./areas/live.ts";
export { type InAnyLanguage, type Says } from "./says.ts";
export { saysByArea } from "./says/areas.ts";
export { addressSays, refuseAddress } from "./says/addresses.ts";
export { bookingSays, refuseBooking, type BookingDeed } from "./says/bookings.ts";
export { leagueSays, refuseLeague } from "./says/leagues.ts";
export { identitySays, refuseIdentity } from "./says/identity.ts";
export { planningSays, refusePlanning } from "./says/planning.ts";
export { approvalSays, refuseApproval } from "./says/approvals.ts";
export { calendarSays, refuseCalendar } from "./says/calendars.ts";
export { claimSays, refuseClaim } from "./says/claims.ts";
export { fileSays, refuseFile } from "./says/files.ts";
export { jobSays, refuseJob } from "./says/jobs.ts";
export { mailSays, refuseMail } from "./says/mail.ts";
export { learningSays, refuseLearning } from "./says/learning.ts";
export { undoSays, refuseUndo } from "./says/undo.ts";
export { providerSays, refuseProvider } from "./says/providers.ts";
export { refuseRequest, requestSays } from "./says/request.ts";
export { refuseObjected, refuseWork, workforceSays } from "./says/workforce.ts";
export { slotChangeFacts, slotReasonFacts, subjectReasonFacts } from "./slot-reasons.ts";
export * as limits from "./limits.ts";
