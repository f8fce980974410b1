import { isRefused, refuseCalendar, refuseRequest, type Refused } from "@hourwright/contract";
import { findZone, type Zone } from "@hourwright/time";
import type { Answers } from "../../platform/answers/answers.ts";
import type { Unit } from "../../platform/db/database.ts";
import { RawJson, type Caller, type RequestContext } from "../../platform/operations/context.ts";
import type { WorkerPool } from "../../platform/workers/pool.ts";
import { cursorOf, pageOf } from "../../platform/operations/pages.ts";
import { firstExpiryMs } from "../claims/public.ts";
import { TIME_END_MS } from "../claims/pure.ts";
import { organisationOf } from "../identity/public.ts";
import { conflictsFor, type Describe } from "../planning/public.ts";
import { ruleFacts } from "./collections.ts";
import { calendarsSeenBy, eventSight } from "./access.ts";
import { capacityOf } from "./capacity.ts";
import { pageOfWindow, readWindow, type EventFilter, type ViewsOf } from "./queries.ts";
import { windowOf, type TimeProblem } from "./times.ts";

/** What `GET /v1/calendar/events` asks for. */
export type ListQuery = {
  readonly start: string;
  readonly end: string;
  readonly providers?: readonly string[] | undefined;
  readonly calendars?: readonly string[] | undefined;
  readonly subjects?: readonly string[] | undefined;
  readonly resourceId?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly includeConflicts: boolean;
  readonly includeCapacity: boolean;
  readonly timeZone?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

type ListProblem = Exclude<TimeProblem, "calendars/zone-missing" | "calendars/rule-invalid"> | `request/${string}`;

/** The longest window of one question: two years and a bit. */
const WINDOW_MS_MAX = 800 * 86_400_000;

type ListPorts = {
  readonly answers: Answers;
  readonly describe: Describe;
  readonly views: ViewsOf;
  readonly questions: WorkerPool;
  readonly monotonicMs: () => number;
};

/**
 * One page of the occurrences of a window, with its conflicts and load when asked. Refused: times that are none. Answers
 * are kept: those without conflicts and load for all who see the same calendars, the others for whoever asked.
 */
export function listEvents(
  query: ListQuery,
  context: RequestContext,
  ports: ListPorts,
): Promise<RawJson | Refused<ListProblem>> {
  const sight = query.includeConflicts || query.includeCapacity ? "person" : eventSight;
  const question = { operation: "events.list", query, sight };
  return ports.answers.to(question, context, (reading) => readEvents(query, reading, ports));
}

async function readEvents(
  query: ListQuery,
  context: RequestContext,
  ports: ListPorts,
): Promise<RawJson | Refused<ListProblem>> {
  const startedMs = ports.monotonicMs();
  const read = await context.read((unit) => readList(unit, query, context.caller!, ports.views));
  if (isRefused(read)) return read;
  const { window: around, subjects } = read.filter;
  const conflicts = query.includeConflicts
    ? await conflictsFor({ read: context.read, ruleFacts, ...ports }, context.caller!, {
        ...around,
        subjects,
        repairs: 0,
      })
    : null;
  const page = await pageOfWindow(read.window, read.calendars, read.filter, read.zone.id);
  const metadata = {
    totalEvents: page.items.length,
    conflictCount: conflicts?.count ?? 0,
    conflictsCut: conflicts?.isCut ?? false,
    processingTime: Math.round((ports.monotonicMs() - startedMs) * 10) / 10,
  };
  const said = [
    `{"events":[${page.items.join(",")}]`,
    ...(conflicts === null ? [] : [`"conflicts":${conflicts.text}`]),
    ...(read.capacity === null ? [] : [`"capacity":${JSON.stringify(read.capacity)}`]),
    `"nextCursor":${page.last === null ? "null" : `"${cursorOf(page.last)}"`}`,
  ].join(",");
  return new RawJson(`${said},"metadata":${JSON.stringify(metadata)}}`, { sameAs: said, untilMs: read.untilMs });
}

async function readList(unit: Unit, query: ListQuery, caller: Caller, views: ViewsOf) {
  const zone = await zoneShown(unit, query.timeZone);
  if (isRefused(zone)) return zone;
  const filter = filterOf(query, zone);
  if (isRefused(filter)) return filter;
  const seen = await calendarsSeenBy(unit, caller);
  const asked = query.calendars ?? query.providers;
  const calendars = asked === undefined ? seen : seen.filter(({ id }) => asked.includes(id));
  const { window, subjects } = filter;
  return {
    zone,
    filter,
    calendars,
    window: await readWindow(unit, calendars, filter, views),
    untilMs: query.includeConflicts || query.includeCapacity ? await firstExpiryMs(unit) : null,
    capacity: query.includeCapacity ? await capacityOf(unit, subjects ?? [caller.personId], window, zone) : null,
  };
}

async function zoneShown(unit: Unit, asked: string | undefined): Promise<Zone | Refused<"calendars/unknown-zone">> {
  const id = asked ?? (await organisationOf(unit)).zone;
  return findZone(id) ?? refuseCalendar("unknown-zone", "zone", { zone: id });
}

function filterOf(query: ListQuery, zone: Zone): EventFilter | Refused<ListProblem> {
  const window = windowOf(query.start, query.end, zone);
  if (isRefused(window)) return window as Refused<ListProblem>; // Days and local times have a zone here.
  if (window.toMs - window.fromMs > WINDOW_MS_MAX) return refuseCalendar("out-of-range", "two-years", {});
  const after = pageOf<unknown[]>(query.cursor);
  if (after !== null && !isPlace(after)) return wrongCursor;
  const subjects = [...(query.subjects ?? []), ...(query.resourceId === undefined ? [] : [query.resourceId])];
  return {
    window,
    subjects: subjects.length === 0 ? null : subjects,
    ids: query.ids ?? null,
    limit: query.limit,
    after,
  };
}

export const wrongCursor = refuseRequest("invalid", "cursor", {});

/** Whether a cursor names a place in the list of events: start, event, occurrence. */
const isPlace = (keys: unknown): keys is [number, string, string] =>
  Array.isArray(keys) &&
  keys.length === 3 &&
  Number.isSafeInteger(keys[0]) &&
  Math.abs(keys[0] as number) < TIME_END_MS &&
  keys.slice(1).every((key) => typeof key === "string");
