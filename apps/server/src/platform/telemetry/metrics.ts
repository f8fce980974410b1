import { monitorEventLoopDelay } from "node:perf_hooks";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What `/metrics` shows, and where the server counts. */
export type Metrics = {
  readonly requestTook: (operation: string, status: number, ms: number) => void;
  /** A number read when somebody asks. */
  readonly gauge: (name: string, help: string, read: () => number) => void;
  readonly print: () => Promise<string>;
  readonly contentType: string;
};

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10];
const LOOP_RESOLUTION_MS = 10;

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "hourwright_" });
  const requests = new Histogram({
    name: "hourwright_request_seconds",
    help: "How long requests took, by operation and status",
    labelNames: ["operation", "status"],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const metrics: Metrics = {
    requestTook: (operation, status, ms) => requests.observe({ operation, status }, ms / 1_000),
    gauge: (name, help, read) =>
      void new Gauge({
        name: `hourwright_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      }),
    print: () => registry.metrics(),
    contentType: registry.contentType,
  };
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  metrics.gauge("event_loop_stall_ms", "The longest stall of the event loop since it was last asked", () =>
    longestAndReset(loop),
  );
  return metrics;
}

function longestAndReset(loop: ReturnType<typeof monitorEventLoopDelay>): number {
  const longest = loop.max / 1e6;
  loop.reset();
  return Math.max(0, longest - LOOP_RESOLUTION_MS);
}
