import type { Answer, Call } from "@hourwright/client";

import { api, RequestFailed, sentenceOf } from "./api.ts";
import { catchUp } from "./changes.ts";
import { draftsShown, openDrafts, type DraftMark } from "./drafts-shown.ts";
import { textsOf, timesFrom, type NewTimes } from "./edits.ts";
import type { Entry } from "./entries.ts";
import { write, type WriteRefusal } from "./events.ts";
import { remember, say } from "./history.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";

export type Draft = Answer<"proposals.list">["items"][number];
export type DraftDetail = Answer<"proposals.read">;
export type DraftChange = DraftDetail["changes"][number];
type NewDraft = Call<"proposals.create">["body"];

type Reason = { readonly index: number; readonly sentence: string };

/** Stored proposals, and the one that is looked at with what it would do now. */
export const draftStore = createStore<{
  /** Null until they were read. */
  readonly items: readonly Draft[] | null;
  /** Null until it was read; that of another proposal is none. */
  readonly detail: DraftDetail | null;
  /** Why it could not be read. */
  readonly failed: string | null;
  /** It is asked about again: what is shown may be old. */
  readonly isChecking: boolean;
  /** Changes that are left out, by index. */
  readonly off: ReadonlySet<number>;
  readonly pointed: number | null;
  readonly isBusy: boolean;
  /** Why it was not accepted. */
  readonly refusal: { readonly sentence: string; readonly reasons: readonly Reason[] } | null;
}>({
  items: null,
  detail: null,
  failed: null,
  isChecking: false,
  off: new Set(),
  pointed: null,
  isBusy: false,
  refusal: null,
});

let asked = 0;

/** Reads all, or the one that is looked at with what it would do now. `failed` is said where nothing answers. */
export async function loadDrafts(failed: string): Promise<void> {
  const mine = ++asked;
  const { id } = draftsShown.get();
  draftStore.set({ isChecking: true });
  try {
    if (id === null) {
      const { items } = await api("proposals.list", {});
      if (mine === asked) draftStore.set({ items, failed: null });
    } else {
      const detail = await api("proposals.read", { params: { id } });
      if (mine === asked) show(detail);
    }
  } catch (error) {
    noticeSignedOut(error);
    if (mine === asked) draftStore.set({ failed: sentenceOf(error, failed) });
  } finally {
    if (mine === asked) draftStore.set({ isChecking: false });
  }
}

/** Begins to look at another proposal, or at all: nothing of the one before is shown any more. */
export function beginDraft(): void {
  const { detail } = draftStore.get();
  if (detail?.id === draftsShown.get().id) return;
  draftStore.set({ detail: null, failed: null, off: new Set(), pointed: null, refusal: null });
  mark();
}

function show(detail: DraftDetail): void {
  const isFirst = draftStore.get().detail?.id !== detail.id;
  // What cannot be made is left out at first, so that the rest can be accepted with one key.
  const barred = openChanges(detail).filter(({ together, since }) => !together.fits || since.some(isBarring));
  const off = isFirst ? new Set(barred.map(({ index }) => index)) : draftStore.get().off;
  draftStore.set({ detail, off, failed: null });
  mark();
}

const isBarring = ({ what }: DraftChange["since"][number]): boolean => what === "gone" || what === "locked";

/** Changes that may still be accepted. */
export const openChanges = ({ state, changes }: DraftDetail): readonly DraftChange[] =>
  state === "open" ? changes.filter((change) => change.state === "open") : [];

/** What would be accepted now. */
export const wanted = (detail: DraftDetail, off: ReadonlySet<number>): readonly DraftChange[] =>
  openChanges(detail).filter(({ index }) => !off.has(index));

export function tick(index: number, isTicked: boolean): void {
  const { off } = draftStore.get();
  draftStore.set({ off: isTicked ? off.difference(new Set([index])) : off.union(new Set([index])), refusal: null });
  mark();
}

export function point(pointed: number | null): void {
  draftStore.set({ pointed });
  mark();
}

/** Lays over the timeline what is not left out. */
function mark(): void {
  const { detail, off, pointed } = draftStore.get();
  const marks =
    detail === null ? [] : wanted(detail, off).flatMap((change) => marksOf(change, change.index === pointed));
  draftsShown.set({ marks });
}

