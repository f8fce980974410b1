import { api, type Event } from "./api.ts";
import { textsOf, type NewTimes } from "./edits.ts";
import { write, type WriteRefusal } from "./events.ts";
import { loadNotices } from "./notices.ts";

/**
 * Proposes other times for an event that one may not move: nothing moves. `said` is what was done, for the bar and undo, by
 * the names of those who are asked. A refusal is answered as a value, a lost network is thrown.
 */
export function proposeTime(
  { id, recurrenceId }: Pick<Event, "id" | "recurrenceId">,
  times: NewTimes,
  note: string | null,
  said: (names: readonly string[]) => string,
): Promise<WriteRefusal | null> {
  const which = recurrenceId === null ? {} : { recurrenceId };
  const body = { ...which, ...textsOf(times), note };
  return write(
    ({ told }) => said(told),
    () => api.full("events.propose", { params: { id }, body }),
  );
}

/** Keeps an event as it is; who proposed another time is told. */
export async function declineProposal(id: string, said: string): Promise<WriteRefusal | null> {
  const refused = await write(said, () => api.full("events.declineProposal", { params: { id } }));
  await loadNotices();
  return refused;
}
