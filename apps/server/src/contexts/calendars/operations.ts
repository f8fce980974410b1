import { isRefused, refuseCalendar, refuseRequest, type Refused } from "@hourwright/contract";
import { findZone, UTC } from "@hourwright/time";
import type { Answers } from "../../platform/answers/answers.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import { FileAnswer, RawJson, type Caller, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf } from "../../platform/operations/pages.ts";
import type { WorkerPool } from "../../platform/workers/pool.ts";
import { organisationOf } from "../identity/public.ts";
import type { Describe } from "../planning/public.ts";
import { calendarFor, calendarsSeenBy, type SeenCalendar, ownCalendar } from "./access.ts";
import { changeCalendar, createCalendar, removeCalendar, type HeldBy } from "./commands.ts";
import { changeOne, createOne, putOne, removeOne, type EventWritten, type WriteProblem } from "./events.ts";
import { describeEvent } from "./event-detail.ts";
import type { EventWish } from "./event-wish.ts";
import { exportCalendar } from "./export.ts";
import { startImport } from "./import.ts";
import { listEvents, wrongCursor } from "./list.ts";
import type { ViewsOf } from "./queries.ts";
import { objectById } from "./store.ts";
import { objectionsTo, type AgainstPorts } from "../planning/public.ts";
import { shownBroken } from "../planning/pure.ts";
import { moveTogether } from "./move-together.ts";
import { barringOf, foresee, isForTime } from "./prevention.ts";
import { freeTimes, readAround, type Wanted } from "./suggest.ts";
import { windowOf } from "./times.ts";

type CalendarIds =
  | "calendars.list"
  | "calendars.create"
  | "calendars.read"
  | "calendars.update"
  | "calendars.remove"
  | "calendars.export"
  | "calendars.import"
  | "calendars.importOwn"
  | "events.list"
  | "events.create"
  | "events.read"
  | "events.update"
  | "events.remove"
  | "ai.preventConflict"
  | "events.move"
  | "objects.put";

export type CalendarPorts = {
  readonly answers: Answers;
  readonly describe: Describe;
  readonly views: ViewsOf;
  readonly newId: IdMaker;
  readonly heldBy: HeldBy;
  readonly questions: WorkerPool;
  readonly monotonicMs: () => number;
  readonly against: AgainstPorts;
};

const noCalendar = refuseRequest("not-found", "calendar", {});
const noEvent = refuseRequest("not-found", "event", {});
const SUGGESTIONS = 5;