function marksOf({ index, things }: DraftChange, isPointed: boolean): DraftMark[] {
  return things.map(({ before, after }, place): DraftMark => {
    const [from, to] = [before && timesFrom(before), after && timesFrom(after)];
    const isMoved = before !== null && (after === null || before.start !== after.start || before.end !== after.end);
    return {
      key: `${index} ${place}`,
      index,
      title: after?.title ?? before?.title ?? "",
      from: isMoved ? from : null,
      to,
      isPointed,
    };
  });
}

/** Where a change is looked at: where it would be, else where it is. */
export function timesOfChange({ things }: DraftChange): NewTimes | null {
  for (const { before, after } of things) {
    const times = timesFrom(after ?? before ?? { start: "", end: "", allDay: false });
    if (times !== null) return times;
  }
  return null;
}

type Sentences = { readonly done: (summary: string) => string; readonly failed: string };

/**
 * Accepts some changes as one step, as they were seen. A refusal says why of each; then it is asked about again. Answers whether
 * it was done.
 */
export async function acceptChanges(changes: readonly DraftChange[], sentences: Sentences): Promise<boolean> {
  const { detail, isBusy } = draftStore.get();
  if (detail === null || isBusy || changes.length === 0) return false;
  draftStore.set({ isBusy: true, refusal: null });
  try {
    const body = { changes: changes.map(({ index, seen }) => ({ index, seen })) };
    const { requestId, summary } = await api("proposals.accept", { params: { id: detail.id }, body });
    remember({ requestIds: [requestId], summary }, sentences.done(summary));
    return true;
  } catch (error) {
    noticeSignedOut(error);
    draftStore.set({ refusal: { sentence: sentenceOf(error, sentences.failed), reasons: reasonsOf(error) } });
    return false;
  } finally {
    draftStore.set({ isBusy: false });
    await catchUp();
    await loadDrafts(sentences.failed);
  }
}

function reasonsOf(error: unknown): readonly Reason[] {
  const changes = error instanceof RequestFailed ? error.problem?.["changes"] : null;
  return Array.isArray(changes) ? (changes as Reason[]) : [];
}

/** Says no to what is open of it, or takes it back. */
export async function endDraft(how: "decline" | "withdraw", said: string, failed: string): Promise<void> {
  const { detail } = draftStore.get();
  if (detail === null) return;
  await writeOrSay(said, failed, () => api.full(`proposals.${how}`, { params: { id: detail.id } }));
  await loadDrafts(failed);
}

/** Says who is asked to look at it. */
export async function askReviewers(reviewers: readonly string[], said: string, failed: string): Promise<void> {
  const { detail } = draftStore.get();
  if (detail === null) return;
  const body = { reviewers: [...reviewers] };
  await writeOrSay(said, failed, () => api.full("proposals.ask", { params: { id: detail.id }, body }));
  await loadDrafts(failed);
}

async function writeOrSay<Value>(
  said: string,
  failed: string,
  run: () => Promise<{ readonly requestId: string | null; readonly value: Value }>,
): Promise<void> {
  try {
    const refused = await write(said, run);
    if (refused !== null) draftStore.set({ refusal: { sentence: refused.sentence, reasons: [] } });
  } catch (error) {
    draftStore.set({ refusal: { sentence: sentenceOf(error, failed), reasons: [] } });
  }
}

/** Keeps changes as a proposal, and shows it. A refusal comes back as a value, a lost network is thrown. */
export async function keepAsDraft(body: NewDraft, said: string): Promise<WriteRefusal | null> {
  const kept: { id: string | null } = { id: null };
  const refused = await write(said, async () => {
    const answer = await api.full("proposals.create", { body });
    kept.id = answer.value["id"];
    return answer;
  });
  if (kept.id !== null) openDrafts(kept.id);
  return refused;
}

/** The same of one entry at other times, from where nothing can be shown of a refusal but a sentence. */
export async function keepMove(
  { event }: Entry,
  times: NewTimes,
  sentences: { readonly title: string; readonly said: string; readonly failed: string },
): Promise<void> {
  const which = event.recurrenceId === null ? {} : { recurrenceId: event.recurrenceId, scope: "this" };
  const change = { operation: "events.update", params: { id: event.id }, body: { ...which, ...textsOf(times) } };
  try {
    const refused = await keepAsDraft({ title: sentences.title, source: "hand", changes: [change] }, sentences.said);
    if (refused !== null) say(refused.sentence);
  } catch (error) {
    say(sentenceOf(error, sentences.failed));
  }
}
