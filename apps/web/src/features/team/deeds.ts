import {
  blockOf,
  clipOf,
  editsToHave,
  filledRight,
  filledTo,
  pasted,
  printHours,
  readTyped,
  shiftAt,
  TEAM_CELLS_MAX,
  type DraftEdit,
  type TeamBlock,
  type TeamClip,
  type TeamWish,
  type WallShift,
} from "@hourwright/timeline/team";
import { announce } from "../../data/announcement.ts";
import { api, wordsOfObjection, type Answer } from "../../data/api.ts";
import { say } from "../../data/history.ts";
import {
  confirmedAll,
  editDraft,
  joinSteps,
  newItemId,
  offeredEdit,
  redoInDraft,
  rosterDraft,
  triedEdit,
  undoInDraft,
} from "../../data/roster-draft.ts";
import { noticeSignedOut } from "../../data/session.ts";
import { dayOfText } from "../../data/roster.ts";
import type { Store } from "../../data/store.ts";
import { itemsOf, shownIn, type DraftByPerson, type TeamModel } from "./model.ts";
import type { CellPlace, Hand, TeamState, WhyNot } from "./state.ts";
import type { TeamWords } from "./words-en.ts";

/** What deeds are done with: asked for at the time of each. */
export type Ground = {
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly words: TeamWords;
  readonly state: Store<TeamState>;
  /** Whoever wants to plan has no draft: one is offered. */
  readonly onDraftNeeded: () => void;
};

const EVERY_HOURS_NAME = "";

/** Whether there is a draft to write in; else one is offered. */
export function mayEdit({ onDraftNeeded, words }: Ground): boolean {
  const { detail } = rosterDraft.get();
  if (detail === null) {
    say(words.draft.needed);
    onDraftNeeded();
    return false;
  }
  if (detail.state === "open") return true;
  say(words.draft.closed);
  return false;
}

/** Makes cells hold shifts: all of them as one step. */
function fulfil(ground: Ground, wishes: readonly TeamWish[]): number {
  const edits = wishes.flatMap((wish) => editsOf(ground, wish));
  if (edits.length > 0) editDraft(edits);
  return wishes.length;
}

function editsOf({ model, draft }: Ground, { line: at, day, shifts }: TeamWish): readonly DraftEdit[] {
  const line = model.lines[at];
  const epochDay = model.window.fromDay + day;
  const cell = line?.cells[day];
  if (line === undefined || cell === undefined || !isWithinDraft(epochDay)) return [];
  const place = { personId: line.personId, day: epochDay };
  // Open shifts that stand are asked for by others: a draft adds to them.
  const standing = line.personId === null ? { ...cell, shifts: [] } : cell;
  const wanted = line.personId === null ? shifts.filter((each) => !("layer" in each) || each.layer !== "open") : shifts;
  return editsToHave(place, standing, itemsOf(draft, line.personId, epochDay), wanted, newItemId);
}

function isWithinDraft(day: number): boolean {
  const { detail } = rosterDraft.get();
  if (detail === null) return false;
  return day >= (dayOfText(detail.from) ?? 0) && day < (dayOfText(detail.to) ?? 0);
}

export const shiftsAt = ({ model, draft }: Ground, line: number, day: number): readonly WallShift[] => {
  const at = model.lines[line];
  return at === undefined ? [] : shownIn(model, draft, at, day).shifts;
};

const selected = ({ state }: Ground): TeamBlock => blockOf(state.get().selection);
const sizeOf = ({ fromLine, toLine, fromDay, toDay }: TeamBlock) => (toLine - fromLine) * (toDay - fromDay);

function isTooMany({ words }: Ground, cells: number): boolean {
  if (cells <= TEAM_CELLS_MAX) return false;
  say(words.edit.tooMany(TEAM_CELLS_MAX));
  return true;
}

export function copy(ground: Ground): TeamClip | null {
  const block = selected(ground);
  if (isTooMany(ground, sizeOf(block))) return null;
  const clip = clipOf(block, (line, day) => shiftsAt(ground, line, day));
  ground.state.set({ clip, copied: block });
  announce(ground.words.edit.copied(sizeOf(block)));
  return clip;
}

export function cut(ground: Ground): TeamClip | null {
  if (!mayEdit(ground)) return null;
  const clip = copy(ground);
  if (clip !== null) clear(ground);
  return clip;
}

export function clear(ground: Ground): void {
  const block = selected(ground);
  if (!mayEdit(ground) || isTooMany(ground, sizeOf(block))) return;
  const clip: TeamClip = { lines: 1, days: 1, cells: [[]] };
  announce(ground.words.edit.cleared(fulfil(ground, pasted(clip, block, gridOf(ground)))));
}

const gridOf = ({ model }: Ground) => ({ lines: model.lines.length, days: model.window.days });

export function paste(ground: Ground, clip: TeamClip): void {
  if (!mayEdit(ground)) return;
  const wishes = pasted(clip, selected(ground), gridOf(ground));
  const [only] = wishes;
  ground.state.set({ copied: null });
  if (wishes.length === 1 && only?.shifts.length === 1) return void place(ground, only, []);
  if (isTooMany(ground, wishes.length)) return;
  announce(ground.words.edit.pasted(fulfil(ground, wishes)));
}

export function fillRight(ground: Ground): void {
  if (!mayEdit(ground)) return;
  const wishes = filledRight(selected(ground), (line, day) => shiftsAt(ground, line, day));
  if (!isTooMany(ground, wishes.length)) announce(ground.words.edit.pasted(fulfil(ground, wishes)));
}

