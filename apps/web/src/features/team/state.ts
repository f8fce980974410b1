import type { DraftEdit, TeamBlock, TeamClip, TeamSelection, WallShift } from "@hourwright/timeline/team";
import type { Answer } from "../../data/api.ts";
import { createStore, type Store } from "../../data/store.ts";

export type CellPlace = { readonly line: number; readonly day: number };

/** Why a shift may not lie where it was dropped, and what could be done instead. */
export type WhyNot = {
  readonly at: CellPlace;
  readonly label: string;
  /** Still in hand: another cell may be chosen for it. */
  readonly shift: WallShift | null;
  readonly sentences: readonly string[];
  /** Only rules of contracts are broken: it may be put there all the same. */
  readonly mayInsist: boolean;
  readonly alternatives: Answer<"drafts.try">["alternatives"];
  /** What stays as it is when one of the alternatives is taken: where it came from. */
  readonly beside: readonly DraftEdit[];
  readonly wanted: readonly DraftEdit[];
};

/** What is taken in hand: the shift, and the cell it came from. */
export type Hand = { readonly from: CellPlace; readonly shift: WallShift; readonly isCopy: boolean };

export type TeamState = {
  readonly selection: TeamSelection;
  readonly hasFocus: boolean;
  readonly hover: CellPlace | null;
  readonly clip: TeamClip | null;
  readonly copied: TeamBlock | null;
  readonly hand: (Hand & { readonly x: number; readonly y: number; readonly to: CellPlace | null }) | null;
  readonly fill: TeamBlock | null;
  readonly editing: (CellPlace & { readonly text: string; readonly isWrong: boolean }) | null;
  readonly why: WhyNot | null;
  /** Shown while the server is asked whether it can be. */
  readonly foreseen: readonly DraftEdit[];
};

const START: CellPlace = { line: 1, day: 0 };

export const createTeamState = (): Store<TeamState> =>
  createStore<TeamState>({
    selection: { anchor: START, head: START },
    hasFocus: false,
    hover: null,
    clip: null,
    copied: null,
    hand: null,
    fill: null,
    editing: null,
    why: null,
    foreseen: [],
  });
