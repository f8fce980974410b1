import { redoLast, undoLast, type Done } from "../data/history.ts";
import { catchUp } from "../data/changes.ts";
import { useLanguage } from "../messages/index.tsx";

/** Undo and redo with this page's words. */
export function useHistoryWork() {
  const { words } = useLanguage();
  const undo = { done: words.undo.undone, nothing: words.undo.nothing, failed: words.undo.failed };
  const redo = { done: words.undo.redone, nothing: words.undo.nothingToRedo, failed: words.undo.failed };
  return {
    undo: () => void undoLast(undo, catchUp),
    undoOne: (done: Done) => void undoLast(undo, catchUp, done),
    redo: () => void redoLast(redo, catchUp),
  };
}
