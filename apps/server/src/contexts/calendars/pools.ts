import { isRefused, refuseClaim, type Refused } from "@hourwright/contract";
import type { CalendarObject } from "@hourwright/ical";
import type { Unit } from "../../platform/db/database.ts";
import { claimsInWindow, lockTimelines } from "../claims/public.ts";
import type { Clash, Stretch } from "../claims/pure.ts";
import { lockPools, type Pool } from "../identity/public.ts";
import { deriveAhead } from "./derive-ahead.ts";
import { derivedWindow, factsFor } from "./facts.ts";
import type { Calendar } from "./model.ts";
import { standingFacts } from "./times.ts";

const STANDING_READ_MAX = 20_000;

/** An event as it would be with these rooms and things. */
type Trial<Problem extends string> = (resourceIds: readonly string[]) => Promise<CalendarObject | Refused<Problem>>;

/**
 * Rooms and things as an event names them, each pool replaced by one of its things that is free at every date of the
 * event: the first by name. A pool that is named twice gives two. Takes the pools' locks, then the timelines of their
 * things, so what is free here is free when it is taken. Refused with who has them when a pool has no free one.
 */
export async function pickFromPools<Problem extends string>(
  unit: Unit,
  calendar: Calendar,
  own: { readonly uid: string | null },
  resourceIds: readonly string[],
  trial: Trial<Problem>,
): Promise<readonly string[] | Refused<Problem | "claims/taken">> {
  const pools = new Map((await lockPools(unit, [...new Set(resourceIds)])).map((pool) => [pool.id, pool]));
  if (pools.size === 0) return resourceIds;
  const named = new Set(resourceIds.filter((id) => !pools.has(id)));
  const tried = await trial([
    ...named,
    ...[...pools.values()].flatMap(({ members }) => members.slice(0, 1)).map(({ id }) => id),
  ]);
  if (isRefused(tried)) return tried;

  const stretches = await datesOf(unit, calendar, tried);
  const members = [...pools.values()].flatMap((pool) => pool.members.map(({ id }) => id));
  const taken = await takenAmong(unit, members, stretches, own.uid);
  const picked: string[] = [];
  for (const id of resourceIds) {
    const pool = pools.get(id);
    if (pool === undefined) {
      picked.push(id);
      continue;
    }
    const free = pool.members.find((member) => !taken.has(member.id) && !named.has(member.id));
    if (free === undefined) return allTaken(pool, taken, calendar.zone);
    named.add(free.id);
    picked.push(free.id);
  }
  return picked;
}

/** The dates of an event, each once: what its things take, or what anybody does. */
async function datesOf(unit: Unit, calendar: Calendar, object: CalendarObject): Promise<readonly Stretch[]> {
  const facts = await factsFor(unit, [{ object, calendar }], derivedWindow(unit.nowMs), "stay-unknown");
  const { stretches } = deriveAhead(object, facts(calendar, null), unit.nowMs);
  const needed = stretches.filter(({ role }) => role === "resource");
  return [...new Map((needed.length > 0 ? needed : stretches).map((each) => [each.startMs, each])).values()];
}

/** Which of some things are taken at one of these dates, and by what. */
async function takenAmong(
  unit: Unit,
  members: readonly string[],
  dates: readonly Stretch[],
  ownUid: string | null,
): Promise<ReadonlyMap<string, Clash>> {
  const taken = new Map<string, Clash>();
  if (dates.length === 0 || members.length === 0) return taken;
  await lockTimelines(unit, members);
  const fromMs = Math.min(...dates.map(({ startMs }) => startMs));
  const toMs = Math.max(...dates.map(({ endMs }) => endMs));
  const standing = await claimsInWindow(unit, members, fromMs, toMs, { withPending: true, limit: STANDING_READ_MAX });
  for (const claim of standing) {
    if (claim.commitment === ownUid || claim.policy === "allow" || taken.has(claim.subjectId)) continue;
    const met = dates.find(({ startMs, endMs }) => claim.guardStartMs < endMs && startMs < claim.guardEndMs);
    if (met !== undefined) taken.set(claim.subjectId, { wanted: met, standing: claim });
  }
  return taken;
}

function allTaken(pool: Pool, taken: ReadonlyMap<string, Clash>, zone: string): Refused<"claims/taken"> {
  const clashes = pool.members.flatMap(({ id, name }) => {
    const clash = taken.get(id);
    return clash === undefined ? [] : [{ id, name, clash }];
  });
  const extra = {
    pool: { id: pool.id, name: pool.name },
    clashes: clashes.map(({ id, name, clash }) => ({
      subjectId: id,
      subject: name,
      start: Temporal.Instant.fromEpochMilliseconds(clash.standing.startMs).toString(),
      end: Temporal.Instant.fromEpochMilliseconds(clash.standing.endMs).toString(),
    })),
  };
  const [first] = clashes;
  if (first === undefined)
    return refuseClaim("taken", pool.members.length === 0 ? "pool-empty" : "pool-asked", { pool: pool.name }, extra);
  const { startMs, endMs } = first.clash.standing;
  const facts = {
    pool: pool.name,
    name: first.name,
    more: clashes.length - 1,
    ...standingFacts(startMs, endMs, zone),
  };
  return refuseClaim("taken", "pool", facts, extra);
}
