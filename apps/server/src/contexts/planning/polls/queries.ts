import type { Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import { zonedText } from "../tell.ts";
import { noPoll } from "./commands.ts";
import { endsMs, isHere, isInvitable, stateOf, tallyOf } from "./decide.ts";
import { POLL, type Answers, type Poll, type PollContents } from "./model.ts";
import { answersIn, pollById, pollsOf } from "./store.ts";

const POLLS_SHOWN_MAX = 50;

/** The polls that a person made or is asked in. */
export const listPolls = async (unit: Unit, personId: string) =>
  shownPolls(unit, await pollsOf(unit, personId, POLLS_SHOWN_MAX), personId);

export async function readPoll(unit: Unit, id: string, personId: string) {
  const poll = await pollById(unit, id);
  return poll === null ? (noPoll satisfies Refused) : shownPoll(unit, poll, personId);
}

/** A poll as the API shows it to who made it or is asked; to others it is not there. */
export async function shownPoll(unit: Unit, poll: Poll, personId: string) {
  if (poll.makerId !== personId && !poll.people.includes(personId)) return noPoll;
  return (await shownPolls(unit, [poll], personId))[0]!;
}

async function shownPolls(unit: Unit, polls: readonly Poll[], personId: string) {
  const ids = polls.flatMap(({ makerId, people, resourceIds }) => [makerId, ...people, ...resourceIds]);
  const subjects = await subjectsById(unit, [...new Set(ids)]);
  const known = new Map(subjects.map((subject) => [subject.id, subject]));
  const answers = await answersIn(
    unit,
    polls.map(({ id }) => id),
  );
  const { zone } = await organisationOf(unit);
  const nameOf = (id: string) => ({ id, name: known.get(id)?.name ?? "Somebody" });
  return polls.map((poll) => {
    const said: Answers = answers.get(poll.id) ?? new Map();
    return {
      id: poll.id,
      title: poll.title,
      maker: nameOf(poll.makerId),
      isMine: poll.makerId === personId,
      state: stateOf(poll, unit.nowMs),
      times: poll.times.map(({ startMs, endMs }, time) => ({
        start: zonedText(startMs, zone),
        end: zonedText(endMs, zone),
        ...tallyOf(said, time),
      })),
      people: poll.people.map((id) => {
        const own = said.get(id);
        return { ...nameOf(id), answers: own === undefined ? null : [...own], isInvitable: isInvitable(known.get(id)) };
      }),
      things: poll.resourceIds.map((id) => ({ ...nameOf(id), isHere: isHere(known.get(id)) })),
      picked: poll.picked,
      at: Temporal.Instant.fromEpochMilliseconds(poll.madeMs).toString(),
    };
  });
}

/** Who is to be told that they are asked, of some changes; times are those of the whole poll. */
export function pollNewsOf(changes: readonly ChangeWithContents[]) {
  return changes.flatMap((change) => {
    if (change.thing.type !== POLL || change.kind !== "created" || change.after === null) return [];
    const { title, times, people, isClosed } = change.after as PollContents;
    const span = { startMs: times[0]!.startMs, endMs: endsMs(times) };
    return isClosed
      ? []
      : people.map((personId) => ({
          seq: change.seq,
          eventId: change.thing.id,
          personId,
          kind: "asked" as const,
          title,
          ...span,
          allDay: false,
        }));
  });
}
