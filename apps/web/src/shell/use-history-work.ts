import { redoLast, undoLast, type Done } from "../data/history.ts";
import { reloadYears } from "../data/years.ts";
import { useLanguage } from "../messages/index.tsx";

/** Undo and redo with this page's words. */
export function useHistoryWork(zone: string) {
  const { words } = useLanguage();
  const reload = () => reloadYears(zone);
  const undo = { done: words.undo.undone, nothing: words.undo.nothing, failed: words.undo.failed };
  const redo = { done: words.undo.redone, nothing: words.undo.nothingToRedo, failed: words.undo.failed };
  return {
    undo: () => void undoLast(undo, reload),
    undoOne: (done: Done) => void undoLast(undo, reload, done),
    redo: () => void redoLast(redo, reload),
  };
}
