import { exactly } from "@hourwright/availability";
import { isRefused, limits, refuseObjected, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import {
  checkSwap,
  objectionText,
  swapMatches,
  unify,
  type Leg,
  type Shift,
  type ShiftKey,
  type SwapMatches,
  type Swapper,
  type SwapVerdict,
} from "@hourwright/schedule";
import { findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { subjectsById } from "../../identity/public.ts";
import { knownTo, manages, personKnown, type MayNot } from "../access.ts";
import { putRequested, type Objected } from "../adjustments/commands.ts";
import { askForApproval } from "../adjustments/operations.ts";
import { putLinks, type AskedLinks } from "../asked/links.ts";
import { lockSchedules, versionsOf } from "../contracts/store.ts";
import { COVERS } from "../covers/model.ts";
import { scenesOf, type DayWindow } from "../schedules/scenes.ts";
import { advancedSwap, answeredSwap, faultOf, isAgreed, newsOf, withdrawnSwap } from "./decide.ts";
import { peopleIn, SWAP, type Swap, type SwapLeg } from "./model.ts";
import { countAsking, lockSwap, putSwap, swapById } from "./store.ts";

type Invalid = Refused<"workforce/swap-invalid">;
type SwapRefused = Refused<"workforce/swap-refused">;
type Over = Refused<"workforce/swap-over">;
type Gone = Refused<"request/not-found">;
type AskRefused = Exclude<Awaited<ReturnType<typeof askForApproval>>, { readonly id: string }>;

export const noSwap = refuseRequest("not-found", "swap", {});

/** Rules look back into the weeks before. */
const DAYS_BEFORE = 36;
const DAYS_AFTER = 22;

/** People with all that their schedules are made of around some days, of those who have a contract. */
async function swappersOf(
  unit: Unit,
  people: readonly string[],
  days: DayWindow,
): Promise<ReadonlyMap<string, Swapper>> {
  const window = { fromDay: days.fromDay - DAYS_BEFORE, toDay: days.toDay + DAYS_AFTER };
  const scenes = await scenesOf(unit, people, window);
  return new Map([...scenes].map(([id, scene]) => [id, { id, name: scene.name, before: scene }]));
}

const daysOf = (legs: readonly Leg[]): DayWindow => ({
  fromDay: Math.min(...legs.map(({ of }) => of.day)),
  toDay: Math.max(...legs.map(({ of }) => of.day)) + 1,
});

/** Who could take a shift for which of theirs, and rings of three. */
export async function matchesFor(
  unit: Unit,
  caller: Caller,
  wish: { readonly personId: string; readonly of: ShiftKey; readonly days: number },
): Promise<{ readonly matches: SwapMatches; readonly swappers: ReadonlyMap<string, Swapper> } | Invalid | MayNot> {
  const person = await personKnown(unit, caller, wish.personId);
  if (isRefused(person)) return person;
  const window = { fromDay: wish.of.day - wish.days, toDay: wish.of.day + wish.days + 1 };
  const holding = [...(await versionsOf(unit, null))]
    .filter(([, own]) =>
      own.some(({ fromDay, toDay }) => fromDay < window.toDay && (toDay ?? Infinity) > window.fromDay),
    )
    .map(([id]) => id)
    .slice(0, limits.CANDIDATES_MAX);
  const here = (await subjectsById(unit, holding)).filter(({ retired }) => !retired).map(({ id }) => id);
  const swappers = await swappersOf(unit, [...new Set([person.id, ...here])], window);
  if (shiftOf(swappers.get(person.id), wish.of) === null) return refuseWork("swap-invalid", "no-shift", {});
  const question = { giver: person.id, of: wish.of, people: [...swappers.values()], afterMs: unit.nowMs, ...window };
  return { matches: swapMatches(question), swappers };
}

/** The shift that stands at a key, with its exact time. */
export function shiftOf(person: Swapper | undefined, { day, fromMinute }: ShiftKey): Omit<SwapLeg, keyof Leg> | null {
  if (person === undefined || person.before.contracts.length === 0) return null;
  const { stretches } = unify({ ...person.before, fromDay: day, toDay: day + 2 });
  const found = stretches.find(
    ({ why, shift }) => why.kind === "shift" && shift!.day === day && shift!.shift.fromMinute === fromMinute,
  );
  if (found === undefined) return null;
  const shift: Shift = found.shift!.shift;
  const exact = exactly(shift, day, person.before.zone)!;
  return { shift, startMs: exact.startMs, endMs: exact.endMs };
}

/** Proposes a swap: one's own, or of people whom one manages. Everybody's rules and absences are looked at before anybody is asked. */
export async function proposeSwap(
  unit: Unit,
  links: AskedLinks,
  caller: Caller,
  wish: { readonly legs: readonly Leg[]; readonly note: string },
): Promise<Swap | Invalid | SwapRefused | Refused<"request/forbidden"> | AskRefused> {
  const fault = faultOf(wish.legs);
  if (fault !== null) return fault;
  const people = peopleIn(wish.legs);
  const takesPart = people.includes(caller.personId);
  if (!takesPart)
    for (const id of people) if (!(await manages(unit, caller, id))) return refuseRequest("forbidden", "swap", {});
  const subjects = await subjectsById(unit, people);
  if (subjects.length < people.length || subjects.some(({ kind, retired }) => kind !== "person" || retired))
    return refuseWork("swap-invalid", "person", {});
  if ((await countAsking(unit)) >= limits.SWAPS_ASKING_MAX)
    return refuseWork("swap-invalid", "full", { most: limits.SWAPS_ASKING_MAX });
  await lockSchedules(unit, people);
  const swappers = await swappersOf(unit, people, daysOf(wish.legs));
  const legs: SwapLeg[] = [];
  for (const leg of wish.legs) {
    const found = shiftOf(swappers.get(leg.from), leg.of);
    if (found === null) return refuseWork("swap-invalid", "not-there", {});
    if (found.startMs <= unit.nowMs) return refuseWork("swap-invalid", "begun", {});
    legs.push({ ...leg, ...found });
  }
  const refused = refusedBy(checkSwap(swappers, legs), swappers, await knownTo(unit, caller));
  if (refused !== null) return refused;
  const swap: Swap = {
    id: unit.newId("swp"),
    legs,
    state: "asking",
    proposedBy: { personId: caller.personId, name: caller.name, atMs: unit.nowMs },
    people: people
      .filter((id) => id !== caller.personId)
      .map((personId) => ({ personId, state: "asked", answeredMs: null })),
    untilMs: Math.min(...legs.map(({ startMs }) => startMs)),
    groupId: null,
    note: wish.note.trim(),
    version: 1,
  };
  return save(unit, links, null, swap);
}

/**
 * The first who something speaks against is named, and all of it told. `known`: of whom all may be known (null: of everybody); why
 * others are away is not told.
 */
function refusedBy(
  verdict: SwapVerdict,
  swappers: ReadonlyMap<string, Swapper>,
  known: readonly string[] | null,
): SwapRefused | null {
  const all = [...verdict.objections, ...verdict.broken].map(({ personId, code, facts, sentence }) => {
    const name = swappers.get(personId)?.name ?? "Somebody";
    const isTold = code !== "over-absence" || known === null || known.includes(personId);
    const away = { kind: "their-time-off", name } as const;
    return isTold
      ? { personId, who: name, code, facts, sentence: `${name}: ${sentence}` }
      : { personId, who: null, code, facts: away, sentence: objectionText(away) };
  });
  const [first] = all;
  if (first === undefined) return null;
  const objections = all.map(({ personId, code, facts, sentence }) => ({ personId, code, facts, sentence }));
  return refuseObjected("swap-refused", first, { objections });
}

/** What somebody says. With the last yes it is asked for as an adjustment, and whoever approves those is asked. */
export async function answerSwap(
  unit: Unit,
  links: AskedLinks,
  id: string,
  personId: string,
  says: "yes" | "no",
): Promise<Swap | Gone | Over | SwapRefused | Objected | AskRefused | Refused<"workforce/not-asked">> {
  const before = await lockSwap(unit, id);
  if (before === null) return noSwap;
  const after = answeredSwap(before, personId, says, unit.nowMs);
  if (isRefused(after) || after === before) return after;
  if (!isAgreed(after)) return save(unit, links, before, after);
  const groupId = await askFor(unit, after, personId);
  return isRefused(groupId) ? groupId : save(unit, links, before, { ...after, state: "agreed", groupId });
}

/** Asks for what was agreed: the halves of one group, judged anew. `sayerId`: who is told where something speaks against it. */
async function askFor(unit: Unit, swap: Swap, sayerId: string): Promise<string | SwapRefused | Objected | AskRefused> {
  const people = peopleIn(swap.legs);
  await lockSchedules(unit, people);
  const swappers = await swappersOf(unit, people, daysOf(swap.legs));
  const verdict = checkSwap(swappers, swap.legs);
  const refused = refusedBy(verdict, swappers, [sayerId]);
  if (refused !== null) return refused;
  const zones = new Map((await subjectsById(unit, people)).map(({ id, zone }) => [id, findZone(zone) ?? UTC]));
  const { personId, name } = swap.proposedBy;
  const halves = verdict.halves.map((half) => ({ ...half, zone: zones.get(half.personId) ?? UTC }));
  const group = await putRequested(unit, halves, { asked: { by: personId, name }, note: swap.note });
  if (isRefused(group)) return group;
  const waits = await askForApproval(unit, personId, group[0]!);
  return isRefused(waits) ? waits : group[0]!.groupId;
}

/** Takes back what one has proposed. */
export async function withdrawSwap(
  unit: Unit,
  links: AskedLinks,
  caller: Caller,
  id: string,
): Promise<Swap | Gone | Over> {
  const before = await lockSwap(unit, id);
  if (before === null || before.proposedBy.personId !== caller.personId) return noSwap;
  const after = withdrawnSwap(before, unit.nowMs);
  return isRefused(after) || after === before ? after : save(unit, links, before, after);
}

/** Ends a swap of which a shift has begun. Safe to repeat. */
export async function lookAtSwap(unit: Unit, links: AskedLinks, id: string): Promise<void> {
  const before = await lockSwap(unit, id);
  if (before === null) return;
  const after = advancedSwap(before, unit.nowMs);
  if (after !== before) await save(unit, links, before, after);
}

async function save(unit: Unit, links: AskedLinks, before: Swap | null, swap: Swap): Promise<Swap> {
  const after = before === null ? swap : { ...swap, version: before.version + 1 };
  await putSwap(unit, after);
  const told = newsOf(before, after);
  const asked = told.filter(({ kind }) => kind === "swap").map(({ personId }) => personId);
  const endsMs = Math.max(...after.legs.map(({ endMs }) => endMs));
  await putLinks(unit, links, { kind: "swap", thingId: after.id, endsMs }, asked);
  const [first] = after.legs;
  unit.record({
    kind: before === null ? "created" : "updated",
    thing: { type: SWAP, id: after.id },
    fields: before === null || before.state === after.state ? ["people"] : ["state", "people"],
    after: {
      title: first!.shift.name === "" ? "shift" : first!.shift.name,
      startMs: first!.startMs,
      endMs: first!.endMs,
      by: { personId: after.proposedBy.personId, name: after.proposedBy.name },
      state: after.state,
      isOver: after.state !== "asking",
      told,
    },
  });
  if (after.state === "asking") unit.wake(COVERS);
  return (await swapById(unit, after.id))!;
}
