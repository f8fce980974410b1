import {
  edited,
  editsBack,
  printClock,
  type DraftEdit,
  type DraftItem,
  type DraftItems,
} from "@hourwright/timeline/team";
import type { Call } from "@hourwright/client";
import { api, isOffline, sentenceOf, type Answer } from "./api.ts";
import { askedAgain } from "./asked-again.ts";
import { say } from "./history.ts";
import { dayOfText, textOfDay } from "./roster.ts";
import { minuteOfClock, staffShiftOf, wallShiftOf } from "./roster-shift.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";

type ServerItem = Answer<"drafts.read">["items"][number];
type ServerEdit = Call<"drafts.edit">["body"]["edits"][number];

/** One thing done in a draft, and the way back. */
type Step = { readonly edits: readonly DraftEdit[]; readonly back: readonly DraftEdit[] };

/** The draft that is written in. What is shown runs ahead of what the server has confirmed. */
export const rosterDraft = createStore<{
  /** Null: none is open. */
  readonly id: string | null;
  readonly detail: Omit<Answer<"drafts.read">, "items"> | null;
  readonly items: DraftItems;
  /** Steps that the server has not confirmed. */
  readonly waiting: number;
  /** Nobody answers: what was done is kept here, and sent when somebody does. */
  readonly isCutOff: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Rises with each step that the server has confirmed: what follows from the draft is asked again. */
  readonly confirmed: number;
  readonly failed: unknown;
}>({
  id: null,
  detail: null,
  items: new Map(),
  waiting: 0,
  isCutOff: false,
  canUndo: false,
  canRedo: false,
  confirmed: 0,
  failed: null,
});

const STEPS_MAX = 200;
/** Drafts that were left while something of them was not confirmed: more are not waited for. */
const LEFT_MAX = 20;

/** What is done in one draft. */
type Work = {
  /** As the server has it. */
  base: DraftItems;
  /** Not confirmed. */
  queue: Step[];
  undone: Step[];
  done: Step[];
  /** What the server calls what was named here, and what came back under another name. */
  readonly renamed: Map<string, string>;
  isSending: boolean;
  /** Nobody answered: nothing more is sent by itself. */
  isCutOff: boolean;
};

const newWork = (): Work => ({
  base: new Map(),
  queue: [],
  undone: [],
  done: [],
  renamed: new Map(),
  isSending: false,
  isCutOff: false,
});

let work = newWork();
/** Of drafts that were left before all was confirmed: it goes on being sent. */
const left = new Map<string, Work>();
let made = 0;
let offlineWords = "";

/** A name for what the server has not named yet. */
export const newItemId = (): string => `new:${++made}`;

/** Opens a draft, or none. `offline` is what to say where nobody answers. */
export async function openDraft(id: string | null, offline: string): Promise<void> {
  offlineWords = offline;
  const { id: before } = rosterDraft.get();
  if (before !== id) {
    if (before !== null && work.queue.length > 0) leave(before);
    work = (id === null ? undefined : left.get(id)) ?? newWork();
    if (id !== null) left.delete(id);
    rosterDraft.set({ id, detail: null, failed: null });
    show();
  }
  if (id !== null) await readDraft();
}

function leave(id: string): void {
  left.set(id, work);
  for (const oldest of left.keys()) {
    if (left.size <= LEFT_MAX) return;
    left.delete(oldest);
  }
}

/** Whether something was done that the server has not confirmed, in this draft or one that was left. */
export const isUnconfirmed = (): boolean => work.queue.length > 0 || left.size > 0;

/** Reads the draft again; what was done and is not confirmed stays on top. */
export async function readDraft(): Promise<void> {
  const { id } = rosterDraft.get();
  if (id === null) return;
  try {
    const { items, ...detail } = await api("drafts.read", { params: { id } });
    if (rosterDraft.get().id !== id || work.isSending) return; // The answer to what is on its way is newer.
    work.base = new Map(items.flatMap((item) => entryOf(item)));
    rosterDraft.set({ detail, failed: null });
    show();
  } catch (error) {
    noticeSignedOut(error);
    if (rosterDraft.get().id === id && rosterDraft.get().detail === null) rosterDraft.set({ failed: error });
  }
}

