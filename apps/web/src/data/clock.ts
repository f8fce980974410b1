/** The present moment, epoch ms. `Temporal` where the browser has it; else the page's own clock, counted from its load. */
export function nowMs(): number {
  if ("Temporal" in globalThis) return Temporal.Now.instant().epochMilliseconds;
  return Math.round(performance.timeOrigin + performance.now());
}

let zone: string | null = null;

/** The zone that this device is in; asked once. */
export function deviceZone(): string {
  zone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}
