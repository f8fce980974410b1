import type { Answer } from "@hourwright/client";
import { announce } from "./announcement.ts";
import { api, sentenceOf } from "./api.ts";
import { timesFrom, type NewTimes } from "./edits.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";
import { printInstant } from "./wall-clock.ts";

export type FoundTimes = Answer<"ai.findTime">;
export type FoundTime = FoundTimes["times"][number];
export type Relaxation = FoundTimes["relaxations"][number];

/** Somebody who is wanted. */
export type Wanted = { readonly id: string; readonly isRequired: boolean };

/** What a time is looked for, as it is chosen. */
export type TimeWish = {
  readonly title: string;
  readonly people: readonly Wanted[];
  /** None, any, or one by its id. */
  readonly room: string;
  /** In which calendar it will lie; empty where that is open. */
  readonly calendarId: string;
  readonly minutes: number;
  readonly window: "week" | "next" | "two" | "dates";
  /** The epoch day whose week is meant. */
  readonly day: number;
  readonly fromDate: string;
  readonly toDate: string;
  readonly part: "any" | "morning" | "afternoon" | "evening";
  readonly isWithinHours: boolean;
};

/** The same as it is asked: epoch ms, minutes of a day. */
export type Asked = {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly room: { readonly among: readonly string[]; readonly places: number | null } | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly minutes: number;
  readonly dayPart: { readonly from: number; readonly to: number } | null;
  readonly calendarId: string | null;
  readonly isWithinHours: boolean;
  readonly limit: number;
};

/** How far it is: one wishes, it is looked, something was found or not. */
export type TimeSearch =
  | { readonly is: "wishing" }
  | { readonly is: "looking" }
  | { readonly is: "failed"; readonly sentence: string }
  | { readonly is: "found"; readonly answer: FoundTimes };

/** Kept while the page lives: one may look at another place meanwhile, and come back. */
export const findTimeStore = createStore<{
  readonly isOpen: boolean;
  /** Null until it was opened for the first time. */
  readonly wish: TimeWish | null;
  readonly search: TimeSearch;
  /** The time that one looks at. */
  readonly pointed: NewTimes | null;
}>({ isOpen: false, wish: null, search: { is: "wishing" }, pointed: null });

/** Opens it. What was found for the same wish stays; without a wish, that of the last time. */
export function openFindTime(wish: TimeWish, isNew: boolean): void {
  const { wish: before } = findTimeStore.get();
  if (before !== null && (!isNew || JSON.stringify(before) === JSON.stringify(wish)))
    return findTimeStore.set({ isOpen: true });
  giveUp();
  findTimeStore.set({ isOpen: true, wish, search: { is: "wishing" }, pointed: null });
}

/** Closes it, and gives up what is under way. */
export function closeFindTime(): void {
  if (findTimeStore.get().search.is === "looking") toTimeWish();
  findTimeStore.set({ isOpen: false, pointed: null });
}

export const wishFor = (wish: TimeWish): void => findTimeStore.set({ wish });

/** Back to the wish; what is under way is given up. */
export function toTimeWish(): void {
  giveUp();
  findTimeStore.set({ search: { is: "wishing" }, pointed: null });
}

export const pointAtTime = (pointed: NewTimes | null): void => findTimeStore.set({ pointed });

/** What the server writes, as times. */
export const timesOfFound = ({ start, end }: Pick<FoundTime, "start" | "end">): NewTimes | null =>
  timesFrom({ start, end, allDay: false });

/** A time that was taken: who comes then, and the room that would be taken. */
export type TakenTime = {
  readonly title: string;
  readonly times: NewTimes;
  readonly people: readonly string[];
  /** Null: no other than what the event has. */
  readonly roomId: string | null;
  /** Empty: that of the form. */
  readonly calendarId: string;
};

let looks = 0;
let leaving: AbortController | null = null;

function giveUp(): void {
  looks++;
  leaving?.abort();
  leaving = null;
}

/** Looks for times. What was looked for before is given up. */
export async function lookForTime(
  asked: Asked,
  sentences: { readonly found: (answer: FoundTimes) => string; readonly failed: string },
): Promise<void> {
  giveUp();
  const mine = looks;
  leaving = new AbortController();
  findTimeStore.set({ search: { is: "looking" }, pointed: null });
  try {
    const { fromMs, toMs, isWithinHours, required, optional, room, ...rest } = asked;
    const answer = await api("ai.findTime", {
      body: {
        ...rest,
        required: [...required],
        optional: [...optional],
        room: room && { ...room, among: [...room.among] },
        timeRange: { start: printInstant(fromMs), end: printInstant(toMs) },
        withinHours: isWithinHours,
      },
      signal: leaving.signal,
    });
    if (mine !== looks) return;
    findTimeStore.set({ search: { is: "found", answer } });
    announce(sentences.found(answer));
  } catch (error) {
    if (mine !== looks) return; // It was given up.
    noticeSignedOut(error);
    findTimeStore.set({ search: { is: "failed", sentence: sentenceOf(error, sentences.failed) } });
  }
}
