import type { InAnyLanguage, saysByArea as english } from "@hourwright/contract";
import type { Formats } from "../format.ts";
import type { Refusals } from "../refusals.ts";
import { titles } from "./refusal-titles.ts";
import { addressSays } from "./says/addresses.ts";
import { bookingSays } from "./says/bookings.ts";
import { leagueSays } from "./says/leagues.ts";
import { requestSays } from "./says/request.ts";
import { workforceSays } from "./says/workforce.ts";
import { identitySays } from "./says/identity.ts";
import { planningSays } from "./says/planning.ts";
import { approvalSays } from "./says/approvals.ts";
import { calendarSays } from "./says/calendars.ts";
import { claimSays } from "./says/claims.ts";
import { fileSays } from "./says/files.ts";
import { jobSays } from "./says/jobs.ts";
import { mailSays } from "./says/mail.ts";
import { learningSays } from "./says/learning.ts";
import { undoSays } from "./says/undo.ts";
import { providerSays } from "./says/providers.ts";

type ByArea = { readonly [Area in keyof typeof english]: InAnyLanguage<(typeof english)[Area]> };
type Says = Readonly<Record<string, Readonly<Record<string, (facts: never) => string>>>>;

const saysIn = (format: Formats): ByArea => ({
  addresses: addressSays(format),
  bookings: bookingSays(format),
  leagues: leagueSays(format),
  request: requestSays(format),
  identity: identitySays(format),
  planning: planningSays(format),
  approvals: approvalSays(format),
  calendars: calendarSays(format),
  claims: claimSays(format),
  files: fileSays(format),
  jobs: jobSays(),
  mail: mailSays(),
  learning: learningSays(),
  undo: undoSays(format),
  providers: providerSays(format),
  workforce: workforceSays(format),
});

/** Refusals in German, by area, name and reason. A kind that the page does not know is told in the server's words. */
export const refusals: Refusals = (format: Formats) => {
  const areas: Readonly<Record<string, Says>> = saysIn(format);
  const known: Readonly<Record<string, readonly [string, string] | undefined>> = titles;
  return ({ code, because, reason, facts, detail: inEnglish }) => {
    const said = Object.hasOwn(titles, code) ? known[code] : undefined;
    if (said === undefined) return null;
    const [title, detail] = said;
    // What was refused for what something else was refused for says that.
    const [area, name] = (typeof because === "string" ? because : code).split("/") as [string, string];
    const say = ownOf(ownOf(ownOf(areas, area), name), reason);
    if (say !== undefined && facts !== undefined) return { title, detail: say(facts as never) };
    return { title, detail: detail === "" ? inEnglish : detail };
  };
};

function ownOf<Value>(of: Readonly<Record<string, Value>> | undefined, key: unknown): Value | undefined {
  return of !== undefined && typeof key === "string" && Object.hasOwn(of, key) ? of[key] : undefined;
}
