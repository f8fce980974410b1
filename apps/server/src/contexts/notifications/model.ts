import type { ApprovalNews } from "../approvals/public.ts";
import type { RosterNews } from "../workforce/public.ts";
import type { EventNews, ProposalNews } from "../calendars/public.ts";
import type { WorkforceNews } from "../workforce/public.ts";

/** How long a notice waits, so that undo also takes back what would have been said. */
export const NOTICE_WAIT_MS = 10_000;

/** People who are told of one request: a bundle of 500 events of 500 people each would tell the whole house at once. */
export const NOTICES_OF_A_REQUEST_MAX = 5_000;

/** Nobody is told of a change that was made longer ago: the process was away all that time. */
export const LATE_MS_MAX = 3_600_000;

/** Changes of one request that are looked at. */
export const CHANGES_TOLD_MAX = 500;

/** What one person is told of one event, or of a poll or proposal that asks them: then its id is in the place of the event's. */
export type Notice = {
  readonly id: string;
  readonly eventId: string;
  readonly kind:
    | "invited"
    | "moved"
    | "cancelled"
    | "proposed"
    | "declined"
    | "asked"
    | "switched-off"
    | "review"
    | "review-accepted"
    | "review-declined"
    | ApprovalNews["kind"]
    | RosterNews["kind"]
    | WorkforceNews["kind"];
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
  readonly byPersonId: string | null;
  readonly byName: string;
  readonly madeMs: number;
  readonly isRead: boolean;
  /** Of `proposed` and `declined`: the time that somebody proposed for the event, which is at the times above. */
  readonly proposal: ProposalNews["proposal"] | null;
};

/** That a plug-in was switched off, for one administrator: the plug-in stands where the event stands. */
export type PluginNews = Omit<EventNews, "kind"> & { readonly kind: "switched-off" };

/** Administrators who are told of it. */
export const ADMINISTRATORS_TOLD_MAX = 20;

/** What fills the demo is nobody's act: nobody is told of it, and nobody is written to. */
export const isFilling = (operation: string): boolean => operation.startsWith("demo.");

/**
 * Requests whose changes are told: what people do one at a time. An import brings thousands of events that were agreed
 * elsewhere, and the system moves nothing behind people's backs.
 */
export const isTold = (operation: string): boolean =>
  operation.startsWith("events.") ||
  operation.startsWith("polls.") ||
  operation.startsWith("proposals.") ||
  ["repairs.apply", "requests.undo", "drafts.publish"].includes(operation);
