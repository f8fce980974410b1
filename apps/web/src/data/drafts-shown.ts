import type { NewTimes } from "./edits.ts";
import { createStore } from "./store.ts";

/** One thing that a proposal would change, as the timeline shows it. */
export type DraftMark = {
  readonly key: string;
  /** Which change of the proposal it belongs to. */
  readonly index: number;
  readonly title: string;
  /** Where it is now; null for what is not there yet, and what stays where it is. */
  readonly from: NewTimes | null;
  /** Where it would be; null for what would be gone. */
  readonly to: NewTimes | null;
  readonly isPointed: boolean;
};

/** Whether one looks at stored proposals, at which, and what of it lies over the timeline. The rest comes with the panel. */
export const draftsShown = createStore<{
  readonly isOpen: boolean;
  /** The one that is looked at; null for the list of all. */
  readonly id: string | null;
  /** Rises each time somebody asks to see them: from wherever they are. */
  readonly openings: number;
  readonly marks: readonly DraftMark[];
  /** Rises with what others do to proposals. */
  readonly heard: number;
}>({ isOpen: false, id: null, openings: 0, marks: [], heard: 0 });

/** Shows one proposal, or all, beside the timeline. */
export function openDrafts(id: string | null): void {
  draftsShown.set(({ openings }) => ({ isOpen: true, id, openings: openings + 1, marks: [] }));
}

export function closeDrafts(): void {
  draftsShown.set({ isOpen: false, marks: [] });
}

/** Somebody has proposed, accepted or declined: read again where one looks. */
export function draftsChanged(): void {
  draftsShown.set(({ heard }) => ({ heard: heard + 1 }));
}
