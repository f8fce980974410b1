import { addressed, type SchedulingMessage } from "./message.ts";
import { userAddress, type Party } from "./party.ts";
import type { Scheduled } from "./scheduled.ts";
import { invitedTo, viewsOf } from "./views.ts";

/** The invitation as it stands, for these attendees: what answers a REFRESH, or is sent once more. */
export function requestsFor(object: Scheduled, recipients: readonly string[], nowMs: number): SchedulingMessage[] {
  const { organizer } = object;
  if (organizer === null) return [];
  const views = viewsOf(object, nowMs);
  return recipients.flatMap((recipient) => {
    const invited = [...invitedTo(object, userAddress(recipient)).values()];
    const to: Party | undefined = invited[0]?.attendees.get(userAddress(recipient));
    if (to === undefined) return [];
    const calendar = views.request(invited);
    return [addressed({ method: "REQUEST", object, calendar, from: organizer, to, change: "none", isForced: true })];
  });
}