export function calendarOperations(ports: CalendarPorts): Handlers<CalendarIds> {
  return {
    "calendars.list": ({ query }, context) =>
      ports.answers.to({ operation: "calendars.list", query, sight: "person" }, context, (reading) =>
        reading.read(async (unit) => {
          const after = pageOf<[number]>(query.cursor)?.[0] ?? 0;
          if (!Number.isSafeInteger(after) || after < 0) return wrongCursor;
          const all = await calendarsSeenBy(unit, context.caller!);
          const items = all.slice(after, after + query.limit).map(shownCalendar);
          const nextCursor = after + query.limit < all.length ? cursorOf([after + query.limit]) : null;
          return new RawJson(JSON.stringify({ items, nextCursor }));
        }),
      ),
    "calendars.create": async ({ body }, context) => {
      const made = await context.write((unit) =>
        createCalendar(unit, context.caller!, { ...body, zone: body.zone, ownerSubjectId: body.ownerSubjectId }),
      );
      if (isRefused(made)) return made;
      context.reply.headers["location"] = `/v1/calendars/${made.id}`;
      return withVersion(context, shownCalendar(made));
    },
    "calendars.read": async ({ params }, context) => {
      const seen = await context.read((unit) => calendarFor(unit, context.caller!, params.id, "busy"));
      return typeof seen === "string" ? noCalendar : withVersion(context, shownCalendar(seen));
    },
    "calendars.update": async ({ params, body }, context) => {
      const changed = await context.write((unit) =>
        changeCalendar(unit, context.caller!, params.id, body, context.ifMatch),
      );
      if (isRefused(changed)) return changed;
      return withVersion(context, { ...shownCalendar(changed.calendar), notes: [...changed.notes] });
    },
    "calendars.remove": ({ params }, context) =>
      context.write((unit) =>
        removeCalendar(unit, context.caller!, { id: params.id, ifMatch: context.ifMatch, heldBy: ports.heldBy }),
      ),
    "calendars.export": async ({ params }, context) => {
      const seen = await context.read((unit) => calendarFor(unit, context.caller!, params.id, "read"));
      if (seen === "unknown") return noCalendar;
      if (seen === "read-only") return refuseRequest("forbidden", "busy-only", {});
      return new FileAnswer("text/calendar; charset=utf-8", `${seen.name}.ics`, exportCalendar(seen, context.read));
    },
    "calendars.import": ({ params, query, body }, context) =>
      startImport(
        context,
        { calendarId: params.id, ...wishOf(query) },
        body as unknown as AsyncIterable<Uint8Array>,
        ports.newId,
      ),
    "calendars.importOwn": ({ query, body }, context) =>
      startImport(
        context,
        { calendarId: null, ...wishOf(query) },
        body as unknown as AsyncIterable<Uint8Array>,
        ports.newId,
      ),

    "events.list": ({ query }, context) => listEvents(query, context, ports),
    "events.create": async ({ body }, context) => {
      const { calendarId, providerId, preventConflicts, conflictResolution, ...wish } = body;
      const write = (given: typeof wish) =>
        context.write((unit) =>
          createOne(unit, context.caller!, calendarId ?? providerId, given, preventConflicts ? "refuse" : "insist"),
        );
      const written = await settle(context, ports.questions, wish, conflictResolution, write, (unit) =>
        wantedOf(unit, context.caller!, null, { ...wish, calendarId: calendarId ?? providerId }),
      );
      if (isRefused(written)) return written;
      context.reply.headers["location"] = `/v1/calendar/events/${written.object.id}`;
      return answerWritten(context, written, undefined, true);
    },
    "events.read": async ({ params, query }, context) => {
      const found = await context.read(async (unit) => {
        const object = await objectById(unit, params.id);
        const calendar =
          object === null ? "unknown" : await calendarFor(unit, context.caller!, object.calendarId, "busy");
        if (object === null || typeof calendar === "string") return noEvent;
        const zone = query.timeZone ?? (await organisationOf(unit)).zone;
        if (findZone(zone) === null) return refuseCalendar("unknown-zone", "zone", { zone });
        const text = await describeEvent(unit, object, calendar, query.recurrenceId ?? null, zone);
        if (text === null)
          return query.recurrenceId === undefined
            ? noEvent
            : refuseCalendar("occurrence-not-found", "date", { date: query.recurrenceId });
        return { text, version: object.version };
      });
      if (isRefused(found)) return found;
      context.reply.headers["etag"] = `"${found.version}"`;
      return new RawJson(found.text);
    },
    "events.update": async ({ params, body }, context) => {
      const { recurrenceId, scope, preventConflicts, conflictResolution, ...wish } = body;
      const write = (given: typeof wish) =>
        context.write((unit) =>
          changeOne(unit, context.caller!, params.id, { scope, recurrenceId }, given, {
            onTaken: preventConflicts ? "refuse" : "insist",
            ifMatch: context.ifMatch,
          }),
        );
      const written = await settle(context, ports.questions, wish, conflictResolution, write, (unit) =>
        wantedOf(unit, context.caller!, params.id, { ...wish, recurrenceId }),
      );
      return isRefused(written) ? written : answerWritten(context, written, recurrenceId, false);
    },
    "events.remove": async ({ params, query }, context) => {
      const removed = await context.write((unit) =>
        removeOne(
          unit,
          context.caller!,
          params.id,
          { scope: query.scope, recurrenceId: query.recurrenceId },
          context.ifMatch,
        ),
      );
      return isRefused(removed) ? removed : null;
    },
    "ai.preventConflict": async ({ body }, context) => {
      const startedMs = ports.monotonicMs();
      const { newEvent, change } = body;
      const { tried, foreseen, instead } = await foresee(
        context,
        ports.against.plugins.hasFolder,
        { eventId: change?.eventId ?? null, title: newEvent?.title ?? change?.title ?? null },
        (unit) => {
          if (change === undefined) {
            const { calendarId, providerId, preventConflicts, conflictResolution: _, ...wish } = newEvent!;
            const onTaken = preventConflicts ? "refuse" : "insist";
            return createOne(unit, context.caller!, calendarId ?? providerId, wish, onTaken);
          }
          const { eventId, recurrenceId, scope, preventConflicts, conflictResolution: _, ...wish } = change;
          const onTaken = preventConflicts ? "refuse" : "insist";
          return changeOne(unit, context.caller!, eventId, { scope, recurrenceId }, wish, { onTaken, ifMatch: null });
        },
        async (unit) => {
          const wanted = await wantedOf(unit, context.caller!, change?.eventId ?? null, { ...newEvent, ...change });
          return readAround(unit, wanted, SUGGESTIONS);
        },
      );
      if (isRefused(tried) && !isForTime(tried)) return tried;
      const suggestions = await freeTimes(ports.questions, instead);
      const { found, missing } =
        foreseen === null
          ? { found: [], missing: [] }
          : await objectionsTo(ports.against, context.read, context.caller!, foreseen);
      return {
        allowed: !isRefused(tried),
        conflicts: isRefused(tried) ? barringOf(tried) : [],
        warnings: isRefused(tried) ? [] : tried.broken.map(shownBroken),
        findings: [...found],
        pluginsMissing: [...missing],
        suggestions,
        alternativeTimes: suggestions.map(({ moves: [move] }) => ({ start: move!.start, end: move!.end })),
        processingTime: Math.round((ports.monotonicMs() - startedMs) * 10) / 10,
      };
    },
    "events.move": async ({ body }, context) => {
      const moved = await context.write((unit) => moveTogether(unit, context.caller!, body));
      if (isRefused(moved)) return moved;
      const count = body.moves.length;
      return {
        requestId: context.requestId,
        summary: count === 1 ? "Moved an event" : `Moved ${count} events`,
        changed: moved.map((id) => ({ type: "event", id })),
      };
    },
    "objects.put": ({ params, body }, context) =>
      context.write((unit) => putOne(unit, context.caller!, params.id, body)),
  };
}

