import { addressProblems } from "./problems/addresses.ts";
import { approvalProblems } from "./problems/approvals.ts";
import { bookingProblems } from "./problems/bookings.ts";
import { bundleProblems } from "./problems/bundles.ts";
import { calendarProblems } from "./problems/calendars.ts";
import { claimProblems } from "./problems/claims.ts";
import { fileProblems } from "./problems/files.ts";
import { identityProblems } from "./problems/identity.ts";
import { jobProblems } from "./problems/jobs.ts";
import { leagueProblems } from "./problems/leagues.ts";
import { learningProblems } from "./problems/learning.ts";
import { mailProblems } from "./problems/mail.ts";
import { planningProblems } from "./problems/planning.ts";
import { providerProblems } from "./problems/providers.ts";
import { requestProblems } from "./problems/request.ts";
import { undoProblems } from "./problems/undo.ts";
import { workforceProblems } from "./problems/workforce.ts";

export {
  addressProblems,
  approvalProblems,
  bookingProblems,
  bundleProblems,
  calendarProblems,
  claimProblems,
  fileProblems,
  identityProblems,
  jobProblems,
  leagueProblems,
  learningProblems,
  mailProblems,
  planningProblems,
  providerProblems,
  requestProblems,
  undoProblems,
  workforceProblems,
};

/** Every refusal there is, for the pages under `/problems/` and the checks. */
export const problemAreas = [
  requestProblems,
  identityProblems,
  workforceProblems,
  claimProblems,
  bundleProblems,
  calendarProblems,
  planningProblems,
  providerProblems,
  bookingProblems,
  mailProblems,
  learningProblems,
  leagueProblems,
  addressProblems,
  approvalProblems,
  undoProblems,
  jobProblems,
  fileProblems,
] as const;
