import { api, type Notice } from "./api.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";

/** What one was told of changes that others made. */
export const noticesStore = createStore<{
  readonly items: readonly Notice[];
  readonly unread: number;
  readonly isOpen: boolean;
}>({ items: [], unread: 0, isOpen: false });

const SHOWN_MAX = 30;

/** A failure is not shown: what one was told is there at the next look. */
export async function loadNotices(): Promise<void> {
  try {
    const { items, unread } = await api("notices.list", { query: { limit: SHOWN_MAX } });
    // What is new stays marked as new for as long as one looks at it.
    const { isOpen, items: before } = noticesStore.get();
    const fresh = new Set(isOpen ? before.filter(({ read }) => !read).map(({ id }) => id) : []);
    noticesStore.set({ items: items.map((each) => ({ ...each, read: each.read && !fresh.has(each.id) })), unread });
    if (unread > 0 && noticesStore.get().isOpen) await readAll(); // It came before one's eyes.
  } catch (error) {
    noticeSignedOut(error);
  }
}

/** Opens or closes the inbox. What it shows counts as read from then on; which is new is seen until it is opened again. */
export function openNotices(isOpen: boolean): void {
  noticesStore.set({ isOpen });
  if (isOpen && noticesStore.get().unread > 0) void readAll();
  void loadNotices(); // Opened: what became of proposals meanwhile.
}

async function readAll(): Promise<void> {
  noticesStore.set({ unread: 0 });
  await api("notices.read", { body: {} }).catch(noticeSignedOut);
}
