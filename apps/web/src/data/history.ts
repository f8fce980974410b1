import { api, sentenceOf } from "./api.ts";
import type { Messages } from "../messages/en.ts";
import { noticeSignedOut } from "./session.ts";
import { forgetUnanswered } from "./asked-again.ts";
import { announce } from "./announcement.ts";
import { createStore } from "./store.ts";

/** One thing done that can be taken back, by the ids of its requests in the order in which they were made. */
export type Done = { readonly requestIds: readonly string[]; readonly summary: string };

/** Who is told of what was done: the first by name, and how many in all. */
export type Told = { readonly names: readonly string[]; readonly count: number; readonly isDone: boolean };

/** The bar at the foot of the page: a sentence, what it offers to take back, and who is told unless it is. */
export type BarNotice = {
  readonly id: number;
  readonly sentence: string;
  readonly undo: Done | null;
  readonly told: Told | null;
};

export type History = {
  readonly undo: readonly Done[];
  readonly redo: readonly Done[];
  readonly notice: BarNotice | null;
  readonly isBusy: boolean;
};

const DONE_MAX = 100;

export const historyStore = createStore<History>({ undo: [], redo: [], notice: null, isBusy: false });

let notices = 0;

export function say(sentence: string, undo: Done | null = null): void {
  announce(sentence);
  historyStore.set({ notice: { id: ++notices, sentence, undo, told: null } });
}

export function dismissNotice(): void {
  historyStore.set({ notice: null });
}

/** Remembers what was done. What was undone before can then no longer be redone: it may not fit any more. */
export function remember(done: Done, sentence: string): void {
  historyStore.set(({ undo }) => ({ undo: [...undo, done].slice(-DONE_MAX), redo: [] }));
  say(sentence, done);
  void askWhoIsTold(done);
}

/** Others are told so long after a change; undo within it takes that back as well. */
const TOLD_AFTER_MS = 10_000;

/** Adds to the bar who will be told. Without an answer it says nothing of it. */
async function askWhoIsTold(done: Done): Promise<void> {
  const answers = await Promise.all(
    done.requestIds.slice(-1).map((id) => api("notices.ofRequest", { params: { id } }).catch(() => null)),
  );
  const waiting = answers.flatMap((answer) => answer?.waiting ?? []);
  const count = answers.reduce((sum, answer) => sum + (answer?.waitingCount ?? 0), 0);
  if (count === 0) return;
  tell(done, { names: waiting, count, isDone: false });
  setTimeout(() => tell(done, { names: waiting, count, isDone: true }), TOLD_AFTER_MS);
}

function tell(done: Done, told: Told): void {
  historyStore.set(({ notice }) => (notice?.undo === done ? { notice: { ...notice, told } } : {}));
}

/** Tells those who would be told in some seconds. */
export async function tellNow(done: Done): Promise<void> {
  const told = historyStore.get().notice?.told ?? null;
  try {
    for (const id of done.requestIds) await api("notices.sendNow", { params: { id } });
    if (told !== null) tell(done, { ...told, isDone: true });
  } catch (error) {
    noticeSignedOut(error); // They are told when the time is over.
  }
}

/** What one did before this page was loaded, or elsewhere, can be taken back here as well. */
export function loadHistory(): Promise<void> {
  return (reading = readHistory());
}

/** Until it is over, nobody can say that there is nothing to take back. */
let reading: Promise<void> = Promise.resolve();

async function readHistory(): Promise<void> {
  try {
    const mine = await api("requests.mine", {});
    const doneOf = ({ id, summary }: (typeof mine.undo)[number]): Done => ({ requestIds: [id], summary });
    const [undo, redo] = [mine.undo.toReversed().map(doneOf), mine.redo.toReversed().map(doneOf)];
    const isNew = historyStore.get().undo.length === 0 && historyStore.get().redo.length === 0;
    if (isNew) historyStore.set({ undo, redo });
  } catch (error) {
    noticeSignedOut(error);
  }
}

/** Takes back the last thing done, or `which` of them; undoing is a request of its own, and undoing that is redo. */
export function undoLast(words: Messages, reload: () => Promise<void>, which?: Done): Promise<void> {
  const { undone, nothing } = words.undo;
  return takeBack("undo", "redo", { done: undone, nothing }, words, reload, which);
}

export function redoLast(words: Messages, reload: () => Promise<void>): Promise<void> {
  const { redone, nothingToRedo } = words.undo;
  return takeBack("redo", "undo", { done: redone, nothing: nothingToRedo }, words, reload);
}

/** Pressed again while something is being taken back, so many wait for their turn: they are asked for one after the other. */
const WAITING_MAX = 3;
let waiting = 0;
let turn: Promise<void> = Promise.resolve();

async function takeBack(
  from: "undo" | "redo",
  to: "undo" | "redo",
  sentences: { readonly done: (summary: string) => string; readonly nothing: string },
  words: Messages,
  reload: () => Promise<void>,
  which?: Done,
): Promise<void> {
  if (waiting > WAITING_MAX) return;
  waiting += 1;
  const taken = turn.then(() => takeBackNow(from, to, sentences, words, which));
  const ended = (): void => void waiting--;
  turn = taken.then(ended, ended);
  if (!(await taken)) return;
  forgetUnanswered();
  await reload();
}

/** Whether anything was taken back. */
async function takeBackNow(
  from: "undo" | "redo",
  to: "undo" | "redo",
  sentences: { readonly done: (summary: string) => string; readonly nothing: string },
  words: Messages,
  which: Done | undefined,
): Promise<boolean> {
  if (which === undefined && historyStore.get()[from].length === 0) await reading;
  const { [from]: stack } = historyStore.get();
  const done = which ?? stack.at(-1);
  if (done === undefined) {
    say(sentences.nothing);
    return false;
  }
  if (!stack.includes(done)) return false; // It was taken back meanwhile.
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
  // When nobody answered any more, what has several requests is taken back in part.
  const unanswered = requestIds.length === 0 ? words.failures.network : words.undo.partly;
  say(error === null ? sentences.done(summary) : sentenceOf(error, unanswered));
  if (error !== null) noticeSignedOut(error);
  return requestIds.length > 0;
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