const wishOf = (query: {
  readonly zone?: string | undefined;
  readonly preview: boolean;
  readonly name?: string | undefined;
}) => ({ zone: query.zone, preview: query.preview, fileName: query.name });

const shownCalendar = ({
  id,
  name,
  colour,
  category,
  ownerSubjectId,
  ownerName,
  zone,
  policy,
  sharing,
  access,
  fed,
  version,
}: SeenCalendar) => ({
  id,
  name,
  colour,
  category,
  ownerSubjectId,
  ownerName,
  zone,
  policy,
  sharing,
  access: access as Exclude<typeof access, "none">,
  fed,
  version,
});

function withVersion<T extends { readonly version: number }>(context: RequestContext, answer: T): T {
  context.reply.headers["etag"] = `"${answer.version}"`;
  return answer;
}

/**
 * Writes, and when the time is taken does what the request wants then: refuse, refuse with free times, or take the best
 * of them. Only the event being written is ever moved.
 */
async function settle<Wish extends EventWish>(
  context: RequestContext,
  questions: WorkerPool,
  wish: Wish,
  resolution: "auto" | "manual" | "suggest",
  write: (wish: Wish) => Promise<EventWritten | Refused<WriteProblem>>,
  wanted: (unit: Unit) => Promise<Wanted | null>,
): Promise<EventWritten | Refused<WriteProblem>> {
  const first = await write(wish);
  if (!isRefused(first) || !isForTime(first) || resolution === "manual") return first;
  const around = await context.read(async (unit) => readAround(unit, await wanted(unit), SUGGESTIONS));
  const suggestions = await freeTimes(questions, around);
  if (resolution === "auto") {
    for (const { moves } of suggestions) {
      const moved = await write({ ...wish, start: moves[0]!.start, end: moves[0]!.end });
      if (!isRefused(moved))
        return { ...moved, warnings: [...moved.warnings, `The time was taken; it was put on ${moves[0]!.start}.`] };
      if (!isForTime(moved)) return moved;
    }
  }
  return { refused: { ...first.refused, extra: { ...first.refused.extra, suggestions } } };
}

