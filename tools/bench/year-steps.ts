import type { Page } from "playwright-core";
import type { Step } from "./year-trace.ts";

/** Time for what follows an input by itself: effects, the write of the address, a second frame. */
const SETTLE_MS = 40;
/** A hover card comes after 120 ms. */
const CARD_MS = 150;
/** A gesture of the wheel is one step of the zoom and rests for 250 ms. */
const WHEEL_REST_MS = 260;

/** A day's number on the screen: there is nothing to be taken hold of but the day. */
export type Place = { readonly x: number; readonly y: number };

/** Where the days are, at the zoom that the page has. */
export function placesOfDays(page: Page): Promise<Place[]> {
  return page.getByRole("gridcell").evaluateAll((cells) =>
    cells.map((cell) => {
      const { left, top } = cell.getBoundingClientRect();
      return { x: left + 7, y: top + 9 };
    }),
  );
}

/** A zoom by one, nearer or farther, by key. */
export function zoomKey(by: 1 | -1): Step {
  const key = by === 1 ? "+" : "-";
  return { name: "zoom by key", settleMs: SETTLE_MS, run: (page) => page.keyboard.press(key) };
}

/** From the year two nearer, three farther, one nearer, and again: every step there is, in both directions. */
const ROUND = [1, 1, -1, -1, -1, 1] as const;

/** Down to density and up to the day, and back. Rounds of six leave the zoom as it was. */
export function zoomSteps(keys: number, turns: number, { x, y }: Place): Step[] {
  return [
    ...repeated(keys, (i) => zoomKey(ROUND[i % ROUND.length]!)),
    ...repeated(turns, (i): Step => ({
      name: "zoom by wheel",
      settleMs: WHEEL_REST_MS,
      run: async (page) => {
        await page.mouse.move(x, y);
        await page.keyboard.down("Control");
        await page.mouse.wheel(0, ROUND[i % ROUND.length]! * -120);
        await page.keyboard.up("Control");
      },
    })),
  ];
}

/** Over days here and there, resting at every tenth until its card is there. */
export function hoverSteps(count: number, days: readonly Place[]): Step[] {
  return repeated(count, (i) => {
    const { x, y } = days[(i * 41) % days.length]!;
    return {
      name: "hover",
      settleMs: i % 10 === 9 ? CARD_MS : SETTLE_MS,
      run: (page) => page.mouse.move(x, y + 20),
    };
  });
}

/** Presses on a day, carries it over `moves` others, gives it up: two steps more than moves. */
export function dragSteps(moves: number, from: Place): Step[] {
  const at = (i: number): Place => ({ x: from.x + i * 23, y: from.y + (i % 4) * 3 });
  const step = (run: (page: Page) => Promise<void>): Step => ({ name: "drag", settleMs: SETTLE_MS, run });
  return [
    step(async (page) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
    }),
    ...repeated(moves, (i) => step((page) => page.mouse.move(at(i + 1).x, at(i + 1).y))),
    step(async (page) => {
      await page.keyboard.press("Escape");
      await page.mouse.up();
    }),
  ];
}

function repeated<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
