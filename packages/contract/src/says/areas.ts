import { addressSays } from "./addresses.ts";
import { bookingSays } from "./bookings.ts";
import { leagueSays } from "./leagues.ts";
import { requestSays } from "./request.ts";
import { workforceSays } from "./workforce.ts";
import { identitySays } from "./identity.ts";
import { planningSays } from "./planning.ts";
import { approvalSays } from "./approvals.ts";
import { calendarSays } from "./calendars.ts";
import { claimSays } from "./claims.ts";
import { fileSays } from "./files.ts";
import { jobSays } from "./jobs.ts";
import { mailSays } from "./mail.ts";
import { learningSays } from "./learning.ts";
import { undoSays } from "./undo.ts";
import { providerSays } from "./providers.ts";

/** Every reason there is, by area: what pages in other languages say as well. */
export const saysByArea = {
  addresses: addressSays,
  bookings: bookingSays,
  leagues: leagueSays,
  request: requestSays,
  workforce: workforceSays,
  identity: identitySays,
  planning: planningSays,
  approvals: approvalSays,
  calendars: calendarSays,
  claims: claimSays,
  files: fileSays,
  jobs: jobSays,
  mail: mailSays,
  learning: learningSays,
  undo: undoSays,
  providers: providerSays,
} as const;
