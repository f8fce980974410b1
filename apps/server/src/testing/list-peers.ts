// The process that `lists` measures: the server, and beside it on ports of their own its two peers.
import { randomBytes } from "node:crypto";
import fastify from "fastify";
import { sql } from "kysely";
import { pino } from "pino";
import { findZone } from "@hourwright/time";
import { assert } from "@hourwright/std";
import { compose } from "../compose.ts";
import { readConfig } from "../config.ts";
import { timeWriter } from "../contexts/calendars/time-writer.ts";
import { systemContext } from "../contexts/identity/public.ts";
import { systemClock } from "../platform/clock.ts";
import { idMaker } from "../platform/ids.ts";

const config = readConfig({ ...process.env, PORT: "0", HOST: "127.0.0.1", RATE_LIMIT: "off", LOG_LEVEL: "error" });
if ("wrong" in config) throw new Error(config.wrong.join(" "));
const newId = idMaker(systemClock, randomBytes);
const world = { clock: systemClock, newId, log: pino({ level: "error" }) };
const application = await compose(config, world);
const { database } = application;

type Row = {
  id: string;
  recurrence_id: string;
  calendar_id: string;
  start_ms: number;
  end_ms: number;
  start_day: string | null;
  end_day: string | null;
  version: number;
  shown: string;
};

/** The list as one writes it first: a row for each date, an object for each row, `JSON.stringify` of all of them. */
const rowByRow = fastify();
rowByRow.get("/events", async (request, reply) => {
  const { start, end, zone } = request.query as { start: string; end: string; zone: string };
  assert(findZone(zone) !== null, `no zone: ${zone}`);
  const { rows } = await database.inOrganisation(
    systemContext(1, "bench", newId),
    (unit) =>
      sql<Row>`
        select i.object_id as id, i.recurrence_id, i.calendar_id, i.start_day::text, i.end_day::text, o.version, f.shown,
          (date_part('epoch', i.starts_at) * 1000)::bigint as start_ms, (date_part('epoch', i.ends_at) * 1000)::bigint as end_ms
        from calendars.instance i
        join calendars.object o on o.org_id = i.org_id and o.id = i.object_id
        join calendars.face f on f.org_id = i.org_id and f.object_id = i.object_id and f.face = i.face
        where i.org_id = 1 and i.starts_at < ${end}::timestamptz and i.ends_at > ${start}::timestamptz
        order by i.starts_at, i.object_id, i.recurrence_id limit 20000`.execute(unit.db),
    { lane: "read" },
  );
  const write = timeWriter(zone);
  const events = rows.map((row) => ({
    id: row.id,
    recurrenceId: row.recurrence_id === "" ? null : row.recurrence_id,
    calendarId: row.calendar_id,
    start: row.start_day ?? write(row.start_ms),
    end: row.end_day ?? write(row.end_ms),
    canEdit: true,
    version: row.version,
    ...(JSON.parse(row.shown) as object),
  }));
  return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify({ events }));
});

/** Fastify with nothing but the bytes that it was told to answer. */
const bare = fastify();
let bytes: string = "";
bare.get("/events", async (_request, reply) =>
  reply.header("content-type", "application/json; charset=utf-8").send(bytes),
);

const local = { port: 0, host: "127.0.0.1" };
const urls = {
  ours: await application.server.listen(local),
  rowByRow: await rowByRow.listen(local),
  bare: await bare.listen(local),
};
process.on("message", (message: { answer?: string; cpu?: true }) => {
  if (message.answer !== undefined) bytes = message.answer;
  const { user, system } = process.cpuUsage();
  process.send!({ cpuMs: (user + system) / 1_000 });
});
process.on("disconnect", () => process.exit(0)); // Who measures has gone.
process.send!({ urls });
