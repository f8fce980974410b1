// Who may say what (RFC 5546 §6): only its organizer speaks of an object, and every attendee for himself.

import { ignore, type Ignored, type Received } from "./outcome.ts";
import type { Party } from "./party.ts";
import { partsOf, type Scheduled } from "./scheduled.ts";

/** Who speaks in a message, and who sent it when that is another. */
export type Speaker = { readonly kind: "speaker"; readonly address: string; readonly sentBy: string | null };

/**
 * The organizer, when the message is his: of the stored object, and where there is none, of the message itself. A new
 * invitation may also come from whoever passes his own place on to this user (RFC 5546 §3.2.2.3).
 */
export function organizerSpeaking({ message, stored, own, sender }: Received): Speaker | Ignored {
  const organizer = stored === null ? message.organizer : stored.organizer;
  if (organizer === null && message.organizer === null && stored !== null && sender === null) {
    return { kind: "speaker", address: "", sentBy: null };
  }
  if (organizer === null) {
    return stored === null || message.organizer === null
      ? ignore("no-organizer", "The message has no organizer, so nobody can have sent it.")
      : ignore("other-organizer", "The calendar has this as an event without organizer.");
  }
  const claimed = message.organizer?.address ?? sender;
  if (claimed !== organizer.address) {
    return ignore("other-organizer", "The message is not from the organizer of this event.");
  }
  if (own.has(organizer.address)) return ignore("own-object", "This user is the organizer himself.");
  if (sender === null || sender === organizer.address) {
    return { kind: "speaker", address: organizer.address, sentBy: null };
  }
  const isAllowed = sender === organizer.sentBy || (stored === null && passesOn(message, sender, own));
  if (!isAllowed) return ignore("sender-mismatch", "The sender is neither the organizer nor may he speak for him.");
  return { kind: "speaker", address: organizer.address, sentBy: sender };
}

function passesOn(message: Scheduled, sender: string, own: ReadonlySet<string>): boolean {
  return partsOf(message).some(({ attendees }) => {
    const delegates = attendees.get(sender)?.delegatedTo ?? [];
    return delegates.some(
      (address) => own.has(address) && attendees.get(address)?.delegatedFrom.includes(sender) === true,
    );
  });
}

/** What an attendee's message is about, when this user is who it is for. */
export function organizedHere({ message, stored, own }: Received): Scheduled | Ignored {
  if (stored === null) return ignore("unknown-object", "The calendar has nothing under this UID.");
  if (stored.organizer === null || !own.has(stored.organizer.address)) {
    return ignore("not-organizer", "This user is not the organizer, so nobody answers to him.");
  }
  if (message.organizer !== null && message.organizer.address !== stored.organizer.address) {
    return ignore("other-organizer", "The message is for another organizer.");
  }
  return stored;
}

/**
 * The attendee who speaks in one component: the authenticated sender, or whom he may speak for as the stored object
 * says; without sender the first that is named.
 */
export function attendeeSpeaking(
  attendees: ReadonlyMap<string, Party>,
  invited: ReadonlyMap<string, Party>,
  sender: string | null,
): Party | Ignored {
  const first = attendees.values().next().value;
  if (first === undefined) return ignore("not-attendee", "The message names nobody who answers.");
  if (sender === null) return first;
  const speaking =
    attendees.get(sender) ?? [...attendees.values()].find(({ address }) => invited.get(address)?.sentBy === sender);
  return speaking ?? ignore("sender-mismatch", "The sender is not the attendee who answers.");
}
