import { api, sentenceOf, type Conflict, type Event, type Repair } from "./api.ts";
import { catchUp } from "./changes.ts";
import { remember, say } from "./history.ts";
import { noticeSignedOut } from "./session.ts";
import { foresee } from "./years.ts";

/** The best repairs of a conflict, at most `most`: those that came with it, else asked for now. */
export async function readRepairs(conflict: Conflict, most: number): Promise<readonly Repair[]> {
  if (conflict.repairs.length > 0) return conflict.repairs.slice(0, most);
  const { suggestions } = await api("ai.suggestRepairs", { body: { conflictId: conflict.id, maxSuggestions: most } });
  return suggestions;
}

/**
 * Applies a repair: shown at once, then confirmed by the server, which checks it once more. A refusal puts
 * everything back, and says why.
 */
export async function applyRepair(
  conflict: Conflict,
  repair: Repair,
  words: { readonly done: (summary: string) => string; readonly failed: string },
): Promise<boolean> {
  const takeBack = foreseeMoves(repair.moves, new Set([conflict.id]));
  try {
    const { requestId, summary } = await api("repairs.apply", { params: { id: repair.id } });
    remember({ requestIds: [requestId], summary }, words.done(summary));
    return true;
  } catch (error) {
    takeBack();
    noticeSignedOut(error);
    say(sentenceOf(error, words.failed));
    return false;
  } finally {
    await catchUp();
  }
}

/** “Not this”: the repair is not offered again, until it is undone. */
export async function dismissRepair(
  { id }: Repair,
  words: { readonly done: (summary: string) => string; readonly summary: string; readonly failed: string },
): Promise<boolean> {
  try {
    const { requestId } = await api("repairs.dismiss", { params: { id } });
    remember({ requestIds: [requestId], summary: words.summary }, words.done(words.summary));
    return true;
  } catch (error) {
    noticeSignedOut(error);
    say(sentenceOf(error, words.failed));
    return false;
  } finally {
    await catchUp();
  }
}

type Foreseen = Pick<Repair["moves"][number], "eventId" | "recurrenceId" | "start" | "end">;

/** Shows moves as made, and conflicts as gone, before the server has confirmed it. Answers how to take that back. */
export function foreseeMoves(moves: readonly Foreseen[], solved: ReadonlySet<string>): () => void {
  return foresee((events, conflicts) => ({
    events: events.map((event) => moved(event, moves)),
    conflicts: conflicts.filter(({ id }) => !solved.has(id)),
  }));
}

function moved(event: Event, moves: readonly Foreseen[]): Event {
  const move = moves.find(({ eventId, recurrenceId }) => eventId === event.id && recurrenceId === event.recurrenceId);
  return move === undefined ? event : { ...event, start: move.start, end: move.end };
}
