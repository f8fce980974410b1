import { isRefused, limits, refusePlanning, refuseRequest, type Refused } from "@hourwright/contract";
import { runBundle, type Call } from "../../../platform/bundle/bundle.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { RawJson, RequestContext } from "../../../platform/operations/context.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import { guestsAt, isHere, isInvitable, pollOf, whyOver } from "./decide.ts";
import { POLL, type Poll, type PollContents, type Said } from "./model.ts";
import {
  answersIn,
  countOpen,
  deletePoll,
  forgetOldPolls,
  insertPoll,
  lockPoll,
  putAnswers,
  updatePoll,
} from "./store.ts";

/** What may not be known to exist is 404. */
export const noPoll = refuseRequest("not-found", "poll", {});
const notYours = refusePlanning("poll-not-yours", "maker", {});

/** Polls that are over and remembered; beyond them the oldest are forgotten. */
const POLLS_OVER_MAX = 2_000;

/** Asks people of the organisation. */
export async function createPoll(
  unit: Unit,
  wish: Parameters<typeof pollOf>[0],
): Promise<Poll | Refused<"planning/poll-invalid" | "planning/too-many-polls">> {
  const contents = pollOf(wish, unit.nowMs);
  if (isRefused(contents)) return contents;
  const subjects = await subjectsById(unit, [...contents.people, ...contents.resourceIds]);
  const known = new Map(subjects.filter(({ retired }) => !retired).map(({ id, kind }) => [id, kind]));
  if (contents.people.some((id) => known.get(id) !== "person")) return refusePlanning("poll-invalid", "person", {});
  if (contents.resourceIds.some((id) => !known.has(id) || known.get(id) === "person"))
    return refusePlanning("poll-invalid", "thing", {});
  if ((await countOpen(unit)) >= limits.POLLS_OPEN_MAX)
    return refusePlanning("too-many-polls", "most", { most: limits.POLLS_OPEN_MAX });
  await forgetOldPolls(unit, POLLS_OVER_MAX);
  const id = unit.newId("pol");
  await insertPoll(unit, id, contents);
  record(unit, id, "created", null, contents);
  return { id, ...contents };
}

/** Keeps what somebody says of the times, in the place of what they have said before. */
export async function answerPoll(
  unit: Unit,
  id: string,
  personId: string,
  answers: readonly Said[],
): Promise<Poll | Refused<"request/not-found" | "planning/poll-over" | "planning/poll-invalid">> {
  const poll = await lockPoll(unit, id);
  if (poll === null || !poll.people.includes(personId)) return noPoll;
  const over = whyOver(poll, unit.nowMs);
  if (over !== null) return over;
  if (answers.length !== poll.times.length)
    return refusePlanning("poll-invalid", "answers", { times: poll.times.length, answers: answers.length });
  await putAnswers(unit, id, personId, answers);
  // Without contents: undo has no part in it, one answers again.
  unit.record({ kind: "updated", thing: { type: POLL, id }, fields: ["answers"] });
  return poll;
}

/** Closes a poll without making anything of it. */
export async function closePoll(
  unit: Unit,
  id: string,
  personId: string,
): Promise<Poll | Refused<"request/not-found" | "planning/poll-over" | "planning/poll-not-yours">> {
  const poll = await heldBy(unit, id, personId);
  return isRefused(poll) ? poll : close(unit, poll, null);
}

/** Makes the event and closes the poll, as one step: of two who pick at once the second finds it closed. */
export async function pickTime(
  call: Call,
  context: RequestContext,
  id: string,
  asked: { readonly time: number; readonly calendarId?: string | undefined; readonly preventConflicts: boolean },
) {
  const closed: { poll: Poll | null } = { poll: null };
  const made = await runBundle(
    context,
    async (unit) => {
      const poll = await heldBy(unit, id, context.caller!.personId);
      if (isRefused(poll)) return poll;
      const time = poll.times[asked.time];
      if (time === undefined) return refusePlanning("poll-invalid", "unknown", { times: poll.times.length });
      if (time.startMs <= unit.nowMs) return refusePlanning("poll-invalid", "past", {});
      closed.poll = await close(unit, poll, asked.time);
      const answers = (await answersIn(unit, [id])).get(id) ?? new Map<string, readonly Said[]>();
      // What vanished meanwhile does not hold up the rest: the poll says so.
      const guests = (await subjectsById(unit, guestsAt(poll, answers, asked.time))).filter(isInvitable);
      const things = (await subjectsById(unit, poll.resourceIds)).filter(isHere);
      const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
      const body = {
        title: poll.title,
        start: at(time.startMs),
        end: at(time.endMs),
        timeZone: (await organisationOf(unit)).zone,
        attendees: guests.flatMap(({ email }) => email ?? []),
        resourceIds: things.map(({ id }) => id),
        preventConflicts: asked.preventConflicts,
        ...(asked.calendarId === undefined ? {} : { calendarId: asked.calendarId }),
      };
      return [{ id: "events.create", input: { params: {}, query: {}, body } }];
    },
    call,
  );
  if (isRefused(made)) return made as Refused<"planning/poll-over">;
  const [written] = made as [RawJson];
  const { id: eventId } = JSON.parse(written.text) as { readonly id: string };
  return { poll: closed.poll!, eventId };
}

/** Puts a poll back as it was before a change, or takes away the one that a change made; what was answered goes with it. */
export async function putPoll(unit: Unit, id: string, was: PollContents | null): Promise<void> {
  const before = await lockPoll(unit, id);
  if (was === null) await deletePoll(unit, id);
  else if (before === null) await insertPoll(unit, id, was);
  else await updatePoll(unit, id, was);
  const kind = before === null ? "created" : was === null ? "removed" : "updated";
  if (before !== null || was !== null) record(unit, id, kind, before === null ? null : contentsOf(before), was);
}

async function heldBy(unit: Unit, id: string, personId: string) {
  const poll = await lockPoll(unit, id);
  if (poll === null || (poll.makerId !== personId && !poll.people.includes(personId))) return noPoll;
  if (poll.makerId !== personId) return notYours;
  return whyOver(poll, unit.nowMs) ?? poll;
}

async function close(unit: Unit, before: Poll, picked: number | null): Promise<Poll> {
  const after = { ...before, isClosed: true, picked };
  await updatePoll(unit, before.id, after);
  record(unit, before.id, "updated", contentsOf(before), contentsOf(after));
  return after;
}

const contentsOf = ({ title, makerId, times, people, resourceIds, isClosed, picked, madeMs }: Poll): PollContents => ({
  title,
  makerId,
  times,
  people,
  resourceIds,
  isClosed,
  picked,
  madeMs,
});

function record(
  unit: Unit,
  id: string,
  kind: "created" | "updated" | "removed",
  before: PollContents | null,
  after: PollContents | null,
): void {
  unit.record({ kind, thing: { type: POLL, id }, fields: ["poll"], before, after });
}