/** The time that a refused write wanted, and from whom: null for series and whole days, which have no single free time. */
async function wantedOf(
  unit: Unit,
  caller: Caller,
  id: string | null,
  wish: EventWish & { readonly calendarId?: string | undefined; readonly recurrenceId?: string | undefined },
): Promise<Wanted | null> {
  const zone = (await organisationOf(unit)).zone;
  const object = id === null ? null : await objectById(unit, id);
  const shown = object === null ? null : await shownOccurrence(unit, caller, object, wish.recurrenceId ?? null, zone);
  if (wish.rrule || (shown?.recurring === true && wish.recurrenceId === undefined)) return null;
  const home = wish.timeZone ?? zone;
  const window = windowOf(
    wish.start ?? shown?.start ?? "",
    wish.end ?? shown?.end ?? wish.start ?? "",
    findZone(home) ?? UTC,
  );
  const span = isRefused(window) ? hourFrom(wish.start, findZone(home) ?? UTC) : window;
  if (span === null) return null;
  const owner = object === null ? await ownerOf(unit, caller, wish.calendarId) : null;
  const subjects = [
    ...new Set([...(shown?.subjectIds ?? []), ...(wish.resourceIds ?? []), ...(owner === null ? [] : [owner])]),
  ];
  return {
    title: wish.title ?? shown?.title ?? "It",
    uid: object?.uid ?? "",
    eventId: object?.id ?? "new",
    recurrenceId: wish.recurrenceId ?? null,
    calendarId: object?.calendarId ?? wish.calendarId ?? (await ownCalendar(unit, caller))?.id ?? null,
    subjects,
    startMs: span.fromMs,
    endMs: span.toMs,
    zone,
  };
}

function hourFrom(
  start: string | undefined,
  zone: NonNullable<ReturnType<typeof findZone>>,
): { fromMs: number; toMs: number } | null {
  if (start === undefined || !start.includes("T")) return null;
  const from = windowOf(start, "2199-12-31", zone);
  return isRefused(from) ? null : { fromMs: from.fromMs, toMs: from.fromMs + 3_600_000 };
}

type Occurrence = { start: string; end: string; title: string; subjectIds: string[]; recurring: boolean };

async function shownOccurrence(
  unit: Unit,
  caller: Caller,
  object: NonNullable<Awaited<ReturnType<typeof objectById>>>,
  recurrenceId: string | null,
  zone: string,
): Promise<Occurrence | null> {
  const calendar = await calendarFor(unit, caller, object.calendarId, "read");
  if (typeof calendar === "string") return null;
  const text = await describeEvent(unit, object, calendar, recurrenceId, zone);
  return text === null ? null : (JSON.parse(text) as Occurrence);
}

async function ownerOf(unit: Unit, caller: Caller, calendarId: string | undefined): Promise<string | null> {
  if (calendarId === undefined) return caller.personId;
  const calendar = await calendarFor(unit, caller, calendarId, "write");
  return typeof calendar === "string" ? null : calendar.ownerSubjectId;
}

async function answerWritten(
  context: RequestContext,
  written: EventWritten,
  recurrenceId: string | undefined,
  created: boolean,
) {
  const text = await context.read(async (unit) => {
    const { zone } = await organisationOf(unit);
    return (
      (await describeEvent(unit, written.object, written.calendar, recurrenceId ?? null, zone)) ??
      (await describeEvent(unit, written.object, written.calendar, null, zone))
    );
  });
  context.reply.headers["etag"] = `"${written.object.version}"`;
  const id = written.following?.id ?? written.object.id;
  return new RawJson(
    `{"id":"${created ? written.object.id : id}","event":${text ?? "null"},"created":${created},"warnings":${JSON.stringify(written.warnings)}}`,
  );
}
