// Under a policy only leakproof operators use an index, so a slow statement hides until a tenant has grown. Here one has:
// every statement that the reading operations send is explained as the application's role.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { createClient, type Client } from "@hourwright/client";
import { postgres, type FilledDatabase } from "./filled-database.ts";
import { COORDINATOR, INSTRUCTOR, MANAGER, startTestServer, type TestServer } from "./server.ts";

const OBJECTS = 20_000;
const OCCURRENCES = 10;

/** 200,000 occurrences and as many claims in the first organisation, spread over a thousand days and everyone. */
const GROWTH = `
  insert into calendars.object (org_id, id, calendar_id, name, uid, kind, bytes, etag, version, sequence, title, is_recurring, starts_at, ends_at, derived_to)
  select 1, 'evt_' || lpad(n::text, 26, '0'), (select min(id) from calendars.calendar where org_id = 1), 'n' || n, 'grown-' || n, 'VEVENT',
    convert_to('BEGIN:VCALENDAR' || chr(13) || chr(10) || 'END:VCALENDAR', 'UTF8'), 'e' || n, 1, 0, 'Grown ' || n, true, now(), now() + interval '3 years', now() + interval '10 years'
  from generate_series(1, ${OBJECTS}) n;
  insert into calendars.face (org_id, object_id, face, shown, subjects)
  select 1, 'evt_' || lpad(n::text, 26, '0'), 0, '{"uid":"x","title":"Grown"}', '{}' from generate_series(1, ${OBJECTS}) n;
  insert into calendars.instance (org_id, object_id, recurrence_id, calendar_id, face, starts_at, ends_at)
  select 1, 'evt_' || lpad((i % ${OBJECTS} + 1)::text, 26, '0'), 'r' || i, (select min(id) from calendars.calendar where org_id = 1), 0,
    now() + (i % 1000) * interval '1 day', now() + (i % 1000) * interval '1 day' + interval '1 hour'
  from generate_series(1, ${OBJECTS * OCCURRENCES}) i;
  insert into calendars.involvement (org_id, subject_id, object_id)
  select 1, s.id, 'evt_' || lpad(n::text, 26, '0') from generate_series(1, ${OBJECTS}) n
  join (select id, row_number() over (order by id) - 1 as k, count(*) over () as people from identity.subject where org_id = 1) s on n % s.people = s.k;
  insert into claims.claim (org_id, track, starts_at, ends_at, guard, status, policy, role, source, commitment, occurrence, label)
  select 1, t.track, now() + (i % 1000) * interval '1 day', now() + (i % 1000) * interval '1 day' + interval '1 hour', 'empty', 'confirmed', 'warn', 'owner',
    'calendars', 'grown-' || i % ${OBJECTS}, 'r' || i, 'Grown'
  from generate_series(1, ${OBJECTS * OCCURRENCES}) i
  join (select track, row_number() over (order by track) - 1 as k, count(*) over () as people from claims.timeline where org_id = 1) t on i % t.people = t.k;
  insert into changes.change (org_id, seq, at, actor, operation, request_id, thing_type, thing_id, kind, fields)
  select 1, 1000000 + i, now(), '{}', 'grown', 'req_' || i, 'event', 'evt_' || i, 'updated', '{}' from generate_series(1, ${OBJECTS * OCCURRENCES}) i;
  analyze;`;

type Asked = { readonly text: string; readonly values: readonly unknown[] };

describe(`what reading costs once a tenant has grown, on ${postgres.name}`, { skip: postgres.skip }, () => {
  let base: FilledDatabase;
  let server: TestServer;
  let direct: pg.Client;
  const asked = new Map<string, Asked>();
  const send = pg.Client.prototype.query;

  before(async () => {
    base = await postgres.open();
    server = await startTestServer({ DATABASE_URL: base.url });
    direct = new pg.Client({ connectionString: base.url });
    await direct.connect();
    await direct.query(GROWTH);
    pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
      const statement = given[0] as { text?: string; values?: unknown[] };
      if (typeof statement === "object" && /^\s*(select|with)/i.test(statement.text ?? ""))
        asked.set(statement.text!, { text: statement.text!, values: statement.values ?? [] });
      return (send as (...all: unknown[]) => unknown).apply(this, given) as never;
    };
  });
  after(async () => {
    pg.Client.prototype.query = send;
    await direct.end();
    await server[Symbol.asyncDispose]();
    await base[Symbol.asyncDispose]();
  });

  async function readEverything(client: Client): Promise<void> {
    const start = Temporal.Now.plainDateISO().add({ days: 100 }).toString();
    const end = Temporal.Now.plainDateISO().add({ days: 107 }).toString();
    const { items: people } = await client("people.list", { query: { limit: 5, search: "a" } });
    const { items: things } = await client("resources.list", { query: { limit: 5 } });
    const { items: calendars } = await client("calendars.list", { query: { limit: 5 } });
    await client("calendars.read", { params: { id: calendars[0]!.id } });
    await client("events.list", { query: { start, end, limit: 50 } });
    await client("events.list", {
      query: { start, end, subjects: [people[0]!.id], includeConflicts: true, includeCapacity: true, limit: 50 },
    });
    if (things[0] !== undefined)
      await client("events.list", { query: { start, end, resourceId: things[0].id, limit: 50 } });
    await client("subjects.freeBusy", {
      query: { subjects: people.map(({ id }) => id), start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` },
    });
    await client("ai.detectConflicts", {
      body: { timeRange: { start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` } },
    });
    await client("changes.list", { query: { since: 1_100_000, limit: 100 } });
  }

  for (const email of [COORDINATOR, MANAGER, INSTRUCTOR]) {
    test(`no table that grows is read from end to end for ${email}`, { timeout: 300_000 }, async () => {
      asked.clear();
      const token = await server.token(email);
      await readEverything(createClient({ baseUrl: server.url, token: () => token }));
      assert.ok(asked.size >= 10, `only ${asked.size} statements were seen`);
      const scans: string[] = [];
      for (const { text, values } of asked.values()) scans.push(...(await scansOf(text, values)));
      assert.deepEqual(scans, []);
    });
  }

  /** The sequential scans of large tenant tables in a statement's plan, as the application's role in the organisation. */
  async function scansOf(text: string, values: readonly unknown[]): Promise<string[]> {
    await direct.query("begin; set local role hourwright_app; set local app.org = '1'");
    try {
      const { rows } = await direct.query<{ "QUERY PLAN": { Plan: Plan }[] }>(`explain (format json) ${text}`, [
        ...values,
      ]);
      const found: string[] = [];
      walk(rows[0]!["QUERY PLAN"][0]!.Plan, (node) => {
        if (node["Node Type"] === "Seq Scan" && large.has(node["Relation Name"] ?? ""))
          found.push(`${node["Relation Name"]} in ${text.replaceAll(/\s+/g, " ").slice(0, 120)}`);
      });
      return found;
    } finally {
      await direct.query("rollback");
    }
  }
});

/** The tables that grow with what an organisation does. */
const large = new Set(["object", "face", "instance", "involvement", "claim", "change"]);

type Plan = { readonly "Node Type": string; readonly "Relation Name"?: string; readonly Plans?: readonly Plan[] };

function walk(plan: Plan, visit: (node: Plan) => void): void {
  visit(plan);
  for (const child of plan.Plans ?? []) walk(child, visit);
}
