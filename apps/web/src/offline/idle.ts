/** So long at most something waits for an idle moment. */
const IDLE_MS_MAX = 5_000;

/** Runs something when the page has nothing else to do; soon, in browsers that do not say when that is. */
export function whenIdle(run: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(run, { timeout: IDLE_MS_MAX });
  else setTimeout(run, 50);
}

/** The next idle moment. */
export const idle = (): Promise<void> => new Promise(whenIdle);
