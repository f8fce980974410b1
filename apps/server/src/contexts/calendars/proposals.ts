import { isRefused, refuseCalendar, refuseRequest, type Refused } from "@hourwright/contract";
import type { Instance, When } from "@hourwright/ical";
import { findZone, printWallTime, UTC, type Zone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { subjectsByEmail, subjectsById } from "../identity/public.ts";
import { calendarFor, type SeenCalendar } from "./access.ts";
import { mayWriteInto, type StoredObject } from "./model.ts";
import { occurrenceOf } from "./occurrence.ts";
import { stateOf } from "./proposal-news.ts";
import {
  answerersOf,
  deleteProposalRow,
  PROPOSAL,
  proposalIn,
  proposalsById,
  putProposalRow,
  type TimeProposal,
} from "./proposal-store.ts";
import { lockObjects } from "./store.ts";
import { msOf, spanOf, zoneAsked, type TimeProblem } from "./times.ts";

/** What is not known to exist is 404, whether it is not there or not shown. */
const noEvent = refuseRequest("not-found", "event", {});
const noProposal = refuseRequest("not-found", "time-proposal", {});

type Asked = {
  readonly recurrenceId?: string | undefined;
  readonly start: string;
  readonly end: string;
  readonly timeZone?: string | undefined;
  readonly note: string | null;
};

export const proposalOperations: Handlers<"events.propose" | "events.declineProposal" | "events.putProposal"> = {
  "events.propose": ({ params, body }, context) => context.write((unit) => propose(unit, context, params.id, body)),
  "events.declineProposal": ({ params }, context) => context.write((unit) => decline(unit, context.caller!, params.id)),
  "events.putProposal": ({ params, body }, context) =>
    context.write((unit) => putBack(unit, params.id, body.before && { ...body.before, id: params.id })),
};

/** Keeps what a guest proposes, in the place of what they have proposed before, and says so in the log: notices come from there. */
async function propose(unit: Unit, { caller }: RequestContext, eventId: string, asked: Asked) {
  const held = await heldFor(unit, caller!, eventId);
  if (held === null) return noEvent;
  const { object, calendar } = held;
  const recurrenceId = asked.recurrenceId ?? null;
  const date = occurrenceOf(object, calendar, recurrenceId);
  if (date === null) return refuseCalendar("occurrence-not-found", "which", {});
  const barred = await whyNot(unit, caller!, calendar, date);
  if (barred !== null) return barred;
  const wanted = timesAsked(asked, findZone(object.floatingZone ?? calendar.zone) ?? UTC);
  if (isRefused(wanted)) return wanted;
  if (wanted.startMs <= unit.nowMs) return refuseCalendar("in-the-past", "ahead", {});
  if (wanted.startMs === date.startMs && wanted.endMs === date.endMs && wanted.allDay === date.allDay)
    return refuseCalendar("same-times", "other", {});
  const answerers = await answerersOf(unit, calendar, date.view.organizer?.address.toLowerCase() ?? null);
  if (answerers.length === 0) return nobodyAnswers;

  const slot = { eventId, recurrenceId, personId: caller!.personId };
  const before = await proposalIn(unit, slot);
  if (before !== null) await replace(unit, before.id, before, null);
  const proposal: TimeProposal = {
    ...slot,
    ...wanted,
    id: unit.newId("prp"),
    wasStartMs: date.startMs,
    wasEndMs: date.endMs,
    note: asked.note?.trim() === "" ? null : (asked.note?.trim() ?? null),
    told: answerers.map(({ id }) => id),
    isDeclined: false,
  };
  await replace(unit, proposal.id, null, proposal);
  return { id: proposal.id, told: answerers.map(({ name }) => name) };
}

/** Keeps the event as it is. Who accepts moves it: the proposal is over then by itself. */
async function decline(unit: Unit, caller: Caller, id: string) {
  const [found] = await proposalsById(unit, [id]);
  const held = found === undefined ? null : await heldFor(unit, caller, found.eventId);
  const [proposal] = held === null ? [] : await proposalsById(unit, [id]); // As it is now that the event is held.
  if (held === null || proposal === undefined) return noProposal;
  if (!mayWriteInto(held.calendar)) return refuseCalendar("read-only", "mover", {});
  if (stateOf(proposal, held) !== "open") return refuseCalendar("proposal-over", "over", {});
  await replace(unit, id, proposal, { ...proposal, isDeclined: true });
  const people = await subjectsById(unit, [proposal.personId]);
  return { id, told: people.map(({ name }) => name) };
}

/** Puts a proposal as it was, or takes it away; refused where the guest has made another meanwhile. */
async function putBack(unit: Unit, id: string, was: TimeProposal | null) {
  const [now = null] = await proposalsById(unit, [id]);
  const slot = was ?? now;
  if (slot !== null) await lockObjects(unit, [slot.eventId]);
  const standing = was && (await proposalIn(unit, was));
  if (standing !== null && standing.id !== id) return refuseRequest("version-changed", "proposal", {});
  await replace(unit, id, now, was);
  return { id };
}

/** Puts a proposal in the place of what it was before, null for none, and records it with what undo needs. */
async function replace(unit: Unit, id: string, before: TimeProposal | null, after: TimeProposal | null): Promise<void> {
  if (before === null && after === null) return;
  if (after === null) await deleteProposalRow(unit, id);
  else await putProposalRow(unit, after);
  const kind = before === null ? "created" : after === null ? "removed" : "updated";
  unit.record({ kind, thing: { type: PROPOSAL, id }, fields: ["start", "end"], before, after });
}

type Held = { readonly object: StoredObject; readonly calendar: SeenCalendar };

/** Locks an event: one at a time proposes, answers and moves it. Null when the caller may not know of it. */
async function heldFor(unit: Unit, caller: Caller, eventId: string): Promise<Held | null> {
  const [object] = await lockObjects(unit, [eventId]);
  const calendar = object === undefined ? "unknown" : await calendarFor(unit, caller, object.calendarId, "busy");
  return object === undefined || typeof calendar === "string" ? null : { object, calendar };
}

const nobodyAnswers = refuseCalendar("nobody-answers", "ask", {});

/** Why somebody may not propose another time for a date; null when they may. */
async function whyNot(unit: Unit, caller: Caller, calendar: SeenCalendar, { view, endMs }: Instance) {
  if (mayWriteInto(calendar)) return refuseCalendar("may-move", "move", {});
  const invited = view.attendees.filter(({ participation }) => participation !== "DECLINED");
  const people = await subjectsByEmail(
    unit,
    invited.map(({ address }) => address.toLowerCase()),
  );
  if (!people.some(({ id }) => id === caller.personId)) return refuseCalendar("not-a-guest", "guest", {});
  if (calendar.fed) return nobodyAnswers;
  if (endMs <= unit.nowMs) return refuseCalendar("in-the-past", "over", {});
  return null;
}

type Times = Pick<TimeProposal, "start" | "end" | "allDay" | "startMs" | "endMs">;

/** The times of a request, and how a change of the event will say them. */
function timesAsked({ start, end, timeZone }: Asked, home: Zone): Times | Refused<TimeProblem> {
  const zone = zoneAsked(timeZone, null);
  if (isRefused(zone)) return zone;
  const span = spanOf(start, end, zone, home);
  if (isRefused(span)) return span;
  const allDay = span.start.form === "date";
  const [startMs, endMs] = [msOf(span.start, home), msOf(span.end, home)];
  const text = (when: When, ms: number) =>
    allDay ? printWallTime(when.localMs, "date") : Temporal.Instant.fromEpochMilliseconds(ms).toString();
  return { start: text(span.start, startMs), end: text(span.end, endMs), allDay, startMs, endMs };
}
