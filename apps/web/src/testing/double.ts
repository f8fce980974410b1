import { dayNumber } from "@hourwright/time";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDate } from "@hourwright/timeline";
import type { Change, Conflict, EventDetail, Job, Session } from "../data/api.ts";
import { parseInstant, wallClockOf, wallMs } from "../data/wall-clock.ts";
import { add, calendar, makeWorld, nextId, ZONE, type Planned, type World } from "./larkfield.ts";
import { detect, endMs, startMs, toEvent } from "./planning.ts";

/**
 * A small server in memory that speaks the web's part of the API, for developing and for browser tests without a
 * database. It serves `dist` under the same policy as the real one. Not for use by anyone but tests.
 */

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const DAY_MS = 86_400_000;

export type DoubleOptions = {
  readonly port: number;
  readonly year: number;
  /** At least so many events, for drawing under load. */
  readonly eventsMin?: number;
  /** Whether somebody is signed in already, must sign in, or must set the server up. */
  readonly door?: "open" | "sign-in" | "set-up";
};

export type Double = AsyncDisposable & { readonly url: string; readonly world: World; readonly reports: string[] };

export async function startDouble(options: DoubleOptions): Promise<Double> {
  const reports: string[] = [];
  const state = createState(options, reports);
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => send(response, 500, { detail: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(options.port, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${portOf(server)}`,
    world: state.world,
    reports,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type State = {
  world: World;
  session: Session;
  door: NonNullable<DoubleOptions["door"]>;
  readonly changes: Change[];
  /** What takes a request back: runs it, and answers what then takes that back. */
  readonly inverse: Map<string, { readonly summary: string; readonly undo: () => () => void }>;
  readonly jobs: Map<string, { job: Job; titles: readonly string[]; calendarId: string; isPreview: boolean }>;
  readonly reports: string[];
  conflicts: Conflict[] | null;
};

type Reply = {
  readonly status: number;
  readonly body?: unknown;
  readonly requestId?: string;
  readonly location?: string;
};

function createState({ year, eventsMin = 0, door = "open" }: DoubleOptions, reports: string[]): State {
  const world = makeWorld(year, eventsMin);
  const session: Session = {
    signedIn: door === "open",
    demo: door !== "set-up",
    setup: door === "set-up",
    plainHttp: false,
    accounts: [
      { email: "coordinator@larkfield.example", name: "Mara Okafor", role: "administrator" },
      { email: "manager@larkfield.example", name: "Ines Duarte", role: "manager" },
      { email: "instructor@larkfield.example", name: "Tomas Brandt", role: "member" },
      { email: "member@larkfield.example", name: "Priya Nair", role: "member" },
    ],
    me: null,
  };
  const state: State = {
    world,
    session,
    door,
    changes: [],
    inverse: new Map(),
    jobs: new Map(),
    reports,
    conflicts: null,
  };
  if (door === "open") signIn(state, "coordinator@larkfield.example", "Mara Okafor", "administrator");
  return state;
}

function signIn(
  state: State,
  email: string,
  name: string,
  role: "owner" | "administrator" | "manager" | "member",
): void {
  const personId = state.world.people.find((person) => person.name === name)?.id ?? state.world.people[0]!.id;
  const organisation = { id: "org_1", name: "Larkfield Centre", zone: ZONE, firstWeekday: 1, demo: state.session.demo };
  state.session = {
    ...state.session,
    signedIn: true,
    setup: false,
    me: { userId: "usr_1", personId, name, email, role, organisation },
  };
}

type Ask = { readonly url: URL; readonly method: string; readonly body: string };
type Route = readonly [method: string, path: RegExp, (state: State, ask: Ask, id: string) => Reply];

const routes: readonly Route[] = [
  ["GET", /^\/v1\/session$/, (state) => ({ status: 200, body: state.session })],
  ["POST", /^\/v1\/session$/, startSession],
  ["DELETE", /^\/v1\/session$/, endSession],
  ["POST", /^\/v1\/setup$/, finishSetup],
  ["GET", /^\/v1\/calendars$/, ({ world }) => page(world.calendars)],
  ["POST", /^\/v1\/calendars$/, createCalendar],
  ["GET", /^\/v1\/people$/, ({ world }) => page(world.people)],
  ["GET", /^\/v1\/resources$/, ({ world }) => page(world.resources)],
  ["GET", /^\/v1\/calendar\/events$/, listEvents],
  ["POST", /^\/v1\/calendar\/events$/, createEvent],
  ["GET", /^\/v1\/calendar\/events\/(\w+)$/, readEvent],
  ["PATCH", /^\/v1\/calendar\/events\/(\w+)$/, updateEvent],
  ["DELETE", /^\/v1\/calendar\/events\/(\w+)$/, removeEvent],
  ["POST", /^\/v1\/ai\/suggest-repairs$/, suggestRepairs],
  ["POST", /^\/v1\/repairs\/(.+)\/apply$/, applyRepair],
  ["POST", /^\/v1\/requests\/(\w+)\/undo$/, undo],
  ["POST", /^\/v1\/calendars\/(\w+)\/import$/, startImport],
  ["GET", /^\/v1\/jobs\/(\w+)$/, readJob],
  ["POST", /^\/v1\/jobs\/(\w+)\/accept$/, acceptJob],
  ["DELETE", /^\/v1\/jobs\/(\w+)$/, cancelJob],
  ["GET", /^\/v1\/changes$/, listChanges],
];

const WITHOUT_SESSION = /^\/v1\/(session|setup)$/;

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const method = request.method ?? "GET";
  const body = await bodyOf(request);
  if (url.pathname === "/csp-report") {
    state.reports.push(body);
    return send(response, 204);
  }
  if (!url.pathname.startsWith("/v1/")) return sendFile(response, url.pathname);
  if (!state.session.signedIn && !WITHOUT_SESSION.test(url.pathname))
    return send(response, 401, problem(401, "request/unauthenticated", "Please sign in."));
  for (const [routeMethod, path, handle] of routes) {
    const found = routeMethod === method ? path.exec(url.pathname) : null;
    if (found === null) continue;
    const reply = handle(state, { url, method, body }, decodeURIComponent(found[1] ?? ""));
    if (reply.requestId !== undefined) response.setHeader("request-id", reply.requestId);
    if (reply.location !== undefined) response.setHeader("location", reply.location);
    return send(response, reply.status, reply.body);
  }
  return send(response, 404, problem(404, "request/not-found", `Nothing answers ${method} ${url.pathname}.`));
}

function startSession(state: State, { body }: Ask): Reply {
  const given = JSON.parse(body) as { account?: string; email?: string; password?: string };
  const account = state.session.accounts.find(({ email }) => email === (given.account ?? given.email));
  if (account === undefined || (given.password !== undefined && given.password !== "larkfield-demo"))
    return refuse(401, "identity/wrong-credentials", "Email or password is wrong.");
  signIn(state, account.email, account.name, account.role);
  return { status: 201, body: state.session };
}

function endSession(state: State): Reply {
  state.session = { ...state.session, signedIn: false, me: null };
  return { status: 204 };
}

function finishSetup(state: State, { body }: Ask): Reply {
  const given = JSON.parse(body) as { code: string; name: string; email: string };
  if (given.code !== "K7QF-2MHX")
    return refuse(403, "identity/setup-code-wrong", "This is not the code in the terminal.");
  signIn(state, given.email, given.name, "owner");
  return { status: 201, body: state.session };
}

function createCalendar(state: State, { body }: Ask): Reply {
  const given = JSON.parse(body) as { name: string; colour?: number };
  const made = calendar(given.name, given.colour ?? 250, null);
  state.world.calendars.push(made);
  return { status: 201, body: made, requestId: changed(state, "calendar", made.id, "created") };
}

function listEvents(state: State, { url }: Ask): Reply {
  const fromMs = boundMs(url.searchParams.get("start")!);
  const toMs = boundMs(url.searchParams.get("end")!);
  const touches = (event: Planned) => {
    if (event.allDays === null) return startMs(event) < toMs && endMs(event) > fromMs;
    return dayMs(event.day) < toMs && dayMs(event.day + event.allDays) > fromMs;
  };
  const events = [...state.world.events.values()].filter(touches).map(toEvent);
  const conflicts = conflictsOf(state).filter(
    ({ start, end }) => parseInstant(start)! < toMs && parseInstant(end)! > fromMs,
  );
  return {
    status: 200,
    body: {
      events,
      ...(url.searchParams.get("includeConflicts") === "true" ? { conflicts } : {}),
      metadata: { totalEvents: events.length, conflictCount: conflicts.length, processingTime: 1 },
      nextCursor: null,
    },
  };
}

type Written = {
  title?: string;
  start?: string;
  end?: string;
  calendarId?: string;
  location?: string | null;
  resourceIds?: string[];
  preventConflicts?: boolean;
};

function createEvent(state: State, { body }: Ask): Reply {
  const given = JSON.parse(body) as Written & { title: string; start: string };
  const me = state.session.me!.personId;
  const event = add(state.world, {
    title: given.title,
    calendarId: given.calendarId ?? state.world.calendars[0]!.id,
    day: 0,
    subjectIds: [me, ...(given.resourceIds ?? [])],
    location: given.location ?? null,
  });
  place(event, given.start, given.end);
  state.conflicts = null;
  const clash = conflictsOf(state).find(({ events }) => events.some(({ eventId }) => eventId === event.id));
  if (clash !== undefined && given.preventConflicts !== false) {
    state.world.events.delete(event.id);
    state.conflicts = null;
    const suggestions = clash.repairs.filter(({ moves }) => moves[0]!.eventId === event.id);
    const detail = `${clash.subjects[0]} is already taken then by “${clash.events[0]!.summary}”.`;
    return refuse(409, "claims/taken", detail, { conflicts: [clash], suggestions });
  }
  const requestId = changed(state, "event", event.id, "created");
  remember(state, requestId, `Created “${event.title}”`, () => take(state, event));
  return { status: 201, requestId, body: { id: event.id, event: detailOf(event), created: true, warnings: [] } };
}

function readEvent({ world }: State, _: Ask, id: string): Reply {
  const event = world.events.get(id);
  return event === undefined ? missing() : { status: 200, body: detailOf(event) };
}

function updateEvent(state: State, { body }: Ask, id: string): Reply {
  const event = state.world.events.get(id);
  if (event === undefined) return missing();
  const given = JSON.parse(body) as Written;
  const before = { ...event };
  if (given.title !== undefined) event.title = given.title;
  if (given.start !== undefined) place(event, given.start, given.end);
  event.version++;
  const requestId = changed(state, "event", id, "updated");
  remember(state, requestId, `Changed “${event.title}”`, () => put(state, event, before));
  return { status: 200, requestId, body: { id, event: detailOf(event), created: false, warnings: [] } };
}

function removeEvent(state: State, _: Ask, id: string): Reply {
  const event = state.world.events.get(id);
  if (event === undefined) return missing();
  const back = take(state, event);
  const requestId = changed(state, "event", id, "removed");
  remember(state, requestId, `Removed “${event.title}”`, back);
  return { status: 204, requestId };
}

function suggestRepairs(state: State, { body }: Ask): Reply {
  const { conflictId } = JSON.parse(body) as { conflictId: string };
  const conflict = conflictsOf(state).find(({ id }) => id === conflictId);
  if (conflict === undefined) return refuse(410, "planning/conflict-gone", "This conflict no longer exists.");
  const [recommendedSuggestion = null] = conflict.repairs;
  return {
    status: 200,
    body: { suggestions: conflict.repairs, recommendedSuggestion, reasoning: "", confidence: 0.9 },
  };
}

function applyRepair(state: State, _: Ask, id: string): Reply {
  const repair = conflictsOf(state)
    .flatMap(({ repairs }) => repairs)
    .find((candidate) => candidate.id === id);
  if (repair === undefined) return refuse(410, "planning/conflict-gone", "This conflict no longer exists.");
  const [move] = repair.moves;
  const event = state.world.events.get(move!.eventId)!;
  const before = { ...event };
  place(event, move!.start, move!.end);
  event.version++;
  const requestId = changed(state, "event", event.id, "updated");
  remember(state, requestId, repair.what, () => put(state, event, before));
  return {
    status: 200,
    requestId,
    body: { requestId, summary: repair.what, undoable: true, changed: [{ type: "event", id: event.id }] },
  };
}

function undo(state: State, _: Ask, id: string): Reply {
  const known = state.inverse.get(id);
  if (known === undefined) return refuse(404, "undo/nothing", "There is nothing to undo.");
  state.inverse.delete(id);
  const redo = known.undo();
  const requestId = changed(state, "event", "evt_undone", "updated");
  remember(state, requestId, known.summary, redo);
  return { status: 200, requestId, body: { requestId, summary: known.summary, undoable: true, changed: [] } };
}

function startImport(state: State, { url, body }: Ask, calendarId: string): Reply {
  const titles = [...body.matchAll(/^SUMMARY:(.*)$/gm)].map((found) => found[1]!.trim());
  const isPreview = url.searchParams.get("preview") === "true";
  const known = new Set(
    [...state.world.events.values()].filter((e) => e.calendarId === calendarId).map((e) => e.title),
  );
  const unchanged = titles.filter((title) => known.has(title)).length;
  const problems = body.includes("BEGIN:VCALENDAR")
    ? body.split(/\r?\n/).flatMap((text, index) => lineProblem(text, index + 1))
    : [
        {
          line: 1,
          column: 1,
          severity: "error" as const,
          code: "not-a-calendar",
          message: "This is not a calendar file.",
        },
      ];
  const result = {
    found: titles.length,
    created: titles.length - unchanged,
    updated: 0,
    unchanged,
    unclaimed: 0,
    problems,
    problemCount: problems.length,
    requestId: null,
  };
  const job: Job = { id: nextId("job"), kind: "import", state: "running", progress: 0.1, result, failure: null };
  state.jobs.set(job.id, { job, titles: titles.filter((title) => !known.has(title)), calendarId, isPreview });
  return { status: 202, body: job, location: `/v1/jobs/${job.id}` };
}

function lineProblem(text: string, line: number) {
  if (!/^DTSTART.*:(?!\d{8})/.test(text)) return [];
  const column = text.indexOf(":") + 2;
  return [{ line, column, severity: "error" as const, code: "date-time", message: "This is not a date or time." }];
}

/** Each look at a running job moves it on. */
function readJob(state: State, _: Ask, id: string): Reply {
  const entry = state.jobs.get(id);
  if (entry === undefined) return missing();
  if (entry.job.state === "running") {
    const progress = Math.min(1, entry.job.progress + 0.45);
    entry.job = { ...entry.job, progress };
    if (progress === 1) finishJob(state, entry);
  }
  return { status: 200, body: entry.job };
}

type JobEntry = State["jobs"] extends Map<string, infer Entry> ? Entry : never;

function finishJob(state: State, entry: JobEntry): void {
  if (entry.isPreview) {
    entry.job = { ...entry.job, state: "waiting" };
    return;
  }
  const day = dayNumber(state.world.year, 1, 4);
  const made = entry.titles.map((title, index) =>
    add(state.world, { title, calendarId: entry.calendarId, day: day + index, startMinute: 600 }),
  );
  const requestId = changed(state, "calendar", entry.calendarId, "updated");
  remember(state, requestId, `Imported ${made.length} events`, () => {
    const back = made.map((event) => take(state, event));
    return () => {
      for (const give of back) give();
      return () => made.map((event) => take(state, event));
    };
  });
  entry.job = { ...entry.job, state: "done", result: { ...entry.job.result!, requestId } };
}

function acceptJob(state: State, _: Ask, id: string): Reply {
  const entry = state.jobs.get(id);
  if (entry?.job.state !== "waiting") return refuse(409, "jobs/not-waiting", "The job is not waiting for you.");
  entry.isPreview = false;
  entry.job = { ...entry.job, state: "running", progress: 0.3 };
  return { status: 202, body: entry.job };
}

function cancelJob(state: State, _: Ask, id: string): Reply {
  state.jobs.delete(id);
  return { status: 204 };
}

function listChanges(state: State, { url }: Ask): Reply {
  const since = Number(url.searchParams.get("since") ?? 0);
  return {
    status: 200,
    body: { items: state.changes.filter(({ seq }) => seq > since), nextCursor: null, latest: state.changes.length },
  };
}

function conflictsOf(state: State): Conflict[] {
  state.conflicts ??= detect(state.world);
  return state.conflicts;
}

function changed(state: State, type: string, id: string, kind: Change["kind"]): string {
  state.conflicts = null;
  const requestId = nextId("req");
  const seq = state.changes.length + 1;
  const at = "2027-03-18T13:24:00Z";
  state.changes.push({ seq, at, kind, type, id, collectionId: null, fields: [], actor: "usr_1", requestId });
  return requestId;
}

function remember(state: State, requestId: string, summary: string, undoIt: () => unknown): void {
  state.inverse.set(requestId, { summary, undo: undoIt as () => () => void });
}

/** Takes an event out of the world; what it answers puts it back. */
function take(state: State, event: Planned): () => unknown {
  state.world.events.delete(event.id);
  return () => {
    state.world.events.set(event.id, event);
    return () => take(state, event);
  };
}

/** Gives an event the fields it had; what it answers takes that back. */
function put(state: State, event: Planned, before: Planned): () => unknown {
  const after = { ...event };
  Object.assign(event, before, { version: event.version + 1 });
  return () => put(state, event, after);
}

function place(event: Planned, start: string, end: string | undefined): void {
  const [day, startMinute] = dayAndMinute(start);
  const [endDay, endMinute] = end === undefined ? [day, startMinute + 60] : dayAndMinute(end);
  Object.assign(event, { day, startMinute, endMinute: endMinute + (endDay - day) * 1440 });
  if (parseDate(start) !== null) Object.assign(event, { allDays: Math.max(1, endDay - day) });
}

function dayAndMinute(text: string): [number, number] {
  const ms = parseInstant(text);
  if (ms !== null) {
    const wall = wallMs(wallClockOf(ZONE, Number(text.slice(0, 4))), ms);
    return [Math.floor(wall / DAY_MS), Math.floor((wall % DAY_MS) / 60_000)];
  }
  const date = parseDate(text.slice(0, 10))!;
  return [dayNumber(date.year, date.month, date.day), Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16))];
}

function detailOf(event: Planned): EventDetail {
  return {
    ...toEvent(event),
    description: null,
    priority: 0,
    alarms: [],
    resourceIds: event.subjectIds.filter((id) => id.startsWith("res_")),
  };
}

function dayMs(day: number): number {
  return day * DAY_MS - 3_600_000;
}

function boundMs(text: string): number {
  const date = parseDate(text);
  return date === null ? parseInstant(text)! : dayMs(dayNumber(date.year, date.month, date.day));
}

function page(items: readonly unknown[]): Reply {
  return { status: 200, body: { items, nextCursor: null } };
}

function problem(status: number, code: string, detail: string, extra: object = {}) {
  return { ...extra, type: `/problems/${code}`, title: detail, status, detail, code };
}

function refuse(status: number, code: string, detail: string, extra: object = {}): Reply {
  return { status, body: problem(status, code, detail, extra) };
}

function missing(): Reply {
  return refuse(404, "request/not-found", "There is no such thing.");
}

const BODY_BYTES_MAX = 8_388_608;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`a body of more than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  response.writeHead(status, body === undefined ? {} : { "content-type": type });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Files of `dist`; every other address is the page, with a nonce in it and in the policy. */
function sendFile(response: ServerResponse, pathname: string): void {
  const type = TYPES[extname(pathname)];
  if (type !== undefined && normalize(pathname) === pathname) {
    try {
      const bytes = readFileSync(join(dist, pathname));
      response.writeHead(200, { "content-type": type });
      response.end(bytes);
    } catch {
      send(response, 404, problem(404, "request/not-found", `There is no file ${pathname}.`));
    }
    return;
  }
  const nonce = crypto.randomUUID();
  const policy =
    `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; ` +
    `font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri /csp-report`;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy });
  response.end(readFileSync(join(dist, "index.html"), "utf8").replaceAll("__NONCE__", nonce));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
