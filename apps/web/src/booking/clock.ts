import { say, sendBooking } from "./pages.ts";

/** From so many seconds before its end on a hold is counted down. */
const SHOWN_SECONDS = 120;
/** Seconds left at which it is also said. */
const SAID_AT: ReadonlySet<number> = new Set([120, 30]);
/** Around the ring of the countdown. */
const RING = 100;

let ticking: ReturnType<typeof setInterval> | undefined;

/** Counts down what is held from two minutes before its end; then the times are shown again, and what was written is kept. */
export function startClock(): void {
  clearInterval(ticking);
  const { until, now } = document.querySelector<HTMLElement>("main[data-until]")?.dataset ?? {};
  if (until === undefined || now === undefined) return;
  // By the server's clock: the customer's may be wrong.
  const endsMs = performance.now() + Number(until) - Number(now);
  const tick = () => {
    const left = Math.ceil((endsMs - performance.now()) / 1_000);
    if (left <= 0) {
      clearInterval(ticking);
      const start = document.querySelector<HTMLButtonElement>('button[form="booking"][name="start"]')?.value ?? "";
      sendBooking("change", { over: "1", start });
    } else if (left <= SHOWN_SECONDS) showLeft(left);
  };
  tick();
  ticking = setInterval(tick, 1_000);
}

function showLeft(seconds: number): void {
  const line = document.querySelector<HTMLElement>(".hold");
  const text = line?.querySelector("span") ?? null;
  if (line === null || text === null) return;
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const [before = "", after = ""] = (line.dataset["left"] ?? "").split("{left}");
  const bold = document.createElement("b");
  bold.textContent = clock;
  text.replaceChildren(before, bold, after);
  line.querySelector(".left")?.setAttribute("stroke-dasharray", `${(seconds / SHOWN_SECONDS) * RING} ${RING}`);
  if (SAID_AT.has(seconds)) say(text.textContent);
}
