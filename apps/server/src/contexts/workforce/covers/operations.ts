import { isRefused, refuseRequest } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf } from "../../../platform/operations/pages.ts";
import { subjectsById } from "../../identity/public.ts";
import { knownTo } from "../access.ts";
import type { AskedLinks } from "../asked/links.ts";
import { dayText, writtenShift } from "../contracts/terms.ts";
import {
  answerCall,
  callForCover,
  cancelCall,
  candidatesFor,
  leaveOut,
  lookAtCall,
  missingShift,
  noCover,
} from "./commands.ts";
import { shownCandidate } from "./candidates.ts";
import { isInTheWay } from "./decide.ts";
import type { Cover } from "./model.ts";
import { coverById, pageOfCovers } from "./store.ts";

type CoverIds = `covers.${"candidates" | "list" | "read" | "create" | "answer" | "cancel"}`;

/** Who could work a shift of somebody who is away, and asking them. */
export const coverOperations = (links: AskedLinks): Handlers<CoverIds> => ({
  "covers.candidates": ({ query }, context) =>
    context.read(async (unit) => {
      const { person: personId, day, starts, skill: skillId = null, level: levelMin = null } = query;
      const wish = { personId, of: { day, starts }, skillId, levelMin };
      const missing = await missingShift(unit, context.caller!, wish, true);
      if (isRefused(missing)) return missing;
      const ranked = await candidatesFor(unit, context.caller!, missing);
      return { items: ranked.map((each) => shownCandidate(each, context.caller!)) };
    }),

  "covers.list": ({ query }, context) => {
    const before = pageOf<unknown[]>(query.cursor)?.[0] ?? null;
    if (before !== null && typeof before !== "string") return Promise.resolve(badCursor);
    return context.read(async (unit) => {
      const people = await knownTo(unit, context.caller!);
      const askedId = context.caller!.personId;
      const filter = { people, askedId, states: query.states ?? null };
      const found = await pageOfCovers(unit, filter, before, query.limit + 1);
      const page = found.slice(0, query.limit);
      const items = await shownCovers(unit, context.caller!, page);
      return { items, nextCursor: found.length > page.length ? cursorOf([page.at(-1)!.id]) : null };
    });
  },

  "covers.read": ({ params }, context) =>
    context.read(async (unit) => {
      const cover = await coverById(unit, params.id);
      return cover === null ? noCover : shownTo(unit, context, cover);
    }),

  "covers.create": async ({ body }, context) => {
    const made = await context.write(async (unit) => {
      const cover = await callForCover(unit, links, context.caller!, body);
      return isRefused(cover) ? cover : shownTo(unit, context, cover);
    });
    if (!isRefused(made)) context.reply.headers["location"] = `/v1/covers/${made.id}`;
    return made;
  },

  "covers.answer": async ({ params, body }, context) => {
    const answer = await answerOrLeaveOut(context, links, params.id, context.caller!.personId, body.says);
    if (isRefused(answer)) return answer as typeof noCover; // The contract lists the problems of an answer.
    return context.read((unit) => shownTo(unit, context, answer));
  },

  "covers.cancel": ({ params }, context) =>
    context.write(async (unit) => {
      const cover = await cancelCall(unit, links, context.caller!, params.id);
      return isRefused(cover) ? cover : shownTo(unit, context, cover);
    }),
});

/** Where something is in the way of a yes, that is told to who said it, and what follows from it is done in a unit of its own. */
export async function answerOrLeaveOut(
  context: RequestContext,
  links: AskedLinks,
  id: string,
  personId: string,
  says: "yes" | "no",
): ReturnType<typeof answerCall> {
  const answer = await context.write((unit) => answerCall(unit, links, id, personId, says));
  if (isRefused(answer) && answer.refused.code === "workforce/cover-over")
    await context.write((unit) => lookAtCall(unit, links, id));
  if (isInTheWay(answer)) await context.write((unit) => leaveOut(unit, links, id, personId, answer.refused.detail));
  return answer;
}

const badCursor = refuseRequest("invalid", "cursor", {});

async function shownTo(unit: Unit, { caller, reply }: RequestContext, cover: Cover) {
  const [shown] = await shownCovers(unit, caller!, [cover]);
  if (shown === undefined) return noCover;
  reply.headers["etag"] = `"${cover.version}"`;
  return shown;
}

/** Those of some calls that the caller may know: with everybody who is asked for who manages, else with their own part. */
async function shownCovers(unit: Unit, caller: Caller, covers: readonly Cover[]) {
  const known = await knownTo(unit, caller);
  const ids = covers.flatMap(({ personId, coveredBy, people }) => [
    personId,
    ...(coveredBy === null ? [] : [coveredBy]),
    ...people.map((each) => each.personId),
  ]);
  const names = new Map((await subjectsById(unit, [...new Set(ids)])).map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? "somebody";
  return covers.flatMap((cover) => {
    const isManaged = known === null || (known.includes(cover.personId) && cover.personId !== caller.personId);
    const own = cover.people.find(({ personId, askedMs }) => personId === caller.personId && askedMs !== null);
    return isManaged || own !== undefined ? [shownCover(cover, { nameOf, isManaged, own })] : [];
  });
}

type Sight = {
  readonly nameOf: (id: string) => string;
  readonly isManaged: boolean;
  readonly own: Cover["people"][number] | undefined;
};

function shownCover(cover: Cover, { nameOf, isManaged, own }: Sight) {
  const { calledBy, coveredBy, startsMs, endsMs, zone, people } = cover;
  const zoned = (ms: number) => zonedText(ms, zone);
  const zonedOrNull = (ms: number | null) => (ms === null ? null : zoned(ms));
  return {
    id: cover.id,
    personId: cover.personId,
    name: nameOf(cover.personId),
    day: dayText(cover.day),
    shift: writtenShift(cover.shift),
    start: zoned(startsMs),
    end: zoned(endsMs),
    zone,
    skillId: cover.skillId,
    levelMin: cover.levelMin,
    how: cover.how,
    minutesEach: cover.minutesEach,
    despiteRules: cover.despiteRules,
    note: cover.note,
    state: cover.state,
    calledBy: { personId: calledBy.personId, name: calledBy.name, at: zoned(calledBy.atMs) },
    coveredBy:
      coveredBy === null || !(isManaged || own?.personId === coveredBy)
        ? null
        : { personId: coveredBy, name: nameOf(coveredBy) },
    adjustmentId: isManaged || own?.state === "yes" ? cover.adjustmentId : null,
    endedAt: zonedOrNull(cover.endedMs),
    people: isManaged
      ? people.map((each) => ({
          personId: each.personId,
          name: nameOf(each.personId),
          state: each.state,
          askedAt: zonedOrNull(each.askedMs),
          until: zonedOrNull(each.untilMs),
          answeredAt: zonedOrNull(each.answeredMs),
          why: each.why,
        }))
      : [],
    mine: own === undefined ? null : { state: own.state, until: zonedOrNull(own.untilMs) },
    version: cover.version,
  };
}

export const zonedText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
