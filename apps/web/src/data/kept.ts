import { nowMs } from "./clock.ts";
import { api, sentenceOf, type Conflict, type Me } from "./api.ts";
import { catchUp } from "./changes.ts";
import { remember, say } from "./history.ts";
import { noticeSignedOut } from "./session.ts";
import { printInstant } from "./wall-clock.ts";
import { foresee } from "./years.ts";

type Sentences = { readonly done: (summary: string) => string; readonly failed: string };

/** The conflicts that two events have with each other: of several kinds, when more than one rule is broken. */
export function betweenTheSame(conflict: Conflict, conflicts: readonly Conflict[]): Conflict[] {
  const sides = sidesOf(conflict);
  return conflicts.filter((other) => other.id === conflict.id || sidesOf(other) === sides);
}

const sidesOf = ({ events }: Conflict): string =>
  events
    .map(({ uid, recurrenceId, start, end }) => JSON.stringify([uid, recurrenceId, start, end]))
    .sort()
    .join();

/** Keeps both events of conflicts as they are: shown at once, then confirmed. Null is no note. */
export function keepBoth(
  conflicts: readonly Conflict[],
  { note, me }: { readonly note: string | null; readonly me: Me },
  sentences: Sentences,
): Promise<boolean> {
  const kept = { by: me.name, byId: me.personId, at: printInstant(nowMs()), note };
  const ids = conflicts.map(({ id }) => id);
  return decide(mark(ids, kept), () => api("conflicts.keep", { body: { ids, note } }), sentences);
}

/** Lets a conflict count again. */
export function letCount({ id }: Conflict, sentences: Sentences): Promise<boolean> {
  return decide(mark([id], null), () => api("conflicts.release", { body: { ids: [id] } }), sentences);
}

function mark(ids: readonly string[], kept: Conflict["kept"]): () => void {
  return foresee((events, conflicts) => ({
    events,
    conflicts: conflicts.map((conflict) => (ids.includes(conflict.id) ? { ...conflict, kept } : conflict)),
  }));
}

async function decide(
  takeBack: () => void,
  ask: () => Promise<{ readonly requestId: string; readonly summary: string; readonly undoable: boolean }>,
  { done, failed }: Sentences,
): Promise<boolean> {
  try {
    const { requestId, summary, undoable } = await ask();
    if (undoable) remember({ requestIds: [requestId], summary }, done(summary));
    return true;
  } catch (error) {
    takeBack();
    noticeSignedOut(error);
    say(sentenceOf(error, failed));
    return false;
  } finally {
    await catchUp();
  }
}
