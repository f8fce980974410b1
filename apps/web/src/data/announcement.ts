import { createStore } from "./store.ts";

/** What the one polite live region says: the last change, for those who do not see it. */
export const announcementStore = createStore<{ readonly text: string }>({ text: "" });

export function announce(text: string): void {
  announcementStore.set({ text });
}
