import { isRefused, refuseRequest } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, isDayKey, pageOf } from "../../../platform/operations/pages.ts";
import { subjectsById } from "../../identity/public.ts";
import { knownTo } from "../access.ts";
import { dayOf, dayText, shiftOf, writtenShift } from "../contracts/terms.ts";
import { rankedForEach, type Ranked } from "../covers/candidates.ts";
import { zonedText } from "../covers/operations.ts";
import {
  awardTo,
  bidOn,
  closeShift,
  offerShift,
  putOpenShiftBack,
  refusedFor,
  takeBidBack,
  wantedOf,
} from "./commands.ts";
import { overOf } from "./decide.ts";
import { takenOf, type OpenShift } from "./model.ts";
import { pageOfOpenShifts } from "./store.ts";

type OpenShiftIds = `openShifts.${"list" | "create" | "remove" | "bid" | "withdrawBid" | "award" | "put"}`;

/** Shifts of nobody: offered, bid on, given away. */
export const openShiftOperations: Handlers<OpenShiftIds> = {
  "openShifts.list": ({ query }, context) => {
    const after = pageOf<unknown>(query.cursor);
    if (query.cursor !== undefined && !isPlace(after)) return Promise.resolve(badCursor);
    return context.read(async (unit) => {
      const filter = { states: query.states ?? null, from: query.from ?? null, to: query.to ?? null };
      const found = await pageOfOpenShifts(unit, filter, isPlace(after) ? after : null, query.limit + 1);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return {
        items: await shownAll(unit, context.caller!, page),
        nextCursor: found.length > page.length ? cursorOf([dayText(last!.day), last!.id]) : null,
      };
    });
  },

  "openShifts.create": async ({ body }, context) => {
    const made = await context.write(async (unit) => {
      const wish = { ...body, day: dayOf(body.day), shift: shiftOf(body.shift) };
      const posted = await offerShift(unit, context.caller!, wish);
      return isRefused(posted) ? posted : shown(unit, context, posted);
    });
    if (!isRefused(made)) context.reply.headers["location"] = `/v1/open-shifts/${made.id}`;
    return made;
  },

  "openShifts.remove": ({ params }, context) =>
    context.write(async (unit) => {
      const gone = await closeShift(unit, context.caller!, params.id);
      return isRefused(gone) ? gone : null;
    }),

  "openShifts.bid": ({ params }, context) =>
    context.write(async (unit) => {
      const after = await bidOn(unit, context.caller!, params.id);
      return isRefused(after) ? after : shown(unit, context, after);
    }),

  "openShifts.withdrawBid": ({ params }, context) =>
    context.write(async (unit) => {
      const after = await takeBidBack(unit, context.caller!, params.id);
      return isRefused(after) ? after : shown(unit, context, after);
    }),

  "openShifts.award": ({ params, body }, context) =>
    context.write(async (unit) => {
      const after = await awardTo(unit, context.caller!, params.id, body);
      return isRefused(after) ? after : shown(unit, context, after);
    }),

  "openShifts.put": ({ params, body }, context) =>
    context.write((unit) => {
      const was = body.was === null ? null : (JSON.parse(body.was) as OpenShift);
      return putOpenShiftBack(unit, context.caller!, params.id, was);
    }),
};

const badCursor = refuseRequest("invalid", "cursor", {});

const isPlace = (keys: unknown): keys is readonly [string, string] =>
  Array.isArray(keys) && keys.length === 2 && isDayKey(keys[0]) && typeof keys[1] === "string";

async function shown(unit: Unit, { caller, reply }: RequestContext, shift: OpenShift) {
  reply.headers["etag"] = `"${shift.version}"`;
  return (await shownAll(unit, caller!, [shift]))[0]!;
}

/** Bids are told to who manages those who bid; everybody is told of their own. */
async function shownAll(unit: Unit, caller: Caller, shifts: readonly OpenShift[]) {
  const known = await knownTo(unit, caller);
  const all = shifts.flatMap(({ bids }) => bids.map(({ personId }) => personId));
  const names = new Map((await subjectsById(unit, [...new Set(all)])).map(({ id, name }) => [id, name]));
  const sights = shifts.map((shift) => {
    const isOpen = overOf(shift, unit.nowMs) === null;
    const own = shift.bids.find(({ personId }) => personId === caller.personId);
    const others = shift.bids.filter(
      ({ personId }) => known === null || (known.includes(personId) && personId !== caller.personId),
    );
    const people = isOpen ? [...new Set([caller.personId, ...others.map(({ personId }) => personId)])] : [];
    return { shift, own, others, isOpen, people };
  });
  const judged = await rankedForEach(
    unit,
    sights.map(({ shift, people }) => ({ wanted: wantedOf(shift), people })),
  );
  return sights.map(({ shift, ...sight }, i) => {
    const ranked = new Map(judged[i]!.map((each) => [each.id, each]));
    return shownShift(shift, { ...sight, unit, ranked, names, caller });
  });
}

type Sight = {
  readonly unit: Unit;
  readonly own: OpenShift["bids"][number] | undefined;
  readonly others: OpenShift["bids"];
  readonly ranked: ReadonlyMap<string, Ranked>;
  readonly names: ReadonlyMap<string, string>;
  readonly isOpen: boolean;
  readonly caller: Caller;
};

function shownShift(shift: OpenShift, { unit, own, others, ranked, names, isOpen, caller }: Sight) {
  const zoned = (ms: number) => zonedText(ms, shift.zone);
  const refused = overOf(shift, unit.nowMs) ?? refusedFor(ranked.get(caller.personId), false);
  const hasBid = own?.state === "bid" || own?.state === "won";
  return {
    id: shift.id,
    day: dayText(shift.day),
    shift: writtenShift(shift.shift),
    start: zoned(shift.startsMs),
    end: zoned(shift.endsMs),
    zone: shift.zone,
    skillId: shift.skillId,
    levelMin: shift.levelMin,
    places: shift.places,
    placesLeft: shift.places - takenOf(shift),
    award: shift.award,
    state: isOpen || shift.state !== "open" ? shift.state : ("closed" as const),
    note: shift.note,
    postedBy: {
      personId: shift.postedBy.personId,
      name: shift.postedBy.name,
      at: zoned(shift.postedBy.atMs),
    },
    bids: others.map(({ personId, atMs, state }) => {
      const judged = ranked.get(personId);
      const objections = judged?.may === "no" ? judged.against : [];
      const broken = judged?.broken ?? [];
      return {
        personId,
        name: names.get(personId) ?? "somebody",
        at: zoned(atMs),
        state,
        objections: state === "bid" ? [...objections] : [],
        broken: state === "bid" ? broken.map(({ sentence }) => sentence) : [],
        rules: state === "bid" ? [...broken] : [],
      };
    }),
    mine: own?.state ?? null,
    mayBid: !hasBid && refused === null,
    why: hasBid || refused === null ? "" : refused.refused.detail,
    version: shift.version,
  };
}
