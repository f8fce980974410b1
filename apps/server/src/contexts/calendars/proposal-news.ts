import { setImmediate } from "node:timers/promises";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { Calendar, StoredObject } from "./model.ts";
import type { EventNews } from "./news.ts";
import { occurrenceOf } from "./occurrence.ts";
import { PROPOSAL, proposalsById, type TimeProposal } from "./proposal-store.ts";
import { calendarsById, objectById } from "./store.ts";

/** What a proposal means to one person: those who are asked, and the guest when it was declined. */
export type ProposalNews = Omit<EventNews, "kind"> & {
  readonly kind: "proposed" | "declined";
  readonly proposal: Pick<TimeProposal, "id" | "recurrenceId" | "start" | "end" | "allDay" | "note">;
};

/** Whether a proposal waits for an answer, or what became of it. `outdated`: the event is elsewhere by now, or gone. */
export type ProposalState = "open" | "accepted" | "declined" | "outdated";

type Place = { readonly object: StoredObject; readonly calendar: Calendar };

/** Who is to be told what of the proposals among some changes: of each as it stands now, once. */
export async function proposalNewsOf(unit: Unit, changes: readonly ChangeWithContents[]): Promise<ProposalNews[]> {
  const latest = new Map(changes.filter(({ thing }) => thing.type === PROPOSAL).map((each) => [each.thing.id, each]));
  const news: ProposalNews[] = [];
  for (const proposal of await proposalsById(unit, [...latest.keys()])) {
    const { seq, actor } = latest.get(proposal.id)!;
    const place = await placeOf(unit, proposal.eventId);
    const date = place && occurrenceOf(place.object, place.calendar, proposal.recurrenceId);
    if (date === null) continue;
    const { id, eventId, recurrenceId, start, end, allDay, note, isDeclined, told, personId } = proposal;
    const people = (isDeclined ? [personId] : told).filter((each) => each !== actor.personId);
    const of = { eventId, title: date.view.summary, startMs: date.startMs, endMs: date.endMs, allDay: date.allDay };
    const kind = isDeclined ? ("declined" as const) : ("proposed" as const);
    const wanted = { id, recurrenceId, start, end, allDay, note };
    news.push(...people.map((each) => ({ seq, personId: each, kind, proposal: wanted, ...of })));
  }
  return news;
}

/** The proposals that some changes have taken back or replaced, by id. */
export const proposalsGone = (changes: readonly ChangeWithContents[]): string[] =>
  changes.flatMap(({ thing, kind }) => (thing.type === PROPOSAL && kind === "removed" ? [thing.id] : []));

/** What became of some proposals, by id; those that were taken back or replaced are left out. An event each is read. */
export async function proposalStates(unit: Unit, ids: readonly string[]): Promise<Map<string, ProposalState>> {
  const states = new Map<string, ProposalState>();
  for (const proposal of await proposalsById(unit, ids)) {
    states.set(proposal.id, stateOf(proposal, await placeOf(unit, proposal.eventId)));
    await setImmediate(); // A series takes some milliseconds: between two of them everybody else has a turn.
  }
  return states;
}

/** Accepted is what the event does: it is at the time that was proposed. */
export function stateOf(proposal: TimeProposal, place: Place | null): ProposalState {
  if (proposal.isDeclined) return "declined";
  const date = place && occurrenceOf(place.object, place.calendar, proposal.recurrenceId);
  if (date === null) return "outdated";
  const isAt = (startMs: number, endMs: number) => date.startMs === startMs && date.endMs === endMs;
  if (isAt(proposal.startMs, proposal.endMs) && date.allDay === proposal.allDay) return "accepted";
  return isAt(proposal.wasStartMs, proposal.wasEndMs) ? "open" : "outdated";
}

async function placeOf(unit: Unit, eventId: string): Promise<Place | null> {
  const object = await objectById(unit, eventId);
  const [calendar] = object === null ? [] : await calendarsById(unit, [object.calendarId]);
  return object === null || calendar === undefined ? null : { object, calendar };
}
