import { isRefused } from "@hourwright/contract";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { availabilityInWindow, claimsInWindow } from "./store.ts";
import { windowOfInstants } from "./window.ts";

const CLAIMS_OF_AN_ANSWER_MAX = 20_000;

const text = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** Free/busy tells when, never what: so everyone of an organisation may ask for everyone. */
export const claimOperations: Handlers<"subjects.freeBusy"> = {
  "subjects.freeBusy": async ({ query }, context) => {
    const window = windowOfInstants(query);
    if (isRefused(window)) return window;
    const { fromMs, toMs } = window;
    return context.read(async (unit) => {
      const claims = await claimsInWindow(unit, query.subjects, fromMs, toMs, {
        withPending: false,
        limit: CLAIMS_OF_AN_ANSWER_MAX,
      });
      const open = await availabilityInWindow(unit, query.subjects, fromMs, toMs);
      return {
        items: query.subjects.map((subjectId) => ({
          subjectId,
          available: open
            .filter((each) => each.subjectId === subjectId)
            .map(({ startMs, endMs }) => ({ start: text(startMs), end: text(endMs) })),
          busy: claims
            .filter((claim) => claim.subjectId === subjectId)
            .sort((a, b) => a.startMs - b.startMs)
            .map(({ startMs, endMs, status, policy }) => ({
              start: text(startMs),
              end: text(endMs),
              status: policy === "observe" ? ("observed" as const) : status,
            })),
        })),
      };
    });
  },
};
