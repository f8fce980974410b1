import { redoLast, undoLast, type Done } from "../data/history.ts";
import { catchUp } from "../data/changes.ts";
import { loadNotices } from "../data/notices.ts";
import { useLanguage } from "../messages/index.tsx";

/** Undo and redo with this page's words. */
export function useHistoryWork() {
  const { words } = useLanguage();
  const reload = async () => {
    await catchUp();
    await loadNotices(); // A proposal that was answered may be open again.
  };
  return {
    undo: () => void undoLast(words, reload),
    undoOne: (done: Done) => void undoLast(words, reload, done),
    redo: () => void redoLast(words, reload),
  };
}
