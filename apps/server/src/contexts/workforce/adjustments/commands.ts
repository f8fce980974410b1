import { isRefused, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { objectionText, unify, type Deviation, type Shift, type ShiftKey } from "@hourwright/schedule";
import { DAY_MS, findZone, UTC, type Zone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { subjectsById } from "../../identity/public.ts";
import { manages, personKnown, type MayNot } from "../access.ts";
import { lockSchedules } from "../contracts/store.ts";
import { claimDuties, type Taken } from "../duties/claim.ts";
import { monthsOf } from "../duties/model.ts";
import { followSchedules } from "../schedules/follow.ts";
import { scenesOf, type DayWindow, type Scene } from "../schedules/scenes.ts";
import { decideGroup, refusedBy, type Decided } from "./decide.ts";
import { ADJUSTMENT, daysTouched, type AdjustmentState, type StoredAdjustment } from "./model.ts";
import { deleteAdjustments, groupsOf, isFull, putAdjustments, standOf } from "./store.ts";
import { halvesOf, keyOf, type Wish } from "./wish.ts";

type Invalid = Refused<"workforce/adjustment-invalid">;
export type Objected = Refused<"workforce/adjustment-refused">;
type Over = Refused<"workforce/adjustment-decided">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

export const noAdjustment = refuseRequest("not-found", "adjustment", {});
const versionChanged = refuseRequest("version-changed", "read", {});

/** How something is decided: by whom, and what happens where a duty meets what stands. */
export type Answer = {
  readonly verdict: "approved" | "declined" | "withdrawn";
  readonly by: { readonly personId: string | null; readonly name: string };
  readonly reason: string;
  /** What may be taken twice is taken though somebody has it. */
  readonly insists: boolean;
};

/** Asks for an adjustment, or proposes one for somebody else. Nothing changes until it is approved. */
export async function askForAdjustment(
  unit: Unit,
  caller: Caller,
  wish: { readonly personId: string; readonly what: Wish; readonly note: string },
): Promise<StoredAdjustment | Invalid | Objected | MayNot> {
  const person = await personKnown(unit, caller, wish.personId);
  if (isRefused(person)) return person;
  if (person.retired) return refuseWork("adjustment-invalid", "gone", { name: person.name });
  const named = wish.what.kind === "swap" ? wish.what.with : wish.what.kind === "cover" ? wish.what.from : null;
  if (named !== null && (await subjectsById(unit, [named]))[0]?.kind !== "person")
    return refuseWork("adjustment-invalid", "other", {});
  const people = [...new Set([person.id, ...(named !== null && wish.what.kind === "swap" ? [named] : [])])];
  await lockSchedules(unit, people);
  const shiftAt = await shiftsNamed(unit, wish.what, people);
  const zone = findZone(person.zone) ?? UTC;
  const halves = halvesOf(person.id, wish.what, shiftAt);
  if (isRefused(halves)) return halves;
  const asked = await putRequested(
    unit,
    halves.map((half) => ({ ...half, zone })),
    { asked: { by: caller.personId, name: caller.name }, note: wish.note },
  );
  if (isRefused(asked)) return asked;
  const impossible = (await decided(unit, asked, { by: "", onDay: 0 })).objections.find(({ code }) =>
    IMPOSSIBLE.has(code),
  );
  return impossible === undefined ? asked[0]! : refusedBy([impossible]);
}

/** What somebody has agreed to, and whoever decides has agreed before: it is approved in one step, by the same rules. */
export async function approveAtOnce(
  unit: Unit,
  halves: readonly { readonly personId: string; readonly zone: Zone; readonly what: Deviation }[],
  {
    asked,
    by,
    note,
  }: {
    readonly asked: Omit<StoredAdjustment["asked"], "atMs">;
    readonly by: Answer["by"];
    readonly note: string;
  },
): Promise<readonly StoredAdjustment[] | Objected | Over | Taken | Gone> {
  const group = await putRequested(unit, halves, { asked, note });
  if (isRefused(group)) return group;
  return decideRequested(unit, group[0]!.id, { verdict: "approved", by, reason: "", insists: false });
}

/** Writes halves that are decided together as asked for. Locks the schedules of the people. */
const TOO_MANY = { kind: "too-many" } as const;

export async function putRequested(
  unit: Unit,
  halves: readonly { readonly personId: string; readonly zone: Zone; readonly what: Deviation }[],
  { asked, note }: { readonly asked: Omit<StoredAdjustment["asked"], "atMs">; readonly note: string },
): Promise<readonly StoredAdjustment[] | Objected> {
  const people = [...new Set(halves.map(({ personId }) => personId))];
  await lockSchedules(unit, people);
  for (const id of people)
    if (isFull((await standOf(unit, id)).count))
      return refusedBy([{ code: "too-many", facts: TOO_MANY, sentence: objectionText(TOO_MANY) }]);
  let groupId = "";
  const group = halves.map(({ personId, zone, what }): StoredAdjustment => {
    const id = unit.newId("adj");
    groupId ||= id;
    return {
      id,
      groupId,
      personId,
      what,
      ...daysTouched(what, zone),
      state: "requested",
      note,
      asked: { ...asked, atMs: unit.nowMs },
      decided: null,
      answer: "",
      position: null,
      version: 1,
    };
  });
  await putAdjustments(unit, group);
  for (const each of group) record(unit, null, each);
  return group;
}

/** What no approval could make right: asked for it is refused at once. What only stands in the way may go until then. */
const IMPOSSIBLE: ReadonlySet<string> = new Set(["span", "shift", "no-contract"]);

/** The shifts that people of a swap have at the keys that it names. */
async function shiftsNamed(unit: Unit, wish: Wish, people: readonly string[]) {
  if (wish.kind !== "swap") return () => null;
  const keys = [keyOf(wish.of), ...(wish.theirs === null ? [] : [keyOf(wish.theirs)])];
  const days = keys.map(({ day }) => day);
  const window = { fromDay: Math.min(...days) - 1, toDay: Math.max(...days) + 2 };
  const scenes = await scenesOf(unit, people, window);
  return (personId: string, { day, fromMinute }: ShiftKey): Shift | null => {
    const scene = scenes.get(personId);
    if (scene === undefined) return null;
    const { stretches } = unify({ ...scene, fromDay: day, toDay: day + 2 });
    const found = stretches.find(
      ({ why, shift }) => why.kind === "shift" && shift!.day === day && shift!.shift.fromMinute === fromMinute,
    );
    return found?.shift?.shift ?? null;
  };
}

/** What the caller may decide on: of people they manage, and not what they have asked for themselves unless they administer. */
export async function mayDecide(
  unit: Unit,
  caller: Caller,
  group: readonly StoredAdjustment[],
): Promise<MayNot | null> {
  for (const { personId } of group)
    if (!(await manages(unit, caller, personId))) return refuseRequest("forbidden", "not-themselves", {});
  return null;
}

/** Those who may take back what is asked for: who asked, whose it is, and who manages them; what was approved, the last alone. */
export async function mayWithdraw(
  unit: Unit,
  caller: Caller,
  group: readonly StoredAdjustment[],
): Promise<MayNot | null> {
  const isOwn = group.some(({ asked, personId }) => asked.by === caller.personId || personId === caller.personId);
  if (isOwn && group.every(({ state }) => state === "requested")) return null;
  return mayDecide(unit, caller, group);
}

/** The group that an adjustment belongs to, which nobody else decides until the unit ends. */
export async function lockGroup(unit: Unit, id: string, ifMatch: IfMatch): Promise<readonly StoredAdjustment[] | Gone> {
  const found = await groupsOf(unit, [id]);
  if (found.length === 0) return noAdjustment;
  await lockSchedules(
    unit,
    found.map(({ personId }) => personId),
  );
  const group = await groupsOf(unit, [id]);
  const own = group.find((each) => each.id === id);
  if (own === undefined) return noAdjustment;
  return ifMatch?.includes(own.version) === false ? versionChanged : group;
}

/**
 * Decides what is asked for, with all that is decided together: the one way in, for a manager as for a chain of approvals. Who may is asked
 * before. Locks the schedules of the people, decides, writes, and takes the time of duties, all within the unit.
 */
export async function decideRequested(
  unit: Unit,
  id: string,
  answer: Answer,
  ifMatch: IfMatch = null,
): Promise<readonly StoredAdjustment[] | Objected | Over | Taken | Gone> {
  const group = await lockGroup(unit, id, ifMatch);
  if (isRefused(group)) return group;
  const over = overOf(group, answer);
  if (over !== null) return over;
  const people = [...new Set(group.map(({ personId }) => personId))];
  if (answer.verdict === "approved") {
    const gone = (await subjectsById(unit, people)).find(({ retired }) => retired);
    if (gone !== undefined)
      return refusedBy(
        [{ code: "left", facts: { kind: "left" }, sentence: `${gone.name} is not here any more.` }],
        gone.name,
      );
    const { objections } = await decided(unit, group, { by: answer.by.name, onDay: Math.floor(unit.nowMs / DAY_MS) });
    if (objections.length > 0) return refusedBy(objections);
  }
  const after = await answered(unit, group, answer);
  await putAdjustments(unit, after);
  for (const [i, each] of after.entries()) record(unit, group[i]!, each);
  if (answer.verdict === "approved" || group.some(({ state }) => state === "approved")) {
    const taken = await followDays(unit, after, answer.insists ? "insist" : "refuse");
    if (taken !== null) return taken;
  }
  return after;
}

/** What is over is decided no more; what was approved may be taken back. */
function overOf(group: readonly StoredAdjustment[], { verdict }: Answer): Over | null {
  const may: readonly AdjustmentState[] = verdict === "withdrawn" ? ["requested", "approved"] : ["requested"];
  const over = group.find(({ state }) => !may.includes(state));
  if (over === undefined) return null;
  const { state, decided: by } = over;
  const day = by === null ? null : Temporal.Instant.fromEpochMilliseconds(by.atMs).toString().slice(0, 10);
  return refuseWork("adjustment-decided", "decided", { state, by: by?.name ?? null, day });
}

async function answered(
  unit: Unit,
  group: readonly StoredAdjustment[],
  { verdict, by, reason }: Answer,
): Promise<readonly StoredAdjustment[]> {
  const positions = new Map<string, number>();
  for (const { personId } of group)
    if (!positions.has(personId)) positions.set(personId, (await standOf(unit, personId)).nextPosition);
  return group.map((each): StoredAdjustment => {
    const position = positions.get(each.personId)!;
    positions.set(each.personId, position + 1);
    return {
      ...each,
      state: verdict,
      answer: verdict === "declined" ? reason.trim() : "",
      decided: { by: by.personId, name: by.name, atMs: unit.nowMs },
      position: verdict === "approved" ? position : null,
      version: each.version + 1,
    };
  });
}

/** Puts an adjustment back as it was, or takes it away: what meets others then is a conflict, as undo has it everywhere. */
export async function putAdjustmentBack(
  unit: Unit,
  caller: Caller,
  id: string,
  was: StoredAdjustment | null,
): Promise<{ readonly id: string } | MayNot | Taken> {
  const found = (await groupsOf(unit, [id])).find((each) => each.id === id);
  const personId = was?.personId ?? found?.personId;
  if (personId === undefined) return { id };
  const known = await personKnown(unit, caller, personId);
  if (isRefused(known)) return known;
  await lockSchedules(unit, [personId]);
  const before = (await groupsOf(unit, [id])).find((each) => each.id === id) ?? null;
  const isFelt = before?.state === "approved" || was?.state === "approved";
  if (isFelt && !(await manages(unit, caller, personId))) return refuseRequest("forbidden", "managers", {});
  const after = was === null ? null : await placed(unit, { ...was, version: (before?.version ?? 0) + 1 });
  if (after === null) await deleteAdjustments(unit, [id]);
  else await putAdjustments(unit, [after]);
  record(unit, before, after);
  if (isFelt) await followDays(unit, [(after ?? before)!], "report");
  return { id };
}

/** Approved again, it is the last that was. */
async function placed(unit: Unit, adjustment: StoredAdjustment): Promise<StoredAdjustment> {
  if (adjustment.state !== "approved") return { ...adjustment, position: null };
  return { ...adjustment, position: (await standOf(unit, adjustment.personId)).nextPosition };
}

/** What becomes of the days of a group once it is approved, and what speaks against it. */
export async function decided(
  unit: Unit,
  group: readonly StoredAdjustment[],
  approval: { readonly by: string; readonly onDay: number },
): Promise<Decided<Scene> & { readonly before: ReadonlyMap<string, Scene> }> {
  const before = await scenesOf(
    unit,
    group.map(({ personId }) => personId),
    windowOf(group),
  );
  return { ...decideGroup(group, before, approval), before };
}

const windowOf = (group: readonly StoredAdjustment[]): DayWindow => ({
  fromDay: Math.min(...group.map(({ firstDay }) => firstDay)),
  toDay: Math.max(...group.map(({ lastDay }) => lastDay)) + 1,
});

/** Brings the time of duties to what stands now, and who may be booked when. */
async function followDays(
  unit: Unit,
  group: readonly StoredAdjustment[],
  onTaken: "refuse" | "insist" | "report",
): Promise<Taken | null> {
  const window = windowOf(group);
  const people = [...new Set(group.map(({ personId }) => personId))];
  const days = { firstDay: window.fromDay - 1, lastDay: window.toDay };
  const scenes = await scenesOf(unit, people, {
    fromDay: window.fromDay - MONTH_DAYS,
    toDay: window.toDay + MONTH_DAYS,
  });
  const months = monthsOf(days, Math.floor(unit.nowMs / DAY_MS));
  const taken = await claimDuties(unit, [...scenes.values()], months, onTaken);
  if (taken !== null) return taken;
  await followSchedules(unit, people);
  return null;
}

/** Whole months are claimed: what else lies in them counts. */
const MONTH_DAYS = 32;

function record(unit: Unit, before: StoredAdjustment | null, after: StoredAdjustment | null): void {
  const { id, personId } = (after ?? before)!;
  unit.record({
    kind: before === null ? "created" : after === null ? "removed" : "updated",
    thing: { type: ADJUSTMENT, id },
    collectionId: personId,
    fields: before === null || after === null ? ["adjustment"] : ["state"],
    before,
    after,
  });
}
