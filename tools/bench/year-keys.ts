import type { Page } from "playwright-core";

/** Keys whose answer is on the canvas: days, layers, zoom and conflicts, there and back. */
const KEYS = "ArrowRight ArrowDown ArrowLeft ArrowUp PageDown PageUp 1 1 2 2 3 3 4 4 + - - + x Shift+x".split(" ");
const REST_MS = 120;
const POLL_MS = 40;
/** Far beyond what may be: a key that changes nothing is a fault of the script. */
const CHANGE_MS_MAX = 2_000;

export type KeyTime = { readonly key: string; readonly ms: number };

/**
 * Presses each key `rounds` times: from the event's own timestamp (the browser's input, not our handler) to the end of the
 * first frame in which a canvas of the year was drawn upon, or, when that is longer, to what Event Timing gives as the next
 * paint after the event (rounded by the browser to 8 ms).
 */
export async function pressKeys(page: Page, rounds: number): Promise<KeyTime[]> {
  await page.evaluate(watchKeys);
  await page.locator('[role="gridcell"][tabindex="0"]').focus();
  const times: KeyTime[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const key of KEYS) {
      await page.keyboard.press(key);
      await page.waitForFunction(() => (globalThis as unknown as Watched).keyMs !== null, null, {
        timeout: CHANGE_MS_MAX,
        polling: POLL_MS,
      });
      await page.waitForTimeout(REST_MS);
      times.push({ key, ms: await page.evaluate(lastKey) });
    }
    await page.keyboard.press("Escape"); // From the conflict to its day: the numbers are layers again.
    await page.waitForTimeout(REST_MS);
  }
  return times;
}

type Watched = { keyMs: number | null; eventMs: number };

/** In the page: notes key presses, drawing, and what Event Timing says. */
function watchKeys(): void {
  const watched = globalThis as unknown as Watched;
  let pressedMs: number | null = null;
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Shift") return;
      Object.assign(watched, { keyMs: null, eventMs: 0 });
      pressedMs = event.timeStamp;
    },
    { capture: true },
  );
  const drawing = CanvasRenderingContext2D.prototype;
  for (const name of ["clearRect", "drawImage"] as const) {
    const draw = drawing[name];
    Object.assign(drawing, {
      [name](this: CanvasRenderingContext2D, ...given: never[]): void {
        Reflect.apply(draw, this, given);
        if (pressedMs === null || !this.canvas.isConnected) return; // Drawn ahead: nobody sees it.
        const since = pressedMs;
        pressedMs = null;
        const { port1, port2 } = new MessageChannel(); // Its message comes when the frame is done.
        port1.addEventListener("message", () => Object.assign(watched, { keyMs: performance.now() - since }), {
          once: true,
        });
        port1.start();
        port2.postMessage(null);
      },
    });
  }
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name === "keydown") watched.eventMs = Math.max(watched.eventMs, duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

function lastKey(): number {
  const { keyMs, eventMs } = globalThis as unknown as Watched;
  return Math.max(keyMs ?? 0, eventMs);
}
