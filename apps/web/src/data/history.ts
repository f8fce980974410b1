import { api, sentenceOf } from "./api.ts";
import { noticeSignedOut } from "./session.ts";
import { announce } from "./announcement.ts";
import { createStore } from "./store.ts";

/** One thing done that can be taken back, by the ids of its requests in the order in which they were made. */
export type Done = { readonly requestIds: readonly string[]; readonly summary: string };

/** The bar at the foot of the page: a sentence, and what it offers to take back. */
type Notice = { readonly id: number; readonly sentence: string; readonly undo: Done | null };

export type History = {
  readonly undo: readonly Done[];
  readonly redo: readonly Done[];
  readonly notice: Notice | null;
  readonly isBusy: boolean;
};

const DONE_MAX = 100;

export const historyStore = createStore<History>({ undo: [], redo: [], notice: null, isBusy: false });

let notices = 0;

export function say(sentence: string, undo: Done | null = null): void {
  announce(sentence);
  historyStore.set({ notice: { id: ++notices, sentence, undo } });
}

export function dismissNotice(): void {
  historyStore.set({ notice: null });
}

/** Remembers what was done. What was undone before can then no longer be redone: it may not fit any more. */
export function remember(done: Done, sentence: string): void {
  historyStore.set(({ undo }) => ({ undo: [...undo, done].slice(-DONE_MAX), redo: [] }));
  say(sentence, done);
}

type Sentences = {
  readonly done: (summary: string) => string;
  readonly nothing: string;
  readonly failed: string;
};

/** Takes back the last thing done, or `which` of them; undoing is a request of its own, and undoing that is redo. */
export function undoLast(sentences: Sentences, reload: () => Promise<void>, which?: Done): Promise<void> {
  return takeBack("undo", "redo", sentences, reload, which);
}

export function redoLast(sentences: Sentences, reload: () => Promise<void>): Promise<void> {
  return takeBack("redo", "undo", sentences, reload);
}

async function takeBack(
  from: "undo" | "redo",
  to: "undo" | "redo",
  sentences: Sentences,
  reload: () => Promise<void>,
  which?: Done,
): Promise<void> {
  const { isBusy, [from]: stack } = historyStore.get();
  const done = which ?? stack.at(-1);
  if (isBusy) return;
  if (done === undefined) return say(sentences.nothing);
  historyStore.set({ isBusy: true });
  const { requestIds, error } = await undoChain(done.requestIds);
  const { summary } = done;
  const left = done.requestIds.slice(0, done.requestIds.length - requestIds.length);
  historyStore.set((state) => ({
    isBusy: false,
    [from]: state[from].flatMap((other) =>
      other !== done ? [other] : left.length > 0 ? [{ requestIds: left, summary }] : [],
    ),
    [to]: requestIds.length === 0 ? state[to] : [...state[to], { requestIds, summary }].slice(-DONE_MAX),
  }));
  say(error === null ? sentences.done(summary) : sentenceOf(error, sentences.failed));
  if (error !== null) noticeSignedOut(error);
  if (requestIds.length > 0) await reload();
}

/**
 * Takes back a chain of requests, the last one first: an import of several files is one request each. Answers the
 * requests that did so; at a refusal the rest of the chain stays as it was.
 */
async function undoChain(ids: readonly string[]): Promise<{ requestIds: string[]; error: Error | null }> {
  const requestIds: string[] = [];
  try {
    for (const id of ids.toReversed()) {
      const answer = await api("requests.undo", { params: { id } });
      requestIds.push(answer.requestId);
    }
    return { requestIds, error: null };
  } catch (error) {
    return { requestIds, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
