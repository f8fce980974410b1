import { dayNumber } from "@hourwright/time";
import { parseDate } from "@hourwright/timeline";
import type { Change, Conflict, EventDetail, Job, Session } from "../data/api.ts";
import { parseInstant, wallClockOf, wallMs } from "../data/wall-clock.ts";
import { makeWorld, nextId, ZONE, type Planned, type World } from "./larkfield.ts";
import { detect, toEvent } from "./planning.ts";

const DAY_MS = 86_400_000;

export type DoubleOptions = {
  readonly port: number;
  readonly year: number;
  /** At least so many events, for drawing under load. */
  readonly eventsMin?: number;
  /** Whether somebody is signed in already, must sign in, or must set the server up. */
  readonly door?: "open" | "sign-in" | "set-up";
};

export type State = {
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

export type Reply = {
  readonly status: number;
  readonly body?: unknown;
  readonly requestId?: string;
  readonly location?: string;
};

export function createState({ year, eventsMin = 0, door = "open" }: DoubleOptions, reports: string[]): State {
  const world = makeWorld(year, eventsMin);
  const session: Session = {
    signedIn: door === "open",
    demo: door !== "set-up",
    setup: door === "set-up",
    plainHttp: false,
    notice: null,
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

export function signIn(
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

export type Ask = { readonly url: URL; readonly method: string; readonly body: string };

export function conflictsOf(state: State): Conflict[] {
  state.conflicts ??= detect(state.world);
  return state.conflicts;
}

export function changed(state: State, type: string, id: string, kind: Change["kind"]): string {
  state.conflicts = null;
  const requestId = nextId("req");
  const seq = state.changes.length + 1;
  const at = "2027-03-18T13:24:00Z";
  state.changes.push({ seq, at, kind, type, id, collectionId: null, fields: [], actor: "usr_1", requestId });
  return requestId;
}

export function remember(state: State, requestId: string, summary: string, undoIt: () => unknown): void {
  state.inverse.set(requestId, { summary, undo: undoIt as () => () => void });
}

/** Takes an event out of the world; what it answers puts it back. */
export function take(state: State, event: Planned): () => unknown {
  state.world.events.delete(event.id);
  return () => {
    state.world.events.set(event.id, event);
    return () => take(state, event);
  };
}

/** Gives an event the fields it had; what it answers takes that back. */
export function put(state: State, event: Planned, before: Planned): () => unknown {
  const after = { ...event };
  Object.assign(event, before, { version: event.version + 1 });
  return () => put(state, event, after);
}

export function place(event: Planned, start: string, end: string | undefined): void {
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

export function detailOf(event: Planned): EventDetail {
  return {
    ...toEvent(event),
    description: null,
    priority: 0,
    alarms: [],
    resourceIds: event.subjectIds.filter((id) => id.startsWith("res_")),
  };
}

export function dayMs(day: number): number {
  return day * DAY_MS - 3_600_000;
}

export function boundMs(text: string): number {
  const date = parseDate(text);
  return date === null ? parseInstant(text)! : dayMs(dayNumber(date.year, date.month, date.day));
}

export function page(items: readonly unknown[]): Reply {
  return { status: 200, body: { items, nextCursor: null } };
}

export function problem(status: number, code: string, detail: string, extra: object = {}) {
  return { ...extra, type: `/problems/${code}`, title: detail, status, detail, code };
}

export function refuse(status: number, code: string, detail: string, extra: object = {}): Reply {
  return { status, body: problem(status, code, detail, extra) };
}

export function missing(): Reply {
  return refuse(404, "request/not-found", "There is no such thing.");
}
