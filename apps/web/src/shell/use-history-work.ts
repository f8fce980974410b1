import { redoLast, undoLast, type Done } from "../data/history.ts";
import { catchUp } from "../data/changes.ts";
import { loadNotices } from "../data/notices.ts";
import { useLanguage } from "../messages/index.tsx";

/** Undo and redo with this page's words. */
export function useHistoryWork() {
  const { words } = useLanguage();
  const undo = {
    done: words.undo.undone,
    nothing: words.undo.nothing,
    failed: words.failures.network,
    partly: words.undo.partly,
  };
  const redo = {
    done: words.undo.redone,
    nothing: words.undo.nothingToRedo,
    failed: words.failures.network,
    partly: words.undo.partly,
  };
  const reload = async () => {
    await catchUp();
    await loadNotices(); // A proposal that was answered may be open again.
  };
  return {
    undo: () => void undoLast(undo, reload),
    undoOne: (done: Done) => void undoLast(undo, reload, done),
    redo: () => void redoLast(redo, reload),
  };
}
