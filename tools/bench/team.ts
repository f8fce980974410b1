import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { below, percentile, type Bench, type Result } from "./report.ts";
import { startServer } from "./server.ts";
import { answerTeam } from "./team-page.ts";
import { openBrowser, openSignedIn } from "./year-page.ts";

const SLOWED = 4;
const REST_MS = 150;
const FRAME_MS_MAX = 100;
const INPUT_MS_MAX = 50;
const DAY_OF_BENCH = "2027-03-01";

type Action = { readonly what: string; readonly run: (page: Page) => Promise<void> };

/**
 * 200 scripted actions in Team, 300 people by 31 days with some 6,000 shifts and a draft, in Chromium with software drawing and a
 * processor slowed four times: from the input's own timestamp to the end of the next frame.
 */
export const team: Bench = {
  name: "team",
  async run(say) {
    const browser = await openBrowser(say);
    if (browser === null) return [];
    const directory = mkdtempSync(join(tmpdir(), "hourwright-bench-"));
    const server = await startServer({ DATA_DIR: directory });
    try {
      const { page, home } = await openSignedIn(browser, server);
      const draft = await answerTeam(page, Temporal.PlainDate.from(DAY_OF_BENCH));
      await page.goto(`${home}/team/${DAY_OF_BENCH}?weeks=month&draft=${draft}`);
      await page
        .getByRole("gridcell", { name: /not published/ })
        .first()
        .waitFor();
      await page.waitForLoadState("networkidle");
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
      await page.evaluate(watchInputs);
      await page.getByRole("gridcell").nth(40).focus();
      say(`${ACTIONS.length} actions, the processor slowed ${SLOWED} ×`);
      return await measured(page, say);
    } finally {
      await browser.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function measured(page: Page, say: (sentence: string) => void): Promise<readonly Result[]> {
  const times = new Map<string, number[]>();
  for (const { what, run } of ACTIONS) {
    await page.evaluate(() => (globalThis as unknown as Watched).forget());
    await run(page);
    await page.waitForTimeout(REST_MS);
    const ms = await page.evaluate(() => (globalThis as unknown as Watched).longest());
    times.set(what, [...(times.get(what) ?? []), ms]);
  }
  const all = [...times.values()].flat();
  for (const [what, each] of times)
    say(
      `${what}: ${each.length}, median ${percentile(each, 0.5).toFixed(0)} ms, most ${Math.max(...each).toFixed(0)} ms`,
    );
  const inputs = ["move", "type"].flatMap((what) => times.get(what) ?? []);
  return [
    below(
      `Team, ${all.length} actions, CPU slowed ${SLOWED} ×, to the next frame, p95`,
      percentile(all, 0.95),
      "ms",
      FRAME_MS_MAX,
    ),
    below("typing and moving, p95", percentile(inputs, 0.95), "ms", INPUT_MS_MAX),
  ];
}

const pressing = (what: string, ...keys: readonly string[]): readonly Action[] =>
  keys.map((key) => ({ what, run: (page) => page.keyboard.press(key) }));
const repeated = (count: number, actions: readonly Action[]): readonly Action[] =>
  Array.from({ length: count }, () => actions).flat();
const wheel = (by: number): Action => ({ what: "scroll", run: (page) => page.mouse.wheel(0, by) });
const FIND: Action = { what: "other", run: (page) => page.keyboard.press("f") };
const BACK: Action = {
  what: "other",
  run: async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("gridcell").nth(40).focus();
  },
};
const POINT: Action = { what: "other", run: (page) => page.mouse.move(700, 500) };

const ACTIONS: readonly Action[] = [
  ...repeated(13, pressing("move", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft")),
  ...repeated(5, pressing("page", "PageDown", "PageDown", "PageUp", "Home", "End")),
  ...repeated(5, pressing("select", "Shift+ArrowRight", "Shift+ArrowDown")),
  ...repeated(5, [...pressing("fill", "Shift+ArrowRight", "Control+r"), ...pressing("undo", "Control+z")]),
  ...repeated(5, [
    ...pressing("week", "Home", "Shift+Space", "Control+c"),
    ...pressing("move", "Control+ArrowRight"),
    ...pressing("week", "Control+v"),
    ...pressing("undo", "Control+z", "Control+Shift+z", "Control+z"),
  ]),
  POINT,
  POINT,
  ...repeated(5, [wheel(400), wheel(400), wheel(-300), wheel(2_000)]),
  FIND,
  ...pressing(
    "filter",
    ..."person a".split("").map((key) => (key === " " ? "Space" : key)),
    ...Array<string>(8).fill("Backspace"),
  ),
  BACK,
  ...repeated(2, [
    ...pressing("type", "9", "-", "1", "3"),
    ...pressing("commit", "Enter"),
    ...pressing("undo", "Control+z"),
  ]),
  ...repeated(3, [...pressing("publish preview", "Control+Enter"), BACK]),
];

type Watched = { readonly forget: () => void; readonly longest: () => number };

/** In the page: from an input to the end of the next frame, and what Event Timing says of it where that is longer. */
function watchInputs(): void {
  let longest = 0;
  const after = (event: Event) => {
    const since = event.timeStamp;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel(); // Its message comes when the frame is done.
      port1.addEventListener("message", () => (longest = Math.max(longest, performance.now() - since)), { once: true });
      port1.start();
      port2.postMessage(null);
    });
  };
  for (const type of ["keydown", "wheel"]) addEventListener(type, after, { capture: true, passive: true });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") longest = Math.max(longest, duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  Object.assign(globalThis, { forget: () => (longest = 0), longest: () => longest });
}
