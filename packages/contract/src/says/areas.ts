import { bookingSays } from "./bookings.ts";
import { leagueSays } from "./leagues.ts";
import { requestSays } from "./request.ts";
import { workforceSays } from "./workforce.ts";
import { identitySays } from "./identity.ts";
import { planningSays } from "./planning.ts";

/** Every reason there is, by area: what pages in other languages say as well. */
export const saysByArea = {
  bookings: bookingSays,
  leagues: leagueSays,
  request: requestSays,
  workforce: workforceSays,
  identity: identitySays,
  planning: planningSays,
} as const;
