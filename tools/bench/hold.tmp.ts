import pg from "pg";
import { readFileSync, readdirSync, mkdtempSync } from "node:fs";
import { startServer, settle } from "./server.ts";
import { openWire } from "../../apps/server/src/testing/wire.ts";
import { seededRandom, wholeBetween } from "@hourwright/std";
import { findPrograms, startCluster } from "../../apps/server/src/platform/testing/cluster.ts";
import { execSync } from "node:child_process";
const dir = mkdtempSync("/tmp/one-");
const kind = process.argv[2] ?? "embedded";
const programs = findPrograms();
const cluster = kind === "pg" ? await startCluster(programs!, { durable: true }) : null;
const server = await startServer(cluster ? { DATABASE_URL: cluster.url, DEMO: "1" } : { DATA_DIR: dir + "/data" });
const ids: string[] = [];
for (let i = 0; i < 10; i++) ids.push((await server.client("people.create", { body: { name: `B ${i}` } })).id);
const { id } = await server.client("services.create", { body: { name: "few", slug: "few", lengths: [30], windowDays: 700, holdMinutes: 60, raster: { everyMinutes: 30, from: "midnight" }, roles: [{ name: "Who", anyOf: ids }] } });
await settle(server.url, server.token);
const from = Temporal.Now.zonedDateTimeISO("UTC").startOfDay().add({ days: 1 });
let starts: string[] = [];
{
  using wire = await openWire(server.url);
  const a = await wire.ask({ method: "GET", path: `/v1/services/${id}/slots?from=${encodeURIComponent(from.toInstant().toString())}&to=${encodeURIComponent(from.add({ days: 400 }).toInstant().toString())}&limit=20000` });
  starts = (JSON.parse(a.text()) as any).items.map((x: any) => x.start);
}
const random = seededRandom(1);
for (let i = starts.length - 1; i > 0; i--) { const o = wholeBetween(random, 0, i); [starts[i], starts[o]] = [starts[o]!, starts[i]!]; }
const pid = execSync(`pgrep -P ${process.pid}`).toString().trim().split("\n").map(Number).find((p) => readFileSync(`/proc/${p}/cmdline`, "utf8").includes("node"))!;
const cpu = () => Object.fromEntries(readdirSync(`/proc/${pid}/task`).map((t) => { const s = readFileSync(`/proc/${pid}/task/${t}/stat`, "utf8"); const f = s.slice(s.lastIndexOf(")") + 2).split(" "); return [t, (Number(f[11]) + Number(f[12])) * 10]; }));
let next = 0;
async function run(n: number, at: number) {
  const took: number[] = []; const end = next + n; const t0 = performance.now();
  await Promise.all(Array.from({ length: at }, async () => { using wire = await openWire(server.url); while (next < end) { const start = starts[next++]!; const a = performance.now(); const r = await wire.ask({ method: "POST", path: "/v1/holds", body: { serviceId: id, start } }); took.push(performance.now() - a); if (r.status !== 201) throw new Error(r.text()); } }));
  took.sort((a, b) => a - b);
  return { p50: took[Math.floor(n / 2)], p95: took[Math.floor(n * .95)], perSecond: n / ((performance.now() - t0) / 1000) };
}
await run(400, 20);
const client = cluster ? new pg.Client({ connectionString: cluster.url }) : null;
if (client) { await client.connect(); await client.query("create extension if not exists pg_stat_statements"); await client.query("select pg_stat_statements_reset()"); }
for (const at of [20]) {
  const h0 = process.hrtime.bigint(); const before = cpu(); const mine = process.cpuUsage();
  const r = await run(3200, at);
  const after = cpu();
  const m = process.cpuUsage(mine); console.log("WINDOW", String(h0/1000n), String(process.hrtime.bigint()/1000n));
  console.log(at, r, Object.entries(after).map(([t, v]) => [t, v - (before[t] ?? 0)]).filter(([, v]) => (v as number) > 100).map((x) => x.join(":")).join(" "), "client", (m.user + m.system) / 1000);
}
if (client) { const { rows } = await client.query("select calls, round(total_exec_time::numeric,1) as ms, round(total_plan_time::numeric,1) as plan, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as q from pg_stat_statements where calls > 3 order by total_exec_time desc limit 22"); for (const r of rows) console.log(r.calls, r.ms, r.plan, r.rows, r.q); await client.end(); }
await server.stop();
await cluster?.[Symbol.asyncDispose]();