/** Does something in the draft: shown at once, confirmed by the server, taken back with the reason where it refuses. */
export function editDraft(edits: readonly DraftEdit[]): void {
  if (edits.length === 0) return;
  take(work.done, { edits, back: editsBack(rosterDraft.get().items, edits) });
  work.undone = [];
}

/** Takes the last step back, or answers that there is none. */
export function undoInDraft(): boolean {
  const step = work.done.pop();
  if (step === undefined) return false;
  const back = currentOf(step.back);
  take(work.undone, { edits: back, back: currentOf(step.edits) });
  return true;
}

export function redoInDraft(): boolean {
  const step = work.undone.pop();
  if (step === undefined) return false;
  const edits = currentOf(step.back); // What was taken back is the way back from there.
  take(work.done, { edits, back: editsBack(rosterDraft.get().items, edits) });
  return true;
}

/** The last two things done become one step: they are taken back together. */
export function joinSteps(): void {
  const [last, before] = [work.done.pop(), work.done.pop()];
  if (last === undefined || before === undefined) return;
  work.done.push({ edits: [...before.edits, ...last.edits], back: [...last.back, ...before.back] });
}

/** Resolves when the server has confirmed all that was done; at once where it does not answer. */
export function confirmedAll(): Promise<void> {
  return new Promise((resolve) => {
    const isOver = () => rosterDraft.get().waiting === 0 || rosterDraft.get().isCutOff;
    if (isOver()) return resolve();
    const stop = rosterDraft.subscribe(() => {
      if (!isOver()) return;
      stop();
      resolve();
    });
  });
}

function take(stack: Step[], step: Step): void {
  stack.push(step);
  if (stack.length > STEPS_MAX) stack.shift();
  work.queue.push(step);
  show();
  const { id } = rosterDraft.get();
  if (id !== null) void send(id, work);
}

/** Tries again what nobody answered, of drafts that were left as well. */
export function sendAgain(): void {
  const { id } = rosterDraft.get();
  for (const [each, own] of [...(id === null ? [] : [[id, work] as const]), ...left]) {
    own.isCutOff = false;
    void send(each, own);
  }
  show();
}

function show(): void {
  const { base, queue, done, undone, isCutOff } = work;
  let items = base;
  for (const step of queue) items = edited(items, currentOf(step.edits, work));
  const [canUndo, canRedo] = [done.length > 0, undone.length > 0];
  rosterDraft.set({ items, waiting: queue.length, canUndo, canRedo, isCutOff });
}

async function send(id: string, own: Work): Promise<void> {
  const [step] = own.queue;
  if (own.isSending || own.isCutOff || step === undefined) return;
  own.isSending = true;
  const edits = currentOf(step.edits, own);
  try {
    const body = { edits: edits.flatMap((edit) => wordsOf(edit, own)) };
    // Where its answer was lost it is not done twice.
    const answer =
      body.edits.length === 0
        ? null
        : await askedAgain([id, body], (idempotencyKey) =>
            api("drafts.edit", { params: { id }, body, idempotencyKey }),
          );
    if (answer !== null) accept(edits, answer, own);
    own.queue.shift();
    if (own === work)
      rosterDraft.set(({ confirmed, detail }) => ({
        confirmed: confirmed + 1,
        detail: detail === null || answer === null ? detail : { ...detail, version: answer.version },
      }));
  } catch (error) {
    noticeSignedOut(error);
    own.isCutOff = isOffline(error);
    if (!own.isCutOff) {
      own.queue.shift();
      own.done = own.done.filter((each) => each !== step);
      own.undone = own.undone.filter((each) => each !== step);
    }
    say(sentenceOf(error, offlineWords));
  } finally {
    own.isSending = false;
    if (own === work) show();
    else if (own.queue.length === 0) left.delete(id);
    void send(id, own);
  }
}

