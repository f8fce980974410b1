import { exactly } from "@hourwright/availability";
import { isRefused, limits, refuseObjected, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { shiftFaults, type Shift } from "@hourwright/schedule";
import { findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { organisationOf, scopeOf } from "../../identity/public.ts";
import { isAdministrator, personManaged, type MayNot } from "../access.ts";
import { approveAtOnce, type Objected } from "../adjustments/commands.ts";
import { rankedFor, type Ranked, type Wanted } from "../covers/candidates.ts";
import { barredBy, COVERS } from "../covers/model.ts";
import { lockSchedules } from "../contracts/store.ts";
import type { Taken } from "../duties/claim.ts";
import { skillsById } from "../skills/store.ts";
import { closed, newsOf, overOf, withBid, withoutBid, withWinner } from "./decide.ts";
import { OPEN_SHIFT, type OpenShift } from "./model.ts";
import { countOpen, deleteOpenShift, lockOpenShift, openShiftById, putOpenShiftRow } from "./store.ts";

type Invalid = Refused<"workforce/open-shift-invalid">;
type Over = Refused<"workforce/open-shift-over">;
type BidRefused = Refused<"workforce/bid-refused">;
type Gone = Refused<"request/not-found">;

export const noOpenShift = refuseRequest("not-found", "open-shift", {});
const notByThem = refuseRequest("forbidden", "shifts", {});

/** A shift that nobody has: by the clocks of the organisation. */
export type Posted = {
  readonly day: number;
  readonly shift: Shift;
  readonly skillId: string | null;
  readonly levelMin: number | null;
  readonly places: number;
  readonly award: OpenShift["award"];
  readonly note: string;
};

/** Whether somebody manages people: they may offer shifts. */
export async function mayPost(unit: Unit, caller: Caller): Promise<boolean> {
  if (isAdministrator(caller) || caller.role === "manager") return true;
  return (await scopeOf(unit, caller.personId)).personIds.length > 0;
}

/** Offers one shift, by who manages people. */
export async function offerShift(
  unit: Unit,
  caller: Caller,
  wish: Posted,
): Promise<OpenShift | Invalid | Refused<"request/forbidden">> {
  if (!(await mayPost(unit, caller))) return notByThem;
  const posted = await postOpenShifts(unit, { personId: caller.personId, name: caller.name }, [wish]);
  return isRefused(posted) ? posted : posted[0]!;
}

/**
 * Offers shifts of nobody within the unit of whoever publishes them, before its claims: all or none. Who may is asked before.
 * Linear in shifts.
 */
export async function postOpenShifts(
  unit: Unit,
  by: { readonly personId: string | null; readonly name: string },
  wishes: readonly Posted[],
): Promise<readonly OpenShift[] | Invalid> {
  const { zone: zoneId } = await organisationOf(unit);
  const zone = findZone(zoneId) ?? UTC;
  if ((await countOpen(unit)) + wishes.length > limits.OPEN_SHIFTS_MAX)
    return refuseWork("open-shift-invalid", "full", { most: limits.OPEN_SHIFTS_MAX });
  const skills = [...new Set(wishes.flatMap(({ skillId }) => skillId ?? []))];
  if ((await skillsById(unit, skills)).length < skills.length) return refuseWork("open-shift-invalid", "no-skill", {});
  const posted: OpenShift[] = [];
  for (const wish of wishes) {
    const [wrong] = shiftFaults(wish.shift);
    if (wrong !== undefined)
      return refuseWork("open-shift-invalid", wrong.code === "break" ? "wrong-break" : "wrong-shift", {
        sentence: wrong.sentence,
      });
    const exact = exactly(wish.shift, wish.day, zone);
    if (exact === null) return refuseWork("open-shift-invalid", "skipped", {});
    if (exact.startMs <= unit.nowMs) return refuseWork("open-shift-invalid", "begun", {});
    posted.push({
      ...wish,
      note: wish.note.trim(),
      id: unit.newId("osh"),
      zone: zone.id,
      startsMs: exact.startMs,
      endsMs: exact.endMs,
      state: "open",
      postedBy: { ...by, atMs: unit.nowMs },
      bids: [],
      version: 1,
    });
  }
  for (const each of posted) await save(unit, null, each);
  unit.wake(COVERS);
  return posted;
}

export const wantedOf = ({ day, shift, zone, skillId, levelMin }: OpenShift): Wanted => ({
  placed: { day, shift },
  zone: findZone(zone) ?? UTC,
  skillId,
  levelMin,
});

/** Why somebody cannot have an open shift; null when they can. Who bids keeps every rule; who gives it away may know better. */
export function refusedFor(ranked: Ranked | undefined, despiteRules: boolean): BidRefused | null {
  if (ranked === undefined) return refuseWork("bid-refused", "nobody", {});
  const why = barredBy(ranked, despiteRules);
  return why === null
    ? null
    : refuseObjected("bid-refused", { who: null, ...why }, { objections: [...ranked.against] });
}

/** Bids on a shift; where the first who fits has it, it is theirs at once, in the name of who offered it. */
export async function bidOn(
  unit: Unit,
  caller: Caller,
  id: string,
): Promise<OpenShift | Gone | Over | BidRefused | Objected | Taken> {
  const before = await lockOpenShift(unit, id);
  if (before === null) return noOpenShift;
  const after = withBid(before, caller.personId, unit.nowMs);
  if (isRefused(after) || after === before) return after;
  const [own] = await rankedFor(unit, wantedOf(before), [caller.personId]);
  const refused = refusedFor(own, false);
  if (refused !== null) return refused;
  if (before.award === "manager") return save(unit, before, after);
  return give(unit, before, after, own!, before.postedBy, false);
}

/** Takes one's own bid back. */
export async function takeBidBack(unit: Unit, caller: Caller, id: string): Promise<OpenShift | Gone | Over> {
  const before = await lockOpenShift(unit, id);
  if (before === null) return noOpenShift;
  const after = withoutBid(before, caller.personId, unit.nowMs);
  return isRefused(after) || after === before ? after : save(unit, before, after);
}

/** Gives a place to somebody whom the caller manages, whether they bid or not. */
export async function awardTo(
  unit: Unit,
  caller: Caller,
  id: string,
  { personId, despiteRules }: { readonly personId: string; readonly despiteRules: boolean },
): Promise<OpenShift | Gone | Over | BidRefused | Objected | Taken | MayNot> {
  const person = await personManaged(unit, caller, personId);
  if (isRefused(person)) return person;
  const before = await lockOpenShift(unit, id);
  if (before === null) return noOpenShift;
  const over = overOf(before, unit.nowMs);
  if (over !== null) return over;
  const [own] = await rankedFor(unit, wantedOf(before), [personId]);
  const refused = refusedFor(own, despiteRules);
  if (refused !== null) return refused;
  return give(unit, before, before, own!, { personId: caller.personId, name: caller.name }, despiteRules);
}

async function give(
  unit: Unit,
  before: OpenShift,
  now: OpenShift,
  { person }: Ranked,
  by: { readonly personId: string | null; readonly name: string },
  despiteRules: boolean,
): Promise<OpenShift | Over | BidRefused | Objected | Taken> {
  await lockSchedules(unit, [person.id]);
  // What was found a moment ago holds only now that nobody else changes it.
  const [own] = await rankedFor(unit, wantedOf(before), [person.id]);
  const refused = refusedFor(own, despiteRules);
  if (refused !== null) return refused;
  const what = { kind: "extra", ...own!.placed, from: null, interrupts: false } as const;
  const half = { personId: person.id, zone: findZone(person.zone) ?? UTC, what };
  const asked = { by: person.id, name: person.name };
  const group = await approveAtOnce(unit, [half], { asked, by, note: before.note });
  if (isRefused(group)) return group as Objected | Taken; // It was made a moment ago, so it is neither gone nor decided.
  const after = withWinner(now, person.id, group[0]!.id, unit.nowMs);
  return isRefused(after) ? after : save(unit, before, after);
}

/** Offers a shift no more; who has won it keeps it. */
export async function closeShift(
  unit: Unit,
  caller: Caller,
  id: string,
): Promise<OpenShift | Gone | Over | Refused<"request/forbidden">> {
  return (await mayPost(unit, caller)) ? closeNow(unit, id) : notByThem;
}

/** Closes what was taken back, or has begun. */
export async function closeNow(unit: Unit, id: string): Promise<OpenShift | Gone | Over> {
  const before = await lockOpenShift(unit, id);
  if (before === null) return noOpenShift;
  const after = closed(before);
  if (after !== before) return save(unit, before, after);
  return overOf(before, unit.nowMs) ?? before;
}

/** Puts an open shift back as it was: what was given away with it is put back by its own undo. */
export async function putOpenShiftBack(
  unit: Unit,
  caller: Caller,
  id: string,
  was: OpenShift | null,
): Promise<Refused<"request/forbidden"> | null> {
  if (!(await mayPost(unit, caller))) return notByThem;
  const before = await lockOpenShift(unit, id);
  if (was === null) {
    await deleteOpenShift(unit, id);
    record(unit, before, null);
  } else await save(unit, before, { ...was, version: before?.version ?? 0 }, false);
  return null;
}

async function save(unit: Unit, before: OpenShift | null, shift: OpenShift, tells = true): Promise<OpenShift> {
  const after = before === null ? shift : { ...shift, version: before.version + 1 };
  await putOpenShiftRow(unit, after);
  record(unit, before, after, tells);
  return (await openShiftById(unit, after.id))!;
}

function record(unit: Unit, before: OpenShift | null, after: OpenShift | null, tells = false): void {
  const { id, shift, startsMs, endsMs, postedBy } = (after ?? before)!;
  unit.record({
    kind: before === null ? "created" : after === null ? "removed" : "updated",
    thing: { type: OPEN_SHIFT, id },
    fields: before === null || after === null ? ["openShift"] : ["bids"],
    before: before === null ? null : { was: before },
    after:
      after === null
        ? null
        : {
            title: shift.name === "" ? "shift" : shift.name,
            startMs: startsMs,
            endMs: endsMs,
            by: { personId: postedBy.personId, name: postedBy.name },
            isOver: after.state !== "open",
            bids: after.bids.map(({ personId, state }) => ({ personId, state })),
            told: tells ? newsOf(before, after) : [],
          },
  });
}
