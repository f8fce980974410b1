/** The present moment, epoch ms. `Temporal` where the browser has it; else the page's own clock, counted from its load. */
export function nowMs(): number {
  if ("Temporal" in globalThis) return Temporal.Now.instant().epochMilliseconds;
  return Math.round(performance.timeOrigin + performance.now());
}

/** The zone that this device is in. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