export function fillTo(ground: Ground, to: TeamBlock): void {
  if (!mayEdit(ground)) return;
  const block = selected(ground);
  const wishes = filledTo(block, to, (line, day) => shiftsAt(ground, line, day));
  if (isTooMany(ground, wishes.length) || wishes.length === 0) return;
  announce(ground.words.edit.pasted(fulfil(ground, wishes)));
  ground.state.set({
    selection: {
      anchor: { line: to.fromLine, day: to.fromDay },
      head: { line: to.toLine - 1, day: to.toDay - 1 },
    },
  });
}

/** Puts typed hours into a cell. False: they are no hours. */
export function type(ground: Ground, at: CellPlace, text: string): boolean {
  const hours = readTyped(text);
  if (hours === undefined) return false;
  const before = shiftsAt(ground, at.line, at.day);
  if (hours === null) {
    if (before.length > 0) fulfil(ground, [{ ...at, shifts: [] }]);
    return true;
  }
  const [was] = before;
  if (before.length === 1 && was?.fromMinute === hours.fromMinute && was.toMinute === hours.toMinute) return true;
  const shift = was === undefined ? plainShift(hours) : shiftAt(was, hours.fromMinute, hours.toMinute);
  void place(ground, { ...at, shifts: [shift, ...before.slice(1)] }, []);
  return true;
}

export const plainShift = ({ fromMinute, toMinute }: { fromMinute: number; toMinute: number }): WallShift => ({
  name: EVERY_HOURS_NAME,
  kind: "work",
  fromMinute,
  toMinute,
  breaks: [],
  site: null,
});

/** Lays what is in hand into a cell: beside what is there for somebody else, in place of it on the same line. */
export function drop(ground: Ground, hand: Hand, to: CellPlace): void {
  if (!mayEdit(ground) || (hand.from.line === to.line && hand.from.day === to.day)) return;
  const left = shiftsAt(ground, hand.from.line, hand.from.day).filter((shift) => shift !== hand.shift);
  const beside = hand.isCopy ? [] : editsOf(ground, { ...hand.from, shifts: left });
  void place(ground, { ...to, shifts: [hand.shift] }, beside);
}

/**
 * Makes one cell hold one shift. It is shown at once; the server is asked what speaks against it, and where something does it
 * is taken back and said why, with what would fit. What takes the place of something else is asked about where that is gone.
 */
async function place(ground: Ground, wish: TeamWish, beside: readonly DraftEdit[]): Promise<void> {
  const { state, model } = ground;
  const edits = [...beside, ...editsOf(ground, wish)];
  const { id } = rosterDraft.get();
  const put = edits.findLast((edit) => "put" in edit);
  if (id === null || put === undefined || (model.lines[wish.line]?.personId ?? null) === null) return editDraft(edits);
  const others = edits.filter((edit) => edit !== put);
  const isAlone = others.length === 0;
  if (!isAlone) editDraft(others);
  state.set({ foreseen: [put], why: null });
  if (!isAlone) await confirmedAll();
  const taken = rosterDraft.get().confirmed;
  const told = await tryIn(id, put);
  state.set({ foreseen: [] });
  if (told === null || (told.objections.length === 0 && told.broken.length === 0)) {
    editDraft([put]);
    if (!isAlone) joinSteps();
    return;
  }
  // Whoever has gone on meanwhile is not set back.
  if (!isAlone && rosterDraft.get().confirmed === taken) undoInDraft();
  const why = whyOf(told, wish, others, edits);
  state.set({ why, selection: { anchor: why.at, head: why.at } });
}

/** What speaks against a shift of the draft; null where nobody answers: the draft says what becomes of it. */
async function tryIn(id: string, put: DraftEdit): Promise<Told | null> {
  const edit = triedEdit(put);
  if (edit === null) return null;
  try {
    return await api("drafts.try", { params: { id }, body: { edit } });
  } catch (error) {
    noticeSignedOut(error);
    return null;
  }
}

type Told = Answer<"drafts.try">;

function whyOf(told: Told, wish: TeamWish, beside: readonly DraftEdit[], wanted: readonly DraftEdit[]): WhyNot {
  const sentences = [...told.objections, ...told.broken].map(wordsOfObjection);
  return {
    at: { line: wish.line, day: wish.day },
    shift: wish.shifts[0] ?? null,
    label: wish.shifts[0] === undefined ? "" : printHours(wish.shifts[0]),
    sentences: [...new Set(sentences)].slice(0, SENTENCES_MAX),
    mayInsist: told.objections.length === 0,
    alternatives: told.alternatives.slice(0, ALTERNATIVES_SHOWN),
    beside,
    wanted,
  };
}

const SENTENCES_MAX = 3;
const ALTERNATIVES_SHOWN = 3;

/** Takes one of the ways that work. */
export function takeAlternative({ state }: Ground, why: WhyNot, edit: WhyNot["alternatives"][number]["edit"]): void {
  const offered = offeredEdit(edit);
  state.set({ why: null });
  if (offered !== null) editDraft([...why.beside, offered]);
}

/** Lays what is still in hand into another cell. */
export function dropAgain(ground: Ground, why: WhyNot, to: CellPlace): void {
  ground.state.set({ why: null, selection: { anchor: to, head: to } });
  if (why.shift !== null) void place(ground, { ...to, shifts: [why.shift] }, why.beside);
}

export function insist({ state }: Ground, why: WhyNot): void {
  state.set({ why: null });
  editDraft(why.wanted);
}

/** Takes the last step in the draft back; false where there is none, and something else may be. */
export function undo({ words }: Ground): boolean {
  const isDone = undoInDraft();
  if (isDone) announce(words.edit.undone);
  return isDone;
}

export function redo({ words }: Ground): boolean {
  const isDone = redoInDraft();
  if (isDone) announce(words.edit.redone);
  return isDone;
}
