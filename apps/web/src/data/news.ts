import type { LiveChange } from "@hourwright/contract";
import type { Event } from "./api.ts";
import { sessionStore } from "./session.ts";
import { createStore } from "./store.ts";

/** A change of one event, with how it looks before and after, as far as one may see it. */
export type Edit = {
  readonly id: string;
  readonly type: LiveChange["type"];
  readonly who: LiveChange["who"];
  readonly before: readonly Event[];
  readonly after: readonly Event[];
};

/** What somebody else has just done, for one quiet line. */
export type News = {
  readonly id: number;
  readonly who: string;
  readonly did: "added" | "moved" | "changed" | "removed";
  readonly title: string;
  /** How many more events, when they changed several at once. */
  readonly more: number;
};

export const newsStore = createStore<{ readonly news: News | null }>({ news: null });

let count = 0;

/** Tells the last of what others have done, unless one is typing; one's own changes are no news. */
export function reportNews(edits: readonly Edit[]): void {
  const me = sessionStore.get().me?.personId;
  const told = edits.filter(({ who }) => who !== null && who.personId !== null && who.personId !== me);
  const last = told.at(-1);
  const shown = last?.after[0] ?? last?.before[0];
  if (last === undefined || shown === undefined || isTyping()) return;
  const more = told.filter(({ who }) => who!.personId === last.who!.personId).length - 1;
  newsStore.set({ news: { id: ++count, who: last.who!.name, did: deedOf(last), title: shown.title, more } });
}

export function dismissNews(): void {
  newsStore.set({ news: null });
}

function deedOf({ type, before, after }: Edit): News["did"] {
  if (type === "event:deleted") return "removed";
  if (type === "event:created") return "added";
  const timesOf = (events: readonly Event[]) => events.map(({ start, end }) => `${start} ${end}`).join();
  return before.length > 0 && timesOf(before) !== timesOf(after) ? "moved" : "changed";
}

function isTyping(): boolean {
  return document.activeElement?.matches("input:not([type=radio]), textarea, select, [contenteditable]") === true;
}
