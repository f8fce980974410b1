import type { Unit } from "../../platform/db/database.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { calendarsSeenBy } from "./access.ts";
import { reaches } from "./model.ts";
import { PROPOSAL } from "./proposal-store.ts";
import { titlesOf } from "./store.ts";

const DONE = { created: "Created", updated: "Changed", removed: "Removed" } as const;

/** What requests did to events, in a few words for who made them: a port of undo. Null for what changed no event. */
export async function summariesOf(
  unit: Unit,
  caller: Caller,
  requests: readonly MadeRequest[],
): Promise<(string | null)[]> {
  const eventsOf = ({ changes }: MadeRequest) => changes.filter(({ thing }) => thing.type === "event");
  const ids = new Set(requests.flatMap(eventsOf).map(({ thing }) => thing.id));
  const seen = new Map((await calendarsSeenBy(unit, caller)).map(({ id, access }) => [id, access]));
  // Titles of now, for who may still read them; of what is gone, none.
  const titles = new Map(
    (await titlesOf(unit, [...ids]))
      .filter(({ calendarId }) => reaches(seen.get(calendarId) ?? "none", "read"))
      .map(({ id, title }) => [id, title]),
  );
  return requests.map((request) => {
    const events = new Map(eventsOf(request).map((change) => [change.thing.id, change]));
    const [first] = events.values();
    if (first === undefined) return proposalSummaryOf(request);
    if (request.operation.startsWith("calendars.import")) return `Imported ${events.size} events`;
    if (events.size > 1) return `Changed ${events.size} events`;
    const title = titles.get(first.thing.id);
    return title === undefined || title === "" ? `${DONE[first.kind]} an event` : `${DONE[first.kind]} “${title}”`;
  });
}

function proposalSummaryOf({ changes }: MadeRequest): string | null {
  const last = changes.findLast(({ thing }) => thing.type === PROPOSAL);
  if (last === undefined) return null;
  return last.kind === "updated" ? "Declined a proposed time" : "Proposed another time";
}