/** Takes the server's names and values in place of ours. */
function accept(edits: readonly DraftEdit[], answer: Answer<"drafts.edit">, own: Work): void {
  const next = new Map(own.base);
  for (const id of answer.removed) next.delete(id);
  for (const edit of edits) if ("remove" in edit) next.delete(edit.remove);
  const told = edits.filter((edit) => !("remove" in edit));
  for (const [index, item] of answer.items.entries()) {
    const edit = told[index];
    const mine = edit === undefined ? null : "put" in edit ? edit.put.id : "drop" in edit ? edit.drop.id : null;
    if (mine !== null && mine !== item.id) own.renamed.set(mine, item.id);
    for (const [id, value] of entryOf(item)) next.set(id, value);
  }
  own.base = next;
}

const NAMES_MAX = 100;

function nameNow(id: string, { renamed }: Work): string {
  let name = id;
  for (let hops = 0; hops < NAMES_MAX; hops++) {
    const next = renamed.get(name);
    if (next === undefined) break;
    name = next;
  }
  return name;
}

/** Edits with the names that things have by now. */
function currentOf(edits: readonly DraftEdit[], own: Work = work): readonly DraftEdit[] {
  return edits.map((edit): DraftEdit => {
    if ("remove" in edit) return { remove: nameNow(edit.remove, own) };
    if ("drop" in edit) return { drop: { ...edit.drop, id: nameNow(edit.drop.id, own) } };
    return { put: { ...edit.put, id: nameNow(edit.put.id, own) } };
  });
}

/** An edit as the contract has it. What the server does not know is not removed there, and comes back as something new. */
function wordsOf(edit: DraftEdit, { base }: Work): ServerEdit[] {
  if ("remove" in edit) return base.has(edit.remove) ? [{ remove: edit.remove }] : [];
  if ("drop" in edit) {
    const { personId, day, fromMinute } = edit.drop;
    return [{ drop: { personId, of: { day: textOfDay(day), starts: printClock(fromMinute) } } }];
  }
  const { id, personId, day, shift, skillId } = edit.put;
  const known = base.has(id) ? { id } : {};
  return [{ put: { ...known, personId, day: textOfDay(day), shift: staffShiftOf(shift), skillId } }];
}

/** One edit as the server takes it, to try it. */
export const triedEdit = (edit: DraftEdit): ServerEdit | null => wordsOf(currentOf([edit])[0]!, work)[0] ?? null;

/** What the server offers instead, as an edit of ours. */
export function offeredEdit(edit: ServerEdit): DraftEdit | null {
  if ("remove" in edit) return { remove: edit.remove };
  if ("drop" in edit) {
    const { personId, of } = edit.drop;
    const day = dayOfText(of.day);
    return day === null ? null : { drop: { id: newItemId(), personId, day, fromMinute: minuteOfClock(of.starts) } };
  }
  const { id, personId, shift, skillId = null } = edit.put;
  const day = dayOfText(edit.put.day);
  if (day === null) return null;
  return { put: { id: id ?? newItemId(), personId, day, shift: wallShiftOf(shift), skillId } };
}

function entryOf(item: ServerItem): readonly (readonly [string, DraftItem])[] {
  const { id, kind, personId, shift, of, skillId } = item;
  const day = dayOfText(of?.day ?? item.day);
  if (day === null) return [];
  if (kind === "drop" && of !== null && personId !== null)
    return [[id, { id, kind, personId, day, fromMinute: minuteOfClock(of.starts) }]];
  if (kind === "add" && shift !== null) return [[id, { id, kind, personId, day, shift: wallShiftOf(shift), skillId }]];
  return [];
}
