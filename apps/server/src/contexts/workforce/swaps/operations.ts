import { isRefused, refuseRequest } from "@hourwright/contract";
import type { Leg, Swapper } from "@hourwright/schedule";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf } from "../../../platform/operations/pages.ts";
import { subjectsById } from "../../identity/public.ts";
import { knownTo } from "../access.ts";
import { groupsOf } from "../adjustments/store.ts";
import type { AskedLinks } from "../asked/links.ts";
import { dayText, writtenShift } from "../contracts/terms.ts";
import { zonedText } from "../covers/operations.ts";
import { keyOf } from "../adjustments/wish.ts";
import { clockOf } from "../hours/decide.ts";
import { answerSwap, matchesFor, noSwap, proposeSwap, shiftOf, withdrawSwap } from "./commands.ts";
import { peopleIn, type Swap, type SwapLeg } from "./model.ts";
import { pageOfSwaps, swapById } from "./store.ts";

type SwapIds = `swaps.${"matches" | "list" | "read" | "create" | "answer" | "withdraw"}`;

/** Swaps of two and three: found, proposed, agreed on. */
export const swapOperations = (links: AskedLinks): Handlers<SwapIds> => ({
  "swaps.matches": ({ query }, context) =>
    context.read(async (unit) => {
      const { person: personId = context.caller!.personId, day, starts, days } = query;
      const found = await matchesFor(unit, context.caller!, { personId, of: keyOf({ day, starts }), days });
      if (isRefused(found)) return found;
      const { matches, swappers } = found;
      const shown = (all: typeof matches.pairs) =>
        all.map((legs) => ({ legs: legs.map((leg) => shownLeg(wholeOf(leg, swappers), zoneIn(leg, swappers))) }));
      return { pairs: shown(matches.pairs), rings: shown(matches.rings), isComplete: matches.isComplete };
    }),

  "swaps.list": ({ query }, context) => {
    const before = pageOf<unknown[]>(query.cursor)?.[0] ?? null;
    if (before !== null && typeof before !== "string") return Promise.resolve(badCursor);
    return context.read(async (unit) => {
      const people = await knownTo(unit, context.caller!);
      const found = await pageOfSwaps(unit, people, query.states ?? null, before, query.limit + 1);
      const page = found.slice(0, query.limit);
      return {
        items: await shownSwaps(unit, context.caller!, page),
        nextCursor: found.length > page.length ? cursorOf([page.at(-1)!.id]) : null,
      };
    });
  },

  "swaps.read": ({ params }, context) =>
    context.read(async (unit) => {
      const swap = await swapById(unit, params.id);
      return swap === null ? noSwap : shownTo(unit, context, swap);
    }),

  "swaps.create": async ({ body }, context) => {
    const made = await context.write(async (unit) => {
      const legs = body.legs.map(({ from, of, to }) => ({ from, of: keyOf(of), to }));
      const swap = await proposeSwap(unit, links, context.caller!, { legs, note: body.note });
      return isRefused(swap) ? swap : shownTo(unit, context, swap);
    });
    if (!isRefused(made)) context.reply.headers["location"] = `/v1/swaps/${made.id}`;
    return made;
  },

  "swaps.answer": ({ params, body }, context) =>
    context.write(async (unit) => {
      const swap = await answerSwap(unit, links, params.id, context.caller!.personId, body.says);
      return isRefused(swap) ? swap : shownTo(unit, context, swap);
    }),

  "swaps.withdraw": ({ params }, context) =>
    context.write(async (unit) => {
      const swap = await withdrawSwap(unit, links, context.caller!, params.id);
      return isRefused(swap) ? swap : shownTo(unit, context, swap);
    }),
});

const badCursor = refuseRequest("invalid", "cursor", {});

const wholeOf = (leg: Leg, swappers: ReadonlyMap<string, Swapper>): SwapLeg => ({
  ...leg,
  ...shiftOf(swappers.get(leg.from), leg.of)!,
});

const zoneIn = ({ from }: Leg, swappers: ReadonlyMap<string, Swapper>): string => swappers.get(from)!.before.zone.id;

/** Times with the offset of whose shift it is. */
const shownLeg = ({ from, of, to, shift, startMs, endMs }: SwapLeg, zone: string) => ({
  from,
  of: { day: dayText(of.day), starts: clockOf(of.fromMinute) },
  to,
  shift: writtenShift(shift),
  start: zonedText(startMs, zone),
  end: zonedText(endMs, zone),
});

async function shownTo(unit: Unit, { caller, reply }: RequestContext, swap: Swap) {
  const [shown] = await shownSwaps(unit, caller!, [swap]);
  if (shown === undefined) return noSwap;
  reply.headers["etag"] = `"${swap.version}"`;
  return shown;
}

/** Those of some swaps that the caller may know: they take part, proposed it, or manage somebody who does. */
async function shownSwaps(unit: Unit, caller: Caller, swaps: readonly Swap[]) {
  const known = await knownTo(unit, caller);
  const own = swaps.filter(
    ({ legs, proposedBy }) =>
      known === null ||
      proposedBy.personId === caller.personId ||
      peopleIn(legs).some((id) => id === caller.personId || known.includes(id)),
  );
  const ids = own.flatMap(({ legs, people }) => [...peopleIn(legs), ...people.map(({ personId }) => personId)]);
  const subjects = new Map((await subjectsById(unit, [...new Set(ids)])).map((each) => [each.id, each]));
  const groups = own.flatMap(({ groupId }) => (groupId === null ? [] : [groupId]));
  const stateOf = new Map((await groupsOf(unit, groups)).map(({ id, state }) => [id, state]));
  return own.map(({ id, legs, state, proposedBy, people, untilMs, groupId, note, version }) => {
    const zone = subjects.get(legs[0]!.from)?.zone ?? "UTC";
    const zoned = (ms: number) => zonedText(ms, zone);
    return {
      id,
      legs: legs.map((leg) => shownLeg(leg, subjects.get(leg.from)?.zone ?? "UTC")),
      state,
      proposedBy: { personId: proposedBy.personId, name: proposedBy.name, at: zoned(proposedBy.atMs) },
      people: people.map(({ personId, state: said, answeredMs }) => ({
        personId,
        name: subjects.get(personId)?.name ?? "somebody",
        state: said,
        answeredAt: answeredMs === null ? null : zoned(answeredMs),
      })),
      mine: people.find(({ personId }) => personId === caller.personId)?.state ?? null,
      adjustmentId: groupId,
      adjustmentState: groupId === null ? null : (stateOf.get(groupId) ?? null),
      until: zoned(untilMs),
      note,
      version,
    };
  });
}
