/** How long the last ones had waited: enough for a percentile that moves within a minute of a busy server. */
const KEPT = 512;

export type Delays = {
  add(ms: number): void;
  /** In milliseconds; 0 before anything was served. O(n log n) of what is kept, when asked. */
  percentiles(): { readonly median: number; readonly p99: number };
};

export function createDelays(): Delays {
  const ring = new Float64Array(KEPT);
  let count = 0;
  return {
    add: (ms) => void (ring[count++ % KEPT] = ms),
    percentiles() {
      const sorted = ring.slice(0, Math.min(count, KEPT)).sort();
      const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
      return { median: at(0.5), p99: at(0.99) };
    },
  };
}
