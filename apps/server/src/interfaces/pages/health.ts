import type { FastifyInstance } from "fastify";
import type { Metrics } from "../../platform/telemetry/metrics.ts";

export type HealthPorts = {
  /** Null when requests can be answered; otherwise why not, in one word for the balancer. */
  readonly whyNotReady: () => Promise<string | null>;
  readonly metrics: Metrics;
};

/** `/healthz`: the process lives. `/readyz`: it can answer. `/metrics`: what it did, for this machine only. */
export function registerHealth(server: FastifyInstance, ports: HealthPorts): void {
  server.get("/healthz", (_request, reply) => reply.header("cache-control", "no-store").send({ status: "alive" }));
  server.get("/readyz", async (_request, reply) => {
    const why = await ports.whyNotReady();
    reply.header("cache-control", "no-store");
    return why === null ? reply.send({ status: "ready" }) : reply.code(503).send({ status: why });
  });
  server.get("/metrics", async (request, reply) => {
    // Numbers of the house are for whoever runs it: scrape through loopback or a proxy that decides.
    if (!/^(::1|127\.|::ffff:127\.)/.test(request.ip)) return reply.callNotFound();
    return reply.type(ports.metrics.contentType).send(await ports.metrics.print());
  });
}
