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
  try {
    const requestIds: string[] = [];
    for (const id of done.requestIds.toReversed()) {
      const answer = await api("requests.undo", { params: { id } });
      requestIds.push(answer.requestId);
    }
    const inverse = { requestIds, summary: done.summary };
    historyStore.set((state) => ({
      [from]: state[from].filter((other) => other !== done),
      [to]: [...state[to], inverse].slice(-DONE_MAX),
    }));
    say(sentences.done(done.summary));
    await reload();
  } catch (error) {
    noticeSignedOut(error);
    say(sentenceOf(error, sentences.failed));
  } finally {
    historyStore.set({ isBusy: false });
  }
}
