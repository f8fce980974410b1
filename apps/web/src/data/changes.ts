import { api, isOffline } from "./api.ts";
import { directoryStore, loadDirectory, noticeSignedOut } from "./session.ts";
import { reloadCapacity } from "./capacity.ts";
import { reloadYears, yearsStore } from "./years.ts";

const EVERY_MS = 5_000;
const ITEMS = 100;

/**
 * Follows the change log while the page is visible, and loads again what others have changed. Answers how to stop.
 * A lost connection is shown and asked again; nothing is missed, since the log is read from where it was left.
 */
export function followChanges(zone: string): () => void {
  const stop = new AbortController();
  let since: number | null = null;

  async function look(): Promise<void> {
    if (document.visibilityState !== "visible") return;
    try {
      const { items, latest } = await api("changes.list", {
        query: { since: since ?? Number.MAX_SAFE_INTEGER, limit: ITEMS },
        signal: stop.signal,
      });
      const isFirst = since === null;
      const wasOffline = yearsStore.get().isOffline;
      since = latest;
      yearsStore.set({ isOffline: false });
      const isDirectoryLost = !isFirst && !directoryStore.get().loaded;
      if (
        isDirectoryLost ||
        items.some(({ type }) => type.startsWith("calendar") || type === "person" || type === "resource")
      )
        await loadDirectory();
      if (wasOffline || (!isFirst && items.length > 0)) {
        await reloadYears(zone);
        await reloadCapacity(zone);
      }
    } catch (error) {
      if (stop.signal.aborted) return;
      noticeSignedOut(error);
      yearsStore.set({ isOffline: !navigator.onLine || isOffline(error) });
    }
  }

  let running = false;
  const tick = () => {
    if (running) return;
    running = true;
    void look().finally(() => (running = false));
  };
  const timer = setInterval(tick, EVERY_MS);
  document.addEventListener("visibilitychange", tick, { signal: stop.signal });
  addEventListener("online", tick, { signal: stop.signal });
  tick();
  return () => {
    clearInterval(timer);
    stop.abort();
  };
}
