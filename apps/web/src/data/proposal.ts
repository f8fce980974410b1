import type { Answer } from "@hourwright/client";
import { api, sentenceOf, type Conflict, type Repair } from "./api.ts";
import { catchUp } from "./changes.ts";
import { remember, say } from "./history.ts";
import { foreseeMoves, readRepairs } from "./repairs.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";

/** What the server says of everything together. */
type Check = Answer<"proposals.check">;

/** A repair that somebody considers. */
export type Proposed = {
  readonly conflict: Conflict;
  readonly repair: Repair;
  /** What was wanted at first, when its time went meanwhile. */
  readonly went: Repair | null;
  readonly isTicked: boolean;
  /** Whether it can be made: `solved` by one above it, `gone` with its conflict, `stuck` when nothing helps any more. */
  readonly state: "ready" | "solved" | "gone" | "stuck";
  /** Whose time it takes beside one's own, by name. */
  readonly told: readonly string[];
  /** By how much it changes days over the limit and focus time; null while that is not known, or nobody's is. */
  readonly effect: Check["repairs"][number]["effect"];
};

export type Proposal = {
  readonly items: readonly Proposed[];
  /** What those ticked would do together, and when that was asked; null before the first answer. */
  readonly checked: {
    readonly at: string;
    readonly solved: readonly string[];
    readonly told: readonly string[];
    readonly effect: Check["effect"];
  } | null;
  readonly isApplying: boolean;
};

/** What one person can look through: the server takes as many. */
export const PROPOSED_MAX = 50;
const NOTHING: Proposal = { items: [], checked: null, isApplying: false };

/** Kept while the page lives: it goes along to the Year and back. */
export const proposalStore = createStore<Proposal>(NOTHING);

/** The repair that is proposed for a conflict; null when none is. */
export const proposedFor = ({ items }: Proposal, { id }: Conflict): Proposed | null =>
  items.find(({ conflict }) => conflict.id === id) ?? null;

/** What would be made of it now. */
export const tickedOf = ({ items }: Proposal): readonly Proposed[] =>
  items.filter(({ isTicked, state }) => isTicked && state === "ready");

/** Adds a repair, in the place of another of the same conflict. False when there is no room for more. */
export function propose(conflict: Conflict, repair: Repair): boolean {
  const fresh: Proposed = { conflict, repair, went: null, isTicked: true, state: "ready", told: [], effect: null };
  const { items } = proposalStore.get();
  const at = items.findIndex((item) => item.conflict.id === conflict.id);
  if (at === -1 && items.length >= PROPOSED_MAX) return false;
  change(at === -1 ? [...items, fresh] : items.with(at, fresh));
  return true;
}

/** Adds the best repair of each of some conflicts that has none in the proposal yet. Answers how many were found. */
export async function proposeAll(conflicts: readonly Conflict[]): Promise<number> {
  let added = 0;
  for (const conflict of conflicts) {
    if (proposalStore.get().items.length >= PROPOSED_MAX) break;
    if (proposedFor(proposalStore.get(), conflict) !== null) continue;
    const [best] = await readRepairs(conflict, 1).catch(() => []);
    if (best !== undefined && propose(conflict, best)) added++;
  }
  return added;
}

export function withdraw(conflictId: string): void {
  change(proposalStore.get().items.filter(({ conflict }) => conflict.id !== conflictId));
}

export function tick(conflictId: string, isTicked: boolean): void {
  change(proposalStore.get().items.map((item) => (item.conflict.id === conflictId ? { ...item, isTicked } : item)));
}

export function discard(): void {
  checks++; // An answer that is under way is for nobody.
  proposalStore.set(NOTHING);
}

function change(items: readonly Proposed[]): void {
  if (items.length === 0) return discard();
  proposalStore.set({ items, checked: null });
  recheckSoon();
}

/** What is ticked one after the other is asked for once. */
const SETTLE_MS = 150;
let settling: ReturnType<typeof setTimeout> | undefined;
let checks = 0;

/** Asks once more what it would do, a moment after the last reason to. */
export function recheckSoon(): void {
  clearTimeout(settling);
  settling = setTimeout(() => void recheck(), SETTLE_MS);
}

/** Asks what everything together would do now. What cannot be made any more says why, and what comes instead. */
async function recheck(): Promise<void> {
  const check = ++checks;
  const asked = proposalStore.get().items.filter(({ isTicked }) => isTicked);
  if (asked.length === 0) return;
  try {
    const answer = await api("proposals.check", { body: { repairs: asked.map(({ repair }) => repair.id) } });
    if (check !== checks) return;
    const results = new Map(answer.repairs.map((result) => [result.asked, result]));
    const items = proposalStore.get().items.map((item): Proposed => {
      const result = results.get(item.repair.id);
      if (result === undefined) return item;
      const { state, repair, told, effect } = result;
      if (state === "changed" && repair !== null)
        return { ...item, repair, went: item.went ?? item.repair, state: "ready", told, effect };
      return { ...item, state: state === "changed" ? "stuck" : state, told, effect };
    });
    const { checkedAt: at, solved, told, effect } = answer;
    proposalStore.set({ items, checked: { at, solved, told, effect } });
  } catch (error) {
    noticeSignedOut(error); // It stays unchecked, and says so.
  }
}

/**
 * Applies what is ticked as one step: shown at once, then confirmed by the server, which checks all of it once more. A
 * refusal puts everything back, says why, and the check says what went.
 */
export async function applyProposal(sentences: {
  readonly done: (summary: string) => string;
  readonly failed: string;
}): Promise<boolean> {
  const ticked = tickedOf(proposalStore.get());
  if (ticked.length === 0 || proposalStore.get().isApplying) return false;
  proposalStore.set({ isApplying: true });
  const takeBack = foreseeMoves(
    ticked.flatMap(({ repair }) => repair.moves),
    new Set(ticked.map(({ conflict }) => conflict.id)),
  );
  try {
    const repairs = ticked.map(({ repair }) => repair.id);
    const { requestId, summary } = await api("proposals.apply", { body: { repairs } });
    const left = proposalStore
      .get()
      .items.filter((item) => !repairs.includes(item.repair.id) && item.state === "ready");
    change(left);
    remember({ requestIds: [requestId], summary }, sentences.done(summary));
    return true;
  } catch (error) {
    takeBack();
    noticeSignedOut(error);
    say(sentenceOf(error, sentences.failed));
    recheckSoon();
    return false;
  } finally {
    proposalStore.set({ isApplying: false });
    await catchUp();
  }
}

/** Keeps what is ticked for others, or for later, instead of applying it. */
export async function keepProposal(sentences: {
  readonly title: string;
  readonly said: string;
  readonly failed: string;
}): Promise<void> {
  const ticked = tickedOf(proposalStore.get());
  const { title, said, failed } = sentences;
  proposalStore.set({ isApplying: true });
  try {
    const { keepAsDraft } = await import("./drafts.ts");
    const repairs = ticked.map(({ repair }) => repair.id);
    const refused = await keepAsDraft({ title, source: "repairs", repairs }, said);
    if (refused === null) discard();
    else say(refused.sentence);
  } catch (error) {
    say(sentenceOf(error, failed));
  } finally {
    proposalStore.set({ isApplying: false });
  }
}
