import type { TeamBlock, TeamScale } from "@hourwright/timeline/team";
import type { DraftByPerson, TeamModel } from "../model.ts";

/** Words that are drawn. */
export type DrawnWords = {
  readonly hours: string;
  readonly open: string;
  readonly openCount: (shifts: number) => string;
  readonly openHours: (minutes: number) => string;
  readonly part: (permille: number) => string;
  readonly hoursOf: (minutes: number) => string;
  readonly absence: (what: string) => string;
  readonly coverage: (site: string, skill: string, level: number | null) => string;
  readonly short: (days: number) => string;
  readonly covered: string;
  /** Head of a day: the weekday, the number, and what is written below it in small letters. */
  readonly head: (day: number) => { readonly weekday: string; readonly number: string; readonly note: string };
  readonly hour: (hour: number) => string;
};

/** What is drawn over the cells. */
export type TeamMarks = {
  readonly block: TeamBlock | null;
  readonly cursor: { readonly line: number; readonly day: number } | null;
  readonly hasFocus: boolean;
  readonly hover: { readonly line: number; readonly day: number } | null;
  /** A cell on which a shift was refused. */
  readonly refused: { readonly line: number; readonly day: number } | null;
  /** A shift in hand, and where the hand is. */
  readonly carried: { readonly label: string; readonly x: number; readonly y: number } | null;
  readonly target: { readonly line: number; readonly day: number } | null;
  readonly fill: TeamBlock | null;
  /** What was copied: dashed until it is pasted or Esc is pressed. */
  readonly copied: TeamBlock | null;
};

export type TeamPicture = {
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly isDraft: boolean;
  /** What speaks against an item of the draft, by its id. */
  readonly objections: ReadonlyMap<string, string>;
  readonly scale: TeamScale;
  readonly words: DrawnWords;
  /** How many people and sites are shown. */
  readonly people: string;
  /** Today after the first day, and how much of it is over; days before are past. */
  readonly today: number;
  readonly todayPart: number;
  readonly weekends: readonly boolean[];
  /** The first day of a week. */
  readonly weekStarts: readonly boolean[];
};
