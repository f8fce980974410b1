import { isRefused, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { DAY_MS, findZone, MINUTE_MS, UTC } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { manages, personKnown, type MayNot } from "../access.ts";
import { subjectsById } from "../../identity/public.ts";
import { lockSchedules } from "../contracts/store.ts";
import { ACCOUNT_RULES, CLOCKED, CORRECTION, type AccountRules, type Pair, type StoredCorrection } from "./model.ts";
import {
  accountRules,
  CORRECTIONS_ASKED_MAX,
  countCorrectionsAsked,
  lockCorrection,
  pairById,
  pairOpen,
  putAccountRules,
  putCorrection,
  putPair,
} from "./store.ts";

type Clock = Refused<"workforce/clock">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

const noCorrection = refuseRequest("not-found", "correction", {});
const versionChanged = refuseRequest("version-changed", "read", {});

/** Comes to work, at the instant of the server's clock, to the minute. */
export async function comeIn(unit: Unit, caller: Caller): Promise<Pair | Clock> {
  await lockSchedules(unit, [caller.personId]);
  const open = await pairOpen(unit, caller.personId);
  if (open !== null) {
    const [person] = await subjectsById(unit, [caller.personId]);
    const since = Temporal.Instant.fromEpochMilliseconds(open.startMs).toZonedDateTimeISO(person?.zone ?? "UTC");
    return refuseWork("clock", "in", { since: since.toString({ timeZoneName: "never" }) });
  }
  const startMs = wholeMinute(unit.nowMs);
  const pair: Pair = { id: unit.newId("clk"), personId: caller.personId, startMs, endMs: null };
  await putPair(unit, pair);
  unit.record({ kind: "created", thing: { type: CLOCKED, id: pair.id }, collectionId: pair.personId });
  return pair;
}

/** Leaves. */
export async function goOut(unit: Unit, caller: Caller): Promise<Pair | Clock> {
  await lockSchedules(unit, [caller.personId]);
  const open = await pairOpen(unit, caller.personId);
  if (open === null) return refuseWork("clock", "out", {});
  const pair: Pair = { ...open, endMs: Math.max(open.startMs, wholeMinute(unit.nowMs)) };
  await putPair(unit, pair);
  unit.record({ kind: "updated", thing: { type: CLOCKED, id: pair.id }, collectionId: pair.personId });
  return pair;
}

const wholeMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;

/** Asks for a correction of what was clocked, or of what was forgotten. */
export async function askForCorrection(
  unit: Unit,
  caller: Caller,
  wish: {
    readonly personId: string;
    readonly clockedId: string | null;
    readonly start: string | null;
    readonly end: string | null;
    readonly note: string;
  },
): Promise<StoredCorrection | Clock | MayNot> {
  const person = await personKnown(unit, caller, wish.personId);
  if (isRefused(person)) return person;
  const time = timeOf(wish.start, wish.end, unit.nowMs);
  if (time !== null && isRefused(time)) return time;
  const of = wish.clockedId === null ? null : await pairById(unit, wish.clockedId);
  if (wish.clockedId !== null && of?.personId !== person.id) return refuseWork("clock", "unknown", {});
  if (time === null && of === null) return refuseWork("clock", "which", {});
  if ((await countCorrectionsAsked(unit, person.id)) >= CORRECTIONS_ASKED_MAX) return refuseWork("clock", "full", {});
  const zone = findZone(person.zone) ?? UTC;
  const correction: StoredCorrection = {
    id: unit.newId("cor"),
    personId: person.id,
    of: of?.id ?? null,
    day: Math.floor(zone.toLocalMs(time?.startMs ?? of!.startMs) / DAY_MS),
    time,
    state: "requested",
    note: wish.note.trim(),
    askedName: caller.name,
    askedMs: unit.nowMs,
    decidedName: null,
    decidedMs: null,
    answer: "",
    version: 1,
  };
  await putCorrection(unit, correction);
  unit.record({ kind: "created", thing: { type: CORRECTION, id: correction.id }, collectionId: person.id });
  return correction;
}

function timeOf(
  start: string | null,
  end: string | null,
  nowMs: number,
): Clock | { startMs: number; endMs: number } | null {
  if (start === null && end === null) return null;
  if (start === null || end === null) return refuseWork("clock", "half", {});
  const [startMs, endMs] = [start, end].map((text) => wholeMinute(Temporal.Instant.from(text).epochMilliseconds)) as [
    number,
    number,
  ];
  if (endMs <= startMs) return refuseWork("clock", "turned", {});
  if (endMs - startMs > DAY_MS) return refuseWork("clock", "day", {});
  return endMs > nowMs ? refuseWork("clock", "ahead", {}) : { startMs, endMs };
}

/** Decides a correction, or takes it back: who manages them, and nobody of themselves; taken back by who it is about. */
export async function decideCorrection(
  unit: Unit,
  caller: Caller,
  id: string,
  { verdict, reason }: { readonly verdict: "approved" | "declined" | "withdrawn"; readonly reason: string },
  ifMatch: IfMatch,
): Promise<StoredCorrection | Refused<"workforce/adjustment-decided"> | Gone | MayNot> {
  const before = await lockCorrection(unit, id);
  if (before === null || isRefused(await personKnown(unit, caller, before.personId))) return noCorrection;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const isOwn = verdict === "withdrawn" && caller.personId === before.personId;
  if (!isOwn && !(await manages(unit, caller, before.personId)))
    return refuseRequest("forbidden", "not-themselves", {});
  if (before.state !== "requested")
    return refuseWork("adjustment-decided", "decided", { state: before.state, by: before.decidedName, day: null });
  const after: StoredCorrection = {
    ...before,
    state: verdict,
    decidedName: caller.name,
    decidedMs: unit.nowMs,
    answer: reason.trim(),
    version: before.version + 1,
  };
  await putCorrection(unit, after);
  unit.record({ kind: "updated", thing: { type: CORRECTION, id }, collectionId: before.personId, fields: ["state"] });
  return after;
}

export async function setAccountRules(
  unit: Unit,
  rules: AccountRules,
  ifMatch: IfMatch,
): Promise<{ readonly rules: AccountRules; readonly version: number } | Refused<"request/version-changed">> {
  const before = await accountRules(unit);
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const version = before.version + 1;
  if (!(await putAccountRules(unit, rules, version))) return versionChanged;
  unit.record({ kind: "updated", thing: { type: ACCOUNT_RULES, id: "organisation" }, fields: ["rules"] });
  return { rules, version };
}
