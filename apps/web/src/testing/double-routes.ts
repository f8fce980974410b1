import { parseInstant } from "../data/wall-clock.ts";
import { acceptJob, cancelJob, readJob, startImport } from "./double-import.ts";
import {
  boundMs,
  changed,
  conflictsOf,
  dayMs,
  detailOf,
  missing,
  page,
  place,
  put,
  refuse,
  remember,
  signIn,
  take,
  type Ask,
  type Reply,
  type State,
} from "./double-state.ts";
import { add, calendar, type Planned } from "./larkfield.ts";
import { endMs, startMs, toEvent } from "./planning.ts";

/** What the double answers, address by address. */
type Route = readonly [method: string, path: RegExp, (state: State, ask: Ask, id: string) => Reply];

export const routes: readonly Route[] = [
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

function listChanges(state: State, { url }: Ask): Reply {
  const since = Number(url.searchParams.get("since") ?? 0);
  return {
    status: 200,
    body: { items: state.changes.filter(({ seq }) => seq > since), nextCursor: null, latest: state.changes.length },
  };
}
